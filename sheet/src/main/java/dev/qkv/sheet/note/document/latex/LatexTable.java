package dev.qkv.sheet.note.document.latex;

import dev.qkv.sheet.note.document.text.Page;
import dev.qkv.sheet.note.document.text.TableWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables of LaTeX. A table within a cell is read as the cell's text. */
final class LatexTable {
  /** Tables, and the arguments in front of their first cell. */
  static final Map<String, String> ARGUMENTS =
      Map.of(
          "tabular", "om",
          "tabular*", "mom",
          "tabularx", "mm",
          "tabulary", "mm",
          "longtable", "om",
          "tabu", "om",
          "tblr", "om",
          "supertabular", "om");

  /** Rules and what belongs to them: they are no cells. */
  private static final Set<String> RULES =
      Set.of(
          "hline",
          "toprule",
          "midrule",
          "bottomrule",
          "cline",
          "cmidrule",
          "endhead",
          "endfirsthead",
          "endfoot",
          "endlastfoot",
          "noalign",
          "addlinespace",
          "rowcolor");

  private record Cell(int from, int to) {}

  private final LatexDocument document;
  private final TexText tex;

  private LatexTable(LatexDocument document) {
    this.document = document;
    this.tex = document.tex();
  }

  /**
   * Writes the table whose first cell starts at a position.
   *
   * @return behind its end; −1, and nothing is written, if it has none
   */
  static int write(LatexDocument document, int from) {
    return new LatexTable(document).write(from);
  }

  private int write(int from) {
    List<List<Cell>> rows = new ArrayList<>();
    List<Cell> row = new ArrayList<>();
    int depth = 0;
    int start = ruled(from);
    int i = start;
    while (i < tex.length()) {
      char c = tex.text().charAt(i);
      if (c == '{' && tex.close(i) >= 0) {
        i = tex.close(i) + 1;
      } else if (c == '&' && depth == 0) {
        row.add(new Cell(start, i));
        start = ++i;
      } else if (c == '\\') {
        String name = tex.command(i);
        int end = tex.commandEnd(i);
        if (name.equals("end") && depth == 0) {
          row.add(new Cell(start, i));
          rows.add(row);
          print(rows, i);
          return tex.skipGroup(end);
        }
        depth += name.equals("begin") ? 1 : name.equals("end") ? -1 : 0;
        if (depth == 0 && (name.equals("\\") || name.equals("tabularnewline"))) {
          row.add(new Cell(start, i));
          rows.add(row);
          row = new ArrayList<>();
          end = ruled(tex.skip(end, "*o"));
          start = end;
        }
        i = Math.max(end, i + 1);
      } else {
        i++;
      }
    }
    return -1;
  }

  /** Behind the rules at a position. */
  private int ruled(int from) {
    int i = from;
    while (true) {
      int at = tex.skipBlank(i);
      if (!tex.is(at, '\\') || !RULES.contains(tex.command(at))) {
        return i;
      }
      i = tex.skip(tex.commandEnd(at), "om");
    }
  }

  private void print(List<List<Cell>> rows, int to) {
    int columns = 0;
    for (List<Cell> row : rows) {
      columns = Math.max(columns, width(row));
    }
    Page page = document.page();
    page.paragraph();
    TableWriter table = new TableWriter(page, columns);
    for (List<Cell> row : rows) {
      if (row.size() == 1 && tex.text().substring(row.get(0).from, row.get(0).to).isBlank()) {
        continue;
      }
      table.startRow(row.get(0).from);
      for (Cell cell : row) {
        table.startCell(cell.from);
        document.within(cell.from, cell.to);
        table.endCell();
        for (int extra = span(cell); extra > 1; extra--) {
          table.startCell(cell.to);
          table.endCell();
        }
      }
      table.endRow(to);
    }
    page.paragraph();
  }

  private int width(List<Cell> row) {
    return row.stream().mapToInt(this::span).sum();
  }

  private int span(Cell cell) {
    int at = tex.skipBlank(cell.from);
    if (!tex.is(at, '\\') || !tex.command(at).equals("multicolumn")) {
      return 1;
    }
    String span = tex.group(tex.commandEnd(at));
    return span.matches("[1-9]\\d?") ? Integer.parseInt(span) : 1;
  }
}
