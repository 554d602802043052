package dev.qkv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both kernels against each score by itself, at odd sizes, offsets and strides. */
class EditKernelTest {
  private static final int[] KEYS = {1, 2, 3, 4, 5, 7, 15, 16, 17, 31, 32, 33, 47, 61, 64, 95, 96};
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private final int w = Kernels.chosen().lanes();
  private final EditKernel[] kernels = {Kernels.edits(), new ScalarEditKernel(w)};
  private final int[] queries = {1, 3, w - 1, w};
  private final Random random = new Random(11);

  /** What a lane and key of a tile should be. */
  @FunctionalInterface
  private interface Expected {
    float at(int lane, int key);
  }

  private float[] gaussian(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Random numbers, some of which are what is special. */
  private float[] special(int n) {
    float[] values = gaussian(n);
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (random.nextInt(8)) {
            case 0 -> -INFINITY;
            case 1 -> INFINITY;
            case 2 -> Float.NaN;
            default -> values[i];
          };
    }
    return values;
  }

  private void same(float[] tile, int lanes, int n, Expected expected) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < lanes; i++) {
        assertThat(Float.floatToIntBits(tile[j * w + i]))
            .as("n %d, key %d, lane %d", n, j, i)
            .isEqualTo(Float.floatToIntBits(expected.at(i, j)));
      }
    }
  }

  private boolean bit(int[] kept, int lane, int key) {
    return (kept[key / Integer.SIZE * w + lane] & (1 << (key % Integer.SIZE))) != 0;
  }

  private int[] allKept() {
    int[] kept = new int[3 * w];
    Arrays.fill(kept, -1);
    return kept;
  }

  @Test
  void distances() {
    long[] firsts = {0, -7, 12_345, (1 << 24) + 1, 1L << 31, -(1L << 32), Integer.MAX_VALUE - 20};
    for (EditKernel kernel : kernels) {
      for (int n : KEYS) {
        for (long first : firsts) {
          float[] s = gaussian(n * w);
          float[] before = s.clone();
          kernel.addDistances(s, n, 0.375f, first);
          same(s, w, n, (i, j) -> before[j * w + i] + 0.375f * (float) (first + j - i));
        }
      }
    }
  }

  @Test
  void biasOfEveryLayout() {
    for (EditKernel kernel : kernels) {
      for (int n : KEYS) {
        for (int count : queries) {
          int[][] strides = {{n, 1}, {n + 5, 1}, {0, 1}, {0, 3}, {1, w}, {1, w + 7}, {2, 3 * w}};
          for (int[] stride : strides) {
            load(kernel, n, count, stride[0], stride[1]);
          }
          load(kernel, n, count, 0, 0);
          load(kernel, n, count, 5, 0);
        }
      }
    }
  }

  /** The array ends where the last query's last key is: nothing beyond may be read. */
  private void load(EditKernel kernel, int n, int count, int queryStride, int keyStride) {
    int at = 3;
    float[] bias = special(at + (count - 1) * queryStride + (n - 1) * keyStride + 1);
    float[] b = new float[(n + EditKernel.WORD) * w];
    kernel.load(b, n, bias, at, queryStride, keyStride, count);
    same(b, w, n, (i, j) -> bias[at + Math.min(i, count - 1) * queryStride + j * keyStride]);
  }

  @Test
  void biasIsAddedAndHidesWhereItIsMinusInfinity() {
    for (EditKernel kernel : kernels) {
      for (int n : KEYS) {
        float[] b = special(n * w);
        float[] s = special(n * w);
        float[] before = s.clone();
        int[] kept = allKept();
        kept[0] = 0;
        kernel.keep(kept, n, b);
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < w; i++) {
            boolean taken = i == 0 && j < Integer.SIZE;
            assertThat(bit(kept, i, j)).isEqualTo(!taken && b[j * w + i] != -INFINITY);
          }
        }
        kernel.add(s, n, b);
        same(s, w, n, (i, j) -> before[j * w + i] + b[j * w + i]);
        kernel.hide(s, n, kept);
        same(s, w, n, (i, j) -> bit(kept, i, j) ? before[j * w + i] + b[j * w + i] : -INFINITY);
      }
    }
  }

  @Test
  void intervals() {
    int[] low = new int[3 * w];
    int[] high = new int[3 * w];
    for (EditKernel kernel : kernels) {
      for (int n : KEYS) {
        for (int count : queries) {
          for (int i = 0; i < low.length; i++) {
            low[i] = random.nextInt(3 * n);
            high[i] = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(3 * n);
          }
          int[] kept = allKept();
          kernel.keep(kept, n, n, low, high, w, count);
          for (int j = 0; j < (n + EditKernel.WORD - 1) / EditKernel.WORD * EditKernel.WORD; j++) {
            for (int i = 0; i < w; i++) {
              boolean inside = n + j >= low[w + i] && n + j < high[w + i];
              assertThat(bit(kept, i, j)).isEqualTo(i < count && j < n && inside);
            }
          }
        }
      }
    }
  }

  @Test
  void masksOfEveryLayout() {
    for (EditKernel kernel : kernels) {
      for (int n : KEYS) {
        for (int count : queries) {
          for (int[] stride :
              new int[][] {{n, 1}, {n + 5, 1}, {0, 1}, {1, w + 2}, {3, 0}, {0, 0}}) {
            mask(kernel, n, count, stride[0], stride[1]);
          }
        }
      }
    }
  }

  private void mask(EditKernel kernel, int n, int count, int queryStride, int keyStride) {
    int at = 2;
    boolean[] mask = new boolean[at + (count - 1) * queryStride + (n - 1) * keyStride + 1];
    for (int x = 0; x < mask.length; x++) {
      mask[x] = random.nextInt(3) != 0;
    }
    int[] kept = allKept();
    kept[0] = 0;
    kernel.keep(kept, n, mask, at, queryStride, keyStride, count);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < count; i++) {
        boolean taken = i == 0 && j < Integer.SIZE;
        boolean keeps = mask[at + i * queryStride + j * keyStride];
        assertThat(bit(kept, i, j)).isEqualTo(!taken && keeps);
      }
    }
  }
}
