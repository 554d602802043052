package dev.qkv.kernel;

import java.util.Arrays;

/** The plain version, for any number of lanes. Kept dull, so that it is obviously right. */
public final class ScalarEditKernel implements EditKernel {
  private final int lanes;

  /**
   * A kernel for tiles of a width.
   *
   * @param lanes of a tile
   */
  ScalarEditKernel(int lanes) {
    this.lanes = lanes;
  }

  @Override
  public void addDistances(float[] s, int n, float slope, long first) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < lanes; i++) {
        s[j * lanes + i] += slope * (first + j - i);
      }
    }
  }

  @Override
  public void load(
      float[] b, int n, float[] bias, int at, int queryStride, int keyStride, int queries) {
    for (int i = 0; i < lanes; i++) {
      int row = at + Math.min(i, queries - 1) * queryStride;
      for (int j = 0; j < n; j++) {
        b[j * lanes + i] = bias[row + j * keyStride];
      }
    }
  }

  @Override
  public void add(float[] s, int n, float[] b) {
    for (int x = 0; x < n * lanes; x++) {
      s[x] += b[x];
    }
  }

  @Override
  public void keep(
      int[] kept, int n, int firstKey, int[] low, int[] high, int laneOffset, int queries) {
    Arrays.fill(kept, 0, (n + WORD - 1) / WORD * lanes, 0);
    for (int i = 0; i < queries; i++) {
      int to = Math.min(high[laneOffset + i] - firstKey, n);
      for (int j = Math.max(low[laneOffset + i] - firstKey, 0); j < to; j++) {
        kept[j / WORD * lanes + i] |= 1 << j;
      }
    }
  }

  @Override
  public void keep(
      int[] kept, int n, boolean[] mask, int at, int queryStride, int keyStride, int queries) {
    for (int i = 0; i < queries; i++) {
      for (int j = 0; j < n; j++) {
        if (!mask[at + i * queryStride + j * keyStride]) {
          kept[j / WORD * lanes + i] &= ~(1 << j);
        }
      }
    }
  }

  @Override
  public void keep(int[] kept, int n, float[] b) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < lanes; i++) {
        if (b[j * lanes + i] == Float.NEGATIVE_INFINITY) {
          kept[j / WORD * lanes + i] &= ~(1 << j);
        }
      }
    }
  }

  @Override
  public void hide(float[] s, int n, int[] kept) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < lanes; i++) {
        if ((kept[j / WORD * lanes + i] & (1 << j)) == 0) {
          s[j * lanes + i] = Float.NEGATIVE_INFINITY;
        }
      }
    }
  }
}
