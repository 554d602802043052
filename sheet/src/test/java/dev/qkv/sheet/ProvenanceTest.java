package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.evaluation.Tracer;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Matrix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A cell's sources are the cells that it depends on: no more, no fewer. */
class ProvenanceTest {
  private static final FloatArithmetic FLOATS = new FloatArithmetic();

  /** Draws of the other numbers, in one of which a source must show: products with 0 hide it. */
  private static final int DRAWS = 40;

  /** Counts that decide about shapes and samples stay as they are. */
  private static final Set<Quantity> COUNTS =
      Set.of(
          Quantities.HEADS,
          Quantities.KEY_HEADS,
          Quantities.TOKENS,
          Quantities.D_MODEL,
          Quantities.SEED);

  /** What some cells multiply by a distance of 0, or raise to it, so that it cannot show there. */
  private static final Set<Quantity> TIMES_ZERO = Set.of(Quantities.SLOPE, Quantities.BASE);

  private record Place(Quantity quantity, int row, int column) {}

  @Test
  void sourcesAreWhatChangesACell() {
    int cells = 0;
    Set<String> seen = new HashSet<>();
    for (Problems.Kind kind : Problems.Kind.values()) {
      Problem problem = Problems.random(kind, 3);
      for (Step step : Derivation.of(problem).steps()) {
        if (seen.add(step.formula().text())) {
          cells += check(kind, step, Derivation.of(problem).known());
        }
      }
    }
    System.out.println(seen.size() + " formulas, " + cells + " cells traced");
    assertThat(seen).hasSizeGreaterThan(80);
  }

  private static int check(Problems.Kind kind, Step step, Map<Quantity, Matrix> known) {
    Equation equation = step.formula();
    Map<Quantity, Doubles> inputs = new HashMap<>();
    equation
        .inputs()
        .forEach(q -> inputs.put(q, Doubles.of(java.util.Objects.requireNonNull(known.get(q)))));
    Random random = new Random(5);
    for (int i = 0; i < step.result().rows(); i++) {
      for (int j = 0; j < step.result().columns(); j++) {
        Set<Place> sources = new HashSet<>();
        for (Tracer.Source source : step.sources(i, j)) {
          sources.add(new Place(source.quantity(), source.row(), source.column()));
        }
        for (Quantity quantity : equation.inputs()) {
          Doubles matrix = Sheets.get(inputs, quantity);
          for (int r = 0; r < matrix.rows(); r++) {
            for (int c = 0; c < matrix.columns(); c++) {
              boolean named = sources.contains(new Place(quantity, r, c));
              boolean counts =
                  quantity.equals(Quantities.D_K) && equation.output().equals(Quantities.FREQUENCY);
              if (!COUNTS.contains(quantity) && !counts) {
                boolean changes = changes(equation, inputs, quantity, r, c, i, j, random, named);
                assertThat(changes ? named : !named || TIMES_ZERO.contains(quantity))
                    .as(
                        "%s: %s[%d, %d] from %s[%d, %d]",
                        kind, equation.text(), i, j, quantity, r, c)
                    .isTrue();
              }
            }
          }
        }
      }
    }
    return step.result().rows() * step.result().columns();
  }

  /** Whether the cell changes with the input's cell: for one that is named, in some draw. */
  private static boolean changes(
      Equation equation,
      Map<Quantity, Doubles> inputs,
      Quantity quantity,
      int row,
      int column,
      int i,
      int j,
      Random random,
      boolean named) {
    for (int draw = 0; draw < (named ? DRAWS : 2); draw++) {
      Map<Quantity, Doubles> here = new HashMap<>(inputs);
      if (draw > 0 && named) {
        here.replaceAll(
            (q, m) ->
                COUNTS.contains(q) || q.equals(Quantities.D_K) || q.equals(Quantities.LABEL)
                    ? m
                    : m.map(x -> 0.5 + 3 * random.nextDouble()));
      }
      Doubles before = Sheets.get(here, quantity);
      double other = quantity.equals(Quantities.LABEL) ? 1 + draw % 3 : 6 * random.nextDouble() - 2;
      double was = FLOATS.evaluate(equation, here).at(0, i, j);
      here.put(quantity, Sheets.with(before, row, column, other));
      double is = FLOATS.evaluate(equation, here).at(0, i, j);
      if (Double.compare(was, is) != 0) {
        return true;
      }
    }
    return false;
  }
}
