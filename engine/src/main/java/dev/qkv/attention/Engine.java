package dev.qkv.attention;

import dev.qkv.kernel.Kernels;
import dev.qkv.kernel.Machine;
import dev.qkv.kernel.VectorKernel;
import dev.qkv.parallel.Team;
import java.util.Arrays;

/** What the engine runs on, and how fast that is. */
public final class Engine {
  private static final int ROUNDS = 20_000;
  private static final int BANDWIDTH_FLOATS = 1 << 25;
  private static final int BANDWIDTH_PIECES = 64;

  private Engine() {}

  /**
   * Which path runs.
   *
   * @return for example {@code Vector API, 256 bits}, or {@code scalar}
   */
  public static String describe() {
    return Kernels.chosen().describe();
  }

  /**
   * Whether the fast path runs.
   *
   * @return false if the Vector API or the C2 compiler is missing, or the scalar path was asked for
   */
  public static boolean isFast() {
    return Kernels.chosen() instanceof VectorKernel;
  }

  /**
   * Measures the multiply-add peak of the machine for some tens of microseconds.
   *
   * @param threads how many work at once
   * @return GFLOP/s now, summed over the threads, each timed by itself; take the median or maximum
   *     of several. NaN on the scalar path
   */
  public static double peakGigaflops(int threads) {
    if (!isFast()) {
      return Double.NaN;
    }
    double[] rates = new double[threads];
    new Team().run(item -> rates[item] = rate(), threads, threads, null);
    return Arrays.stream(rates).sum();
  }

  private static double rate() {
    long start = System.nanoTime();
    float last = Machine.multiplyAdd(ROUNDS);
    long time = System.nanoTime() - start;
    // Never NaN, but the compiler cannot know, and so computes it.
    return Float.isNaN(last) ? last : Machine.operations(ROUNDS) / time;
  }

  /**
   * Measures how fast the machine reads memory that no cache holds: 128 MiB, best of five.
   *
   * @param threads how many read at once
   * @return GB/s now; take the maximum of several. NaN on the scalar path
   */
  public static double readGigabytes(int threads) {
    if (!isFast()) {
      return Double.NaN;
    }
    float[] data = new float[BANDWIDTH_FLOATS];
    float[] keep = new float[BANDWIDTH_PIECES];
    int piece = BANDWIDTH_FLOATS / BANDWIDTH_PIECES;
    double best = 0;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      new Team()
          .run(
              item -> keep[item] = Machine.read(data, item * piece, (item + 1) * piece),
              BANDWIDTH_PIECES,
              threads,
              null);
      best = Math.max(best, (double) Float.BYTES * data.length / (System.nanoTime() - start));
    }
    return best;
  }
}
