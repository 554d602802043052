package dev.qkv.app.terminal;

/**
 * Colour, or none.
 *
 * @param colour whether escape sequences are written
 */
public record Ink(boolean colour) {
  /** Headings. */
  String bold(String text) {
    return paint("1", text);
  }

  /** What may be read over. */
  String dim(String text) {
    return paint("2", text);
  }

  /** What is right. */
  String good(String text) {
    return paint("32", text);
  }

  /** What is wrong. */
  String bad(String text) {
    return paint("31", text);
  }

  /** What needs a second look. */
  String warn(String text) {
    return paint("33", text);
  }

  /** Formulas. */
  String formula(String text) {
    return paint("36", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
