package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Working;
import dev.qkv.sheet.note.document.Block;
import dev.qkv.sheet.note.document.Block.Span;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.note.notation.Tokens;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.ValueParser;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables: a quantity to a column and a token to a row; keys across and queries down; or a
 * statement to a row.
 */
final class TableReader {
  private static final Pattern KEY_HEADER =
      Pattern.compile(
          "(?i)\\s*\\$?(?:[kvq]_?\\{?(?:\\d|[₁-₉])\\}?|key\\s*\\d|键\\s*\\d|→?\\s*k_\\w+|token\\s*\\d|\\d|第?\\d列?|对?[“\"]?[\\p{IsHan}]{1,2}[”\"]?|to\\s+\\w+)\\$?\\s*");
  private static final Pattern COMPONENT =
      Pattern.compile(
          "(?i)(?:component|dim(?:ension)?|coordinate|entry|row|分量|第|维|坐标|特征|feature|[xyz]|d)?\\s*_?\\d{0,2}\\s*(?:维|个?分量|行)?");
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?i)(?:维度?|分量|特征|dim(?:ension)?|col(?:umn)?|component|第|行|row|第\\s*\\d\\s*行|[dcf])\\s*_?[\\d一二三四₁-₉]\\s*(?:维|列|行)?");
  private static final Pattern TOTAL =
      Pattern.compile("(?i).*(?:合计|总和|求和|之和|\\bsum\\b|\\btotal\\b|行和).*");

  private static final Pattern DIVISOR = Pattern.compile("/√?\\(?\\d+(?:\\.\\d+)?\\)?");
  private static final Set<Quantity> SETTINGS =
      Set.of(Quantities.TEMPERATURE, Quantities.SCALE, Quantities.CAP);

  private final String text;
  private final Draft draft;
  private final Context context;
  private final Block table;

  TableReader(String text, Draft draft, Context context, Block table) {
    this.text = text;
    this.draft = draft;
    this.context = context;
    this.table = table;
  }

  void read() {
    if (table.rows().size() < 2) {
      return;
    }
    if (table.rows().getFirst().isEmpty()) {
      statements();
    } else if (!heads() && !matrix() && !columns()) {
      statements();
    }
  }

  private String words(Span span) {
    return text.substring(span.from(), span.to()).replace("**", "  ").strip();
  }

  private @Nullable Grid grid(Span span) {
    String words = text.substring(span.from(), span.to());
    if (words.isBlank()) {
      return null;
    }
    try {
      int equals = Math.max(words.lastIndexOf('='), words.lastIndexOf('≈'));
      int from = span.from() + equals + 1;
      int to = span.to();
      ValueParser.Read read = ValueParser.prefix(text, Tokens.of(text, from, to), 0);
      String rest = text.substring(read.end(), to).replaceAll("[\\s$*`]+", "");
      return rest.isEmpty() ? read.grid() : null;
    } catch (Unreadable e) {
      return null;
    }
  }

  /** Heads across, their quantities down. */
  private boolean heads() {
    List<Span> header = table.rows().getFirst();
    List<Integer> heads = new ArrayList<>();
    for (Span cell : header.subList(1, header.size())) {
      java.util.OptionalInt head = Concepts.head(words(cell));
      if (head.isEmpty()) {
        return false;
      }
      heads.add(head.getAsInt());
    }
    for (List<Span> row : table.rows().subList(1, table.rows().size())) {
      Subject subject = row.isEmpty() ? null : subject(words(row.getFirst()));
      for (int c = 1; subject != null && c < Math.min(row.size(), heads.size() + 1); c++) {
        Grid grid = list(row.get(c));
        if (grid != null) {
          assertion(
              subject.with(subject.quantity().head(heads.get(c - 1))),
              grid.rows(),
              words(row.getFirst()));
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
        && isKey(words(header.get(last)))
        && !TOTAL.matcher(words(header.get(last))).matches()) {
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
        Grid grid = grid(row.get(c));
        if (grid == null) {
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
      labels.add(words(row.getFirst()));
    }
    if (vectors.size() == rows.size() * (last - 1)) {
      return stacked(labels, vectors, last - 1);
    }
    if (!(eachRowItsOwn(labels, rows)
        || upright(header, labels, rows)
        || whole(header, labels, rows))) {
      return false;
    }
    for (int c = last; c < header.size(); c++) {
      Subject subject = subject(words(header.get(c)));
      if (subject != null && !TOTAL.matcher(words(header.get(c))).matches()) {
        column(subject, c, true);
      }
    }
    return true;
  }

  /** A quantity to a row, with a vector for each token. */
  private boolean stacked(List<String> labels, List<List<Numeral>> vectors, int width) {
    List<Subject> subjects = new ArrayList<>();
    for (String label : labels) {
      Subject subject = subject(label);
      if (subject == null) {
        return false;
      }
      subjects.add(subject);
    }
    for (int i = 0; i < subjects.size(); i++) {
      List<List<Numeral>> rows = vectors.subList(i * width, (i + 1) * width);
      if (rows.stream().allMatch(r -> r.size() == rows.getFirst().size())) {
        assertion(subjects.get(i), rows, labels.get(i));
      }
    }
    return true;
  }

  private boolean isKey(String header) {
    if (COLUMN.matcher(header).matches()) {
      return true;
    }
    String plain = header.replaceAll("[“”\"'「」『』$]", "").strip();
    return KEY_HEADER.matcher(header).matches()
        || draft.isToken(plain)
        || table.rows().stream()
            .skip(1)
            .anyMatch(
                r ->
                    !r.isEmpty()
                        && !plain.isEmpty()
                        && words(r.getFirst())
                            .replaceAll("[“”\"'「」『』$]", "")
                            .strip()
                            .equals(plain));
  }

  /** Vectors side by side, a component to a row: columns k₁, k₂ over components 1, 2. */
  private boolean upright(List<Span> header, List<String> labels, List<List<Numeral>> rows) {
    if (!labels.stream().allMatch(l -> COMPONENT.matcher(l).matches())) {
      return false;
    }
    List<Subject> subjects = new ArrayList<>();
    for (int c = 1; c <= rows.getFirst().size(); c++) {
      Subject subject = subject(words(header.get(c)));
      if (subject == null || rows.stream().anyMatch(r -> r.size() != rows.getFirst().size())) {
        return false;
      }
      subjects.add(subject);
    }
    for (int c = 0; c < subjects.size(); c++) {
      int column = c;
      assertion(
          subjects.get(c),
          List.of(rows.stream().map(r -> r.get(column)).toList()),
          words(header.get(c + 1)));
    }
    return true;
  }

  /** Rows called score, weight … are quantities of one query. */
  private boolean eachRowItsOwn(List<String> labels, List<List<Numeral>> rows) {
    List<Subject> subjects = new ArrayList<>();
    for (String label : labels) {
      Subject subject = subject(label);
      if (subject == null || subject.quantity().sameConcept(Quantities.Q)) {
        return false;
      }
      subjects.add(subject);
    }
    for (int i = 0; i < rows.size(); i++) {
      assertion(subjects.get(i), List.of(rows.get(i)), labels.get(i));
    }
    return true;
  }

  private boolean whole(List<Span> header, List<String> labels, List<List<Numeral>> rows) {
    Subject corner = subject(words(header.getFirst()));
    boolean components =
        corner != null
            && header.stream().skip(1).map(this::words).allMatch(w -> COLUMN.matcher(w).matches());
    Quantity quantity =
        corner != null && (components || !isVector(corner.quantity()))
            ? corner.quantity()
            : context.quantity;
    if (!components && quantity != null && isVector(quantity)) {
      quantity = Quantities.S;
    }
    if (quantity == null || rows.stream().anyMatch(r -> r.size() != rows.getFirst().size())) {
      return false;
    }
    boolean totals = TOTAL.matcher(labels.getLast()).matches();
    assertion(
        Subject.of(quantity),
        totals ? rows.subList(0, rows.size() - 1) : rows,
        words(header.getFirst()));
    return true;
  }

  /** Whether the first column only counts the rows. */
  private boolean isCount() {
    for (int r = 1; r < table.rows().size(); r++) {
      List<Span> row = table.rows().get(r);
      if (row.isEmpty() || !words(row.getFirst()).equals(String.valueOf(r))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVector(Quantity quantity) {
    return quantity.sameConcept(Quantities.Q)
        || quantity.sameConcept(Quantities.K)
        || quantity.sameConcept(Quantities.V);
  }

  /** A quantity to a column. */
  private boolean columns() {
    List<Span> header = table.rows().getFirst();
    List<@Nullable Subject> subjects = new ArrayList<>();
    for (Span cell : header) {
      subjects.add(subject(words(cell)));
    }
    boolean labelled = subjects.getFirst() == null;
    boolean any = false;
    if (settings(subjects)) {
      return true;
    }
    for (int c = 0; c < header.size(); c++) {
      Subject subject = c == 0 && isCount() ? null : subjects.get(c);
      if (subject != null) {
        any |= spanned(subject, c) || column(subject, c, labelled);
      }
    }
    return any;
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
      Grid value = set < row.size() ? grid(row.get(set)) : null;
      if (value == null) {
        continue;
      }
      if (draft.assertions.stream().anyMatch(a -> SETTINGS.contains(a.quantity()))
          || draft.hasResults(context.stage)) {
        context.stage++;
      }
      for (int c = 0; c < row.size(); c++) {
        Subject subject = c < subjects.size() ? subjects.get(c) : null;
        Grid grid = list(row.get(c));
        if (subject != null && grid != null) {
          boolean tempered =
              subject.quantity().equals(Quantities.S)
                  && draft.assertions.stream().anyMatch(a -> a.quantity().equals(Quantities.S))
                  && subjects.stream()
                      .anyMatch(s -> s != null && s.quantity().equals(Quantities.TEMPERATURE));
          assertion(
              tempered ? subject.with(Quantities.TEMPERED) : subject,
              grid.rows(),
              words(row.get(c)));
        }
      }
    }
    return true;
  }

  /** Numbers in a cell, with brackets or only with commas between them. */
  private @Nullable Grid list(Span cell) {
    Grid grid = grid(cell);
    if (grid != null) {
      return grid;
    }
    List<Numeral> numbers = new ArrayList<>();
    int from = cell.from();
    for (String part : text.substring(cell.from(), cell.to()).split("[,，、]", -1)) {
      Grid one = grid(new Span(from, from + part.length()));
      if (one == null || !one.isNumber()) {
        return null;
      }
      numbers.add(one.number());
      from += part.length() + 1;
    }
    return Grid.row(numbers);
  }

  /** A matrix under a name whose next header cells are empty. */
  private boolean spanned(Subject subject, int column) {
    List<Span> header = table.rows().getFirst();
    int end = column + 1;
    while (end < header.size() && words(header.get(end)).isEmpty()) {
      end++;
    }
    List<List<Numeral>> rows = new ArrayList<>();
    for (List<Span> row : table.rows().subList(1, table.rows().size())) {
      List<Numeral> cells = new ArrayList<>();
      for (int c = column; c < Math.min(end, row.size()); c++) {
        Grid grid = grid(row.get(c));
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
    assertion(subject, rows, words(header.get(column)));
    return true;
  }

  private boolean column(Subject subject, int column, boolean labelled) {
    List<List<Numeral>> all = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (List<Span> row : table.rows().subList(1, table.rows().size())) {
      if (labelled && !row.isEmpty() && TOTAL.matcher(words(row.getFirst())).matches()) {
        continue;
      }
      Grid grid = column < row.size() ? list(row.get(column)) : null;
      if (grid == null || (grid.height() > 1 && grid.width() > 1)) {
        continue;
      }
      all.add(grid.cells());
      String label = labelled && !row.isEmpty() ? words(row.getFirst()) : "";
      labels.add(label);
      if (isVector(subject.quantity())
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
            && context.token
            && subject.isWhole();
    if (row) {
      assertion(
          subject.withRow(context.row),
          List.of(all.stream().map(List::getFirst).toList()),
          words(table.rows().getFirst().get(column)));
      return true;
    }
    if (even && all.size() == rows && rows > 1 && subject.isWhole()) {
      assertion(subject, all, words(table.rows().getFirst().get(column)));
      return true;
    }
    for (int i = 0; i < all.size(); i++) {
      String label = label(labels.get(i));
      assertion(
          label.isEmpty() || !subject.isWhole() ? subject : subject.withRow(label),
          List.of(all.get(i)),
          words(table.rows().getFirst().get(column)));
    }
    return true;
  }

  private static String label(String words) {
    java.util.OptionalInt row = Concepts.row(words);
    if (row.isPresent()) {
      return String.valueOf(row.getAsInt());
    }
    return words.matches("\\d{1,2}|\\p{IsHan}{1,4}|[A-Za-z]{1,12}") ? words : "";
  }

  private @Nullable Subject subject(String words) {
    String plain = words.replaceAll("[（(][^）)]*[）)]\\s*$", "").strip();
    for (String name : List.of(words, plain, plain.replaceAll("_\\{?[ij]{1,2}\\}?", ""))) {
      String canonical = Names.canonical(name);
      Optional<Reference> reference =
          Names.side(canonical)
              .or(() -> Names.side(DIVISOR.matcher(canonical).replaceAll("/√d_k")));
      if (reference.isPresent()) {
        return Subject.of(reference.get(), name);
      }
    }
    Optional<Concepts.Mention> mention = Concepts.last(plain);
    if (mention.isPresent()) {
      return Subject.of(mention.get().quantity());
    }
    return plain.length() <= 24
        ? Concepts.input(plain).map(m -> Subject.of(m.quantity())).orElse(null)
        : null;
  }

  private void assertion(Subject subject, List<List<Numeral>> numbers, String written) {
    context.mention(subject.quantity(), true);
    draft.add(
        new Assertion(
            subject,
            numbers,
            null,
            context.answer,
            true,
            context.row,
            table.line(),
            written,
            null,
            Assertion.Origin.NAME,
            context.stage,
            Working.NONE,
            context.hints(),
            context.block));
  }

  /** Each row is a line of its own; what its first cell speaks of holds for the others. */
  private void statements() {
    int line = table.line();
    for (int r = 0; r < table.rows().size(); r++) {
      List<Span> row = table.rows().get(r);
      for (int c = 0; c < row.size(); c++) {
        Span cell = row.get(c);
        Grid alone = grid(cell);
        Quantity subject = c == row.size() - 1 && c > 0 ? context.quantity : null;
        if (alone != null && subject != null) {
          assertion(Subject.of(subject), alone.rows(), words(row.getFirst()));
        } else {
          new LineReader(text, draft, context)
              .read(cell.from(), cell.to(), line + (r == 0 ? 0 : r + 1), false);
        }
      }
    }
  }
}
