package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.document.Block.Span;
import dev.qkv.sheet.note.language.ChoiceGrammar;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads tables with a quantity to a column and a token, or a setting, to a row. */
final class TableColumns {
  private static final Set<Quantity> SETTINGS =
      Set.of(Quantities.TEMPERATURE, Quantities.SCALE, Quantities.CAP);

  /** Headers that only say that numbers follow. */
  private static final Pattern GENERIC =
      Pattern.compile("(?i)\\s*(?:values?|numbers?|vectors?|answers?|数值|取值|值|答案|结果|向量|数字)\\s*");

  private static final Pattern KEYS = Pattern.compile("(?i)keys?|键|k|j|token|词元?");

  /** Whether keys are seen, or hidden. */
  private static final Pattern SEEN =
      Pattern.compile(
          "(?i)(?:(visible|seen|kept|keep|allowed|real|valid|可见|保留|有效|参与)|masked|hidden|padding|屏蔽|遮蔽|填充)(?: (?:key|token|position)s?)?\\s*[?？吗]?\\s*[?？]?");

  private static final Pattern TOLD =
      Pattern.compile("(?i)(yes|y|true|1|✓|✔|√|是|可见|有效)|no|n|false|0|✗|✘|×|否|不可见|屏蔽|填充");

  private final TableCells table;
  private final TableVectors vectors;
  private final Draft draft;
  private final Context context;

  TableColumns(TableCells table, TableVectors vectors, Draft draft, Context context) {
    this.table = table;
    this.vectors = vectors;
    this.draft = draft;
    this.context = context;
  }

  /** Reads a quantity to each column that has one; false if none has. */
  boolean read() {
    List<Span> header = table.rows().getFirst();
    List<@Nullable Subject> subjects = table.header();
    boolean labelled = subjects.getFirst() == null;
    boolean any = false;
    if (settings(subjects) || vectors.components(subjects, null)) {
      return true;
    }
    for (int c = 1; c < header.size(); c++) {
      seen(c);
    }
    for (int c = 0; c < header.size(); c++) {
      Subject subject = c == 0 && isCount() ? null : subjects.get(c);
      if (subject != null) {
        any |= spanned(subject, c) || read(subject, c, labelled);
      }
    }
    return any;
  }

  /** A column that says of each key whether it is seen. */
  private void seen(int column) {
    String title = table.words(table.rows().getFirst().get(column));
    Matcher asked = SEEN.matcher(title);
    SortedSet<Integer> keys = new TreeSet<>();
    List<List<Span>> rows = table.rows().subList(1, table.rows().size());
    for (int r = 0; r < rows.size(); r++) {
      Matcher said =
          TOLD.matcher(column < rows.get(r).size() ? table.words(rows.get(r).get(column)) : "");
      if (!asked.matches() || !said.matches()) {
        return;
      }
      if ((said.group(1) != null) == (asked.group(1) != null)) {
        keys.add(r + 1);
      }
    }
    draft.said.add(
        new Draft.Chosen(
            new ChoiceGrammar.Keys(OptionalInt.empty(), keys, true, title), context.stage));
  }

  /** A pair of a query and a key to each row, with the numbers of the pair beside them. */
  boolean pairs() {
    List<Span> header = table.rows().getFirst();
    if (header.size() < 3
        || !isCalled(header.get(0), Quantities.Q)
        || !isCalled(header.get(1), Quantities.K)) {
      return false;
    }
    List<Integer> ends = new ArrayList<>();
    List<List<Span>> rows = table.rows().subList(1, table.rows().size());
    for (int r = 0; r < rows.size(); r++) {
      List<Span> row = rows.get(r);
      if (row.size() < 3 || !isLabel(row.get(0)) || !isLabel(row.get(1))) {
        return false;
      }
      boolean last =
          r + 1 == rows.size()
              || rows.get(r + 1).isEmpty()
              || !table.words(rows.get(r + 1).getFirst()).equals(table.words(row.getFirst()));
      if (last) {
        ends.add(r + 1);
      }
    }
    boolean any = false;
    for (int c = 2; c < header.size(); c++) {
      Subject subject = table.subject(table.words(header.get(c)));
      List<List<Numeral>> matrix = new ArrayList<>();
      int from = 0;
      for (int end : ends) {
        int column = c;
        matrix.add(
            rows.subList(from, end).stream()
                .map(row -> column < row.size() ? table.list(row.get(column)) : null)
                .filter(grid -> grid != null && grid.isNumber())
                .map(Grid::number)
                .toList());
        from = end;
      }
      int width = matrix.getFirst().size();
      if (subject != null && width > 0 && matrix.stream().allMatch(m -> m.size() == width)) {
        table.assertion(subject, matrix, table.words(header.get(c)));
        any = true;
      }
    }
    return any;
  }

  private boolean isCalled(Span cell, Quantity quantity) {
    Subject subject = table.subject(table.words(cell));
    return subject != null && subject.quantity().equals(quantity);
  }

  /** Whether a cell only says which query or key is meant. */
  private boolean isLabel(Span cell) {
    String words = table.words(cell).replaceAll("[$_{}“”\"'「」『』]", "");
    return words.matches("(?i)[qk]?\\s*\\d{0,2}|\\p{IsHan}{1,4}\\s*\\d?|[A-Za-z]{1,12}\\s*\\d?")
        && !words.isEmpty();
  }

  /** Quantities by their names down the first column, with their numbers beside them. */
  boolean named() {
    List<Span> header = table.rows().getFirst();
    boolean plain =
        header.size() == 2
            && (table.subject(table.words(header.get(1))) == null
                || GENERIC.matcher(table.words(header.get(1))).matches());
    List<Subject> subjects = new ArrayList<>();
    for (List<Span> row : table.rows().subList(1, table.rows().size())) {
      Subject subject = row.size() == 2 ? table.subject(table.words(row.getFirst())) : null;
      if (!plain || subject == null || table.list(row.get(1)) == null) {
        return false;
      }
      subjects.add(subject);
    }
    for (int r = 0; r < subjects.size(); r++) {
      List<Span> row = table.rows().get(r + 1);
      Grid grid = table.list(row.get(1));
      if (grid != null) {
        table.assertion(subjects.get(r), grid.rows(), table.words(row.getFirst()));
      }
    }
    return true;
  }

  /** A number that is set in one column, and what follows from it in the others, row by row. */
  private boolean settings(List<@Nullable Subject> subjects) {
    int set = -1;
    for (int c = 0; c < subjects.size(); c++) {
      Subject subject = subjects.get(c);
      boolean one = subject != null && SETTINGS.contains(subject.quantity());
      set = one && set < 0 ? c : set;
    }
    if (set < 0) {
      return false;
    }
    for (List<Span> row : table.rows().subList(1, table.rows().size())) {
      Grid value = set < row.size() ? table.grid(row.get(set)) : null;
      if (value == null) {
        continue;
      }
      if (draft.assertions.stream().anyMatch(a -> SETTINGS.contains(a.quantity()))
          || draft.hasResults(context.stage)) {
        context.stage++;
      }
      for (int c = 0; c < row.size(); c++) {
        Subject subject = c < subjects.size() ? subjects.get(c) : null;
        Grid grid = table.list(row.get(c));
        if (subject != null && grid != null) {
          boolean tempered =
              subject.quantity().equals(Quantities.S)
                  && draft.assertions.stream().anyMatch(a -> a.quantity().equals(Quantities.S))
                  && subjects.stream()
                      .anyMatch(s -> s != null && s.quantity().equals(Quantities.TEMPERATURE));
          table.assertion(
              tempered ? subject.with(Quantities.TEMPERED) : subject,
              grid.rows(),
              table.words(row.get(c)));
        }
      }
    }
    return true;
  }

  /** Whether the first column only counts the rows. */
  private boolean isCount() {
    for (int r = 1; r < table.rows().size(); r++) {
      List<Span> row = table.rows().get(r);
      if (row.isEmpty() || !table.words(row.getFirst()).equals(String.valueOf(r))) {
        return false;
      }
    }
    return true;
  }

  /** A matrix under a name whose next header cells are empty. */
  private boolean spanned(Subject subject, int column) {
    List<Span> header = table.rows().getFirst();
    int end = column + 1;
    while (end < header.size() && table.words(header.get(end)).isEmpty()) {
      end++;
    }
    List<List<Numeral>> rows = new ArrayList<>();
    for (List<Span> row : table.rows().subList(1, table.rows().size())) {
      List<Numeral> cells = new ArrayList<>();
      for (int c = column; c < Math.min(end, row.size()); c++) {
        Grid grid = table.grid(row.get(c));
        if (grid != null && grid.isNumber()) {
          cells.add(grid.number());
        }
      }
      rows.add(cells);
    }
    int width = rows.getFirst().size();
    if (end == column + 1 || width < 2 || rows.stream().anyMatch(r -> r.size() != width)) {
      return false;
    }
    table.assertion(subject, rows, table.words(header.get(column)));
    return true;
  }

  /**
   * Reads the numbers under a name.
   *
   * @param labelled whether the first column says what the rows are
   * @return whether there are any
   */
  boolean read(Subject subject, int column, boolean labelled) {
    List<List<Numeral>> all = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (List<Span> row : table.rows().subList(1, table.rows().size())) {
      if (labelled && !row.isEmpty() && TableCells.isTotal(table.words(row.getFirst()))) {
        continue;
      }
      Grid grid = column < row.size() ? table.list(row.get(column)) : null;
      boolean matrix = grid != null && grid.height() > 1 && grid.width() > 1;
      if (grid != null && matrix && table.rows().size() == 2 && subject.isWhole()) {
        table.assertion(subject, grid.rows(), table.words(table.rows().getFirst().get(column)));
        return true;
      }
      if (grid == null || matrix) {
        continue;
      }
      all.add(grid.cells());
      String label = labelled && !row.isEmpty() ? table.words(row.getFirst()) : "";
      labels.add(label);
      if (TableCells.isVector(subject.quantity())
          && !label(label.replaceAll("[“”\"'「」『』]", "")).isEmpty()
          && Concepts.row(label).isEmpty()) {
        draft.tokens.add(label.replaceAll("[“”\"'「」『』]", "").strip());
      }
    }
    int rows = table.rows().size() - 1;
    if (all.isEmpty()) {
      return false;
    }
    boolean even = all.stream().allMatch(r -> r.size() == all.getFirst().size());
    boolean row =
        even
            && all.getFirst().size() == 1
            && subject.quantity().columns() == Axis.KEY
            && (context.token || isOfKeys())
            && subject.isWhole();
    if (row) {
      table.assertion(
          context.token ? subject.withRow(context.row) : subject,
          List.of(all.stream().map(List::getFirst).toList()),
          table.words(table.rows().getFirst().get(column)));
      return true;
    }
    if (even && all.size() == rows && rows > 1 && subject.isWhole()) {
      table.assertion(subject, all, table.words(table.rows().getFirst().get(column)));
      return true;
    }
    for (int i = 0; i < all.size(); i++) {
      String label = label(labels.get(i));
      if (label.isEmpty() && !subject.column().isEmpty()) {
        label = String.valueOf(i + 1);
      }
      table.assertion(
          label.isEmpty() || !(subject.isWhole() || !subject.column().isEmpty())
              ? subject
              : subject.withRow(label),
          List.of(all.get(i)),
          table.words(table.rows().getFirst().get(column)));
    }
    return true;
  }

  /** Whether each row is a key's, and nothing says whose query it is. */
  private boolean isOfKeys() {
    return KEYS.matcher(table.words(table.rows().getFirst().getFirst())).matches()
        && draft.assertions.stream().noneMatch(a -> a.quantity().sameConcept(Quantities.Q));
  }

  private static String label(String words) {
    OptionalInt row = Concepts.row(words);
    if (row.isPresent()) {
      return String.valueOf(row.getAsInt());
    }
    return words.matches("\\d{1,2}|\\p{IsHan}{1,4}|[A-Za-z]{1,12}") ? words : "";
  }
}
