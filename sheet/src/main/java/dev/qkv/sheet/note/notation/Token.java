package dev.qkv.sheet.note.notation;

/**
 * A piece of a formula, in TeX or in plain characters.
 *
 * @param kind what it is
 * @param text how it is spelled, in the one way that stands for all
 * @param start where it starts
 * @param end where it ends
 */
public record Token(Kind kind, String text, int start, int end) {
  /** What a token is. */
  public enum Kind {
    /** Digits with at most one point. */
    NUMBER,
    /** Letters, a TeX command with its backslash, or one character of another script. */
    WORD,
    /** Anything else that is one character: operators and brackets. */
    SYMBOL,
    /** {@code \begin{bmatrix}}, with the environment's name as text. */
    BEGIN,
    /** {@code \end{bmatrix}}. */
    END,
    /** Row separator {@code \\}. */
    NEW_ROW,
    /** The end of a line. */
    NEW_LINE,
    /** Space, also TeX's. */
    SPACE,
    /** The end of the text. */
    STOP
  }

  public boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  public boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** Space or the end of a line. */
  public boolean isBlank() {
    return kind == Kind.SPACE || kind == Kind.NEW_LINE;
  }

  /** Whether it opens a bracket, brace, parenthesis or environment. */
  public boolean opens() {
    return kind == Kind.BEGIN
        || (kind == Kind.SYMBOL && text.length() == 1 && "([{⦃".indexOf(text.charAt(0)) >= 0);
  }

  /** Whether it closes one. */
  public boolean closes() {
    return kind == Kind.END
        || (kind == Kind.SYMBOL && text.length() == 1 && ")]}⦄".indexOf(text.charAt(0)) >= 0);
  }

  /** A character of a script that writes words without spaces. */
  public boolean isHan() {
    return kind == Kind.WORD
        && Character.UnicodeScript.of(text.codePointAt(0)) == Character.UnicodeScript.HAN;
  }
}
