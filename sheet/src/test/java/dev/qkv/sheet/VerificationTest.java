package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.term.Quantity;
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
    Derivation derivation = Derivation.of(problem);
    List<Verification> all = Verification.of(derivation);
    boolean attention =
        derivation.value(Quantities.A).or(() -> derivation.value(Quantities.A.head(1))).isPresent()
            && kind != Problems.Kind.TEMPERATURE
            && kind != Problems.Kind.CROSS_ENTROPY;
    assertThat(all.isEmpty()).as("%s", kind).isEqualTo(!attention);
    for (Verification verification : all) {
      assertThat(verification.agrees()).as("%s", verification).isTrue();
      assertThat(verification.engine()).as("%s", verification).isLessThanOrEqualTo(ENGINE);
    }
  }

  @Test
  void aWrongGradientIsCaught() {
    Derivation right = Derivation.of(Problems.random(Problems.Kind.HEAD_GRADIENTS, 4));
    List<Quantity> gradients =
        List.of(
            Quantities.D_S.head(1),
            Quantities.D_Q.head(1),
            Quantities.D_K_GRADIENT.head(2),
            Quantities.D_V.head(2));
    assertThat(Verification.of(right).stream().filter(v -> v.differences() != null))
        .extracting(Verification::quantity)
        .containsAll(gradients);
    for (Quantity quantity : gradients) {
      Map<Quantity, Matrix> known = new HashMap<>(right.known());
      Matrix numbers = right.value(quantity).orElseThrow();
      known.put(
          quantity,
          Matrix.of(
              numbers.rows(),
              numbers.columns(),
              (i, j) -> new Approximate(1.01 * numbers.at(i, j).toDouble() + 0.01)));
      Derivation tampered =
          new Derivation(
              right.problem(), right.steps(), known, right.failures(), right.unreachable());
      Verification wrong =
          Verification.of(tampered).stream().filter(v -> !v.agrees()).findFirst().orElseThrow();
      assertThat(wrong.quantity()).isEqualTo(quantity);
      assertThat(wrong.differences()).isGreaterThan(1e-3);
      assertThat(wrong.engine()).isGreaterThan(1e-3);
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
            new Derivation(
                right.problem(), right.steps(), known, right.failures(), right.unreachable());
        assertThat(Verification.of(tampered).stream().filter(v -> !v.agrees()))
            .extracting(Verification::quantity)
            .containsExactly(quantity);
      }
    }
  }
}
