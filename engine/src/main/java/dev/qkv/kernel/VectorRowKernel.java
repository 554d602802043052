package dev.qkv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The fast version. The last vector of a row ends where the row ends, as in {@link
 * VectorElementKernel}: it is read before anything is written, and in sums the lanes that the
 * vector before has are 0. Sums over lanes are made in one order, lane by lane: {@code reduceLanes}
 * adds in another before the compiler has come. Rows shorter than a vector go to the plain version.
 */
public final class VectorRowKernel implements RowKernel {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final int L = F.length();

  /** Exchanges neighbours. */
  private static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(F, i -> i ^ 1);

  // Rotations, so that every lane gets a partner.
  private static final VectorShuffle<Float> BY_8 = VectorShuffle.fromOp(F, i -> (i + 8) % L);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(F, i -> (i + 4) % L);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(F, i -> (i + 2) % L);

  private final RowKernel plain = new ScalarRowKernel();

  /** The lanes of a row's last vector that no other vector has. */
  private static VectorMask<Float> fresh(int c) {
    int old = (L - c % L) % L;
    return FloatVector.zero(F).addIndex(1).compare(VectorOperators.GE, old);
  }

  /**
   * The sum over lanes, in one order. Small: a helper that was compiled by itself into much code is
   * not inlined any more, and then its vector is an object.
   */
  private static float total(FloatVector v) {
    FloatVector sums = v;
    if (L > 8) {
      sums = sums.add(sums.rearrange(BY_8));
    }
    if (L > 4) {
      sums = sums.add(sums.rearrange(BY_4));
    }
    sums = sums.add(sums.rearrange(BY_2));
    return sums.lane(0) + sums.lane(1);
  }

  /**
   * The mean of what lies beyond the first number, which is exactly 0 in a constant row; then what
   * lies beyond the mean, whose own mean corrects the rounded one.
   */
  @Override
  public void layerNorm(
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] shift,
      int shiftAt,
      float[] y,
      int yAt,
      int c,
      float epsilon,
      double[] statistics,
      int at) {
    if (c < L) {
      plain.layerNorm(x, xAt, gain, gainAt, shift, shiftAt, y, yAt, c, epsilon, statistics, at);
      return;
    }
    int end = c - L;
    float first = x[xAt];
    // No vector lives across a loop that it has no part in: C2 makes objects of some of those.
    FloatVector ends = FloatVector.fromArray(F, x, xAt + end).sub(first);
    FloatVector sum = FloatVector.zero(F).blend(ends, fresh(c));
    FloatVector more = FloatVector.zero(F);
    int j = 0;
    for (; j < end - L; j += 2 * L) {
      sum = sum.add(FloatVector.fromArray(F, x, xAt + j).sub(first));
      more = more.add(FloatVector.fromArray(F, x, xAt + j + L).sub(first));
    }
    for (; j < end; j += L) {
      sum = sum.add(FloatVector.fromArray(F, x, xAt + j).sub(first));
    }
    float mean = first + total(sum.add(more)) / c;
    ends = FloatVector.fromArray(F, x, xAt + end).sub(mean);
    sum = FloatVector.zero(F).blend(ends, fresh(c));
    FloatVector squares = sum.mul(sum);
    for (j = 0; j < end; j += L) {
      FloatVector d = FloatVector.fromArray(F, x, xAt + j).sub(mean);
      sum = sum.add(d);
      squares = d.fma(d, squares);
    }
    double correction = (double) total(sum) / c;
    double variance = Math.max(0, (double) total(squares) / c - correction * correction);
    double inverse = 1 / Math.sqrt(variance + epsilon);
    statistics[at] = mean + correction;
    statistics[at + 1] = inverse;
    float factor = (float) inverse;
    float offset = (float) (-correction * inverse);
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    for (j = 0; j < c; j += L) {
      int t = Math.min(j, end);
      FloatVector of = j > end ? last : FloatVector.fromArray(F, x, xAt + t);
      of.sub(mean)
          .fma(FloatVector.broadcast(F, factor), FloatVector.broadcast(F, offset))
          .fma(
              FloatVector.fromArray(F, gain, gainAt + t),
              FloatVector.fromArray(F, shift, shiftAt + t))
          .intoArray(y, yAt + t);
    }
  }

  /** n = (x − μ)·r, where the rounded mean is off by −offset/r. */
  private static FloatVector normalised(FloatVector x, float mean, float factor, float offset) {
    return x.sub(mean).fma(FloatVector.broadcast(F, factor), FloatVector.broadcast(F, offset));
  }

  @Override
  public void layerNormBackward(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] dx,
      int dxAt,
      float[] sums,
      int sumsAt,
      int c,
      double mean,
      double inverse) {
    if (c < L) {
      plain.layerNormBackward(
          dy, dyAt, x, xAt, gain, gainAt, dx, dxAt, sums, sumsAt, c, mean, inverse);
      return;
    }
    int end = c - L;
    float rounded = (float) mean;
    float factor = (float) inverse;
    float offset = (float) ((rounded - mean) * inverse);
    VectorMask<Float> fresh = fresh(c);
    FloatVector zero = FloatVector.zero(F);
    FloatVector endDy = zero.blend(FloatVector.fromArray(F, dy, dyAt + end), fresh);
    FloatVector endN = normalised(FloatVector.fromArray(F, x, xAt + end), rounded, factor, offset);
    endN = zero.blend(endN, fresh);
    FloatVector sum = FloatVector.fromArray(F, gain, gainAt + end).mul(endDy);
    FloatVector dot = sum.mul(endN);
    endN.fma(endDy, FloatVector.fromArray(F, sums, sumsAt + end)).intoArray(sums, sumsAt + end);
    FloatVector.fromArray(F, sums, sumsAt + c + end).add(endDy).intoArray(sums, sumsAt + c + end);
    for (int j = 0; j < end; j += L) {
      FloatVector d = FloatVector.fromArray(F, dy, dyAt + j);
      FloatVector of = normalised(FloatVector.fromArray(F, x, xAt + j), rounded, factor, offset);
      FloatVector g = FloatVector.fromArray(F, gain, gainAt + j).mul(d);
      sum = sum.add(g);
      dot = g.fma(of, dot);
      of.fma(d, FloatVector.fromArray(F, sums, sumsAt + j)).intoArray(sums, sumsAt + j);
      FloatVector.fromArray(F, sums, sumsAt + c + j).add(d).intoArray(sums, sumsAt + c + j);
    }
    float mid = total(sum) / c;
    float slope = -total(dot) / c;
    FloatVector lastDy = FloatVector.fromArray(F, dy, dyAt + end);
    FloatVector lastX = FloatVector.fromArray(F, x, xAt + end);
    for (int j = 0; j < c; j += L) {
      int t = Math.min(j, end);
      FloatVector d = j > end ? lastDy : FloatVector.fromArray(F, dy, dyAt + t);
      FloatVector of = j > end ? lastX : FloatVector.fromArray(F, x, xAt + t);
      normalised(of, rounded, factor, offset)
          .fma(
              FloatVector.broadcast(F, slope),
              FloatVector.fromArray(F, gain, gainAt + t).mul(d).sub(mid))
          .mul(factor)
          .intoArray(dx, dxAt + t);
    }
  }

  @Override
  public float rmsNorm(
      float[] x, int xAt, float[] gain, int gainAt, float[] y, int yAt, int c, float epsilon) {
    if (c < L) {
      return plain.rmsNorm(x, xAt, gain, gainAt, y, yAt, c, epsilon);
    }
    int end = c - L;
    FloatVector ends = FloatVector.zero(F).blend(FloatVector.fromArray(F, x, xAt + end), fresh(c));
    FloatVector squares = ends.mul(ends);
    FloatVector more = FloatVector.zero(F);
    int j = 0;
    for (; j < end - L; j += 2 * L) {
      FloatVector a = FloatVector.fromArray(F, x, xAt + j);
      FloatVector b = FloatVector.fromArray(F, x, xAt + j + L);
      squares = a.fma(a, squares);
      more = b.fma(b, more);
    }
    for (; j < end; j += L) {
      FloatVector a = FloatVector.fromArray(F, x, xAt + j);
      squares = a.fma(a, squares);
    }
    float inverse = (float) (1 / Math.sqrt((double) total(squares.add(more)) / c + epsilon));
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    for (j = 0; j < c; j += L) {
      int t = Math.min(j, end);
      FloatVector of = j > end ? last : FloatVector.fromArray(F, x, xAt + t);
      of.mul(inverse).mul(FloatVector.fromArray(F, gain, gainAt + t)).intoArray(y, yAt + t);
    }
    return inverse;
  }

  @Override
  public void rmsNormBackward(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] dx,
      int dxAt,
      float[] sums,
      int sumsAt,
      int c,
      float inverse) {
    if (c < L) {
      plain.rmsNormBackward(dy, dyAt, x, xAt, gain, gainAt, dx, dxAt, sums, sumsAt, c, inverse);
      return;
    }
    int end = c - L;
    VectorMask<Float> fresh = fresh(c);
    FloatVector zero = FloatVector.zero(F);
    FloatVector endDy = zero.blend(FloatVector.fromArray(F, dy, dyAt + end), fresh);
    FloatVector endN = zero.blend(FloatVector.fromArray(F, x, xAt + end).mul(inverse), fresh);
    FloatVector dot = FloatVector.fromArray(F, gain, gainAt + end).mul(endDy).mul(endN);
    endN.fma(endDy, FloatVector.fromArray(F, sums, sumsAt + end)).intoArray(sums, sumsAt + end);
    for (int j = 0; j < end; j += L) {
      FloatVector d = FloatVector.fromArray(F, dy, dyAt + j);
      FloatVector of = FloatVector.fromArray(F, x, xAt + j).mul(inverse);
      FloatVector g = FloatVector.fromArray(F, gain, gainAt + j).mul(d);
      dot = g.fma(of, dot);
      of.fma(d, FloatVector.fromArray(F, sums, sumsAt + j)).intoArray(sums, sumsAt + j);
    }
    float slope = -total(dot) / c;
    FloatVector lastDy = FloatVector.fromArray(F, dy, dyAt + end);
    FloatVector lastX = FloatVector.fromArray(F, x, xAt + end);
    for (int j = 0; j < c; j += L) {
      int t = Math.min(j, end);
      FloatVector d = j > end ? lastDy : FloatVector.fromArray(F, dy, dyAt + t);
      FloatVector of = j > end ? lastX : FloatVector.fromArray(F, x, xAt + t);
      of.mul(inverse)
          .fma(FloatVector.broadcast(F, slope), FloatVector.fromArray(F, gain, gainAt + t).mul(d))
          .mul(inverse)
          .intoArray(dx, dxAt + t);
    }
  }

  @Override
  public double softmax(float[] x, int xAt, float[] y, int yAt, int c) {
    if (c < L) {
      return plain.softmax(x, xAt, y, yAt, c);
    }
    int end = c - L;
    VectorMask<Float> fresh = fresh(c);
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    FloatVector max = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
    max = max.blend(last, last.compare(VectorOperators.GT, max));
    for (int j = 0; j < end; j += L) {
      FloatVector of = FloatVector.fromArray(F, x, xAt + j);
      max = max.blend(of, of.compare(VectorOperators.GT, max));
    }
    // The order does not matter to a maximum, and no lane is NaN.
    float largest = max.reduceLanes(VectorOperators.MAX);
    float shift = largest == Float.NEGATIVE_INFINITY ? 0 : largest;
    FloatVector sum = FloatVector.zero(F);
    for (int j = 0; j < c; j += L) {
      int at = Math.min(j, end);
      FloatVector of = j > end ? last : FloatVector.fromArray(F, x, xAt + at);
      FloatVector p = VectorFunctions.exp(of.sub(shift));
      p.intoArray(y, yAt + at);
      sum = sum.add(j > end ? FloatVector.zero(F).blend(p, fresh) : p);
    }
    float total = total(sum);
    float inverse = total == 0 ? 0 : 1 / total;
    last = FloatVector.fromArray(F, y, yAt + end).mul(inverse);
    for (int j = 0; j < end; j += L) {
      FloatVector.fromArray(F, y, yAt + j).mul(inverse).intoArray(y, yAt + j);
    }
    last.intoArray(y, yAt + end);
    return shift + Math.log(total);
  }

  @Override
  public void softmaxBackward(
      float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int c) {
    if (c < L) {
      plain.softmaxBackward(y, yAt, dy, dyAt, dx, dxAt, c);
      return;
    }
    int end = c - L;
    FloatVector lastY = FloatVector.fromArray(F, y, yAt + end);
    FloatVector lastDy = FloatVector.fromArray(F, dy, dyAt + end);
    FloatVector dot = FloatVector.zero(F).blend(lastY.mul(lastDy), fresh(c));
    for (int j = 0; j < end; j += L) {
      dot = FloatVector.fromArray(F, y, yAt + j).fma(FloatVector.fromArray(F, dy, dyAt + j), dot);
    }
    float total = total(dot);
    for (int j = 0; j < end; j += L) {
      FloatVector.fromArray(F, dy, dyAt + j)
          .sub(total)
          .mul(FloatVector.fromArray(F, y, yAt + j))
          .intoArray(dx, dxAt + j);
    }
    lastDy.sub(total).mul(lastY).intoArray(dx, dxAt + end);
  }

  @Override
  public void rotate(
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int rows,
      int c,
      boolean neighbours,
      float[] cos,
      float[] sin,
      int at,
      float direction) {
    if (c < 2 * L) {
      plain.rotate(x, xAt, y, yAt, rows, c, neighbours, cos, sin, at, direction);
    } else if (neighbours) {
      rotateNeighbours(x, xAt, y, yAt, rows, c, cos, sin, at, direction);
    } else {
      rotateHalves(x, xAt, y, yAt, rows, c / 2, cos, sin, at, direction);
    }
  }

  private static void rotateNeighbours(
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int rows,
      int c,
      float[] cos,
      float[] sin,
      int at,
      float direction) {
    int end = c - L;
    for (int row = 0; row < rows; row++) {
      int from = xAt + row * c;
      int to = yAt + row * c;
      FloatVector last = FloatVector.fromArray(F, x, from + end);
      for (int i = 0; i < c; i += L) {
        int t = Math.min(i, end);
        FloatVector of = i > end ? last : FloatVector.fromArray(F, x, from + t);
        FloatVector turned =
            of.rearrange(SWAP).mul(FloatVector.fromArray(F, sin, at + t)).mul(direction);
        of.fma(FloatVector.fromArray(F, cos, at + t), turned).intoArray(y, to + t);
      }
    }
  }

  private static void rotateHalves(
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int rows,
      int half,
      float[] cos,
      float[] sin,
      int at,
      float direction) {
    int end = half - L;
    for (int row = 0; row < rows; row++) {
      int from = xAt + row * 2 * half;
      int to = yAt + row * 2 * half;
      FloatVector lastA = FloatVector.fromArray(F, x, from + end);
      FloatVector lastB = FloatVector.fromArray(F, x, from + half + end);
      for (int i = 0; i < half; i += L) {
        int t = Math.min(i, end);
        FloatVector a = i > end ? lastA : FloatVector.fromArray(F, x, from + t);
        FloatVector b = i > end ? lastB : FloatVector.fromArray(F, x, from + half + t);
        FloatVector turnedA = b.mul(FloatVector.fromArray(F, sin, at + t)).mul(direction);
        FloatVector turnedB = a.mul(FloatVector.fromArray(F, sin, at + half + t)).mul(direction);
        a.fma(FloatVector.fromArray(F, cos, at + t), turnedA).intoArray(y, to + t);
        b.fma(FloatVector.fromArray(F, cos, at + half + t), turnedB).intoArray(y, to + half + t);
      }
    }
  }
}
