package dev.qkv.browser.standin.java.lang;

/** Holds the script of a code point, as the class of this name of the JDK. */
@SuppressWarnings("AvoidCommonTypeNames") // it stands in for that class
public final class Character {
  private Character() {}

  /** Scripts: the sheet asks for one. */
  public enum UnicodeScript {
    HAN,
    UNKNOWN;

    public static UnicodeScript of(int codePoint) {
      return Han.has(codePoint) ? HAN : UNKNOWN;
    }
  }
}
