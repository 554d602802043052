package dev.qkv.browser.standin.java.text;

/** Mathematical letters and digits as plain ones; other signs stay as they are. */
public final class Normalizer {
  private static final int LETTERS = 0x1D400;
  private static final int DOTLESS = 0x1D6A4;
  private static final int GREEK = 0x1D6A8;
  private static final int DIGITS = 0x1D7CE;
  private static final int END = 0x1D800;
  private static final String LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String GREEK_ALPHABET =
      "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εθκφρπ";

  private Normalizer() {}

  /** Forms: the sheet asks for one. */
  public enum Form {
    NFKC
  }

  public static String normalize(CharSequence text, Form form) {
    StringBuilder plain = new StringBuilder();
    text.codePoints().forEach(c -> plain.appendCodePoint(form == Form.NFKC ? plain(c) : c));
    return plain.toString();
  }

  private static int plain(int c) {
    if (c < LETTERS || c >= END || Character.getType(c) == Character.UNASSIGNED) {
      return c;
    }
    if (c >= DIGITS) {
      return '0' + (c - DIGITS) % 10;
    }
    if (c >= GREEK) {
      return c < GREEK + 5 * GREEK_ALPHABET.length()
          ? GREEK_ALPHABET.charAt((c - GREEK) % GREEK_ALPHABET.length())
          : c == 0x1D7CA ? 'Ϝ' : 'ϝ';
    }
    return c < DOTLESS ? LATIN.charAt((c - LETTERS) % LATIN.length()) : c == DOTLESS ? 'ı' : 'ȷ';
  }
}
