package dev.qkv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The chosen kernel against the scalar one, step by step, at sizes around the register tiles. */
class KernelTest {
  private static final int[] KEYS = {1, 2, 5, 6, 7, 11, 12, 13, 23, 24, 25, 31, 61};
  private static final int[] DIMS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 24, 29, 64};

  private final Kernel fast = Kernels.chosen();
  private final Kernel plain = new ScalarKernel();
  private final Random random = new Random(3);

  @Test
  void theKernelThatWasAskedForRuns() {
    String asked = System.getProperty(Kernels.PROPERTY, "");
    String runs = fast.describe();
    switch (asked) {
      case "scalar" -> assertThat(runs).isEqualTo("scalar");
      case "" -> assertThat(runs).startsWith("Vector API");
      default -> assertThat(runs).isEqualTo("Vector API, " + asked + " bits");
    }
  }

  /** A lane-by-lane picture: rows of one number per lane, the same for both kernels' lanes. */
  private float[] lanes(Kernel kernel, int rows, float[] column) {
    float[] tile = new float[rows * kernel.lanes()];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < kernel.lanes(); i++) {
        tile[r * kernel.lanes() + i] = column[r] * (1 + i % 4);
      }
    }
    return tile;
  }

  private float[] gaussian(int n, float size) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = size * (float) random.nextGaussian();
    }
    return values;
  }

  /** Runs a step on both kernels and compares the first four lanes of every row. */
  private void same(int rows, float[] start, BiConsumer<Kernel, float[]> step, double tolerance) {
    float[] a = lanes(fast, rows, start);
    float[] b = lanes(plain, rows, start);
    step.accept(fast, a);
    step.accept(plain, b);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < 4; i++) {
        float got = a[r * fast.lanes() + i];
        float expected = b[r * plain.lanes() + i];
        assertThat(
                got == expected || Math.abs(got - expected) <= tolerance * (1 + Math.abs(expected)))
            .as("row %d lane %d: %s, expected %s", r, i, got, expected)
            .isTrue();
      }
    }
  }

  @Test
  void scores() {
    for (int n : KEYS) {
      for (int d : DIMS) {
        float[] k = gaussian(n * (d + 3) + 2, 1);
        float[] q = gaussian(d, 1);
        same(
            n,
            new float[n],
            (kernel, s) -> kernel.scores(lanes(kernel, d, q), 0, k, 2, d + 3, n, d, s),
            1e-5);
      }
    }
  }

  @Test
  void values() {
    for (int n : KEYS) {
      for (int dv : DIMS) {
        float[] v = gaussian(n * (dv + 3) + 2, 1);
        float[] p = gaussian(n, 1);
        same(
            dv,
            gaussian(dv, 1),
            (kernel, o) ->
                kernel.values(
                    lanes(kernel, n, p),
                    n,
                    v,
                    2,
                    dv + 3,
                    dv,
                    lanes(kernel, 1, new float[] {0.25f}),
                    0,
                    o,
                    0),
            2e-5);
      }
    }
  }

  @Test
  void softcap() {
    for (float size : new float[] {0.01f, 0.5f, 3, 100}) {
      same(40, gaussian(40, size), (kernel, s) -> kernel.softcap(s, 40, 1.5f), 3e-7);
    }
    float[] odd = {0, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f};
    float[] tile = lanes(fast, odd.length, odd);
    fast.softcap(tile, odd.length, 2);
    assertThat(tile[2 * fast.lanes()]).isNaN();
    assertThat(tile[3 * fast.lanes()]).isEqualTo(2);
    assertThat(tile[4 * fast.lanes()]).isEqualTo(-2);
    assertThat(tile[5 * fast.lanes()]).isEqualTo(2);
  }

  @Test
  void mask() {
    int[] low = new int[64];
    int[] high = new int[64];
    for (int i = 0; i < 64; i++) {
      low[i] = i % 4;
      high[i] = 3 + 5 * (i % 4);
    }
    same(20, gaussian(20, 1), (kernel, s) -> kernel.mask(s, 20, 0, low, high, 0), 0);
  }

  @Test
  void softmax() {
    for (int n : KEYS) {
      for (float size : new float[] {1, 30, 1000}) {
        for (float before : new float[] {Float.NEGATIVE_INFINITY, 0.5f}) {
          float[] start = gaussian(n, size);
          start[n / 2] = random.nextBoolean() ? Float.NEGATIVE_INFINITY : start[n / 2];
          for (int part = 0; part < 4; part++) {
            int which = part;
            same(
                which == 0 ? n : 1,
                which == 0 ? start : new float[1],
                (kernel, result) -> softmaxPart(kernel, n, start, before, which, result),
                3e-7);
          }
        }
      }
    }
  }

  /** P, m, ℓ or c after a step. */
  private void softmaxPart(
      Kernel kernel, int n, float[] start, float before, int part, float[] result) {
    float[] s = Arrays.copyOf(lanes(kernel, n, start), (n + 1) * kernel.lanes());
    float[] m = new float[kernel.lanes()];
    Arrays.fill(m, before);
    float[] l = new float[kernel.lanes()];
    Arrays.fill(l, before == Float.NEGATIVE_INFINITY ? 0 : 2);
    float[] c = new float[kernel.lanes()];
    kernel.softmax(s, n, m, l, c, 0);
    float[] wanted = part == 0 ? s : part == 1 ? m : part == 2 ? l : c;
    System.arraycopy(wanted, 0, result, 0, result.length);
  }

  @Test
  void weights() {
    for (float size : new float[] {1, 30, 1000}) {
      float[] start = gaussian(40, size);
      start[7] = Float.NEGATIVE_INFINITY;
      float largest = Float.NEGATIVE_INFINITY;
      for (float score : start) {
        largest = Math.max(largest, 4 * score);
      }
      float[] sums = new float[64];
      Arrays.fill(sums, largest);
      sums[3] = Float.POSITIVE_INFINITY;
      same(40, start, (kernel, s) -> kernel.weights(s, 40, sums, 0), 3e-7);
    }
  }

  @Test
  void softmaxBackward() {
    float[] p = gaussian(40, 1);
    float[] delta = gaussian(64, 1);
    same(
        40,
        gaussian(40, 1),
        (kernel, dp) -> kernel.softmaxBackward(lanes(kernel, 40, p), dp, 40, delta, 0),
        1e-6);
  }

  @Test
  void softcapBackward() {
    float[] capped = gaussian(40, 0.3f);
    same(
        40,
        gaussian(40, 1),
        (kernel, ds) -> kernel.softcapBackward(ds, lanes(kernel, 40, capped), 40, 3),
        1e-6);
  }

  @Test
  void addProduct() {
    for (int n : KEYS) {
      for (int m : new int[] {1, 3, 8, 17}) {
        addProduct(n, m, fast);
        addProduct(n, m, plain);
      }
    }
  }

  /** Every column against a sum in float64. */
  private void addProduct(int n, int m, Kernel kernel) {
    int columns = kernel.lanes();
    float[][] a = {gaussian(n * (m + 2) + 3, 1), gaussian(n * (m + 2) + 3, 1)};
    float[] b = gaussian(2 * m * columns, 1);
    float[] start = gaussian(n * (columns + 1), 1);
    float[] c = start.clone();
    kernel.addProduct(a, 0, 2, 3, m + 2, n, m, b, 0, c, 0, columns + 1);
    for (int x = 0; x < c.length; x++) {
      int column = x % (columns + 1);
      double sum = start[x];
      for (int t = 0; column < columns && t < 2 * m; t++) {
        sum += (double) a[t / m][3 + x / (columns + 1) * (m + 2) + t % m] * b[t * columns + column];
      }
      assertThat(Math.abs(c[x] - sum) <= 2e-5).as("%d keys, place %d", n, x).isTrue();
    }
  }

  @Test
  void isFinite() {
    for (int n : DIMS) {
      float[] a = gaussian(n + 4, 1e30f);
      a[2] = Float.NaN;
      a[n + 3] = Float.POSITIVE_INFINITY;
      for (Kernel kernel : new Kernel[] {fast, plain}) {
        assertThat(kernel.isFinite(a, 3, n)).isTrue();
        assertThat(kernel.isFinite(a, 2, n)).isFalse();
        assertThat(kernel.isFinite(a, 4, n)).isFalse();
      }
    }
  }
}
