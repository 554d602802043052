package dev.qkv.sheet.note.document;

/** Counts what a piece of text opens and does not close: brackets, environments, displays. */
final class Openness {
  private int brackets;
  private int parentheses;
  private int environments;
  private boolean display;

  void read(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '[' -> brackets++;
        case ']' -> brackets = Math.max(0, brackets - 1);
        case '(' -> parentheses += calls(text, i, from) ? 1 : parentheses > 0 ? 1 : 0;
        case ')' -> parentheses = Math.max(0, parentheses - 1);
        case '$' -> {
          if (i + 1 < to && text.charAt(i + 1) == '$') {
            display = !display;
            i++;
          }
        }
        case '\\' -> i = command(text, i, to);
        default -> {}
      }
    }
  }

  /** A parenthesis that closes lines later belongs to a call such as {@code array(}. */
  private static boolean calls(String text, int at, int from) {
    return at > from && Character.isLetter(text.charAt(at - 1)) && text.charAt(at - 1) < 128;
  }

  private int command(String text, int at, int to) {
    if (text.startsWith("\\begin{", at)) {
      environments++;
    } else if (text.startsWith("\\end{", at)) {
      environments = Math.max(0, environments - 1);
    } else if (at + 1 < to && text.charAt(at + 1) == '[') {
      display = true;
    } else if (at + 1 < to && text.charAt(at + 1) == ']') {
      display = false;
    } else if (text.startsWith("\\left[", at) || text.startsWith("\\right]", at)) {
      return at;
    }
    return at + 1;
  }

  boolean isOpen() {
    return brackets > 0 || parentheses > 0 || environments > 0 || display;
  }

  /** Whether a blank line may come before the end. */
  boolean inEnvironment() {
    return environments > 0 || display;
  }
}
