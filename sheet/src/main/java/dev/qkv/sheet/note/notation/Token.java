package dev.qkv.sheet.note.notation;

/**
 * A piece of a formula, in TeX or in plain characters.
 *
 * @param kind what it is
 * @param text how it is spelled, TeX commands without their backslash
 * @param start where it starts
 * @param end where it ends
 */
public record Token(Kind kind, String text, int start, int end) {
  public enum Kind {
    /** Digits with at most one point. */
    NUMBER,
    /** Letters, a TeX command, or one character of another script. */
    WORD,
    /** Anything else that is one character: operators and brackets. */
    SYMBOL,
    /** {@code \begin{bmatrix}}, with the environment's name as text. */
    BEGIN,
    /** {@code \end{bmatrix}}. */
    END,
    /** Row separator {@code \\}. */
    NEW_ROW,
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
}
