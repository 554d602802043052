package dev.qkv.sheet.note.document.csv;

import dev.qkv.sheet.note.document.text.Page;
import dev.qkv.sheet.note.document.text.TableWriter;
import dev.qkv.sheet.note.document.text.Traced;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tables of values as Markdown. A name with numbers beside or below it becomes a matrix, a header
 * with its rows a table, a row with question and answer an exercise; other cells are text.
 */
public final class CsvDocument {
  /** A name, where its columns start, and the numbers that belong to it. */
  private record Group(@Nullable CsvCell name, int column, List<List<CsvCell>> rows) {
    void add(List<CsvCell> row) {
      if (!row.isEmpty()) {
        rows.add(row);
      }
    }
  }

  private final Page page;
  private final CsvValues values;
  private final List<List<CsvCell>> rows;
  private int next;

  private CsvDocument(String source) {
    CsvRows cut = CsvRows.of(source);
    this.page = new Page(source);
    this.rows = cut.rows();
    this.values = new CsvValues(page, source, cut.commaBeforeDecimals());
  }

  /** Separated values as Markdown. */
  public static Traced of(String source) {
    CsvDocument document = new CsvDocument(source);
    while (document.next < document.rows.size()) {
      document.block();
    }
    return document.page.build();
  }

  private List<CsvCell> row(int index) {
    return index < rows.size() ? rows.get(index) : List.of();
  }

  private void block() {
    List<CsvCell> row = row(next);
    List<CsvCell> below = row(next + 1);
    if (row.isEmpty()) {
      page.paragraph();
      next++;
    } else if (CsvWords.isTitle(row)) {
      title(row);
      next++;
    } else if (!row.stream().allMatch(CsvCell::isText)) {
      matrices();
    } else if (CsvExercises.isHead(row, below)) {
      next = new CsvExercises(page, values, rows).write(next);
    } else if (isTable(row, below)) {
      table();
    } else if (!below.isEmpty() && below.stream().allMatch(CsvCell::isNumber)) {
      columns(row);
    } else {
      text(row);
      next++;
    }
  }

  private void title(List<CsvCell> row) {
    page.paragraph();
    page.insert("## ", row.get(0).from());
    page.hold();
    page.flatten();
    boolean numbered = row.get(0).text().chars().anyMatch(Character::isDigit);
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) {
        page.insert(i == 1 && !numbered ? " " : i == 1 ? ": " : ", ", row.get(i).from());
      }
      values.value(row.get(i));
    }
    page.unflatten();
    page.paragraph();
  }

  /** A row of text: a pair as name and value, a word of answers as such. */
  private void text(List<CsvCell> row) {
    List<CsvCell> rest = new ArrayList<>();
    for (CsvCell cell : row) {
      if (!CsvWords.isAnswer(cell)) {
        rest.add(cell);
      } else {
        page.paragraph();
        page.insert("**", cell.from());
        values.text(cell);
        page.insert("**", cell.to());
      }
    }
    if (rest.size() < row.size()) {
      rest.removeIf(CsvWords::isQuestion);
    }
    page.line();
    for (int i = 0; i < rest.size(); i++) {
      if (i > 0) {
        page.insert(rest.size() == 2 ? ": " : ", ", rest.get(i).from());
      }
      values.value(rest.get(i));
    }
    page.line();
  }

  private static Set<Integer> columns(List<CsvCell> row, boolean text) {
    Set<Integer> columns = new HashSet<>();
    for (CsvCell cell : row) {
      if (cell.isText() == text) {
        columns.add(cell.column());
      }
    }
    return columns;
  }

  /** Whether a row of text heads the rows below: each of their numbers has a name above it. */
  private boolean isTable(List<CsvCell> head, List<CsvCell> below) {
    Set<Integer> named = columns(head, true);
    Set<Integer> numbers = columns(below, false);
    if (head.size() < 2 || below.size() < 2 || !named.containsAll(numbers)) {
      return false;
    }
    if (numbers.isEmpty()) {
      return head.size() > 2 && named.equals(columns(below, true));
    }
    boolean pairs = head.size() == 2 && head.get(0).column() == 0 && below.get(0).isText();
    return !pairs || CsvWords.isLabel(head.get(0)) || CsvWords.isValue(head.get(1));
  }

  private void table() {
    int start = next;
    int from = rows.get(start).get(0).column();
    int to = 0;
    while (!row(next).isEmpty() && (next == start || fits(row(next), row(start)))) {
      from = Math.min(from, row(next).get(0).column());
      to = Math.max(to, row(next).getLast().column() + 1);
      next++;
    }
    List<CsvCell> head = row(start);
    boolean pairs =
        head.size() == 2 && CsvWords.isValue(head.get(1)) && row(start + 1).get(0).isText();
    if (pairs) {
      if (CsvWords.isAnswer(head.get(1))) {
        text(head);
      }
      next = start + 1;
      return;
    }
    page.paragraph();
    TableWriter writer = new TableWriter(page, to - from);
    for (int i = start; i < next; i++) {
      writer.startRow(row(i).get(0).from());
      int column = from;
      for (CsvCell cell : row(i)) {
        for (; column < cell.column() && cell.column() - from < to - from; column++) {
          writer.startCell(cell.from());
          writer.endCell();
        }
        writer.startCell(cell.from());
        values.value(cell);
        writer.endCell();
        column++;
      }
      writer.endRow(row(i).getLast().to());
    }
    page.paragraph();
  }

  /** A row goes on with a table unless it starts something of its own. */
  private static boolean fits(List<CsvCell> row, List<CsvCell> head) {
    return !CsvWords.isTitle(row)
        && (row.size() > 1 || head.getLast().column() == row.get(0).column())
        && row.getLast().column() <= head.getLast().column();
  }

  /** Names with their matrices below them. */
  private void columns(List<CsvCell> names) {
    int start = ++next;
    while (!row(next).isEmpty() && row(next).stream().allMatch(CsvCell::isNumber)) {
      next++;
    }
    List<Group> groups = new ArrayList<>();
    for (CsvCell name : names) {
      groups.add(new Group(name, groups.isEmpty() ? 0 : name.column(), new ArrayList<>()));
    }
    write(groups, start);
  }

  /** Names with their numbers beside them, and the rows below that have no names. */
  private void matrices() {
    List<CsvCell> first = row(next++);
    int start = next;
    if (!first.get(0).isText() && first.stream().anyMatch(CsvCell::isText)) {
      text(first);
      return;
    }
    List<Group> groups = new ArrayList<>();
    int numbers = Integer.MAX_VALUE;
    for (CsvCell cell : first) {
      if (cell.isText()) {
        groups.add(new Group(cell, cell.column(), new ArrayList<>()));
        continue;
      }
      numbers = Math.min(numbers, cell.column());
      if (groups.isEmpty()) {
        groups.add(new Group(null, cell.column(), new ArrayList<>()));
      }
      List<List<CsvCell>> rowsOfGroup = groups.getLast().rows;
      if (rowsOfGroup.isEmpty()) {
        rowsOfGroup.add(new ArrayList<>());
      }
      rowsOfGroup.get(0).add(cell);
    }
    while (!row(next).isEmpty()
        && row(next).get(0).column() >= numbers
        && row(next).stream().allMatch(CsvCell::isNumber)) {
      next++;
    }
    write(groups, start);
  }

  /** Shares out the numbers of the rows up to the next one among the groups above them. */
  private void write(List<Group> groups, int start) {
    for (int i = start; i < next; i++) {
      int k = 0;
      List<CsvCell> part = new ArrayList<>();
      for (CsvCell cell : row(i)) {
        while (k + 1 < groups.size() && groups.get(k + 1).column <= cell.column()) {
          groups.get(k++).add(part);
          part = new ArrayList<>();
        }
        part.add(cell);
      }
      groups.get(k).add(part);
    }
    for (Group group : groups) {
      if (!group.rows.isEmpty()) {
        values.matrix(group.name, group.rows);
      } else if (group.name != null) {
        text(List.of(group.name));
      }
    }
  }
}
