package dev.qkv.kernel;

import java.util.Arrays;

/**
 * The plain version: float32, one loop to a formula, on every JVM. Kept dull, so that it is
 * obviously right.
 */
public final class ScalarKernel implements Kernel {
  private static final int W = 16;

  @Override
  public int lanes() {
    return W;
  }

  @Override
  public String describe() {
    return "scalar";
  }

  @Override
  public void scores(
      float[] qt, int qtOffset, float[] k, int kOffset, int kStride, int n, int d, float[] s) {
    Arrays.fill(s, 0, n * W, 0);
    for (int j = 0; j < n; j++) {
      for (int t = 0; t < d; t++) {
        for (int i = 0; i < W; i++) {
          s[j * W + i] += k[kOffset + j * kStride + t] * qt[qtOffset + t * W + i];
        }
      }
    }
  }

  @Override
  public void softcap(float[] s, int n, float cap) {
    for (int x = 0; x < n * W; x++) {
      s[x] = cap * (float) Math.tanh(s[x] / cap);
    }
  }

  @Override
  public void mask(float[] s, int n, int firstKey, int[] low, int[] high, int laneOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < W; i++) {
        int key = firstKey + j;
        if (key < low[laneOffset + i] || key >= high[laneOffset + i]) {
          s[j * W + i] = Float.NEGATIVE_INFINITY;
        }
      }
    }
  }

  @Override
  public void softmax(float[] s, int n, float[] m, float[] l, float[] c, int laneOffset) {
    for (int i = 0; i < W; i++) {
      float before = m[laneOffset + i];
      float max = before;
      for (int j = 0; j < n; j++) {
        max = s[j * W + i] > max ? s[j * W + i] : max;
      }
      float shift = max == Float.NEGATIVE_INFINITY ? 0 : max;
      float sum = 0;
      for (int j = 0; j < n; j++) {
        float p = exp(s[j * W + i] - shift);
        s[j * W + i] = p;
        sum += p;
      }
      float correction = exp(before - shift);
      c[laneOffset + i] = correction;
      l[laneOffset + i] = l[laneOffset + i] * correction + sum;
      m[laneOffset + i] = max;
    }
  }

  private static float exp(float x) {
    return (float) Math.exp(x);
  }

  @Override
  public void values(
      float[] p,
      int n,
      float[] v,
      int vOffset,
      int vStride,
      int dv,
      float[] c,
      int laneOffset,
      float[] ot,
      int otOffset) {
    for (int t = 0; t < dv; t++) {
      for (int i = 0; i < W; i++) {
        float sum = 0;
        for (int j = 0; j < n; j++) {
          sum += p[j * W + i] * v[vOffset + j * vStride + t];
        }
        ot[otOffset + t * W + i] = c[laneOffset + i] * ot[otOffset + t * W + i] + sum;
      }
    }
  }

  @Override
  public void weights(float[] s, int n, float[] logSumExp, int laneOffset) {
    for (int x = 0; x < n * W; x++) {
      s[x] = exp(s[x] - logSumExp[laneOffset + x % W]);
    }
  }

  @Override
  public void softmaxBackward(float[] p, float[] dp, int n, float[] delta, int laneOffset) {
    for (int x = 0; x < n * W; x++) {
      dp[x] = p[x] * (dp[x] - delta[laneOffset + x % W]);
    }
  }

  @Override
  public void softcapBackward(float[] ds, float[] capped, int n, float cap) {
    for (int x = 0; x < n * W; x++) {
      float tanh = capped[x] / cap;
      ds[x] *= 1 - tanh * tanh;
    }
  }

  @Override
  public void addProduct(
      float[][] a,
      int firstGroup,
      int lastGroup,
      int aOffset,
      int aStride,
      int n,
      int m,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < W; i++) {
        float sum = 0;
        for (int g = firstGroup; g < lastGroup; g++) {
          for (int t = 0; t < m; t++) {
            sum += a[g][aOffset + j * aStride + t] * b[bOffset + (g * m + t) * W + i];
          }
        }
        c[cOffset + j * cStride + i] += sum;
      }
    }
  }

  @Override
  public boolean isFinite(float[] a, int offset, int n) {
    boolean finite = true;
    for (int t = 0; t < n; t++) {
      finite &= Float.isFinite(a[offset + t]);
    }
    return finite;
  }
}
