package dev.qkv.sheet.note.document.html;

import dev.qkv.sheet.note.document.text.Numbering;
import dev.qkv.sheet.note.document.text.Page;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jsoup.nodes.Element;

/** Lists of a page, with the labels that a browser shows. */
final class HtmlLists {
  private static final class Level {
    final String style;
    int next;

    Level(String style, int next) {
      this.style = style;
      this.next = next;
    }
  }

  private static final String BULLETS = "";
  private static final int LARGEST = 1_000_000;

  private final Page page;
  private final Deque<Level> levels = new ArrayDeque<>();

  HtmlLists(Page page) {
    this.page = page;
  }

  void open(Element list) {
    apart();
    String style =
        switch (list.attr("type")) {
          case "a" -> "alph";
          case "A" -> "Alph";
          case "i" -> "roman";
          case "I" -> "Roman";
          default -> "arabic";
        };
    levels.push(new Level(list.nameIs("ol") ? style : BULLETS, number(list, "start", 1)));
  }

  boolean isOpen() {
    return !levels.isEmpty();
  }

  void close() {
    levels.poll();
    apart();
  }

  private void apart() {
    if (levels.isEmpty()) {
      page.paragraph();
    } else {
      page.line();
    }
  }

  void item(Element item, int origin) {
    page.line();
    Level level = levels.peek();
    if (level == null || level.style.equals(BULLETS)) {
      page.label("-", origin);
      return;
    }
    int number = number(item, "value", level.next);
    level.next = number + 1;
    page.label(Numbering.of(level.style, number) + ".", origin);
  }

  private static int number(Element element, String attribute, int otherwise) {
    String written = element.attr(attribute);
    return written.matches("\\d{1,6}") ? Integer.parseInt(written) : Math.min(otherwise, LARGEST);
  }
}
