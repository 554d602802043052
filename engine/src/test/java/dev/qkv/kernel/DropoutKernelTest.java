package dev.qkv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.attention.Dropout;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both kernels against {@link Dropout#drops}, bit by bit. */
class DropoutKernelTest {
  private static final int KEYS = 4;

  private final int w = Kernels.chosen().lanes();
  private final DropoutKernel[] kernels = {Kernels.dropout(), new ScalarDropoutKernel(w)};
  private final Random random = new Random(12);

  private float[] gaussian(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(50) == 0 ? Float.NaN : (float) random.nextGaussian();
    }
    return values;
  }

  /** NaN too. */
  private static void same(float got, float expected) {
    assertThat(Float.floatToIntBits(got)).isEqualTo(Float.floatToIntBits(expected));
  }

  @Test
  void tiles() {
    long[] seeds = {0, 5, -1, 0x8000_0000L, random.nextLong()};
    for (DropoutKernel kernel : kernels) {
      for (long seed : seeds) {
        for (float probability : new float[] {0, 1e-9f, 0.3f, 0.5f, 0.99999994f}) {
          tile(kernel, new Dropout(probability, seed), 0, 0, 0, 0);
          tile(kernel, new Dropout(probability, seed), 3, 17, 1021, 4093);
        }
      }
      Dropout half = new Dropout(0.5f, 9);
      tile(kernel, half, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - w, 7);
      tile(kernel, half, 1, 1, 1, Integer.MAX_VALUE / KEYS - 9);
    }
  }

  private void tile(
      DropoutKernel kernel, Dropout dropout, int batch, int head, int query, int quad) {
    int quads = 9;
    int skipped = 3;
    int n = quads * KEYS - skipped;
    int[] words = new int[quads * KEYS * w];
    kernel.draw(words, dropout.seed(), batch, head, query, quad, quads);
    float[] p = gaussian(n * w);
    float[] before = p.clone();
    int bound = Philox.bound(dropout.probability());
    kernel.drop(p, words, skipped * w, n * w, bound, dropout.rescale());
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < w; i++) {
        boolean drops = dropout.drops(batch, head, query + i, quad * KEYS + skipped + j);
        same(p[j * w + i], drops ? 0 : before[j * w + i] * dropout.rescale());
      }
    }
  }

  @Test
  void adjacentNumbers() {
    for (DropoutKernel kernel : kernels) {
      for (int n : new int[] {0, 1, 2, 5, 31, 32, 33, 63, 64, 71, 130, 1009}) {
        for (int first : new int[] {0, 1, 2, 3, 4, 1021, Integer.MAX_VALUE - 1009}) {
          adjacent(kernel, new Dropout(0.4f, random.nextLong()), first, n);
        }
      }
    }
  }

  private void adjacent(DropoutKernel kernel, Dropout dropout, int first, int n) {
    float[] x = gaussian(n + 5);
    float[] y = gaussian(n + 4);
    float[] before = y.clone();
    int bound = Philox.bound(dropout.probability());
    kernel.dropAdjacent(x, 3, y, 2, first, n, dropout.seed(), bound, dropout.rescale());
    for (int i = 0; i < y.length; i++) {
      float expected = before[i];
      if (i >= 2 && i < n + 2) {
        boolean drops = dropout.drops(0, 0, 0, first + i - 2);
        expected = drops ? 0 : x[i + 1] * dropout.rescale();
      }
      same(y[i], expected);
    }
    float[] inPlace = x.clone();
    kernel.dropAdjacent(inPlace, 3, inPlace, 3, first, n, dropout.seed(), bound, dropout.rescale());
    for (int i = 0; i < n; i++) {
      same(inPlace[i + 3], y[i + 2]);
    }
  }
}
