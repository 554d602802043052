package dev.qkv.sheet.note.document.csv;

import dev.qkv.sheet.note.document.text.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of questions with their answers, an exercise to a row. */
final class CsvExercises {
  private final Page page;
  private final CsvValues values;
  private final List<List<CsvCell>> rows;
  private final Map<Integer, CsvCell> heads = new HashMap<>();
  private @Nullable CsvCell number;
  private @Nullable CsvCell question;
  private int count;

  CsvExercises(Page page, CsvValues values, List<List<CsvCell>> rows) {
    this.page = page;
    this.values = values;
    this.rows = rows;
  }

  /** Whether a row heads questions and answers. */
  static boolean isHead(List<CsvCell> row, List<CsvCell> below) {
    boolean beside = row.getLast().column() - row.get(0).column() == row.size() - 1;
    return beside
        && below.size() > 1
        && row.stream().anyMatch(CsvWords::isAnswer)
        && row.stream().anyMatch(CsvWords::isQuestion);
  }

  /** Writes the table that starts at a row; returns the row behind it. */
  int write(int start) {
    List<CsvCell> first = rows.get(start + 1);
    for (CsvCell head : rows.get(start)) {
      heads.put(head.column(), head);
      CsvCell below = cell(first, head);
      boolean isShort = below != null && CsvWords.isShort(below);
      if (number == null && CsvWords.isNumber(head) && isShort) {
        number = head;
      } else if (question == null && CsvWords.isQuestion(head)) {
        question = head;
      }
    }
    int next = start + 1;
    while (next < rows.size() && !rows.get(next).isEmpty()) {
      exercise(rows.get(next));
      next++;
    }
    return next;
  }

  private static @Nullable CsvCell cell(List<CsvCell> row, @Nullable CsvCell head) {
    for (CsvCell cell : row) {
      if (head != null && cell.column() == head.column()) {
        return cell;
      }
    }
    return null;
  }

  private void exercise(List<CsvCell> row) {
    CsvCell named = cell(row, number);
    CsvCell asked = cell(row, question);
    heading(row.get(0).from(), named);
    for (CsvCell cell : row) {
      CsvCell head = heads.get(cell.column());
      if (!cell.equals(named)
          && !cell.equals(asked)
          && (head == null || !CsvWords.isAnswer(head))) {
        page.line();
        if (head != null) {
          values.text(head);
          page.insert(cell.isText() ? ": " : " = ", cell.from());
        }
        values.value(cell);
      }
    }
    if (asked != null) {
      page.paragraph();
      values.text(asked);
    }
    for (CsvCell cell : row) {
      CsvCell head = heads.get(cell.column());
      if (head != null && CsvWords.isAnswer(head)) {
        page.paragraph();
        page.insert("**", cell.from());
        values.text(head);
        page.insert("**", cell.from());
        page.line();
        values.value(cell);
      }
    }
  }

  private void heading(int origin, @Nullable CsvCell named) {
    page.paragraph();
    page.insert("## ", origin);
    page.hold();
    page.flatten();
    count++;
    if (named == null || named.isNumber()) {
      page.insert(word() + " " + (named == null ? count : ""), origin);
    }
    if (named != null) {
      values.value(named);
    }
    page.unflatten();
    page.paragraph();
  }

  private String word() {
    boolean chinese =
        heads.values().stream()
            .anyMatch(head -> head.text().codePoints().anyMatch(Character::isIdeographic));
    return chinese ? "题目" : "Exercise";
  }
}
