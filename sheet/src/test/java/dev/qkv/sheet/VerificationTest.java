package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Matrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Sheet, reference and engine agree on random problems, and a wrong number is caught. */
class VerificationTest {
  private static final double ENGINE = 2e-5;

  @Property(tries = 300, seed = "20261122")
  void allThreeAgreeOnRandomProblems(@ForAll Problems.Kind kind, @ForAll long seed) {
    Problem problem = Problems.random(kind, seed);
    List<Verification> all = Verification.of(Derivation.of(problem));
    boolean attention =
        kind != Problems.Kind.RESIDUAL_NORM && kind != Problems.Kind.BARE_PROJECTION;
    assertThat(all.isEmpty()).as("%s", kind).isEqualTo(!attention);
    for (Verification verification : all) {
      assertThat(verification.agrees()).as("%s", verification).isTrue();
      assertThat(verification.engine() <= ENGINE).as("%s", verification).isTrue();
    }
  }

  @Test
  void aWrongNumberIsCaught() {
    Derivation right = Derivation.of(Problems.random(Problems.Kind.CAUSAL, 1));
    for (Quantity quantity : List.of(Quantities.S, Quantities.MASKED, Quantities.A, Quantities.Z)) {
      for (double wrong : new double[] {0.01, Double.NaN}) {
        Map<Quantity, Matrix> known = new HashMap<>(right.known());
        Matrix numbers = right.value(quantity).orElseThrow();
        known.put(
            quantity,
            Matrix.of(
                numbers.rows(),
                numbers.columns(),
                (i, j) ->
                    i + j == 0
                        ? new Approximate(numbers.at(i, j).toDouble() + wrong)
                        : numbers.at(i, j)));
        Derivation tampered =
            new Derivation(right.problem(), right.steps(), known, right.failures());
        assertThat(Verification.of(tampered).stream().filter(v -> !v.agrees()))
            .extracting(Verification::quantity)
            .containsExactly(quantity);
      }
    }
  }
}
