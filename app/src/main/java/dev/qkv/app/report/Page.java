package dev.qkv.app.report;

import java.util.List;
import java.util.Locale;

/** A page of HTML that needs no other file. */
public final class Page {
  private static final String STYLE =
      "body{font-family:sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#222}"
          + "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
          + "svg{margin:.4rem;max-width:100%;height:auto;border:1px solid #eee}"
          + "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .7rem}";

  private final StringBuilder body = new StringBuilder();
  private final String title;
  private final Locale locale;
  private int pictures;

  /**
   * An empty page.
   *
   * @param title of the page
   * @param locale its language
   */
  public Page(String title, Locale locale) {
    this.title = title;
    this.locale = locale;
  }

  /**
   * A heading.
   *
   * @param words its text
   */
  public void heading(String words) {
    body.append("<h2>").append(Markup.escape(words)).append("</h2>\n");
  }

  /**
   * A paragraph.
   *
   * @param words its text
   */
  public void paragraph(String words) {
    body.append("<p>").append(Markup.escape(words)).append("</p>\n");
  }

  /**
   * A table.
   *
   * @param rows the first one names the columns
   */
  public void table(List<List<String>> rows) {
    body.append("<table>\n");
    for (int i = 0; i < rows.size(); i++) {
      String cell = i == 0 ? "th" : "td";
      body.append("<tr>");
      for (String text : rows.get(i)) {
        body.append('<').append(cell).append('>').append(Markup.escape(text));
        body.append("</").append(cell).append('>');
      }
      body.append("</tr>\n");
    }
    body.append("</table>\n");
  }

  /**
   * A picture.
   *
   * @param svg as {@link HeatMap} and {@link LineChart} draw them
   */
  public void picture(String svg) {
    // Names are unique in a picture, but not on a page of several.
    pictures++;
    body.append(
        svg.replace("id=\"masked\"", "id=\"masked" + pictures + "\"")
            .replace("url(#masked)", "url(#masked" + pictures + ")"));
  }

  /**
   * The whole page.
   *
   * @return HTML
   */
  public String html() {
    String language = locale.getLanguage().equals("zh") ? "zh" : "en";
    return "<!DOCTYPE html>\n<html lang=\""
        + language
        + "\">\n<head>\n<meta charset=\"utf-8\">\n<title>"
        + Markup.escape(title)
        + "</title>\n<style>"
        + STYLE
        + "</style>\n</head>\n<body>\n<h1>"
        + Markup.escape(title)
        + "</h1>\n"
        + body
        + "</body>\n</html>\n";
  }
}
