package dev.qkv.kernel;

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

  // e^f on [−ln2/2, ln2/2], relative error 9.3e-8; the constant term is 1, so that e^0 is exact.
  private static final float E1 = 0.9999997f;
  private static final float E2 = 0.49999142f;
  private static final float E3 = 0.16667645f;
  private static final float E4 = 0.041898858f;
  private static final float E5 = 0.008290145f;
  private static final float LOG2_E = (float) (1 / Math.log(2));
  private static final float LN_2 = (float) Math.log(2);
  // Adding 1.5·2²³ rounds to a whole number, which then stands in the lowest bits; 127 is the
  // exponent's bias. At −127 the exponent is 0, so that e^x becomes an exact zero.
  private static final float ROUND = 0x1.8p23f + 127;
  private static final float LOWEST = -88.1f;

  // tanh x = x + x³·T(x²) below 0.625, relative error 4.4e-9.
  private static final float TANH_EDGE = 0.625f;
  private static final float T0 = -0.3333328f;
  private static final float T1 = 0.1333144f;
  private static final float T2 = -0.053739708f;
  private static final float T3 = 0.020639068f;
  private static final float T4 = -0.005704964f;

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
    for (int x = 0; x < n * W; x += L) {
      FloatVector t = FloatVector.fromArray(F, s, x).div(cap);
      tanh(t).mul(cap).intoArray(s, x);
    }
  }

  private static FloatVector tanh(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector series = FloatVector.broadcast(F, T4);
    series = series.fma(square, FloatVector.broadcast(F, T3));
    series = series.fma(square, FloatVector.broadcast(F, T2));
    series = series.fma(square, FloatVector.broadcast(F, T1));
    series = series.fma(square, FloatVector.broadcast(F, T0));
    FloatVector small = series.mul(square).fma(x, x);
    // tanh |x| = 1 − 2u / (1 + u) with u = e^(−2|x|), which cannot overflow.
    FloatVector magnitude = x.abs();
    FloatVector u = exp(magnitude.mul(-2));
    FloatVector large = FloatVector.broadcast(F, 1).sub(u.add(u).div(u.add(1)));
    large = large.blend(large.neg(), x.compare(VectorOperators.LT, 0));
    return large.blend(small, magnitude.compare(VectorOperators.LT, TANH_EDGE));
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

  /** e^x for x up to 88; zero below e^−88; NaN for NaN. */
  private static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
    FloatVector rounded =
        bounded.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND));
    FloatVector fraction = rounded.sub(ROUND).fma(FloatVector.broadcast(F, -LN_2), bounded);
    FloatVector p = FloatVector.broadcast(F, E5);
    p = p.fma(fraction, FloatVector.broadcast(F, E4));
    p = p.fma(fraction, FloatVector.broadcast(F, E3));
    p = p.fma(fraction, FloatVector.broadcast(F, E2));
    p = p.fma(fraction, FloatVector.broadcast(F, E1));
    p = p.fma(fraction, FloatVector.broadcast(F, 1));
    FloatVector power =
        rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    return p.mul(power);
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
        exp(FloatVector.fromArray(F, s, x).sub(shift)).intoArray(s, x);
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
    for (int x = 0; x < n * W; x += L) {
      FloatVector tanh = FloatVector.fromArray(F, capped, x).div(cap);
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
