package dev.qkv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The chosen kernel for rows against the plain one, whose sums are in float64. */
class RowKernelTest {
  private static final int[] COLUMNS = {
    1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 47, 64, 65, 97, 128, 300
  };
  private static final int AT = 3;

  private final RowKernel plain = new ScalarRowKernel();
  private final Random random = new Random(7);

  private static RowKernel fast(String operation, int c) {
    return Kernels.rows(operation.startsWith("rotat") ? c / 2 : c);
  }

  /** Operands at offset 3, results at offset 3, some of 2·c numbers. */
  @FunctionalInterface
  private interface Operation {
    double run(RowKernel kernel, float[][] in, float[][] out, int c);
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put(
        "layer norm",
        (k, in, out, c) -> {
          double[] statistics = new double[5];
          k.layerNorm(in[0], 3, in[1], 3, in[2], 3, out[0], 3, c, 1e-5f, statistics, 2);
          assertThat(statistics[1] + statistics[4]).isZero();
          return statistics[2] + statistics[3];
        });
    all.put(
        "layer norm backward",
        (k, in, out, c) -> {
          k.layerNormBackward(in[0], 3, in[1], 3, in[2], 3, out[0], 3, out[1], 3, c, 0.3, 0.7);
          return 0;
        });
    all.put("rms norm", (k, in, out, c) -> k.rmsNorm(in[0], 3, in[1], 3, out[0], 3, c, 1e-5f));
    all.put(
        "rms norm backward",
        (k, in, out, c) -> {
          k.rmsNormBackward(in[0], 3, in[1], 3, in[2], 3, out[0], 3, out[1], 3, c, 0.7f);
          return 0;
        });
    all.put("softmax", (k, in, out, c) -> k.softmax(in[0], 3, out[0], 3, c));
    all.put(
        "softmax backward",
        (k, in, out, c) -> {
          k.softmaxBackward(in[0], 3, in[1], 3, out[0], 3, c);
          return 0;
        });
    for (boolean neighbours : new boolean[] {false, true}) {
      all.put(
          "rotate " + neighbours,
          (k, in, out, c) -> {
            k.rotate(in[0], 3, out[0], 3, 1, c / 2 * 2, neighbours, in[1], in[2], 3, -1);
            return 0;
          });
    }
    return all;
  }

  private float[] gaussian(int n, double mean, double size) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (mean + size * random.nextGaussian());
    }
    return values;
  }

  private float[][] results(int c) {
    float[] sums = gaussian(2 * c + 6, 0, 1);
    float[] result = new float[c + 6];
    Arrays.fill(result, 99);
    return new float[][] {result, sums};
  }

  private static float[][] copy(float[][] arrays) {
    return new float[][] {arrays[0].clone(), arrays[1].clone()};
  }

  @Test
  void fastAgreesWithPlainAndTouchesNothingElse() {
    for (int c : COLUMNS) {
      for (double size : new double[] {0.01, 1, 30}) {
        float[][] in = {gaussian(c + 6, size, size), gaussian(c + 6, 0, 1), gaussian(c + 6, 0, 1)};
        float[][] start = results(c);
        operations()
            .forEach(
                (name, operation) -> {
                  float[][] got = copy(start);
                  float[][] expected = copy(start);
                  double a = operation.run(fast(name, c), in, got, c);
                  double b = operation.run(plain, in, expected, c);
                  assertThat(Math.abs(a - b) <= 2e-6 * (1 + Math.abs(b))).as(name).isTrue();
                  for (int x = 0; x < 2; x++) {
                    for (int i = 0; i < got[x].length; i++) {
                      double allowed = 4e-6 * (1 + Math.abs(expected[x][i])) * (1 + size);
                      assertThat(Math.abs(got[x][i] - expected[x][i]) <= allowed)
                          .as(
                              "%s of %d, number %d: %s, expected %s",
                              name, c, i - AT, got[x][i], expected[x][i])
                          .isTrue();
                    }
                    assertThat(got[x][AT - 1]).isEqualTo(start[x][AT - 1]);
                  }
                  assertThat(got[0][AT + c]).isEqualTo(99);
                });
      }
    }
  }

  @Test
  void resultsMayLieWhereTheFirstOperandLies() {
    for (int c : COLUMNS) {
      float[] x = gaussian(c + 6, 0, 1);
      float[] y = gaussian(c + 6, 0, 1);
      float[][] start = results(c);
      operations()
          .forEach(
              (name, operation) -> {
                float[][] apart = {x.clone(), start[1].clone()};
                RowKernel fast = fast(name, c);
                operation.run(fast, new float[][] {x, y, y}, apart, c);
                float[] own = x.clone();
                operation.run(
                    fast, new float[][] {own, y, y}, new float[][] {own, start[1].clone()}, c);
                assertThat(own).as(name).isEqualTo(apart[0]);
              });
    }
  }

  /** The mean is many times the deviation: float64 has it, a sum in floats would not. */
  @Test
  void normsOfRowsFarFromZero() {
    int c = 1000;
    for (double mean : new double[] {0, 100, 1e4, -1e6}) {
      float[] x = gaussian(c + 6, mean, 1);
      float[] ones = gaussian(c + 6, 1, 0);
      float[] zeros = new float[c + 6];
      float[][] in = {x, ones, zeros};
      float[][] got = results(c);
      float[][] expected = results(c);
      Operation norm = Objects.requireNonNull(operations().get("layer norm"));
      norm.run(Kernels.rows(c), in, got, c);
      norm.run(plain, in, expected, c);
      for (int j = AT; j < AT + c; j++) {
        assertThat(Math.abs(got[0][j] - expected[0][j]) <= 2e-6).as("mean %s", mean).isTrue();
      }
    }
  }

  @Test
  void aConstantRowWithoutEpsilonIsNaN() {
    float[] x = gaussian(40, 0.1f, 0);
    float[] y = new float[40];
    for (RowKernel kernel : new RowKernel[] {Kernels.rows(37), plain}) {
      kernel.layerNorm(x, 0, x, 0, x, 0, y, 0, 37, 0, new double[2], 0);
      assertThat(y[20]).isNaN();
    }
  }

  @Test
  void softmaxAtTheEnds() {
    for (RowKernel kernel : new RowKernel[] {Kernels.rows(37), plain}) {
      float[] x = new float[37];
      float[] y = new float[37];
      Arrays.fill(x, Float.NEGATIVE_INFINITY);
      assertThat(kernel.softmax(x, 0, y, 0, 37)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(y).containsOnly(0);
      x[36] = 1e30f;
      x[5] = -1e30f;
      kernel.softmax(x, 0, y, 0, 37);
      assertThat(y[36]).isEqualTo(1);
      assertThat(y[5]).isZero();
      x[20] = Float.NaN;
      assertThat(kernel.softmax(x, 0, y, 0, 37)).isNaN();
      for (float number : y) {
        assertThat(number).isNaN();
      }
    }
  }
}
