package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Block.Span;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables: a quantity to a column and a token to a row; keys across and queries down; or a
 * statement to a row.
 */
final class TableReader {
  private static final Pattern KEY_HEADER =
      Pattern.compile(
          "(?i)\\s*\\$?(?:<?\\[?pad\\]?>?|填充|[kvq]_?\\{?(?:\\d|[₁-₉])\\}?|key\\s*\\d|键\\s*\\d|→?\\s*k_\\w+|token\\s*\\d|\\d|第?\\d列?|对?[“\"]?[\\p{IsHan}]{1,2}[”\"]?|to\\s+\\w+)\\$?\\s*");
  private static final Pattern NUMBERED_KEY =
      Pattern.compile("(?i)(?:keys?|键|tokens?|词元?|位置|position)\\s*\\d");
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?i)(?:[A-Za-z\\p{IsHan}]{1,6}\\s*(?:行|row))|(?:维度?|分量|特征|列|dim(?:ension)?|col(?:umn)?|component|第|行|row|第\\s*\\d\\s*行|[dcf])\\s*_?[\\d一二三四₁-₉]\\s*(?:维|列|行)?");

  private static final Pattern RESULT = Pattern.compile("(?i)\\s*(?:results?|结果|output|输出)\\s*");

  private final String text;
  private final Draft draft;
  private final Context context;
  private final TableCells table;
  private final TableVectors vectors;
  private final TableColumns columns;

  TableReader(String text, Draft draft, Context context, Block table) {
    this.text = text;
    this.draft = draft;
    this.context = context;
    this.table = new TableCells(text, draft, context, table);
    this.vectors = new TableVectors(this.table, context);
    this.columns = new TableColumns(this.table, vectors, draft, context);
  }

  void read() {
    if (table.rows().size() < 2) {
      return;
    }
    Subject caption = table.caption();
    if (caption != null && caption.isWhole()) {
      context.mention(caption.quantity(), true);
    }
    if (table.rows().getFirst().isEmpty()) {
      statements();
    } else if (!bare()
        && !columns.pairs()
        && !new TokenTable(table, draft).read()
        && !vectors.captioned()
        && !vectors.across()
        && !rows()
        && !heads()
        && !matrix()
        && !columns.named()
        && !columns.read()) {
      statements();
    }
  }

  /** Numbers and nothing else: a matrix of what was spoken of before, as a caption is. */
  private boolean bare() {
    List<List<Numeral>> rows = new ArrayList<>();
    for (List<Span> row : table.rows()) {
      if (row.isEmpty() || !row.stream().allMatch(table::isNumber)) {
        return false;
      }
      rows.add(row.stream().map(table::list).filter(Objects::nonNull).map(Grid::number).toList());
    }
    Quantity quantity = context.matrix;
    boolean even = rows.stream().allMatch(r -> r.size() == rows.getFirst().size());
    if (quantity == null || !even || isCounted(rows.getFirst())) {
      return false;
    }
    String written = table.words(table.rows().getFirst().getFirst());
    if (Nature.isGiven(quantity) || Nature.isProjected(quantity)) {
      table.assertion(Subject.of(quantity), rows, written);
    } else {
      table.spoken(quantity, rows, written);
    }
    return true;
  }

  /** Whether numbers count 1, 2, 3 … and so are no numbers of a matrix. */
  private static boolean isCounted(List<Numeral> numbers) {
    for (int k = 0; k < numbers.size(); k++) {
      if (!numbers.get(k).text().equals(String.valueOf(k + 1))) {
        return false;
      }
    }
    return true;
  }

  /** Quantities of one query, each a row with its name; there is no header. */
  private boolean rows() {
    List<@Nullable Subject> subjects = new ArrayList<>();
    for (List<Span> row : table.rows()) {
      String label = row.isEmpty() ? "" : table.words(row.getFirst());
      Subject subject = table.subject(label);
      boolean own = subject == null ? label.length() > 1 : subject.isWhole();
      boolean numbers = row.size() > 2 && row.stream().skip(1).allMatch(table::isNumber);
      if (!own || !numbers) {
        return false;
      }
      subjects.add(subject);
    }
    if (subjects.getFirst() == null || subjects.getFirst().quantity().columns() != Axis.KEY) {
      return false;
    }
    for (int r = 0; r < subjects.size(); r++) {
      List<Span> row = table.rows().get(r);
      Subject subject = subjects.get(r);
      List<Numeral> numbers = new ArrayList<>();
      row.stream()
          .skip(1)
          .map(table::list)
          .filter(Objects::nonNull)
          .forEach(g -> numbers.add(g.number()));
      if (subject == null) {
        table.loose(numbers, table.words(row.getFirst()));
      } else {
        table.assertion(subject, List.of(numbers), table.words(row.getFirst()));
      }
    }
    return true;
  }

  /** Heads across, their quantities down. */
  private boolean heads() {
    List<Span> header = table.rows().getFirst();
    List<Integer> heads = new ArrayList<>();
    for (Span cell : header.subList(1, header.size())) {
      OptionalInt head = Concepts.head(table.words(cell));
      if (head.isEmpty()) {
        return false;
      }
      heads.add(head.getAsInt());
    }
    for (List<Span> row : table.rows().subList(1, table.rows().size())) {
      Subject subject = row.isEmpty() ? null : table.subject(table.words(row.getFirst()));
      for (int c = 1; subject != null && c < Math.min(row.size(), heads.size() + 1); c++) {
        Grid grid = table.list(row.get(c));
        if (grid != null) {
          table.assertion(
              subject.with(subject.quantity().head(heads.get(c - 1))),
              grid.rows(),
              table.words(row.getFirst()));
        }
      }
    }
    return !heads.isEmpty();
  }

  /** Keys across, queries down: a table of scores or weights; or vectors written as columns. */
  private boolean matrix() {
    List<Span> header = table.rows().getFirst();
    int last = 1;
    while (last < header.size()
        && isKey(table.words(header.get(last)))
        && !TableCells.isTotal(table.words(header.get(last)))) {
      last++;
    }
    if (last < 2) {
      return false;
    }
    List<List<Numeral>> rows = new ArrayList<>();
    List<List<Numeral>> vectors = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (List<Span> row : table.rows().subList(1, table.rows().size())) {
      List<Numeral> cells = new ArrayList<>();
      for (int c = 1; c < Math.min(last, row.size()); c++) {
        Grid grid = table.list(row.get(c));
        if (grid == null || (grid.height() > 1 && grid.width() > 1)) {
          return false;
        }
        if (!grid.isNumber()) {
          vectors.add(grid.cells());
        }
        cells.addAll(grid.cells());
      }
      if (cells.isEmpty() || row.isEmpty()) {
        return false;
      }
      rows.add(cells);
      labels.add(table.words(row.getFirst()));
    }
    if (vectors.size() == rows.size() * (last - 1)) {
      return stacked(labels, vectors, last - 1);
    }
    boolean components =
        header.stream().skip(1).map(table::words).allMatch(w -> COLUMN.matcher(w).matches());
    if (!(eachRowItsOwn(labels, rows, components)
        || this.vectors.upright(labels, rows)
        || whole(header, labels, rows))) {
      return false;
    }
    for (int c = last; c < header.size(); c++) {
      String words = table.words(header.get(c));
      Subject subject =
          RESULT.matcher(words).matches() ? Subject.of(Quantities.Z) : table.subject(words);
      if (subject != null && !TableCells.isTotal(words)) {
        columns.read(subject, c, true);
      }
    }
    return true;
  }

  /** A quantity to a row, with a vector for each token. */
  private boolean stacked(List<String> labels, List<List<Numeral>> vectors, int width) {
    List<Subject> subjects = new ArrayList<>();
    for (String label : labels) {
      Subject subject = table.subject(label);
      if (subject == null) {
        return false;
      }
      subjects.add(subject);
    }
    for (int i = 0; i < subjects.size(); i++) {
      List<List<Numeral>> rows = vectors.subList(i * width, (i + 1) * width);
      if (rows.stream().allMatch(r -> r.size() == rows.getFirst().size())) {
        table.assertion(subjects.get(i), rows, labels.get(i));
      }
    }
    return true;
  }

  private boolean isKey(String header) {
    if (COLUMN.matcher(header).matches()) {
      return true;
    }
    String plain = header.replaceAll("[“”\"'「」『』$]", "").strip();
    if (NUMBERED_KEY.matcher(plain).matches()) {
      return true;
    }
    Subject subject = table.subject(header);
    boolean component =
        subject != null
            && !subject.isWhole()
            && subject.quantity().equals(context.matrix)
            && subject.quantity().equals(Quantities.X);
    if (component) {
      return true;
    }
    if (subject != null && subject.isWhole() && !draft.isToken(plain)) {
      return false;
    }
    return KEY_HEADER.matcher(header).matches()
        || draft.isToken(plain)
        || table.rows().stream()
            .skip(1)
            .anyMatch(
                r ->
                    !r.isEmpty()
                        && !plain.isEmpty()
                        && table
                            .words(r.getFirst())
                            .replaceAll("[“”\"'「」『』$]", "")
                            .strip()
                            .equals(plain));
  }

  /** Rows called score, weight … are quantities of one query. */
  private boolean eachRowItsOwn(List<String> labels, List<List<Numeral>> rows, boolean components) {
    List<Subject> subjects = new ArrayList<>();
    for (String label : labels) {
      Subject subject = table.subject(label);
      if (subject == null) {
        return false;
      }
      subjects.add(subject);
    }
    Quantity first = subjects.getFirst().quantity();
    boolean alike =
        TableCells.isVector(first)
            && subjects.stream().allMatch(s -> s.quantity().sameConcept(first));
    Subject corner = table.subject(table.words(table.rows().getFirst().getFirst()));
    boolean other = corner != null && !corner.quantity().sameConcept(first);
    if (alike && (other || (first.sameConcept(Quantities.Q) && !components))) {
      return false;
    }
    for (int i = 0; i < rows.size(); i++) {
      table.assertion(subjects.get(i), List.of(rows.get(i)), labels.get(i));
    }
    return true;
  }

  private boolean whole(List<Span> header, List<String> labels, List<List<Numeral>> rows) {
    Subject corner = table.subject(table.words(header.getFirst()));
    boolean components =
        header.stream().skip(1).map(table::words).allMatch(w -> COLUMN.matcher(w).matches())
            || (corner != null && areCounted(header));
    Quantity spoken =
        corner != null && (components || !TableCells.isVector(corner.quantity()))
            ? corner.quantity()
            : context.matrix;
    Quantity quantity =
        spoken == null || (!components && TableCells.isVector(spoken)) ? Quantities.S : spoken;
    if (rows.stream().anyMatch(r -> r.size() != rows.getFirst().size())) {
      return false;
    }
    boolean totals = TableCells.isTotal(labels.getLast());
    List<List<Numeral>> numbers = totals ? rows.subList(0, rows.size() - 1) : rows;
    String written = table.words(header.getFirst());
    if (corner != null && quantity.equals(corner.quantity())) {
      table.assertion(corner, numbers, written);
    } else {
      table.spoken(quantity, numbers, written);
    }
    return true;
  }

  /** Whether the columns are numbered 1, 2, 3 … */
  private boolean areCounted(List<Span> header) {
    for (int c = 1; c < header.size(); c++) {
      if (!table.words(header.get(c)).equals(String.valueOf(c))) {
        return false;
      }
    }
    return true;
  }

  /** Each row is a line of its own; what its first cell speaks of holds for the others. */
  private void statements() {
    int line = table.line();
    for (int r = 0; r < table.rows().size(); r++) {
      List<Span> row = table.rows().get(r);
      for (int c = 0; c < row.size(); c++) {
        Span cell = row.get(c);
        Grid alone = table.grid(cell);
        Quantity subject = c == row.size() - 1 && c > 0 ? context.quantity : null;
        if (alone != null && subject != null) {
          table.assertion(Subject.of(subject), alone.rows(), table.words(row.getFirst()));
        } else {
          new LineReader(text, draft, context)
              .read(cell.from(), cell.to(), line + (r == 0 ? 0 : r + 1), false);
        }
      }
    }
  }
}
