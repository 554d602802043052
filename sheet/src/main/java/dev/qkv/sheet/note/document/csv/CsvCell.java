package dev.qkv.sheet.note.document.csv;

import java.util.regex.Pattern;

/**
 * A cell that is not empty.
 *
 * @param column its column, from 0
 * @param from where its text starts in the source, behind a quotation mark
 * @param to where that ends
 * @param text what it says
 * @param kind what that looks like
 */
record CsvCell(int column, int from, int to, String text, Kind kind) {
  /** What a cell looks like. */
  enum Kind {
    NUMBER,
    /** A matrix or vector within one cell. */
    BRACKETS,
    TEXT
  }

  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+−]?(?:\\d++(?:[.,]\\d*+)*+|\\.\\d++)(?:[eE][-+]?\\d++)?+\\s?%?|[-+−]?\\d++/\\d++"
              + "|[-+−]?(?:∞|inf|infinity|Inf|INF|Infinity)");

  private static final int LONGEST_NUMBER = 60;

  static CsvCell of(int column, int from, int to, String text) {
    return new CsvCell(column, from, to, text, kind(text));
  }

  private static Kind kind(String text) {
    if (text.length() < LONGEST_NUMBER && NUMBER.matcher(text).matches()) {
      return Kind.NUMBER;
    }
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    boolean brackets =
        (first == '[' && last == ']') || (first == '(' && last == ')' && digitIn(text));
    return brackets ? Kind.BRACKETS : Kind.TEXT;
  }

  private static boolean digitIn(String text) {
    return text.chars().anyMatch(Character::isDigit);
  }

  boolean isText() {
    return kind == Kind.TEXT;
  }

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }
}
