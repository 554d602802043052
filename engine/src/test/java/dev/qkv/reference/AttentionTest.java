package dev.qkv.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The reference against hand-worked numbers, its definition's properties, and differences. */
class AttentionTest {
  private static final int QUERIES = 5;
  private static final int KEYS = 7;
  private static final int WIDTH = 3;
  private static final int VALUE_WIDTH = 2;
  private static final double STEP = 1e-6;

  private final Random random = new Random(11);

  private double[][] normal(int rows, int columns) {
    double[][] a = new double[rows][columns];
    for (double[] row : a) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return a;
  }

  @Test
  void forwardMatchesHandWork() {
    double[][] q = {{1, 0}, {0, 1}};
    double[][] v = {{3, 0}, {0, 2}};
    Attention.Forward forward = Attention.forward(q, q, v, new double[2][2], 1);
    double heavy = Math.E / (Math.E + 1);
    assertThat(forward.weights()[0][0]).isCloseTo(heavy, within(1e-15));
    assertThat(forward.output()[1][1]).isCloseTo(2 * heavy, within(1e-15));
  }

  @Test
  void nothingOfAHiddenKeyLeaks() {
    double[][] mask = new double[QUERIES][KEYS];
    for (double[] row : mask) {
      row[2] = Double.NEGATIVE_INFINITY;
    }
    double[][] q = normal(QUERIES, WIDTH);
    double[][] k = normal(KEYS, WIDTH);
    double[][] v = normal(KEYS, VALUE_WIDTH);
    double[][] d = normal(QUERIES, VALUE_WIDTH);
    Attention.Forward clean = Attention.forward(q, k, v, mask, 0.5);
    Attention.Backward cleanBack = Attention.backward(q, k, v, 0.5, clean.weights(), d);
    Arrays.fill(k[2], Double.NaN);
    Arrays.fill(v[2], Double.POSITIVE_INFINITY);
    Attention.Forward forward = Attention.forward(q, k, v, mask, 0.5);
    Attention.Backward back = Attention.backward(q, k, v, 0.5, forward.weights(), d);
    assertThat(forward.weights()).isDeepEqualTo(clean.weights());
    assertThat(forward.output()).isDeepEqualTo(clean.output());
    assertThat(back.q()).isDeepEqualTo(cleanBack.q());
    assertThat(back.k()).isDeepEqualTo(cleanBack.k());
    assertThat(back.v()).isDeepEqualTo(cleanBack.v());
  }

  @Test
  void rowsOfWeightsAddUpToOneAndHiddenKeysHaveNone() {
    double[][] mask = Attention.causalMask(QUERIES, KEYS, KEYS - QUERIES);
    Attention.Forward forward =
        Attention.forward(
            normal(QUERIES, WIDTH), normal(KEYS, WIDTH), normal(KEYS, VALUE_WIDTH), mask, 0.5);
    for (int i = 0; i < QUERIES; i++) {
      double sum = 0;
      for (int j = 0; j < KEYS; j++) {
        sum += forward.weights()[i][j];
        if (j > i + KEYS - QUERIES) {
          assertThat(forward.weights()[i][j]).isZero();
        }
      }
      assertThat(sum).isCloseTo(1, within(1e-14));
    }
  }

  @Test
  void rowWithNothingToAttendToIsZero() {
    double[][] mask = {{Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY}};
    Attention.Forward forward =
        Attention.forward(normal(1, 3), normal(2, 3), normal(2, 2), mask, 1);
    assertThat(forward.output()[0]).containsExactly(0, 0);
  }

  @Test
  void largeScoresDoNotOverflow() {
    double[][] p = Softmax.rows(new double[][] {{1e4, 1e4 - 1, -1e308}});
    assertThat(p[0][0]).isCloseTo(Math.E / (Math.E + 1), within(1e-15));
    assertThat(p[0][2]).isZero();
  }

  @Test
  void backwardMatchesCentralDifferences() {
    double[][] q = normal(QUERIES, WIDTH);
    double[][] k = normal(KEYS, WIDTH);
    double[][] v = normal(KEYS, VALUE_WIDTH);
    double[][] d = normal(QUERIES, VALUE_WIDTH);
    double[][] mask = Attention.causalMask(QUERIES, KEYS, 1);
    double scale = 0.7;
    Attention.Forward forward = Attention.forward(q, k, v, mask, scale);
    Attention.Backward backward = Attention.backward(q, k, v, scale, forward.weights(), d);
    check(q, backward.q(), x -> loss(x, k, v, mask, scale, d));
    check(k, backward.k(), x -> loss(q, x, v, mask, scale, d));
    check(v, backward.v(), x -> loss(q, k, x, mask, scale, d));
  }

  private static double loss(
      double[][] q, double[][] k, double[][] v, double[][] mask, double scale, double[][] d) {
    double[][] z = Attention.forward(q, k, v, mask, scale).output();
    double loss = 0;
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < z[0].length; j++) {
        loss += z[i][j] * d[i][j];
      }
    }
    return loss;
  }

  private static void check(double[][] at, double[][] gradient, ToDoubleFunction<double[][]> loss) {
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j < at[0].length; j++) {
        double before = at[i][j];
        at[i][j] = before + STEP;
        double up = loss.applyAsDouble(at);
        at[i][j] = before - STEP;
        double down = loss.applyAsDouble(at);
        at[i][j] = before;
        assertThat(gradient[i][j]).isCloseTo((up - down) / (2 * STEP), within(1e-5));
      }
    }
  }

  @Test
  void layerNormHasMeanZeroAndVarianceOne() {
    double[][] out = LayerNorm.rows(normal(3, 11), ones(11), new double[11], 0);
    for (double[] row : out) {
      double mean = 0;
      double square = 0;
      for (double x : row) {
        mean += x / row.length;
        square += x * x / row.length;
      }
      assertThat(mean).isCloseTo(0, within(1e-14));
      assertThat(square).isCloseTo(1, within(1e-13));
    }
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void splitAndConcatenateUndoEachOther() {
    double[][] a = normal(4, 6);
    double[][] joined =
        Heads.concatenate(Heads.split(a, 0, 3), Heads.split(a, 1, 3), Heads.split(a, 2, 3));
    assertThat(joined).isDeepEqualTo(a);
  }

  @Test
  void jacobianNormFallsWithWidthUnlessScaled() {
    double narrow = Statistics.meanJacobianNorm(4, 8, false, 200, 1);
    double wide = Statistics.meanJacobianNorm(256, 8, false, 200, 1);
    double scaled = Statistics.meanJacobianNorm(256, 8, true, 200, 1);
    assertThat(wide).isLessThan(narrow / 2);
    assertThat(scaled).isGreaterThan(narrow / 2);
    assertThat(Statistics.meanJacobianNorm(4, 8, false, 200, 1)).isEqualTo(narrow);
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    assertThatThrownBy(() -> Matmul.product(new double[2][3], new double[2][2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matmul: b has 2 rows, expected 3 because a has 3 columns");
    assertThatThrownBy(() -> Heads.split(new double[1][5], 0, 2))
        .hasMessageContaining("expected a multiple of heads = 2");
  }
}
