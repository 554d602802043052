package dev.qkv.sheet.note;

import dev.qkv.sheet.note.document.Lines;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.MatrixParser;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableBlock;

/**
 * A Markdown table whose columns are quantities and whose rows are tokens.
 *
 * @param line where it starts
 * @param lastLine where it ends
 * @param columns what was read; empty for a table of something else
 */
record NoteTable(int line, int lastLine, List<Column> columns) {
  /**
   * A column.
   *
   * @param quantity what its header names
   * @param numbers its cells, one row of the quantity each
   */
  record Column(Quantity quantity, List<List<Numeral>> numbers) {}

  static NoteTable of(TableBlock block, String text, Lines lines) {
    int first = block.getSourceSpans().getFirst().getLineIndex() + 1;
    int last = block.getSourceSpans().getLast().getLineIndex() + 1;
    List<int[]> header = cells(text, lines, first);
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < header.size(); c++) {
      String name = text.substring(header.get(c)[0], header.get(c)[1]).strip();
      Optional<Names.Reference> reference = Names.reference(name.replaceAll("_\\{?[ij]}?", ""));
      if (reference.isPresent() && last > first + 1) {
        List<List<Numeral>> rows = new ArrayList<>();
        for (int line = first + 2; line <= last; line++) {
          rows.addAll(row(text, cells(text, lines, line), c));
        }
        boolean even =
            !rows.isEmpty()
                && rows.stream().allMatch(r -> r.size() == rows.getFirst().size())
                && rows.size() == last - first - 1;
        if (even) {
          columns.add(new Column(reference.get().quantity(), rows));
        }
      }
    }
    return new NoteTable(first, last, columns);
  }

  private static List<List<Numeral>> row(String text, List<int[]> cells, int column) {
    if (column >= cells.size()) {
      return List.of();
    }
    try {
      List<List<Numeral>> numbers =
          MatrixParser.whole(text, cells.get(column)[0], cells.get(column)[1]);
      return numbers.size() == 1 ? numbers : List.of();
    } catch (Unreadable e) {
      return List.of();
    }
  }

  private static List<int[]> cells(String text, Lines lines, int line) {
    List<int[]> cells = new ArrayList<>();
    int start = lines.start(line);
    int end = lines.end(line);
    while (start < end && (text.charAt(start) == ' ' || text.charAt(start) == '|')) {
      start++;
      if (text.charAt(start - 1) == '|') {
        break;
      }
    }
    int from = start;
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == '|' && text.charAt(i - 1) != '\\') {
        cells.add(new int[] {from, i});
        from = i + 1;
      }
    }
    if (!text.substring(from, end).isBlank()) {
      cells.add(new int[] {from, end});
    }
    return cells;
  }
}
