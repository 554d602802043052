package dev.qkv.app.report;

import java.util.Locale;

/** Text and numbers as SVG and HTML want them. */
final class Markup {
  private Markup() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A place in a picture. */
  static String place(double x) {
    return String.format(Locale.ROOT, "%.1f", x);
  }

  /** A number for people: four digits that say something. */
  static String number(double x) {
    if (x == 0) {
      return "0";
    }
    double size = Math.abs(x);
    if (size < 1e-3 || size >= 1e5) {
      return String.format(Locale.ROOT, "%.2e", x);
    }
    return String.format(Locale.ROOT, size < 1 ? "%.4f" : size < 100 ? "%.3f" : "%.1f", x);
  }

  static String text(double x, double y, String anchor, String words) {
    return "<text x=\""
        + place(x)
        + "\" y=\""
        + place(y)
        + "\" text-anchor=\""
        + anchor
        + "\">"
        + escape(words)
        + "</text>\n";
  }

  /** Text along an axis that goes up. */
  static String upright(double x, double y, String words) {
    return "<text transform=\"translate("
        + place(x)
        + ' '
        + place(y)
        + ") rotate(-90)\" text-anchor=\"middle\">"
        + escape(words)
        + "</text>\n";
  }

  /** A picture of its own. */
  static String svg(double width, double height, String title, String content) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + place(width)
        + ' '
        + place(height)
        + "\" width=\""
        + place(width)
        + "\" height=\""
        + place(height)
        + "\" font-family=\"sans-serif\" font-size=\"11\" role=\"img\" aria-label=\""
        + escape(title)
        + "\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        + text(width / 2, 16, "middle", title)
        + content
        + "</svg>\n";
  }
}
