package dev.qkv.browser.standin.java.util.regex;

/** A pattern that cannot be read, or has what the sheet's patterns do not use. */
public final class PatternSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * A pattern that cannot be read.
   *
   * @param what is wrong
   * @param pattern in which
   * @param at where
   */
  public PatternSyntaxException(String what, String pattern, int at) {
    super(what + " near index " + at + ": " + pattern);
  }
}
