package dev.qkv.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The fast version. The last vector of an array ends where the array ends and overlaps the one
 * before: it is read before anything is written, so that it is right in place as well, and every
 * number is computed by the same instructions wherever it stands. The loop has the last vector as
 * well, rather than a copy of its body after it: a vector that lives across a loop without a part
 * in it is an object in some runs, even where only two numbers are added. Masked vectors would do
 * without the overlap, but some machines emulate them. Fewer numbers than a vector has go to the
 * plain version.
 */
public final class VectorElementKernel implements ElementKernel {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final int L = F.length();

  /** Half a vector of floats, which is a whole one of doubles. */
  private static final VectorSpecies<Float> HALF =
      VectorShape.forBitSize(F.vectorBitSize() / 2).withLanes(float.class);

  private static final VectorSpecies<Double> D = F.withLanes(double.class);

  private static final float INVERSE_ROOT_TWO_PI = (float) (1 / Math.sqrt(2 * Math.PI));
  private static final float ROOT_EIGHT_OVER_PI = (float) Math.sqrt(8 / Math.PI);
  private static final float CUBE = 0.044715f;
  // Where x² is larger, σ(2u) is 0 or 1, and x³ might overflow.
  private static final float LARGEST_SQUARE = 1e4f;

  private final ElementKernel plain = new ScalarElementKernel();

  @Override
  public void gelu(float[] x, int xAt, float[] y, int yAt, int n) {
    if (n < L) {
      plain.gelu(x, xAt, y, yAt, n);
      return;
    }
    int end = n - L;
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector of = i > end ? last : FloatVector.fromArray(F, x, xAt + at);
      gelu(of).intoArray(y, yAt + at);
    }
  }

  private static FloatVector gelu(FloatVector x) {
    return VectorFunctions.normal(x, density(x)).mul(x);
  }

  /** e^(−x²/2). */
  private static FloatVector density(FloatVector x) {
    return VectorFunctions.exp(x.mul(x).mul(-0.5f));
  }

  @Override
  public void geluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
    if (n < L) {
      plain.geluBackward(x, xAt, dy, dyAt, dx, dxAt, n);
      return;
    }
    int end = n - L;
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    FloatVector lastDy = FloatVector.fromArray(F, dy, dyAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector of = i > end ? last : FloatVector.fromArray(F, x, xAt + at);
      FloatVector d = i > end ? lastDy : FloatVector.fromArray(F, dy, dyAt + at);
      geluSlope(of).mul(d).intoArray(dx, dxAt + at);
    }
  }

  private static FloatVector geluSlope(FloatVector x) {
    FloatVector density = density(x);
    return x.mul(density)
        .fma(FloatVector.broadcast(F, INVERSE_ROOT_TWO_PI), VectorFunctions.normal(x, density));
  }

  @Override
  public void geluTanh(float[] x, int xAt, float[] y, int yAt, int n) {
    if (n < L) {
      plain.geluTanh(x, xAt, y, yAt, n);
      return;
    }
    int end = n - L;
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector of = i > end ? last : FloatVector.fromArray(F, x, xAt + at);
      geluTanh(of).intoArray(y, yAt + at);
    }
  }

  private static FloatVector geluTanh(FloatVector x) {
    FloatVector u = twoU(x, square(x));
    return VectorFunctions.sigmoid(u, VectorFunctions.decay(u)).mul(x);
  }

  private static FloatVector square(FloatVector x) {
    FloatVector square = x.mul(x);
    return square.blend(LARGEST_SQUARE, square.compare(VectorOperators.GT, LARGEST_SQUARE));
  }

  /** 2u = √(8/π)·x·(1 + 0.044715x²). */
  private static FloatVector twoU(FloatVector x, FloatVector square) {
    return square
        .fma(FloatVector.broadcast(F, CUBE), FloatVector.broadcast(F, 1))
        .mul(x)
        .mul(ROOT_EIGHT_OVER_PI);
  }

  @Override
  public void geluTanhBackward(
      float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
    if (n < L) {
      plain.geluTanhBackward(x, xAt, dy, dyAt, dx, dxAt, n);
      return;
    }
    int end = n - L;
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    FloatVector lastDy = FloatVector.fromArray(F, dy, dyAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector of = i > end ? last : FloatVector.fromArray(F, x, xAt + at);
      FloatVector d = i > end ? lastDy : FloatVector.fromArray(F, dy, dyAt + at);
      geluTanhSlope(of).mul(d).intoArray(dx, dxAt + at);
    }
  }

  private static FloatVector geluTanhSlope(FloatVector x) {
    FloatVector square = square(x);
    FloatVector u = twoU(x, square);
    FloatVector decay = VectorFunctions.decay(u);
    FloatVector s = VectorFunctions.sigmoid(u, decay);
    FloatVector other = VectorFunctions.sigmoid(u.neg(), decay);
    // 2u′ = √(8/π)·(1 + 3·0.044715x²)
    FloatVector inner =
        square
            .fma(FloatVector.broadcast(F, 3 * CUBE), FloatVector.broadcast(F, 1))
            .mul(ROOT_EIGHT_OVER_PI);
    return x.mul(s).mul(other).fma(inner, s);
  }

  @Override
  public void silu(float[] x, int xAt, float[] y, int yAt, int n) {
    if (n < L) {
      plain.silu(x, xAt, y, yAt, n);
      return;
    }
    int end = n - L;
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector of = i > end ? last : FloatVector.fromArray(F, x, xAt + at);
      silu(of).intoArray(y, yAt + at);
    }
  }

  private static FloatVector silu(FloatVector x) {
    return VectorFunctions.sigmoid(x, VectorFunctions.decay(x)).mul(x);
  }

  @Override
  public void swiGlu(float[] g, int gAt, float[] u, int uAt, float[] y, int yAt, int n) {
    if (n < L) {
      plain.swiGlu(g, gAt, u, uAt, y, yAt, n);
      return;
    }
    int end = n - L;
    FloatVector lastG = FloatVector.fromArray(F, g, gAt + end);
    FloatVector lastU = FloatVector.fromArray(F, u, uAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector gate = i > end ? lastG : FloatVector.fromArray(F, g, gAt + at);
      FloatVector up = i > end ? lastU : FloatVector.fromArray(F, u, uAt + at);
      silu(gate).mul(up).intoArray(y, yAt + at);
    }
  }

  @Override
  public void swiGluBackward(
      float[] g,
      int gAt,
      float[] u,
      int uAt,
      float[] dy,
      int dyAt,
      float[] dg,
      int dgAt,
      float[] du,
      int duAt,
      int n) {
    if (n < L) {
      plain.swiGluBackward(g, gAt, u, uAt, dy, dyAt, dg, dgAt, du, duAt, n);
      return;
    }
    int end = n - L;
    FloatVector lastG = FloatVector.fromArray(F, g, gAt + end);
    FloatVector lastU = FloatVector.fromArray(F, u, uAt + end);
    FloatVector lastDy = FloatVector.fromArray(F, dy, dyAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector gate = i > end ? lastG : FloatVector.fromArray(F, g, gAt + at);
      FloatVector up = i > end ? lastU : FloatVector.fromArray(F, u, uAt + at);
      FloatVector d = i > end ? lastDy : FloatVector.fromArray(F, dy, dyAt + at);
      FloatVector decay = VectorFunctions.decay(gate);
      FloatVector s = VectorFunctions.sigmoid(gate, decay).mul(d);
      FloatVector other = VectorFunctions.sigmoid(gate.neg(), decay);
      other.fma(gate, FloatVector.broadcast(F, 1)).mul(s).mul(up).intoArray(dg, dgAt + at);
      s.mul(gate).intoArray(du, duAt + at);
    }
  }

  @Override
  public void sum(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int n) {
    if (n < L) {
      plain.sum(a, aAt, b, bAt, y, yAt, n);
      return;
    }
    int end = n - L;
    FloatVector lastA = FloatVector.fromArray(F, a, aAt + end);
    FloatVector lastB = FloatVector.fromArray(F, b, bAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector one = i > end ? lastA : FloatVector.fromArray(F, a, aAt + at);
      FloatVector other = i > end ? lastB : FloatVector.fromArray(F, b, bAt + at);
      one.add(other).intoArray(y, yAt + at);
    }
  }

  @Override
  public void multiple(float[] x, int xAt, float factor, float[] y, int yAt, int n) {
    if (n < L) {
      plain.multiple(x, xAt, factor, y, yAt, n);
      return;
    }
    int end = n - L;
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector of = i > end ? last : FloatVector.fromArray(F, x, xAt + at);
      of.mul(factor).intoArray(y, yAt + at);
    }
  }

  @Override
  public void relu(float[] x, int xAt, float[] y, int yAt, int n) {
    if (n < L) {
      plain.relu(x, xAt, y, yAt, n);
      return;
    }
    int end = n - L;
    FloatVector last = FloatVector.fromArray(F, x, xAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector of = i > end ? last : FloatVector.fromArray(F, x, xAt + at);
      relu(of).intoArray(y, yAt + at);
    }
  }

  private static FloatVector relu(FloatVector x) {
    return x.blend(0, x.compare(VectorOperators.LT, 0));
  }

  @Override
  public void reluBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
    if (n < L) {
      plain.reluBackward(y, yAt, dy, dyAt, dx, dxAt, n);
      return;
    }
    int end = n - L;
    FloatVector last = FloatVector.fromArray(F, y, yAt + end);
    FloatVector lastDy = FloatVector.fromArray(F, dy, dyAt + end);
    for (int i = 0; i < n; i += L) {
      int at = Math.min(i, end);
      FloatVector of = i > end ? last : FloatVector.fromArray(F, y, yAt + at);
      FloatVector d = i > end ? lastDy : FloatVector.fromArray(F, dy, dyAt + at);
      where(of, d).intoArray(dx, dxAt + at);
    }
  }

  /** dy where y is positive. */
  private static FloatVector where(FloatVector y, FloatVector dy) {
    return FloatVector.zero(F).blend(dy, y.compare(VectorOperators.GT, 0));
  }

  @Override
  public void adam(
      float[] p,
      int pAt,
      float[] g,
      int gAt,
      float[] m,
      int mAt,
      float[] v,
      int vAt,
      int n,
      float beta1,
      float beta2,
      float keep,
      float size,
      float root,
      float epsilon) {
    int whole = F.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector gradient = FloatVector.fromArray(F, g, gAt + i);
      FloatVector mean = FloatVector.fromArray(F, m, mAt + i).mul(beta1);
      mean = mean.add(gradient.mul(1 - beta1));
      FloatVector square = FloatVector.fromArray(F, v, vAt + i).mul(beta2);
      square = square.add(gradient.mul(1 - beta2).mul(gradient));
      mean.intoArray(m, mAt + i);
      square.intoArray(v, vAt + i);
      FloatVector step = mean.mul(size).div(square.sqrt().mul(root).add(epsilon));
      FloatVector.fromArray(F, p, pAt + i).mul(keep).sub(step).intoArray(p, pAt + i);
    }
    // The same operations in the same order, hence the same bits.
    plain.adam(
        p,
        pAt + whole,
        g,
        gAt + whole,
        m,
        mAt + whole,
        v,
        vAt + whole,
        n - whole,
        beta1,
        beta2,
        keep,
        size,
        root,
        epsilon);
  }

  @Override
  public double squares(float[] x, int xAt, int n) {
    DoubleVector sum = DoubleVector.zero(D);
    DoubleVector more = sum;
    int step = 2 * D.length();
    int whole = n / step * step;
    for (int i = 0; i < whole; i += step) {
      DoubleVector a = widened(x, xAt + i);
      DoubleVector b = widened(x, xAt + i + D.length());
      sum = a.fma(a, sum);
      more = b.fma(b, more);
    }
    return plain.squares(x, xAt + whole, n - whole) + total(sum.add(more));
  }

  private static DoubleVector widened(float[] x, int at) {
    return (DoubleVector)
        FloatVector.fromArray(HALF, x, at).convertShape(VectorOperators.F2D, D, 0);
  }

  /** The sum over lanes, always in the same order; places of lanes must be constants. */
  private static double total(DoubleVector v) {
    double total = v.lane(0) + v.lane(1);
    if (D.length() > 2) {
      total += v.lane(2) + v.lane(3);
    }
    if (D.length() > 4) {
      total += v.lane(4) + v.lane(5);
      total += v.lane(6) + v.lane(7);
    }
    return total;
  }
}
