package dev.qkv.app.report;

import dev.qkv.sheet.value.Notation;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Text and numbers as SVG and HTML want them. */
public final class Markup {
  private static final int FIRST_WIDE = 0x2E80;
  private static final double LETTER = 13;
  private static final double NARROW = 0.58;

  private Markup() {}

  /**
   * Text that no markup begins or ends in.
   *
   * @param text any text
   * @return the same for the content of an element, or of an attribute between double quotes
   */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A place in a picture. */
  static String place(double x) {
    return decimal(x, 1);
  }

  /** A number for people: three digits that say something. */
  static String number(double x) {
    double size = Math.abs(x);
    if (x == 0 || (size >= 1000 && x == Math.rint(x))) {
      return decimal(x, 0);
    }
    if (size < 1e-3 || size >= 1e5) {
      return Notation.order(x);
    }
    return decimal(x, size < 1 ? 3 : size < 10 ? 2 : 1);
  }

  /** Written out rather than formatted: formatters of browsers round halves otherwise. */
  private static String decimal(double x, int decimals) {
    return Double.isFinite(x)
        ? BigDecimal.valueOf(x).setScale(decimals, RoundingMode.HALF_UP).toPlainString()
        : String.valueOf(x);
  }

  /** How wide text will be, about: fonts differ. A Chinese character is as wide as high. */
  static double width(String words) {
    int wide = (int) words.codePoints().filter(c -> c >= FIRST_WIDE).count();
    int narrow = words.codePointCount(0, words.length()) - wide;
    return LETTER * (wide + NARROW * narrow);
  }

  static String text(double x, double y, String anchor, String style, String words) {
    return "<text x=\"" + place(x) + "\" y=\"" + place(y) + rest(anchor, style, words);
  }

  /** Text that goes up. */
  static String upright(double x, double y, String anchor, String style, String words) {
    return "<text transform=\"translate("
        + place(x)
        + ' '
        + place(y)
        + ") rotate(-90)"
        + rest(anchor, style, words);
  }

  private static String rest(String anchor, String style, String words) {
    return "\" text-anchor=\""
        + anchor
        + (style.isEmpty() ? "" : "\" class=\"" + style)
        + "\">"
        + escape(words)
        + "</text>\n";
  }
}
