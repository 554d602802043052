package dev.qkv.kernel;

import static dev.qkv.kernel.VectorFunctions.E1;
import static dev.qkv.kernel.VectorFunctions.E2;
import static dev.qkv.kernel.VectorFunctions.E3;
import static dev.qkv.kernel.VectorFunctions.E4;
import static dev.qkv.kernel.VectorFunctions.E5;
import static dev.qkv.kernel.VectorFunctions.LN_2;
import static dev.qkv.kernel.VectorFunctions.LOG2_E;
import static dev.qkv.kernel.VectorFunctions.LOWEST;
import static dev.qkv.kernel.VectorFunctions.ROUND;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The fast version: one query to a lane, two vectors wide, so that maximum and sum of softmax run
 * down the tile and no vector is ever summed across its lanes. The products are in {@link
 * RegisterTiles}.
 *
 * <p>{@code FloatVector.max} is not used: to order NaN and −0 it takes five instructions on x86,
 * where compare and blend take two. A NaN score survives without it, through the exponential.
 */
public final class VectorKernel implements Kernel {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final VectorSpecies<Integer> I = F.withLanes(int.class);
  private static final int L = F.length();
  private static final int W = 2 * L;

  @Override
  public int lanes() {
    return W;
  }

  @Override
  public String describe() {
    return "Vector API, " + F.vectorBitSize() + " bits";
  }

  @Override
  public void scores(
      float[] qt, int qtOffset, float[] k, int kOffset, int kStride, int n, int d, float[] s) {
    RegisterTiles.scores(qt, qtOffset, k, kOffset, kStride, n, d, s);
  }

  @Override
  public void softcap(float[] s, int n, float cap) {
    float inverse = inverse(cap);
    for (int x = 0; x < n * W; x += L) {
      FloatVector t = FloatVector.fromArray(F, s, x).mul(inverse);
      VectorFunctions.tanh(t).mul(cap).intoArray(s, x);
    }
  }

  /** 1/cap, by which to multiply is faster than to divide; finite, so that 0 stays 0. */
  private static float inverse(float cap) {
    return Math.min(1 / cap, Float.MAX_VALUE);
  }

  @Override
  public void mask(float[] s, int n, int firstKey, int[] low, int[] high, int laneOffset) {
    for (int half = 0; half < W; half += L) {
      IntVector lows = IntVector.fromArray(I, low, laneOffset + half);
      IntVector highs = IntVector.fromArray(I, high, laneOffset + half);
      for (int j = 0; j < n; j++) {
        IntVector key = IntVector.broadcast(I, firstKey + j);
        VectorMask<Integer> hidden =
            key.compare(VectorOperators.LT, lows).or(key.compare(VectorOperators.GE, highs));
        FloatVector.fromArray(F, s, j * W + half)
            .blend(Float.NEGATIVE_INFINITY, hidden.cast(F))
            .intoArray(s, j * W + half);
      }
    }
  }

  /**
   * The exponential is written out, twice, and so is the whole step: a method of more than 325
   * bytecodes is never inlined. Inlined into the tile loop, C2 lost registers and a third of the
   * speed, in some runs and not in others.
   */
  @Override
  public void softmax(float[] s, int n, float[] m, float[] l, float[] c, int laneOffset) {
    FloatVector max0 = FloatVector.fromArray(F, m, laneOffset);
    FloatVector max1 = FloatVector.fromArray(F, m, laneOffset + L);
    // The old maximum is one more row, whose exponential is the correction.
    max0.intoArray(s, n * W);
    max1.intoArray(s, n * W + L);
    for (int j = 0; j < n; j++) {
      FloatVector x = FloatVector.fromArray(F, s, j * W);
      FloatVector y = FloatVector.fromArray(F, s, j * W + L);
      max0 = max0.blend(x, x.compare(VectorOperators.GT, max0));
      max1 = max1.blend(y, y.compare(VectorOperators.GT, max1));
    }
    max0.intoArray(m, laneOffset);
    max1.intoArray(m, laneOffset + L);
    // Where nothing was seen yet, −∞ − −∞ would be NaN.
    max0 = max0.blend(0, max0.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY));
    max1 = max1.blend(0, max1.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY));
    FloatVector sum0 = FloatVector.zero(F);
    FloatVector sum1 = sum0;
    FloatVector p = sum0;
    FloatVector r = sum0;
    for (int j = 0; j <= n; j++) {
      sum0 = sum0.add(p);
      sum1 = sum1.add(r);
      FloatVector x = FloatVector.fromArray(F, s, j * W).sub(max0);
      FloatVector y = FloatVector.fromArray(F, s, j * W + L).sub(max1);
      x = x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
      y = y.blend(LOWEST, y.compare(VectorOperators.LT, LOWEST));
      FloatVector a = x.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND));
      FloatVector b = y.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND));
      x = a.sub(ROUND).fma(FloatVector.broadcast(F, -LN_2), x);
      y = b.sub(ROUND).fma(FloatVector.broadcast(F, -LN_2), y);
      p = x.fma(FloatVector.broadcast(F, E5), FloatVector.broadcast(F, E4));
      r = y.fma(FloatVector.broadcast(F, E5), FloatVector.broadcast(F, E4));
      p = p.fma(x, FloatVector.broadcast(F, E3));
      r = r.fma(y, FloatVector.broadcast(F, E3));
      p = p.fma(x, FloatVector.broadcast(F, E2));
      r = r.fma(y, FloatVector.broadcast(F, E2));
      p = p.fma(x, FloatVector.broadcast(F, E1));
      r = r.fma(y, FloatVector.broadcast(F, E1));
      p = p.fma(x, FloatVector.broadcast(F, 1));
      r = r.fma(y, FloatVector.broadcast(F, 1));
      p = p.mul(a.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      r = r.mul(b.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      p.intoArray(s, j * W);
      r.intoArray(s, j * W + L);
    }
    p.intoArray(c, laneOffset);
    r.intoArray(c, laneOffset + L);
    FloatVector.fromArray(F, l, laneOffset).fma(p, sum0).intoArray(l, laneOffset);
    FloatVector.fromArray(F, l, laneOffset + L).fma(r, sum1).intoArray(l, laneOffset + L);
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
    RegisterTiles.values(p, n, v, vOffset, vStride, dv, c, laneOffset, ot, otOffset);
  }

  @Override
  public void weights(float[] s, int n, float[] logSumExp, int laneOffset) {
    for (int half = 0; half < W; half += L) {
      FloatVector shift = FloatVector.fromArray(F, logSumExp, laneOffset + half);
      for (int j = 0; j < n; j++) {
        int x = j * W + half;
        VectorFunctions.exp(FloatVector.fromArray(F, s, x).sub(shift)).intoArray(s, x);
      }
    }
  }

  @Override
  public void softmaxBackward(float[] p, float[] dp, int n, float[] delta, int laneOffset) {
    for (int half = 0; half < W; half += L) {
      FloatVector shift = FloatVector.fromArray(F, delta, laneOffset + half);
      for (int j = 0; j < n; j++) {
        int x = j * W + half;
        FloatVector.fromArray(F, dp, x)
            .sub(shift)
            .mul(FloatVector.fromArray(F, p, x))
            .intoArray(dp, x);
      }
    }
  }

  @Override
  public void softcapBackward(float[] ds, float[] capped, int n, float cap) {
    float inverse = inverse(cap);
    for (int x = 0; x < n * W; x += L) {
      FloatVector tanh = FloatVector.fromArray(F, capped, x).mul(inverse);
      FloatVector slope = tanh.neg().fma(tanh, FloatVector.broadcast(F, 1));
      FloatVector.fromArray(F, ds, x).mul(slope).intoArray(ds, x);
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
    ProductTiles.add(
        a, firstGroup, lastGroup, aOffset, aStride, n, m, b, bOffset, c, cOffset, cStride);
  }

  @Override
  public boolean isFinite(float[] a, int offset, int n) {
    // x − x is 0, or NaN where x is not finite.
    FloatVector zeros = FloatVector.zero(F);
    int whole = F.loopBound(n);
    for (int t = 0; t < whole; t += L) {
      FloatVector x = FloatVector.fromArray(F, a, offset + t);
      zeros = zeros.add(x.sub(x));
    }
    boolean finite = zeros.reduceLanes(VectorOperators.ADD) == 0;
    for (int t = whole; t < n; t++) {
      finite &= Float.isFinite(a[offset + t]);
    }
    return finite;
  }
}
