package dev.qkv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The chosen kernel for numbers against the plain one at sizes around the vectors, and its
 * functions against float64 over the whole range of floats.
 */
class ElementKernelTest {
  private static final int[] SIZES = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 64, 129};
  private static final int BEFORE = 3;
  private static final int BEHIND = 2;
  private static final float CANARY = 12345.5f;

  private final ElementKernel fast = Kernels.elements();
  private final ElementKernel plain = new ScalarElementKernel();
  private final Random random = new Random(3);

  /** Three operands at offsets 3, 4 and 5, two results at offset 3. */
  @FunctionalInterface
  private interface Operation {
    void run(ElementKernel kernel, float[][] in, float[][] out, int n);
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put("gelu", (k, in, out, n) -> k.gelu(in[0], 3, out[0], 3, n));
    all.put("gelu backward", (k, in, out, n) -> k.geluBackward(in[0], 3, in[1], 4, out[0], 3, n));
    all.put("gelu tanh", (k, in, out, n) -> k.geluTanh(in[0], 3, out[0], 3, n));
    all.put(
        "gelu tanh backward",
        (k, in, out, n) -> k.geluTanhBackward(in[0], 3, in[1], 4, out[0], 3, n));
    all.put("silu", (k, in, out, n) -> k.silu(in[0], 3, out[0], 3, n));
    all.put("swiglu", (k, in, out, n) -> k.swiGlu(in[0], 3, in[1], 4, out[0], 3, n));
    all.put(
        "swiglu backward",
        (k, in, out, n) -> k.swiGluBackward(in[0], 3, in[1], 4, in[2], 5, out[0], 3, out[1], 3, n));
    all.put("sum", (k, in, out, n) -> k.sum(in[0], 3, in[1], 4, out[0], 3, n));
    all.put("multiple", (k, in, out, n) -> k.multiple(in[0], 3, 0.75f, out[0], 3, n));
    all.put("relu", (k, in, out, n) -> k.relu(in[0], 3, out[0], 3, n));
    all.put("relu backward", (k, in, out, n) -> k.reluBackward(in[0], 3, in[1], 4, out[0], 3, n));
    return all;
  }

  private float[] gaussian(int n, double size) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (size * random.nextGaussian());
    }
    return values;
  }

  private static float[] results(int n) {
    float[] values = new float[BEFORE + n + BEHIND];
    Arrays.fill(values, CANARY);
    return values;
  }

  @Test
  void fastAgreesWithPlainAndTouchesNothingElse() {
    for (int n : SIZES) {
      for (double size : new double[] {0.1, 2, 30}) {
        float[][] in = {gaussian(n + 6, size), gaussian(n + 6, size), gaussian(n + 6, size)};
        operations()
            .forEach(
                (name, operation) -> {
                  float[][] got = {results(n), results(n)};
                  float[][] expected = {results(n), results(n)};
                  operation.run(fast, in, got, n);
                  operation.run(plain, in, expected, n);
                  for (int x = 0; x < 2; x++) {
                    for (int i = 0; i < got[x].length; i++) {
                      double bound =
                          i < BEFORE || i >= BEFORE + n
                              ? 0
                              : 1e-6 * (1 + Math.abs(expected[x][i])) * (1 + size);
                      assertThat(Math.abs(got[x][i] - expected[x][i]) <= bound)
                          .as("%s of %d, number %d: %s", name, n, i - BEFORE, got[x][i])
                          .isTrue();
                    }
                  }
                });
      }
    }
  }

  @Test
  void resultsMayLieWhereOperandsLie() {
    for (int n : SIZES) {
      float[] x = gaussian(n + 6, 2);
      float[] dy = gaussian(n + 6, 2);
      operations()
          .forEach(
              (name, operation) -> {
                float[][] apart = {x.clone(), results(n + 1)};
                operation.run(fast, new float[][] {x, dy, dy}, apart, n);
                float[] own = x.clone();
                operation.run(
                    fast, new float[][] {own, dy, dy}, new float[][] {own, results(n + 1)}, n);
                assertThat(own).as(name).isEqualTo(apart[0]);
              });
    }
  }

  /** A number's result has the same bits wherever it stands among others. */
  @Test
  void placesDoNotMatter() {
    int n = 150;
    float[] x = gaussian(n + 6, 2);
    operations()
        .forEach(
            (name, operation) -> {
              float[][] whole = {x.clone(), results(n)};
              operation.run(fast, new float[][] {x, x, x}, whole, n);
              for (int shift = 1; shift < 20; shift++) {
                float[] part = Arrays.copyOfRange(x, shift, x.length);
                float[][] shifted = {part.clone(), results(n)};
                operation.run(fast, new float[][] {part, part, part}, shifted, n - 20);
                assertThat(Arrays.copyOfRange(shifted[0], 3, n - 17))
                    .as(name)
                    .isEqualTo(Arrays.copyOfRange(whole[0], 3 + shift, n - 17 + shift));
              }
            });
  }

  /** The same operations in the same order: the same bits. */
  @Test
  void adam() {
    for (int n : SIZES) {
      float[] g = gaussian(n + 6, 1);
      float[][] got = {gaussian(n + 6, 1), gaussian(n + 6, 1), gaussian(n + 6, 1)};
      for (int i = 0; i < n + 6; i++) {
        got[2][i] *= got[2][i];
      }
      float[][] expected = {got[0].clone(), got[1].clone(), got[2].clone()};
      adam(fast, got, g, n);
      adam(plain, expected, g, n);
      assertThat(got).isDeepEqualTo(expected);
    }
  }

  private static void adam(ElementKernel kernel, float[][] pmv, float[] g, int n) {
    kernel.adam(pmv[0], 3, g, 3, pmv[1], 3, pmv[2], 3, n, 0.9f, 0.99f, 0.999f, 0.01f, 1.5f, 1e-8f);
  }

  @Test
  void squares() {
    for (int n : SIZES) {
      float[] x = gaussian(n + 3, 1e25);
      double expected = plain.squares(x, 3, n);
      assertThat(Math.abs(fast.squares(x, 3, n) - expected) <= 1e-14 * expected).isTrue();
    }
    assertThat(fast.squares(new float[] {1, Float.NaN, 1, 1, 1, 1, 1, 1, 1}, 0, 9)).isNaN();
  }

  /** Every exponent with some hundred mantissas, both signs, and numbers where functions bend. */
  private static float[] range() {
    Random random = new Random(5);
    int dense = 1 << 17;
    float[] values = new float[255 * 256 * 2 + dense];
    int at = 0;
    for (int exponent = 0; exponent < 255; exponent++) {
      for (int i = 0; i < 256; i++) {
        float value = Float.intBitsToFloat(exponent << 23 | random.nextInt(1 << 23));
        values[at++] = value;
        values[at++] = -value;
      }
    }
    for (int i = 0; i < dense; i++) {
      values[at++] = -16 + 32f * i / dense;
    }
    return values;
  }

  /** Φ: the power series, or the continued fraction of its tail. */
  static double phi(double x) {
    double z = Math.abs(x);
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    if (z < 3) {
      double term = x;
      double sum = x;
      for (int n = 1; n < 120; n++) {
        term *= x * x / (2 * n + 1);
        sum += term;
      }
      return 0.5 + sum * density;
    }
    double fraction = z;
    for (int k = 200; k > 0; k--) {
      fraction = z + k / fraction;
    }
    return x < 0 ? density / fraction : 1 - density / fraction;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double tanhArgument(double x) {
    return Math.sqrt(8 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  /** The error is at most {@code bound}·(|x| + least) of a forward pass. */
  private static void within(
      String name, float[] x, float[] y, DoubleUnaryOperator exact, double bound, double least) {
    for (int i = 0; i < x.length; i++) {
      double expected = exact.applyAsDouble(x[i]);
      double error = Math.abs(y[i] - expected);
      double allowed = bound * (Math.abs(x[i]) + least) + Float.MIN_VALUE;
      assertThat(error <= allowed)
          .as("%s of %s: %s, expected %s", name, x[i], y[i], expected)
          .isTrue();
    }
  }

  @Test
  void functionsOverTheWholeRange() {
    float[] x = range();
    float[] y = new float[x.length];
    float[] ones = new float[x.length];
    Arrays.fill(ones, 1);
    fast.gelu(x, 0, y, 0, x.length);
    within("gelu", x, y, z -> z * phi(z), 2.5e-7, 0);
    fast.geluTanh(x, 0, y, 0, x.length);
    within("gelu tanh", x, y, z -> z * sigmoid(tanhArgument(z)), 2.5e-7, 0);
    fast.silu(x, 0, y, 0, x.length);
    within("silu", x, y, z -> z * sigmoid(z), 2.5e-7, 0);
    fast.geluBackward(x, 0, ones, 0, y, 0, x.length);
    DoubleUnaryOperator density = z -> Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    slopes("gelu slope", x, y, z -> phi(z) + z * density.applyAsDouble(z));
    fast.geluTanhBackward(x, 0, ones, 0, y, 0, x.length);
    slopes(
        "gelu tanh slope",
        x,
        y,
        z -> {
          double u = tanhArgument(z);
          double inner = Math.sqrt(8 / Math.PI) * (1 + 3 * 0.044715 * z * z);
          return sigmoid(u) + z * sigmoid(u) * sigmoid(-u) * inner;
        });
    fast.swiGluBackward(x, 0, ones, 0, ones, 0, y, 0, new float[x.length], 0, x.length);
    slopes("silu slope", x, y, z -> sigmoid(z) * (1 + z * sigmoid(-z)));
  }

  private static void slopes(String name, float[] x, float[] y, DoubleUnaryOperator exact) {
    for (int i = 0; i < x.length; i++) {
      double expected = exact.applyAsDouble(x[i]);
      assertThat(Math.abs(y[i] - expected) <= 5e-7)
          .as("%s of %s: %s, expected %s", name, x[i], y[i], expected)
          .isTrue();
    }
  }

  @Test
  void functionsAtTheEnds() {
    float[] x = new float[32];
    x[0] = Float.NaN;
    x[1] = Float.POSITIVE_INFINITY;
    x[2] = Float.NEGATIVE_INFINITY;
    x[3] = -0f;
    x[4] = Float.MIN_VALUE * 2;
    x[5] = -Float.MAX_VALUE;
    for (ElementKernel kernel : new ElementKernel[] {fast, plain}) {
      float[][] all = {new float[32], new float[32], new float[32]};
      kernel.gelu(x, 0, all[0], 0, 32);
      kernel.geluTanh(x, 0, all[1], 0, 32);
      kernel.silu(x, 0, all[2], 0, 32);
      for (float[] y : all) {
        assertThat(y[0]).isNaN();
        assertThat(y[1]).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(y[2]).isNaN();
        assertThat(y[3]).isEqualTo(-0f);
        assertThat(y[4]).isEqualTo(Float.MIN_VALUE);
        assertThat(y[5]).isZero();
        assertThat(y[6]).isZero();
      }
      kernel.relu(x, 0, all[0], 0, 32);
      assertThat(all[0][0]).isNaN();
      assertThat(all[0][5]).isZero();
    }
  }
}
