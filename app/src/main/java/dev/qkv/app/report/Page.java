package dev.qkv.app.report;

import java.util.List;
import java.util.Locale;

/** A page of HTML that needs no other file; it is well-formed XML as well. */
public final class Page {
  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC",\
      "PingFang SC","Microsoft YaHei",sans-serif;line-height:1.55;max-width:76rem;margin:0 auto;\
      padding:1rem;color:#1f2328;background:#f6f8fa;overflow-wrap:anywhere}
      h1{font-size:1.6rem;line-height:1.25}
      h2{font-size:1.25rem;margin:2.2rem 0 .6rem}
      p,figcaption{max-width:46rem}
      figure{margin:0;min-width:0}
      figcaption{margin-top:.4rem;font-size:.95rem}
      svg{display:block;max-width:100%;height:auto}
      .side{display:grid;gap:1.4rem;margin:1rem 0;\
      grid-template-columns:repeat(auto-fill,minmax(min(100%,23rem),1fr))}
      .many{display:grid;gap:.8rem;\
      grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))}
      .scroll{overflow-x:auto}
      table{border-collapse:collapse;font-variant-numeric:tabular-nums}
      td,th{border:1px solid #d8dee4;padding:.2rem .7rem;text-align:right}
      td{white-space:nowrap}
      summary{cursor:pointer;margin:.6rem 0}
      @media (prefers-color-scheme:dark){
      body{color:#e6edf3;background:#010409}
      td,th{border-color:#30363d}
      }
      """;

  /**
   * Pictures with the words below them.
   *
   * @param pictures at least one; several are small and stand beside each other
   * @param caption what to see
   */
  public record Figure(List<Picture> pictures, String caption) {
    /** Copies the list. */
    public Figure {
      pictures = List.copyOf(pictures);
    }
  }

  private final StringBuilder body = new StringBuilder();
  private final String title;
  private final Locale locale;

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
   * A table that is opened by whoever wants to read it.
   *
   * @param summary what is in it
   * @param rows the first one names the columns
   */
  public void table(String summary, List<List<String>> rows) {
    body.append("<details><summary>").append(Markup.escape(summary)).append("</summary>\n");
    body.append("<div class=\"scroll\"><table>\n");
    for (int i = 0; i < rows.size(); i++) {
      String open = i == 0 ? "<th scope=\"col\">" : "<td>";
      String close = i == 0 ? "</th>" : "</td>";
      body.append("<tr>");
      rows.get(i).forEach(cell -> body.append(open).append(Markup.escape(cell)).append(close));
      body.append("</tr>\n");
    }
    body.append("</table></div>\n</details>\n");
  }

  /**
   * Figures, beside each other where the page is wide enough.
   *
   * @param figures at least one
   */
  public void figures(List<Figure> figures) {
    if (figures.size() > 1) {
      body.append("<div class=\"side\">\n");
    }
    figures.forEach(this::figure);
    if (figures.size() > 1) {
      body.append("</div>\n");
    }
  }

  private void figure(Figure figure) {
    boolean many = figure.pictures().size() > 1;
    body.append("<figure>\n").append(many ? "<div class=\"many\">\n" : "");
    figure.pictures().forEach(picture -> body.append(picture.part()));
    body.append(many ? "</div>\n" : "")
        .append("<figcaption>")
        .append(Markup.escape(figure.caption()))
        .append("</figcaption>\n</figure>\n");
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
        + "\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>"
        + Markup.escape(title)
        + "</title>\n<style>\n"
        + STYLE
        + Palette.STYLE
        + "</style>\n</head>\n<body>\n<h1>"
        + Markup.escape(title)
        + "</h1>\n"
        + body
        + "</body>\n</html>\n";
  }
}
