package dev.qkv.sheet.note.document.csv;

import dev.qkv.sheet.note.document.text.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes cells of separated values: texts, numbers, and matrices made of them. */
final class CsvValues {
  private static final Pattern THOUSANDS =
      Pattern.compile("[-+−]?\\d{1,3}(?:,\\d{3})++(?:\\.\\d*+)?");

  private final Page page;
  private final String source;
  private final boolean commaBeforeDecimals;

  CsvValues(Page page, String source, boolean commaBeforeDecimals) {
    this.page = page;
    this.source = source;
    this.commaBeforeDecimals = commaBeforeDecimals;
  }

  /** A name and its matrix, vector or number on a line; without name, the matrix alone. */
  void matrix(@Nullable CsvCell name, List<List<CsvCell>> rows) {
    page.line();
    if (name != null) {
      int to = name.to();
      while (to > name.from() && " :=：".indexOf(source.charAt(to - 1)) >= 0) {
        to--;
      }
      text(name.from(), to);
      page.insert(" = ", name.to());
      page.hold();
    }
    int origin = rows.get(0).get(0).from();
    if (rows.size() > 1) {
      page.insert("[", origin);
    }
    for (int i = 0; i < rows.size(); i++) {
      List<CsvCell> row = rows.get(i);
      boolean alone = rows.size() == 1 && row.size() == 1;
      page.insert((i > 0 ? ", " : "") + (alone ? "" : "["), row.get(0).from());
      for (int k = 0; k < row.size(); k++) {
        if (k > 0) {
          page.insert(", ", row.get(k).from());
        }
        value(row.get(k));
      }
      page.insert(alone ? "" : "]", row.getLast().to());
    }
    if (rows.size() > 1) {
      page.insert("]", rows.getLast().getLast().to());
    }
    page.line();
  }

  void value(CsvCell cell) {
    if (cell.isNumber() && cell.text().indexOf(',') >= 0) {
      number(cell);
    } else {
      text(cell);
    }
  }

  /** A number whose commas separate thousands, or its decimals. */
  private void number(CsvCell cell) {
    String written = cell.text();
    boolean thousands =
        written.indexOf('.') >= 0
            || written.indexOf(',') != written.lastIndexOf(',')
            || (!commaBeforeDecimals && THOUSANDS.matcher(written).matches());
    for (int i = cell.from(); i < cell.to(); i++) {
      if (source.charAt(i) != ',') {
        page.copy(i, i + 1);
      } else if (!thousands) {
        page.insert(".", i);
      }
    }
  }

  void text(CsvCell cell) {
    text(cell.from(), cell.to());
  }

  /** Text of a cell: its lines stay lines, and a doubled quotation mark is one. */
  private void text(int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      char c = source.charAt(i);
      boolean doubled = c == '"' && i + 1 < to && source.charAt(i + 1) == '"';
      if (c == '\n' || doubled) {
        page.words(start, i);
        start = i + 1;
        i += doubled ? 1 : 0;
      }
      if (c == '\n') {
        page.line();
      }
    }
    page.words(start, to);
  }
}
