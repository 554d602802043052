package dev.qkv.sheet.note.document.html;

import dev.qkv.sheet.note.document.text.Page;
import dev.qkv.sheet.note.document.text.Traced;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/** Web pages as Markdown: what a reader sees of them, without what leads to other pages. */
public final class HtmlDocument implements NodeFilter {
  private static final Set<String> DROPPED =
      Set.of(
          "head",
          "script",
          "style",
          "nav",
          "footer",
          "header",
          "aside",
          "svg",
          "button",
          "form",
          "noscript",
          "template",
          "iframe",
          "object",
          "canvas",
          "video",
          "audio",
          "select");

  /** Classes and names of what stands beside a text. */
  private static final Set<String> BESIDE =
      Set.of(
          "nav",
          "navbar",
          "navigation",
          "sidebar",
          "footer",
          "menu",
          "breadcrumb",
          "breadcrumbs",
          "toc",
          "linenos",
          "gutter",
          "lineno",
          "prompt",
          "jp-InputPrompt",
          "jp-OutputPrompt",
          "headerlink",
          "anchor-link",
          "MathJax_Preview");

  private static final Set<String> PARAGRAPHS =
      Set.of(
          "p",
          "blockquote",
          "hr",
          "dl",
          "figure",
          "figcaption",
          "caption",
          "details",
          "section",
          "article",
          "fieldset",
          "address");

  private static final Set<String> LINES =
      Set.of("div", "br", "dt", "dd", "tr", "td", "th", "main", "summary", "center", "tbody");

  private static final int DEEPEST_TABLE = 8;

  private final Page page;
  private final HtmlText text;
  private final HtmlFormulas formulas;
  private final HtmlLists lists;
  private @Nullable HtmlTable table;
  private int tables;
  private int position;

  /** The depth of a hidden element that is shown because it holds a formula. */
  private int shownAt = Integer.MAX_VALUE;

  private HtmlDocument(String source) {
    this.page = new Page(source);
    this.text = new HtmlText(source, page);
    this.formulas = new HtmlFormulas(page, text);
    this.lists = new HtmlLists(page);
  }

  /** A page as Markdown. */
  public static Traced of(String source) {
    HtmlDocument document = new HtmlDocument(source);
    document.traverse(Parser.htmlParser().setTrackPosition(true).parseInput(source, ""));
    return document.page.build();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node.sourceRange().isTracked()) {
      position = node.sourceRange().startPos();
    }
    if (node instanceof TextNode words) {
      text.words(words);
    }
    if (!(node instanceof Element element)) {
      return FilterResult.CONTINUE;
    }
    if (formulas.write(element, depth, position) || isDropped(element, depth)) {
      return FilterResult.SKIP_ENTIRELY;
    }
    if (element.nameIs("pre")) {
      code(element);
      return FilterResult.SKIP_ENTIRELY;
    }
    open(element);
    return FilterResult.CONTINUE;
  }

  private boolean isDropped(Element element, int depth) {
    if (DROPPED.contains(element.normalName()) || element.hasAttr("hidden")) {
      return true;
    }
    if (element.attr("aria-hidden").equals("true")) {
      return !element.hasClass("katex-html");
    }
    if (BESIDE.contains(element.id()) || element.classNames().stream().anyMatch(BESIDE::contains)) {
      return true;
    }
    return isHidden(element, depth);
  }

  /** Formulas for those who hear a page are hidden from those who see it. */
  private boolean isHidden(Element element, int depth) {
    shownAt = depth <= shownAt ? Integer.MAX_VALUE : shownAt;
    if (depth > shownAt || !element.attr("style").replace(" ", "").contains("display:none")) {
      return false;
    }
    if (element.selectFirst("math, script[type^=math/tex]") == null) {
      return true;
    }
    shownAt = depth;
    return false;
  }

  private void open(Element element) {
    String name = element.normalName();
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(name.charAt(1) - '0');
      case "b", "strong" -> page.bold();
      case "sub" -> before("_{");
      case "sup" -> before("^{");
      case "code", "tt", "kbd", "samp" -> {
        if (element.hasText()) {
          before("`");
        }
      }
      case "ul", "ol", "menu" -> lists.open(element);
      case "li" -> lists.item(element, position);
      case "table" -> openTable(element);
      case "tr" -> startRow();
      case "td", "th" -> startCell();
      default -> apart(name);
    }
  }

  private void apart(String name) {
    boolean inItem = name.equals("p") && lists.isOpen();
    if (PARAGRAPHS.contains(name) && !inItem) {
      page.paragraph();
    } else if (inItem || LINES.contains(name)) {
      page.line();
    }
  }

  private void before(String mark) {
    page.insert(mark, position);
    page.hold();
  }

  private void heading(int level) {
    page.paragraph();
    if (!page.isFlat()) {
      before("#".repeat(level) + " ");
    }
    page.flatten();
  }

  private void openTable(Element element) {
    page.paragraph();
    tables++;
    if (table == null && tables <= DEEPEST_TABLE) {
      table = HtmlTable.of(element, page);
    }
  }

  private void startRow() {
    if (table == null) {
      page.line();
    } else {
      table.startRow(position);
    }
  }

  private void startCell() {
    if (table == null) {
      page.line();
    } else {
      table.startCell(position);
    }
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (!(node instanceof Element element)) {
      return FilterResult.CONTINUE;
    }
    if (element.endSourceRange().isTracked()) {
      position = element.endSourceRange().startPos();
    }
    String name = element.normalName();
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        page.unflatten();
        page.paragraph();
      }
      case "b", "strong" -> page.unbold();
      case "sub", "sup" -> page.tight("}");
      case "code", "tt", "kbd", "samp" -> {
        if (element.hasText()) {
          page.tight("`");
        }
      }
      case "ul", "ol", "menu" -> lists.close();
      case "li" -> page.line();
      case "table" -> {
        tables--;
        table = null;
        page.paragraph();
      }
      case "tr" -> endRow();
      case "td", "th" -> endCell(element);
      default -> {
        if (!name.equals("br")) {
          apart(name);
        }
      }
    }
    return FilterResult.CONTINUE;
  }

  private void endRow() {
    if (table == null) {
      page.line();
    } else {
      table.endRow(position);
    }
  }

  private void endCell(Element element) {
    if (table == null) {
      page.line();
    } else {
      table.endCell(element, position);
    }
  }

  private void code(Element pre) {
    page.openFence(language(pre), pre.wholeText(), position);
    boolean lineEnded = true;
    for (Node node : (Iterable<Node>) pre.nodeStream()::iterator) {
      if (node instanceof TextNode words) {
        if (page.isFlat()) {
          text.words(words);
        } else {
          text.raw(words);
        }
        String whole = words.getWholeText();
        lineEnded = whole.isEmpty() ? lineEnded : whole.endsWith("\n");
      } else if (node.nameIs("br")) {
        page.insert("\n", position);
        lineEnded = true;
      }
    }
    if (!lineEnded) {
      page.line();
    }
    page.closeFence(position);
  }

  /** What a block of code is written in, or that it was printed. */
  private static String language(Element pre) {
    Element around = pre;
    String classes = pre.select("> code").attr("class");
    for (int i = 0; around != null && i < 4; i++) {
      classes += " " + around.className();
      around = around.parent();
    }
    return classes.contains("python")
        ? "python"
        : classes.toLowerCase(Locale.ROOT).contains("output") ? "output" : "";
  }
}
