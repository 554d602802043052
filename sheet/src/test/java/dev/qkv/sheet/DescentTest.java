package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One step of gradient descent on a whole layer, against differences of the loss. */
class DescentTest {
  private static final double RATE = 0.25;
  private static final double STEP = 1e-5;

  private static Matrix random(Random random, int rows, int columns) {
    return Matrix.of(rows, columns, (i, j) -> new Approximate(random.nextGaussian()));
  }

  private static Derivation layer(Map<Quantity, Matrix> givens) {
    return Derivation.of(new Problem(givens, Choices.USUAL, List.of()));
  }

  private static double loss(Map<Quantity, Matrix> givens) {
    return layer(givens).value(Quantities.LOSS).orElseThrow().scalar().toDouble();
  }

  @Test
  void weightsMoveAgainstTheGradientOfTheLoss() {
    for (int heads = 1; heads <= 2; heads++) {
      Random random = new Random(heads);
      Map<Quantity, Matrix> givens = new LinkedHashMap<>();
      givens.put(Quantities.X, random(random, 3, 4));
      givens.put(Quantities.W_Q, random(random, 4, 4));
      givens.put(Quantities.W_K, random(random, 4, 4));
      givens.put(Quantities.W_V, random(random, 4, 4));
      givens.put(Quantities.W_O, random(random, 4, 4));
      givens.put(Quantities.TARGET, random(random, 3, 4));
      givens.put(Quantities.RATE, Matrix.of(1, 1, (i, j) -> new Approximate(RATE)));
      int number = heads;
      givens.put(Quantities.HEADS, Matrix.of(1, 1, (i, j) -> new Approximate(number)));
      Derivation derivation = layer(givens);
      Map<Quantity, Quantity> after =
          Map.of(
              Quantities.W_Q, Quantities.NEW_W_Q,
              Quantities.W_K, Quantities.NEW_W_K,
              Quantities.W_V, Quantities.NEW_W_V,
              Quantities.W_O, Quantities.NEW_W_O);
      after.forEach(
          (weights, moved) -> {
            Matrix before = Objects.requireNonNull(givens.get(weights));
            for (int place = 0; place < 16; place += 5) {
              int row = place / 4;
              int column = place % 4;
              double[] losses = new double[2];
              for (int side = 0; side < 2; side++) {
                double change = side == 0 ? STEP : -STEP;
                Map<Quantity, Matrix> other = new LinkedHashMap<>(givens);
                other.put(
                    weights,
                    Matrix.of(
                        4,
                        4,
                        (i, j) ->
                            new Approximate(
                                before.at(i, j).toDouble()
                                    + (i == row && j == column ? change : 0))));
                losses[side] = loss(other);
              }
              double gradient = (losses[0] - losses[1]) / (2 * STEP);
              double expected = before.at(row, column).toDouble() - RATE * gradient;
              double got = derivation.value(moved).orElseThrow().at(row, column).toDouble();
              assertThat(Math.abs(got - expected) < 1e-6)
                  .as("%s: %s, expected %s", moved, got, expected)
                  .isTrue();
            }
          });
    }
  }

  @Test
  void withoutAnOutputProjectionTheTargetIsThatOfAttention() {
    Map<Quantity, Matrix> givens = new LinkedHashMap<>();
    givens.put(Quantities.Z, Matrix.of(1, 2, (i, j) -> new Approximate(3 + j)));
    givens.put(Quantities.TARGET, Matrix.of(1, 2, (i, j) -> new Approximate(1)));
    Derivation derivation = layer(givens);
    assertThat(derivation.value(Quantities.LOSS).orElseThrow().scalar().toDouble()).isEqualTo(6.5);
    assertThat(derivation.value(Quantities.D_Z).orElseThrow().at(0, 1).toDouble()).isEqualTo(3);
  }
}
