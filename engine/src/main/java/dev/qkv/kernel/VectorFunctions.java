package dev.qkv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of a vector's numbers, small enough that C2 always inlines them. Bounds are against
 * float64, measured by {@code ElementKernelTest} over the whole range.
 */
final class VectorFunctions {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;

  // e^f on [−ln2/2, ln2/2], relative error 9.3e-8; the constant term is 1, so that e^0 is exact.
  static final float E1 = 0.9999997f;
  static final float E2 = 0.49999142f;
  static final float E3 = 0.16667645f;
  static final float E4 = 0.041898858f;
  static final float E5 = 0.008290145f;
  static final float LOG2_E = (float) (1 / Math.log(2));
  static final float LN_2 = (float) Math.log(2);
  // Adding 1.5·2²³ rounds to a whole number, which then stands in the lowest bits; 127 is the
  // exponent's bias. At −127 the exponent is 0, so that e^x becomes an exact zero.
  static final float ROUND = 0x1.8p23f + 127;
  static final float LOWEST = -88.1f;

  // tanh x = x + x³·T(x²) below 0.625, relative error 4.4e-9.
  private static final float TANH_EDGE = 0.625f;
  private static final float T0 = -0.3333328f;
  private static final float T1 = 0.1333144f;
  private static final float T2 = -0.053739708f;
  private static final float T3 = 0.020639068f;
  private static final float T4 = -0.005704964f;

  // 1 − Φ(x) = e^(−x²/2)·t·P(t) with t = 1/(1 + SLOPE·x), x ≥ 0: relative error 4.4e-8 before
  // rounding; P1 is such that Φ(0) is ½ exactly.
  private static final float SLOPE = 0.25455844f;
  private static final float P0 = 0.10160248f;
  private static final float P1 = 0.10057783f;
  private static final float P2 = 0.10340337f;
  private static final float P3 = 0.04106509f;
  private static final float P4 = 0.18425031f;
  private static final float P5 = -0.18373664f;
  private static final float P6 = 0.2802266f;
  private static final float P7 = -0.15604502f;
  private static final float P8 = 0.02865597f;

  private VectorFunctions() {}

  /** e^x for x up to 88; zero below e^−88; NaN for NaN. Relative error 3e-7 above −87. */
  static FloatVector exp(FloatVector x) {
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

  /** tanh x. Relative error 3e-7. */
  static FloatVector tanh(FloatVector x) {
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

  /** e^−|x|, of which σ(x) is made. */
  static FloatVector decay(FloatVector x) {
    return exp(x.abs().neg());
  }

  /**
   * σ(x) from e^−|x|, which cannot overflow: 1/(1 + e^−x) or e^x/(1 + e^x). Relative error 4e-7
   * above −87, 0 below −88; σ(−x) with the sign changed.
   */
  static FloatVector sigmoid(FloatVector x, FloatVector decay) {
    FloatVector numerator =
        FloatVector.broadcast(F, 1).blend(decay, x.compare(VectorOperators.LT, 0));
    return numerator.div(decay.add(1));
  }

  /** Φ(x), the normal distribution, from e^(−x²/2). Error 2.5e-7; ½ exactly at 0. */
  static FloatVector normal(FloatVector x, FloatVector density) {
    FloatVector one = FloatVector.broadcast(F, 1);
    FloatVector t = one.div(x.abs().fma(FloatVector.broadcast(F, SLOPE), one));
    FloatVector p = FloatVector.broadcast(F, P8);
    p = p.fma(t, FloatVector.broadcast(F, P7));
    p = p.fma(t, FloatVector.broadcast(F, P6));
    p = p.fma(t, FloatVector.broadcast(F, P5));
    p = p.fma(t, FloatVector.broadcast(F, P4));
    p = p.fma(t, FloatVector.broadcast(F, P3));
    p = p.fma(t, FloatVector.broadcast(F, P2));
    p = p.fma(t, FloatVector.broadcast(F, P1));
    p = p.fma(t, FloatVector.broadcast(F, P0));
    FloatVector tail = p.mul(t).mul(density);
    return one.sub(tail).blend(tail, x.compare(VectorOperators.LT, 0));
  }
}
