package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.document.Block.Span;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads tables of vectors: by their names across, or with a component to each column or row. */
final class TableVectors {
  private static final Pattern COMPONENT =
      Pattern.compile(
          "(?i)(?:component|dim(?:ension)?|coordinate|entry|row|分量|第|维|坐标|特征|feature|[xyz]|d)?\\s*_?\\d{0,2}\\s*(?:维|个?分量|行)?");

  private final TableCells table;
  private final Context context;

  TableVectors(TableCells table, Context context) {
    this.table = table;
    this.context = context;
  }

  /** Tokens down, components across, where a caption or the corner says whose they are. */
  boolean captioned() {
    List<List<Span>> rows = table.rows().subList(1, table.rows().size());
    boolean tokens =
        rows.stream().allMatch(r -> !r.isEmpty() && isToken(table.words(r.getFirst())));
    Subject corner = table.header().getFirst();
    Quantity said = corner == null ? context.matrix : corner.quantity();
    return tokens && said != null && components(said);
  }

  /** Whether a label is of neither a component nor another vector, as queries over keys are. */
  private boolean isToken(String label) {
    return !COMPONENT.matcher(label).matches() && table.subject(label) == null;
  }

  /** Vectors by their names, each with its numbers below. */
  boolean across() {
    List<Subject> subjects = new ArrayList<>();
    for (Subject subject : table.header()) {
      if (subject == null || subject.isWhole()) {
        return false;
      }
      subjects.add(subject);
    }
    List<Span> row = table.rows().get(1);
    boolean one = table.rows().size() == 2 && row.size() == subjects.size();
    if (!one || row.stream().anyMatch(c -> table.list(c) == null)) {
      return false;
    }
    for (int c = 0; c < row.size(); c++) {
      Grid grid = table.list(row.get(c));
      if (grid != null) {
        table.assertion(subjects.get(c), grid.rows(), table.words(row.get(c)));
      }
    }
    return true;
  }

  /** Vectors side by side, a component to a row: columns k₁, k₂ over components 1, 2. */
  boolean upright(List<String> labels, List<List<Numeral>> rows) {
    if (!labels.stream().allMatch(l -> COMPONENT.matcher(l).matches())) {
      return false;
    }
    List<Subject> subjects = new ArrayList<>();
    for (int c = 1; c <= rows.getFirst().size(); c++) {
      Subject subject = table.header().get(c);
      if (subject == null || rows.stream().anyMatch(r -> r.size() != rows.getFirst().size())) {
        return false;
      }
      subjects.add(subject);
    }
    for (int c = 0; c < subjects.size(); c++) {
      int column = c;
      table.assertion(
          subjects.get(c),
          List.of(rows.stream().map(r -> r.get(column)).toList()),
          table.words(table.rows().getFirst().get(c + 1)));
    }
    return true;
  }

  /** Vectors of a quantity that is spoken of, with a component to each column. */
  private boolean components(Quantity said) {
    List<@Nullable Subject> subjects = table.header();
    return subjects.size() > 2 && components(subjects, said);
  }

  /**
   * Vectors with a component to each column, as x1, x2, x3, and a token to each row.
   *
   * @param said what all of them are; null where only their names say it
   */
  boolean components(List<@Nullable Subject> subjects, @Nullable Quantity said) {
    Map<Quantity, List<Integer>> columns = new LinkedHashMap<>();
    for (int c = 1; c < subjects.size(); c++) {
      Subject subject = subjects.get(c);
      boolean own =
          subject != null
              && (said == null ? isComponent(subject) : subject.quantity().sameConcept(said));
      if (subject == null || !own) {
        return false;
      }
      List<Integer> places = columns.computeIfAbsent(subject.quantity(), q -> new ArrayList<>());
      places.add(c);
      if (!subject.single().equals(String.valueOf(places.size()))) {
        return false;
      }
    }
    List<List<Span>> rows = table.rows().subList(1, table.rows().size());
    boolean numbers =
        rows.stream()
            .allMatch(
                row ->
                    row.size() == subjects.size()
                        && row.stream().skip(1).allMatch(table::isNumber));
    if (!numbers || columns.values().stream().anyMatch(own -> own.size() < 2)) {
      return false;
    }
    columns.forEach(
        (quantity, own) ->
            table.assertion(
                Subject.of(quantity),
                rows.stream()
                    .map(row -> own.stream().map(c -> number(table.list(row.get(c)))).toList())
                    .toList(),
                table.words(table.rows().getFirst().get(own.getFirst()))));
    return true;
  }

  private static boolean isComponent(Subject subject) {
    return TableCells.isVector(subject.quantity()) || subject.quantity().equals(Quantities.X);
  }

  private static Numeral number(@Nullable Grid grid) {
    return Objects.requireNonNull(grid).number();
  }
}
