package dev.qkv.sheet.audit;

import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Two mistakes in different steps, where no single one leads to a claim. */
final class Pairs {
  /** More than any exercise leaves room for; larger sheets try no pairs. */
  private static final int MOST_MISTAKES = 40;

  /** In a given; hundreds of evaluations of larger ones take too long. */
  private static final int MOST_CELLS = 256;

  private final Sheet sheet;
  private final Quantity quantity;
  private final Function<Sheet, HandWork<?>> worked;

  /**
   * A search.
   *
   * @param sheet the right formulas
   * @param quantity what is claimed
   * @param worked follows wrong formulas by hand
   */
  Pairs(Sheet sheet, Quantity quantity, Function<Sheet, HandWork<?>> worked) {
    this.sheet = sheet;
    this.quantity = quantity;
    this.worked = worked;
  }

  /** Offers every pair that can be made on the way. */
  void consider(List<Mistake> mistakes, Explanation explanation) {
    boolean large =
        sheet.problem().givens().values().stream()
            .anyMatch(m -> m.rows() * m.columns() > MOST_CELLS);
    if (large) {
      return;
    }
    List<Mistake> made = mistakes.stream().filter(m -> isMade(m.alternatives())).toList();
    if (made.size() > MOST_MISTAKES) {
      return;
    }
    for (int a = 0; a < made.size(); a++) {
      for (int b = a + 1; b < made.size(); b++) {
        Mistake one = made.get(a);
        Mistake other = made.get(b);
        if (!one.code().equals(other.code()) && !touch(one, other)) {
          List<Equation> both = new ArrayList<>(one.alternatives());
          both.addAll(other.alternatives());
          explanation.consider(List.of(one.code(), other.code()), worked.apply(sheet.with(both)));
        }
      }
    }
  }

  /** Whether wrong formulas stand on the way to what is claimed. */
  boolean isMade(List<Equation> alternatives) {
    Set<Equation> changed = new HashSet<>(alternatives);
    return sheet.with(alternatives).plan(List.of(quantity)).stream().anyMatch(changed::contains);
  }

  private static boolean touch(Mistake one, Mistake other) {
    Set<Quantity> changed = new HashSet<>();
    one.alternatives().forEach(e -> changed.add(e.output()));
    return other.alternatives().stream().anyMatch(e -> changed.contains(e.output()));
  }
}
