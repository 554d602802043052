package dev.qkv.sheet.expression;

/** Small digits. */
final class Script {
  private static final String SUB = "₀₁₂₃₄₅₆₇₈₉";
  private static final String SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Script() {}

  static String subscripts(int row, int column) {
    return row < 10 && column < 10
        ? subscript(row) + subscript(column)
        : subscript(row) + "," + subscript(column);
  }

  static String subscript(int number) {
    return shift(number, SUB);
  }

  static String superscript(int number) {
    return shift(number, SUPER);
  }

  private static String shift(int number, String digits) {
    StringBuilder text = new StringBuilder();
    for (char digit : Integer.toString(number).toCharArray()) {
      text.append(digits.charAt(digit - '0'));
    }
    return text.toString();
  }
}
