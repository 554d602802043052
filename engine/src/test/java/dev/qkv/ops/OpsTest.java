package dev.qkv.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.attention.Dropout;
import dev.qkv.tensor.Tensor;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each operation against its definition in float64, and its gradient against differences. */
class OpsTest {
  private static final float STEP = 1f / 64;
  private static final int[] SIZES = {1, 2, 5, 6, 7, 13, 16, 17, 31, 97, 100, 257, 300};

  private static Tensor random(int seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    float[] y = b.toArray();
    float[] x = a.toArray();
    for (int i = 0; i < x.length; i++) {
      sum += (double) x[i] * y[i];
    }
    return sum;
  }

  private static void close(double got, double expected, double tolerance) {
    assertThat(Math.abs(got - expected) <= tolerance * (1 + Math.abs(expected)))
        .as("%s, expected %s", got, expected)
        .isTrue();
  }

  /** The gradient of {@code at} against fourth-order differences of dOutput·forward. */
  private static void gradient(
      Tensor at, Supplier<Tensor> forward, Tensor dOutput, Tensor gradient) {
    assertThat(gradient.shape()).isEqualTo(at.shape());
    for (int i = 0; i < at.data().length; i++) {
      float before = at.data()[i];
      double[] loss = new double[4];
      float[] steps = {-2, -1, 1, 2};
      for (int s = 0; s < 4; s++) {
        at.data()[i] = before + steps[s] * STEP;
        loss[s] = dot(forward.get(), dOutput);
      }
      at.data()[i] = before;
      double difference = (loss[0] - 8 * loss[1] + 8 * loss[2] - loss[3]) / (12 * STEP);
      close(gradient.data()[i], difference, 2e-4);
    }
  }

  private static void elementwise(
      UnaryOperator<Tensor> op, DoubleUnaryOperator definition, double tolerance) {
    Tensor x = random(1, 7, 31);
    x.data()[0] = 0;
    x.data()[1] = 30;
    x.data()[2] = -30;
    Tensor y = op.apply(x);
    assertThat(y.shape()).isEqualTo(x.shape());
    for (int i = 0; i < x.data().length; i++) {
      close(y.data()[i], definition.applyAsDouble(x.data()[i]), tolerance);
    }
  }

  @Test
  void matmulAtOddSizes() {
    Random random = new Random(4);
    for (int n = 0; n < 60; n++) {
      int rows = SIZES[random.nextInt(SIZES.length)];
      int inner = SIZES[random.nextInt(SIZES.length)];
      int columns = SIZES[random.nextInt(SIZES.length)];
      Tensor a = random(n, rows, inner);
      Tensor b = random(n + 1000, inner, columns);
      Tensor c = Matmul.forward(a, b);
      Tensor dc = random(n + 2000, rows, columns);
      Matmul.Gradients g = Matmul.backward(a, b, dc);
      for (int x = 0; x < 20; x++) {
        int i = random.nextInt(rows);
        int t = random.nextInt(inner);
        int j = random.nextInt(columns);
        double product = 0;
        double da = 0;
        double db = 0;
        for (int s = 0; s < inner; s++) {
          product += (double) a.get(i, s) * b.get(s, j);
        }
        for (int s = 0; s < columns; s++) {
          da += (double) dc.get(i, s) * b.get(t, s);
        }
        for (int s = 0; s < rows; s++) {
          db += (double) a.get(s, t) * dc.get(s, j);
        }
        close(c.get(i, j), product, 2e-5);
        close(g.a().get(i, t), da, 2e-5);
        close(g.b().get(t, j), db, 2e-5);
      }
    }
  }

  @Test
  void matmulKeepsLeadingAxesAndReadsViews() {
    Tensor a = random(1, 3, 5, 4);
    Tensor b = random(2, 6, 4).transposed(0, 1);
    Tensor c = Matmul.forward(a, b);
    assertThat(c.shape()).containsExactly(3, 5, 6);
    double expected = 0;
    for (int t = 0; t < 4; t++) {
      expected += (double) a.get(2, 3, t) * b.get(t, 5);
    }
    close(c.get(2, 3, 5), expected, 1e-6);
  }

  @Test
  void softmax() {
    Tensor x = random(1, 5, 13);
    x.data()[3] = Float.NEGATIVE_INFINITY;
    x.data()[20] = 1e4f;
    Tensor y = Softmax.forward(x);
    for (int row = 0; row < 5; row++) {
      double max = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int j = 0; j < 13; j++) {
        max = Math.max(max, x.get(row, j));
      }
      for (int j = 0; j < 13; j++) {
        sum += Math.exp(x.get(row, j) - max);
      }
      for (int j = 0; j < 13; j++) {
        close(y.get(row, j), Math.exp(x.get(row, j) - max) / sum, 1e-6);
      }
    }
    Tensor in = random(2, 3, 7);
    Tensor dy = random(3, 3, 7);
    gradient(in, () -> Softmax.forward(in), dy, Softmax.backward(Softmax.forward(in), dy));
    assertThat(Softmax.forward(Tensor.of(new float[] {Float.NEGATIVE_INFINITY}, 1)).get(0))
        .isZero();
  }

  @Test
  void layerNorm() {
    Tensor x = random(1, 4, 9);
    Tensor gamma = random(2, 9);
    Tensor beta = random(3, 9);
    Tensor dy = random(4, 4, 9);
    LayerNorm.Saved saved = LayerNorm.forward(x, gamma, beta, 1e-5f);
    for (int row = 0; row < 4; row++) {
      double mean = 0;
      double variance = 0;
      for (int j = 0; j < 9; j++) {
        mean += x.get(row, j) / 9.0;
      }
      for (int j = 0; j < 9; j++) {
        variance += (x.get(row, j) - mean) * (x.get(row, j) - mean) / 9;
      }
      for (int j = 0; j < 9; j++) {
        double n = (x.get(row, j) - mean) / Math.sqrt(variance + 1e-5);
        close(saved.output().get(row, j), gamma.get(j) * n + beta.get(j), 1e-6);
      }
    }
    LayerNorm.Gradients g = LayerNorm.backward(saved, gamma, dy);
    Supplier<Tensor> forward = () -> LayerNorm.forward(x, gamma, beta, 1e-5f).output();
    gradient(x, forward, dy, g.x());
    gradient(gamma, forward, dy, g.gamma());
    gradient(beta, forward, dy, g.beta());
  }

  @Test
  void rmsNorm() {
    Tensor x = random(1, 4, 9);
    Tensor gamma = random(2, 9);
    Tensor dy = random(4, 4, 9);
    RmsNorm.Saved saved = RmsNorm.forward(x, gamma, 1e-5f);
    double squares = 0;
    for (int j = 0; j < 9; j++) {
      squares += x.get(2, j) * x.get(2, j) / 9.0;
    }
    close(saved.output().get(2, 5), gamma.get(5) * x.get(2, 5) / Math.sqrt(squares + 1e-5), 1e-6);
    RmsNorm.Gradients g = RmsNorm.backward(saved, gamma, dy);
    Supplier<Tensor> forward = () -> RmsNorm.forward(x, gamma, 1e-5f).output();
    gradient(x, forward, dy, g.x());
    gradient(gamma, forward, dy, g.gamma());
  }

  /** Φ by its power series, which converges for every x that a double can tell from ±∞ here. */
  private static double phi(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 400; n++) {
      term *= -x * x / (2 * n);
      sum += term / (2 * n + 1);
    }
    return Math.abs(x) > 6 ? (x > 0 ? 1 : 0) : 0.5 + sum / Math.sqrt(2 * Math.PI);
  }

  @ParameterizedTest
  @EnumSource
  void gelu(Gelu form) {
    double root = Math.sqrt(2 / Math.PI);
    elementwise(
        form::forward,
        form == Gelu.ERF
            ? x -> x * phi(x)
            : x -> 0.5 * x * (1 + Math.tanh(root * (x + 0.044715 * x * x * x))),
        5e-7);
    Tensor x = random(2, 5, 4);
    Tensor dy = random(3, 5, 4);
    gradient(x, () -> form.forward(x), dy, form.backward(x, dy));
  }

  @Test
  void swiGlu() {
    elementwise(SwiGlu::silu, x -> x / (1 + Math.exp(-x)), 1e-6);
    Tensor gate = random(1, 3, 5);
    Tensor up = random(2, 3, 5);
    Tensor dy = random(3, 3, 5);
    close(
        SwiGlu.forward(gate, up).get(1, 2),
        gate.get(1, 2) / (1 + Math.exp(-gate.get(1, 2))) * up.get(1, 2),
        1e-6);
    SwiGlu.Gradients g = SwiGlu.backward(gate, up, dy);
    gradient(gate, () -> SwiGlu.forward(gate, up), dy, g.gate());
    gradient(up, () -> SwiGlu.forward(gate, up), dy, g.up());
  }

  @Test
  void embedding() {
    Tensor table = random(1, 5, 3);
    int[] ids = {4, 0, 4};
    Tensor dy = random(2, 3, 3);
    assertThat(Embedding.forward(table, ids).get(2, 1)).isEqualTo(table.get(4, 1));
    gradient(table, () -> Embedding.forward(table, ids), dy, Embedding.backward(table, dy, ids));
  }

  @ParameterizedTest
  @EnumSource
  void rope(Rope style) {
    Tensor x = random(1, 2, 5, 3, 8);
    Tensor y = style.forward(x, 7, 10000);
    int first = style == Rope.HALF ? 2 : 4;
    int second = style == Rope.HALF ? 6 : 5;
    double angle = (7 + 3) * Math.pow(10000, -2.0 * 2 / 8);
    close(
        y.get(1, 3, 2, first),
        x.get(1, 3, 2, first) * Math.cos(angle) - x.get(1, 3, 2, second) * Math.sin(angle),
        1e-6);
    close(
        y.get(1, 3, 2, second),
        x.get(1, 3, 2, second) * Math.cos(angle) + x.get(1, 3, 2, first) * Math.sin(angle),
        1e-6);
    Tensor dy = random(2, 2, 5, 3, 8);
    gradient(x, () -> style.forward(x, 7, 10000), dy, style.backward(dy, 7, 10000));
  }

  @Test
  void crossEntropy() {
    Tensor logits = random(1, 4, 5);
    int[] targets = {0, 4, 2, 2};
    CrossEntropy.Saved saved = CrossEntropy.forward(logits, targets);
    double expected = 0;
    for (int row = 0; row < 4; row++) {
      double sum = 0;
      for (int j = 0; j < 5; j++) {
        sum += Math.exp(logits.get(row, j));
      }
      expected += (Math.log(sum) - logits.get(row, targets[row])) / 4;
    }
    close(saved.loss(), expected, 1e-12);
    gradient(
        logits,
        () -> Tensor.of(new float[] {(float) CrossEntropy.forward(logits, targets).loss()}, 1),
        Tensor.of(new float[] {1}, 1),
        CrossEntropy.backward(saved, 1, targets));
  }

  @Test
  void elementDropout() {
    Tensor x = random(1, 100, 100);
    Tensor y = ElementDropout.apply(x, new Dropout(0.25f, 5));
    int dropped = 0;
    for (int i = 0; i < 10_000; i++) {
      dropped += y.data()[i] == 0 ? 1 : 0;
      assertThat(y.data()[i] == 0 || Math.abs(y.data()[i] - x.data()[i] / 0.75f) < 1e-5).isTrue();
    }
    // Four standard deviations of a binomial count.
    assertThat(Math.abs(dropped - 2500)).isLessThan(174);
    assertThat(ElementDropout.apply(x, new Dropout(0.25f, 5)).data()).isEqualTo(y.data());
    assertThat(ElementDropout.apply(x, new Dropout(0.25f, 6)).data()).isNotEqualTo(y.data());
  }

  @Test
  void elementDropoutInPiecesAndInPlace() {
    Dropout dropout = new Dropout(0.25f, 5);
    Tensor wide = random(2, 70_001, 3);
    Tensor x = wide.slice(1, 1, 3);
    float[] expected = x.toArray();
    for (int i = 0; i < expected.length; i++) {
      expected[i] = dropout.drops(0, 0, 0, i) ? 0 : expected[i] * dropout.rescale();
    }
    assertThat(ElementDropout.apply(x, dropout).data()).isEqualTo(expected);
    float[] alone = x.toArray();
    dropout.apply(alone);
    assertThat(alone).isEqualTo(expected);
    Tensor same = x.contiguous();
    ElementDropout.apply(same, dropout, same);
    assertThat(same.data()).isEqualTo(expected);
  }
}
