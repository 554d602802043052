package dev.qkv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The fast version. The last vector of a result ends where the row ends, as in {@link
 * VectorElementKernel}; sums take the numbers after the last whole vector one by one. Sums over
 * lanes are made in one order, lane by lane: {@code reduceLanes} adds in another before the
 * compiler has come. Rows are at least a vector long, rotated rows two: {@link Kernels#rows} gives
 * the plain version for shorter ones. A branch to it in here would make the rest a rare case in the
 * compiler's eyes, which it then does not inline.
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

  /**
   * The sum over lanes, in one order. In steps of less than 35 bytes of code, which the compiler
   * inlines at any call; one that it does not inline would make its vector an object.
   */
  private static float total(FloatVector v) {
    return ofEight(L > 8 ? folded(v, BY_8) : v);
  }

  private static float ofEight(FloatVector v) {
    return ofTwo(folded(L > 4 ? folded(v, BY_4) : v, BY_2));
  }

  private static float ofTwo(FloatVector v) {
    return v.lane(0) + v.lane(1);
  }

  private static FloatVector folded(FloatVector v, VectorShuffle<Float> partner) {
    return v.add(v.rearrange(partner));
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
    int pairs = c / (2 * L) * (2 * L);
    float first = x[xAt];
    FloatVector sum = FloatVector.zero(F);
    FloatVector more = sum;
    int j = 0;
    for (; j < pairs; j += 2 * L) {
      sum = sum.add(FloatVector.fromArray(F, x, xAt + j).sub(first));
      more = more.add(FloatVector.fromArray(F, x, xAt + j + L).sub(first));
    }
    double beyond = total(sum.add(more));
    for (; j < c; j++) {
      beyond += x[xAt + j] - first;
    }
    float mean = (float) (first + beyond / c);
    int whole = F.loopBound(c);
    sum = FloatVector.zero(F);
    FloatVector squares = sum;
    for (j = 0; j < whole; j += L) {
      FloatVector d = FloatVector.fromArray(F, x, xAt + j).sub(mean);
      sum = sum.add(d);
      squares = d.fma(d, squares);
    }
    double correction = total(sum);
    double variance = total(squares);
    for (; j < c; j++) {
      double d = x[xAt + j] - mean;
      correction += d;
      variance += d * d;
    }
    correction /= c;
    variance = Math.max(0, variance / c - correction * correction);
    double inverse = 1 / Math.sqrt(variance + epsilon);
    statistics[at] = mean + correction;
    statistics[at + 1] = inverse;
    float factor = (float) inverse;
    float offset = (float) (-correction * inverse);
    int end = c - L;
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
    int whole = F.loopBound(c);
    float rounded = (float) mean;
    float factor = (float) inverse;
    float offset = (float) ((rounded - mean) * inverse);
    FloatVector sum = FloatVector.zero(F);
    FloatVector dot = sum;
    int j = 0;
    for (; j < whole; j += L) {
      FloatVector d = FloatVector.fromArray(F, dy, dyAt + j);
      FloatVector of = normalised(FloatVector.fromArray(F, x, xAt + j), rounded, factor, offset);
      FloatVector g = FloatVector.fromArray(F, gain, gainAt + j).mul(d);
      sum = sum.add(g);
      dot = g.fma(of, dot);
      of.fma(d, FloatVector.fromArray(F, sums, sumsAt + j)).intoArray(sums, sumsAt + j);
      FloatVector.fromArray(F, sums, sumsAt + c + j).add(d).intoArray(sums, sumsAt + c + j);
    }
    double gradients = total(sum);
    double product = total(dot);
    for (; j < c; j++) {
      float n = (x[xAt + j] - rounded) * factor + offset;
      float g = gain[gainAt + j] * dy[dyAt + j];
      gradients += g;
      product += g * n;
      sums[sumsAt + j] += n * dy[dyAt + j];
      sums[sumsAt + c + j] += dy[dyAt + j];
    }
    float mid = (float) (gradients / c);
    float slope = (float) (-product / c);
    int end = c - L;
    FloatVector lastDy = FloatVector.fromArray(F, dy, dyAt + end);
    FloatVector lastX = FloatVector.fromArray(F, x, xAt + end);
    for (j = 0; j < c; j += L) {
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
    int pairs = c / (2 * L) * (2 * L);
    FloatVector squares = FloatVector.zero(F);
    FloatVector more = squares;
    int j = 0;
    for (; j < pairs; j += 2 * L) {
      FloatVector a = FloatVector.fromArray(F, x, xAt + j);
      FloatVector b = FloatVector.fromArray(F, x, xAt + j + L);
      squares = a.fma(a, squares);
      more = b.fma(b, more);
    }
    double sum = total(squares.add(more));
    for (; j < c; j++) {
      sum += (double) x[xAt + j] * x[xAt + j];
    }
    float inverse = (float) (1 / Math.sqrt(sum / c + epsilon));
    int end = c - L;
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
    int whole = F.loopBound(c);
    FloatVector dot = FloatVector.zero(F);
    int j = 0;
    for (; j < whole; j += L) {
      FloatVector d = FloatVector.fromArray(F, dy, dyAt + j);
      FloatVector of = FloatVector.fromArray(F, x, xAt + j).mul(inverse);
      FloatVector g = FloatVector.fromArray(F, gain, gainAt + j).mul(d);
      dot = g.fma(of, dot);
      of.fma(d, FloatVector.fromArray(F, sums, sumsAt + j)).intoArray(sums, sumsAt + j);
    }
    double product = total(dot);
    for (; j < c; j++) {
      float n = x[xAt + j] * inverse;
      product += gain[gainAt + j] * dy[dyAt + j] * n;
      sums[sumsAt + j] += n * dy[dyAt + j];
    }
    float slope = (float) (-product / c);
    int end = c - L;
    FloatVector lastDy = FloatVector.fromArray(F, dy, dyAt + end);
    FloatVector lastX = FloatVector.fromArray(F, x, xAt + end);
    for (j = 0; j < c; j += L) {
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
    int whole = F.loopBound(c);
    int end = c - L;
    FloatVector max = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < c; j += L) {
      FloatVector of = FloatVector.fromArray(F, x, xAt + Math.min(j, end));
      max = max.blend(of, of.compare(VectorOperators.GT, max));
    }
    // The order does not matter to a maximum, and no lane is NaN.
    float largest = max.reduceLanes(VectorOperators.MAX);
    float shift = largest == Float.NEGATIVE_INFINITY ? 0 : largest;
    FloatVector sum = FloatVector.zero(F);
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    for (int j = 0; j < c; j += L) {
      int at = Math.min(j, end);
      FloatVector of = j > end ? last : FloatVector.fromArray(F, x, xAt + at);
      FloatVector p = VectorFunctions.exp(of.sub(shift));
      p.intoArray(y, yAt + at);
      sum = sum.add(j > end ? FloatVector.zero(F) : p);
    }
    double total = total(sum);
    for (int j = whole; j < c; j++) {
      total += y[yAt + j];
    }
    float inverse = total == 0 ? 0 : (float) (1 / total);
    last = FloatVector.fromArray(F, y, yAt + end);
    for (int j = 0; j < c; j += L) {
      int at = Math.min(j, end);
      FloatVector of = j > end ? last : FloatVector.fromArray(F, y, yAt + at);
      of.mul(inverse).intoArray(y, yAt + at);
    }
    return shift + Math.log(total);
  }

  @Override
  public void softmaxBackward(
      float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int c) {
    int whole = F.loopBound(c);
    FloatVector dot = FloatVector.zero(F);
    int j = 0;
    for (; j < whole; j += L) {
      dot = FloatVector.fromArray(F, y, yAt + j).fma(FloatVector.fromArray(F, dy, dyAt + j), dot);
    }
    double product = total(dot);
    for (; j < c; j++) {
      product += (double) y[yAt + j] * dy[dyAt + j];
    }
    float total = (float) product;
    int end = c - L;
    FloatVector lastY = FloatVector.fromArray(F, y, yAt + end);
    FloatVector lastDy = FloatVector.fromArray(F, dy, dyAt + end);
    for (j = 0; j < c; j += L) {
      int t = Math.min(j, end);
      FloatVector weights = j > end ? lastY : FloatVector.fromArray(F, y, yAt + t);
      FloatVector d = j > end ? lastDy : FloatVector.fromArray(F, dy, dyAt + t);
      d.sub(total).mul(weights).intoArray(dx, dxAt + t);
    }
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
    if (neighbours) {
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
