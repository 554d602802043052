package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.document.Block.Span;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.value.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads tables with a token to a column and a quantity to a row. */
final class TokenTable {
  private static final Pattern SUM = Pattern.compile("(?i)sum|和|相加|x\\s*\\+\\s*\\w+");

  private final TableCells table;
  private final Draft draft;

  TokenTable(TableCells table, Draft draft) {
    this.table = table;
    this.draft = draft;
  }

  /** Tokens across and quantities down, with a vector or a number for each token. */
  boolean read() {
    List<Span> header = table.rows().getFirst();
    boolean corner = table.words(header.getFirst()).isEmpty();
    boolean named =
        header.stream()
            .skip(1)
            .map(table::words)
            .allMatch(
                w ->
                    w.matches("[“”\"'「」$]?\\p{L}{1,12}\\d?[“”\"'「」$]?")
                        && table.subject(w) == null);
    if (!corner || !named || header.size() < 3) {
      return false;
    }
    List<Subject> subjects = new ArrayList<>();
    List<List<List<Numeral>>> numbers = new ArrayList<>();
    for (List<Span> row : table.rows().subList(1, table.rows().size())) {
      Subject subject = row.size() == header.size() ? stacked(table.words(row.getFirst())) : null;
      List<List<Numeral>> vectors = new ArrayList<>();
      row.stream()
          .skip(1)
          .map(table::list)
          .filter(g -> g != null && (g.isVector() || g.isNumber()))
          .forEach(g -> vectors.add(g.cells()));
      boolean even = vectors.stream().allMatch(v -> v.size() == vectors.getFirst().size());
      boolean keys =
          subject != null
              && subject.quantity().columns() == Axis.KEY
              && vectors.stream().allMatch(v -> v.size() == 1);
      if (subject == null || keys || vectors.size() != header.size() - 1 || !even) {
        return false;
      }
      subjects.add(subject);
      numbers.add(vectors);
    }
    header.stream().skip(1).map(table::words).forEach(draft.tokens::add);
    for (int r = 0; r < subjects.size(); r++) {
      String written = table.words(table.rows().get(r + 1).getFirst());
      table.assertion(subjects.get(r), numbers.get(r), written);
    }
    return true;
  }

  /** What the rows of a table are called, of which one may be the sum of those above it. */
  private @Nullable Subject stacked(String label) {
    Subject subject = table.subject(label);
    return subject == null && SUM.matcher(label).matches() ? Subject.of(Quantities.Y) : subject;
  }
}
