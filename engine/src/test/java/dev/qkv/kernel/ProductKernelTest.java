package dev.qkv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The chosen kernel for products against sums in float64, at every number of rows. */
class ProductKernelTest {
  private static final int AT = 3;
  private static final int GAP = 5;

  private final Random random = new Random(11);

  private float[] gaussian(int n) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @Test
  void everyNumberOfRows() {
    ProductKernel kernel = Kernels.products();
    for (int columns : new int[] {kernel.columns(), kernel.fewColumns()}) {
      for (int m = 0; m <= 25; m++) {
        for (int depth : new int[] {1, 2, 7, 64}) {
          same(kernel, m, depth, columns, 0, false);
          same(kernel, m, depth, columns, columns + 1, false);
          same(kernel, m, depth, columns, columns + GAP, true);
        }
      }
    }
  }

  private void same(
      ProductKernel kernel, int m, int depth, int columns, int dStride, boolean itself) {
    int aStride = depth + 2;
    int cStride = columns + GAP;
    float[] a = gaussian(AT + m * aStride);
    float[] b = gaussian(AT + depth * columns);
    float[] start = gaussian(AT + m * cStride);
    float[] c = start.clone();
    float[] d = itself ? c : gaussian(AT + m * dStride + columns);
    float[] before = d.clone();
    kernel.product(a, AT, aStride, m, depth, b, AT, columns, d, AT, dStride, c, AT, cStride);
    for (int x = 0; x < c.length; x++) {
      int row = (x - AT) / cStride;
      int column = (x - AT) % cStride;
      if (x < AT || column >= columns) {
        assertThat(c[x]).isEqualTo(start[x]);
        continue;
      }
      double sum = 0;
      for (int t = 0; t < depth; t++) {
        sum += (double) a[AT + row * aStride + t] * b[AT + t * columns + column];
      }
      sum += before[AT + row * dStride + column];
      assertThat(Math.abs(c[x] - sum) <= 2e-5)
          .as("%d rows, depth %d, place %d: %s, expected %s", m, depth, x, c[x], sum)
          .isTrue();
    }
  }
}
