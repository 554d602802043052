package dev.qkv.sheet.note.document.html;

import dev.qkv.sheet.note.document.text.Page;
import dev.qkv.sheet.note.document.text.TableWriter;
import java.util.Arrays;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** A table of a page as a table of Markdown; cells that span others leave those empty. */
final class HtmlTable {
  private static final int MOST_COLUMNS = 64;
  private static final int MOST_ROWS = 1_000;

  /** What no cell of a table of Markdown can hold. */
  private static final Set<String> BLOCKS =
      Set.of("pre", "h1", "h2", "h3", "h4", "h5", "h6", "textarea");

  private final TableWriter writer;
  private final boolean spans;
  private int[] covered = new int[MOST_COLUMNS];
  private int column;

  private HtmlTable(Page page, int columns) {
    this.writer = new TableWriter(page, columns);
    this.spans = columns <= MOST_COLUMNS;
  }

  /** A table of data; null if it only lays out a page. */
  static @Nullable HtmlTable of(Element table, Page page) {
    int columns = 0;
    int carried = 0;
    boolean cells = false;
    boolean inside = false;
    for (Element element : (Iterable<Element>) table.stream()::iterator) {
      if (BLOCKS.contains(element.normalName()) || (element.nameIs("table") && inside)) {
        return null;
      }
      inside = true;
      if (element.nameIs("tr")) {
        int width = 0;
        int tall = 0;
        for (Element cell : element.children()) {
          int span = isCell(cell) ? span(cell, "colspan", MOST_COLUMNS) : 0;
          width += span;
          tall += span(cell, "rowspan", MOST_ROWS) > 1 ? span : 0;
        }
        columns = Math.max(columns, width + Math.min(carried, MOST_COLUMNS));
        carried = tall == 0 ? carried : tall;
        cells |= width > 0;
      }
    }
    return cells && columns > 1 ? new HtmlTable(page, columns) : null;
  }

  static boolean isCell(Element element) {
    return element.nameIs("td") || element.nameIs("th");
  }

  private static int span(Element cell, String attribute, int most) {
    String written = cell.attr(attribute);
    return written.matches("[1-9]\\d{0,3}") ? Math.min(most, Integer.parseInt(written)) : 1;
  }

  void startRow(int origin) {
    writer.startRow(origin);
    column = 0;
  }

  void startCell(int origin) {
    skipCovered(origin);
    writer.startCell(origin);
  }

  void endCell(Element cell, int origin) {
    writer.endCell();
    int wide = spans ? span(cell, "colspan", MOST_COLUMNS) : 1;
    int tall = spans ? span(cell, "rowspan", MOST_ROWS) : 1;
    cover(tall - 1);
    for (int extra = 1; extra < wide && column < MOST_COLUMNS; extra++) {
      empty(origin);
      cover(tall - 1);
    }
  }

  private void cover(int rows) {
    if (rows > 0) {
      covered = column < covered.length ? covered : Arrays.copyOf(covered, 2 * column);
      covered[column] = rows;
    }
    column++;
  }

  private void skipCovered(int origin) {
    while (column < covered.length && covered[column] > 0) {
      covered[column]--;
      empty(origin);
      column++;
    }
  }

  private void empty(int origin) {
    writer.startCell(origin);
    writer.endCell();
  }

  void endRow(int origin) {
    skipCovered(origin);
    writer.endRow(origin);
  }
}
