package dev.qkv.ops;

import static dev.qkv.ops.TestTensors.close;
import static dev.qkv.ops.TestTensors.random;
import static dev.qkv.ops.TestTensors.strided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Softmax and norms against float64 at sizes that threads share, from operands with gaps. */
class SharedRowsTest {
  private static final double EPSILON = 1e-5f;

  /** A row's statistics are sums in float32. */
  private static double tolerance(int c) {
    return 2e-6 + 1e-8 * Math.sqrt(c);
  }

  /** Mean, and 1/√(mean of squares about it + ε); about 0 if {@code isCentred} is false. */
  private static double[] statistics(Tensor x, int row, boolean isCentred) {
    int c = x.size(1);
    double mean = 0;
    for (int j = 0; isCentred && j < c; j++) {
      mean += x.get(row, j) / (double) c;
    }
    double squares = 0;
    for (int j = 0; j < c; j++) {
      squares += (x.get(row, j) - mean) * (x.get(row, j) - mean) / c;
    }
    return new double[] {mean, 1 / Math.sqrt(squares + EPSILON)};
  }

  /** The gradients of a norm, from its formula: of x, of the gain and of the shift. */
  private static double[][] gradients(Tensor x, Tensor gain, Tensor dy, boolean isCentred) {
    int rows = x.size(0);
    int c = x.size(1);
    double[][] all = {new double[rows * c], new double[c], new double[c]};
    for (int row = 0; row < rows; row++) {
      double[] s = statistics(x, row, isCentred);
      double sum = 0;
      double dot = 0;
      for (int j = 0; j < c; j++) {
        double n = (x.get(row, j) - s[0]) * s[1];
        double g = (double) gain.get(j) * dy.get(row, j);
        sum += g / c;
        dot += g * n / c;
        all[1][j] += n * dy.get(row, j);
        all[2][j] += dy.get(row, j);
      }
      for (int j = 0; j < c; j++) {
        double n = (x.get(row, j) - s[0]) * s[1];
        double g = (double) gain.get(j) * dy.get(row, j);
        all[0][row * c + j] = (g - (isCentred ? sum : 0) - n * dot) * s[1];
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"0,5", "1,1", "3,7", "5,33", "131,1031", "20011,17", "3,70001"})
  void layerNorm(int rows, int c) {
    Tensor x = random(1, rows, c);
    Tensor gamma = random(2, c);
    Tensor beta = random(3, c);
    Tensor dy = random(4, rows, c);
    LayerNorm.Saved saved = LayerNorm.forward(strided(x), gamma, strided(beta), (float) EPSILON);
    double[][] statistics = new double[rows][];
    for (int row = 0; row < rows; row++) {
      statistics[row] = statistics(x, row, true);
    }
    close(
        saved.output(),
        i -> {
          double[] s = statistics[i / c];
          return gamma.get(i % c) * (x.data()[i] - s[0]) * s[1] + beta.get(i % c);
        },
        tolerance(c));
    Tensor output = Tensor.zeros(rows, c);
    LayerNorm.forward(x, gamma, beta, (float) EPSILON, output);
    assertThat(output.data()).isEqualTo(saved.output().data());
    double[][] expected = gradients(x, gamma, dy, true);
    LayerNorm.Gradients g = LayerNorm.backward(saved, strided(gamma), strided(dy));
    close(g.x(), i -> expected[0][i], 2 * tolerance(c));
    close(g.gamma(), j -> expected[1][j], tolerance(c) * Math.sqrt(rows));
    close(g.beta(), j -> expected[2][j], tolerance(c) * Math.sqrt(rows));
    assertThat(LayerNorm.backward(saved, gamma, dy).gamma().data()).isEqualTo(g.gamma().data());
  }

  @ParameterizedTest
  @CsvSource({"0,5", "1,1", "3,7", "5,33", "131,1031", "20011,17", "3,70001"})
  void rmsNorm(int rows, int c) {
    Tensor x = random(1, rows, c);
    Tensor gamma = random(2, c);
    Tensor dy = random(4, rows, c);
    RmsNorm.Saved saved = RmsNorm.forward(strided(x), strided(gamma), (float) EPSILON);
    double[][] statistics = new double[rows][];
    for (int row = 0; row < rows; row++) {
      statistics[row] = statistics(x, row, false);
    }
    close(saved.output(), i -> gamma.get(i % c) * x.data()[i] * statistics[i / c][1], tolerance(c));
    Tensor output = Tensor.zeros(rows, c);
    RmsNorm.forward(x, gamma, (float) EPSILON, output);
    assertThat(output.data()).isEqualTo(saved.output().data());
    double[][] expected = gradients(x, gamma, dy, false);
    RmsNorm.Gradients g = RmsNorm.backward(saved, gamma, strided(dy));
    close(g.x(), i -> expected[0][i], 2 * tolerance(c));
    close(g.gamma(), j -> expected[1][j], tolerance(c) * Math.sqrt(rows));
    assertThat(RmsNorm.backward(saved, gamma, dy).gamma().data()).isEqualTo(g.gamma().data());
  }

  @ParameterizedTest
  @CsvSource({"0,5", "1,1", "3,7", "5,33", "131,1031", "20011,17", "3,70001"})
  void softmax(int rows, int c) {
    Tensor x = random(1, rows, c);
    Tensor dy = random(2, rows, c);
    double[] sums = new double[rows];
    double[] dots = new double[rows];
    float[] in = x.data();
    for (int i = 0; i < rows * c; i++) {
      sums[i / c] += Math.exp(in[i]);
      dots[i / c] += Math.exp(in[i]) * dy.data()[i];
    }
    Tensor y = Softmax.forward(strided(x));
    close(y, i -> Math.exp(in[i]) / sums[i / c], 1e-6);
    close(
        Softmax.backward(strided(y), strided(dy)),
        i -> Math.exp(in[i]) / sums[i / c] * (dy.data()[i] - dots[i / c] / sums[i / c]),
        2e-6);
  }
}
