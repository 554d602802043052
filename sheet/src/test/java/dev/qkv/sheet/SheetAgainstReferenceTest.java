package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The exact sheet and the float64 reference, two independent evaluations, agree. */
class SheetAgainstReferenceTest {
  private static final double TOLERANCE = 1e-12;

  @Property(tries = 1200, seed = "20261122")
  void agreeOnProblemsOfEveryKind(@ForAll Problems.Kind kind, @ForAll long seed) {
    Problem problem = Problems.random(kind, seed);
    Derivation derivation = Derivation.of(problem);
    assertThat(derivation.failures()).isEmpty();
    Map<Quantity, double[][]> reference = ReferenceSolver.solve(problem);
    for (Quantity goal : problem.goals()) {
      if (kind == Problems.Kind.ENCODER && goal.isGradient()) {
        continue; // held against central differences in GradientTest
      }
      Matrix exact = derivation.value(goal).orElseThrow();
      double[][] expected = Objects.requireNonNull(reference.get(goal), goal.name());
      assertThat(exact.rows()).as(goal.name()).isEqualTo(expected.length);
      assertThat(exact.columns()).as(goal.name()).isEqualTo(expected[0].length);
      for (int i = 0; i < exact.rows(); i++) {
        for (int j = 0; j < exact.columns(); j++) {
          double difference = Math.abs(exact.at(i, j).toDouble() - expected[i][j]);
          double scale = Math.max(1, Math.abs(expected[i][j]));
          assertThat(difference <= TOLERANCE * scale)
              .as("%s[%d,%d] %s against %s", goal.name(), i, j, exact.at(i, j), expected[i][j])
              .isTrue();
        }
      }
    }
  }
}
