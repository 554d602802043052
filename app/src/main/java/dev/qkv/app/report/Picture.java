package dev.qkv.app.report;

/**
 * A picture: part of a page, or a file of its own.
 *
 * @param title what it shows
 * @param width of its own
 * @param height of its own
 * @param content SVG below its title
 */
public record Picture(String title, double width, double height, String content) {
  /** Where the title's line ends. */
  static final double TITLE = 26;

  private static final double EDGE = 8;

  static Picture of(String title, double width, double height, String content) {
    double wide = Math.max(width, Markup.width(title) * 1.1 + 2 * EDGE);
    return new Picture(title, wide, height, content);
  }

  /**
   * A file of its own.
   *
   * @return SVG with its colours for light and dark pages
   */
  public String file() {
    return svg("<style>\n" + Palette.STYLE + "</style>\n");
  }

  /** For a page that has the colours. */
  String part() {
    return svg("");
  }

  private String svg(String style) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qkv\" viewBox=\"0 0 "
        + Markup.place(width)
        + ' '
        + Markup.place(height)
        + "\" width=\""
        + Markup.place(width)
        + "\" height=\""
        + Markup.place(height)
        + "\" role=\"img\" aria-label=\""
        + Markup.escape(title)
        + "\">\n"
        + style
        + "<rect class=\"paper\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n"
        + Markup.text(EDGE, 18, "start", "title", title)
        + content
        + "</svg>\n";
  }
}
