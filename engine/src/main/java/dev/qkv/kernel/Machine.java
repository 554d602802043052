package dev.qkv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops that do nothing but show how fast the machine is, with the chosen vectors. */
public final class Machine {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final int L = F.length();
  private static final int ACCUMULATORS = 12;

  private Machine() {}

  /**
   * Multiply-adds of independent vectors, as many as keep the units busy.
   *
   * @param rounds how often
   * @return a number that depends on all of them, so that none can be left out
   */
  public static float multiplyAdd(int rounds) {
    FloatVector x = FloatVector.broadcast(F, 1.0001f);
    FloatVector y = FloatVector.broadcast(F, 0.9999f);
    FloatVector a0 = FloatVector.zero(F);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector a4 = a0;
    FloatVector a5 = a0;
    FloatVector a6 = a0;
    FloatVector a7 = a0;
    FloatVector a8 = a0;
    FloatVector a9 = a0;
    FloatVector a10 = a0;
    FloatVector a11 = a0;
    for (int i = 0; i < rounds; i++) {
      a0 = x.fma(y, a0);
      a1 = x.fma(y, a1);
      a2 = x.fma(y, a2);
      a3 = x.fma(y, a3);
      a4 = x.fma(y, a4);
      a5 = x.fma(y, a5);
      a6 = x.fma(y, a6);
      a7 = x.fma(y, a7);
      a8 = x.fma(y, a8);
      a9 = x.fma(y, a9);
      a10 = x.fma(y, a10);
      a11 = x.fma(y, a11);
    }
    a0 = a0.add(a1).add(a2).add(a3).add(a4).add(a5);
    return a0.add(a6).add(a7).add(a8).add(a9).add(a10).add(a11).lane(0);
  }

  /**
   * How many floating-point operations {@link #multiplyAdd} does.
   *
   * @param rounds its argument
   * @return two for each multiply-add of each lane
   */
  public static double operations(int rounds) {
    return 2.0 * ACCUMULATORS * L * rounds;
  }

  /**
   * Reads part of an array.
   *
   * @param data the array
   * @param from first index
   * @param to one past the last; whole vectors of four are read
   * @return a number that depends on all of it
   */
  public static float read(float[] data, int from, int to) {
    FloatVector a0 = FloatVector.zero(F);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    for (int i = from; i <= to - 4 * L; i += 4 * L) {
      a0 = a0.add(FloatVector.fromArray(F, data, i));
      a1 = a1.add(FloatVector.fromArray(F, data, i + L));
      a2 = a2.add(FloatVector.fromArray(F, data, i + 2 * L));
      a3 = a3.add(FloatVector.fromArray(F, data, i + 3 * L));
    }
    return a0.add(a1).add(a2).add(a3).lane(0);
  }
}
