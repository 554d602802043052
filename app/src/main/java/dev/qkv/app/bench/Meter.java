package dev.qkv.app.bench;

import dev.qkv.attention.Engine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Times contestants in turn, round after round, with the machine's peak measured before and after
 * each turn. What the machine does meanwhile hits all alike, and only what was measured side by
 * side is compared.
 */
public final class Meter {
  private static final double TURN_NANOS = 1e7;
  private static final long REST_NANOS = 250_000_000;
  private static final int FEWEST_ROUNDS = 3;
  private static final double WARM_UP_SHARE = 0.4;
  private static final double BUSY_COMPILER = 0.1;
  private static final int MOST_WINDOWS = 20;

  /**
   * What a contestant did.
   *
   * @param nanos median time of a call
   * @param gigaflops useful operations in that time
   * @param ofPeak median share of the multiply-add peak at that moment
   * @param slower median of its time over that of the first contestant in the same round
   */
  public record Result(double nanos, double gigaflops, double ofPeak, double slower) {}

  private Meter() {}

  /**
   * Measures.
   *
   * @param contestants what to time, each told how many calls to make; the first is what the others
   *     are compared with
   * @param operations useful operations of a call
   * @param threads how many threads they use, for the peak
   * @param budgetNanos about how long to take
   * @return one result for each contestant
   */
  public static List<Result> measure(
      List<LongConsumer> contestants, double operations, int threads, double budgetNanos) {
    int n = contestants.size();
    long[] calls = new long[n];
    for (int c = 0; c < n; c++) {
      calls[c] = warmUp(contestants.get(c), WARM_UP_SHARE * budgetNanos / n);
    }
    List<double[]> times = new ArrayList<>();
    List<double[]> peaks = new ArrayList<>();
    double end = System.nanoTime() + (1 - WARM_UP_SHARE) * budgetNanos;
    while (times.size() < FEWEST_ROUNDS || System.nanoTime() < end) {
      double[] time = new double[n];
      double[] peak = new double[n];
      for (int c = 0; c < n; c++) {
        if (n > 1) {
          rest(threads);
        }
        double before = Engine.peakGigaflops(threads);
        time[c] = turn(contestants.get(c), calls[c]);
        peak[c] = (before + Engine.peakGigaflops(threads)) / 2;
      }
      times.add(time);
      peaks.add(peak);
    }
    List<Result> results = new ArrayList<>();
    for (int c = 0; c < n; c++) {
      int which = c;
      double nanos = median(times.stream().mapToDouble(t -> t[which]).toArray());
      double[] shares = new double[times.size()];
      for (int round = 0; round < shares.length; round++) {
        shares[round] = operations / times.get(round)[c] / peaks.get(round)[c];
      }
      double slower = median(times.stream().mapToDouble(t -> t[which] / t[0]).toArray());
      results.add(new Result(nanos, operations / nanos, median(shares), slower));
    }
    return results;
  }

  /**
   * Lets the threads of the contestant before fall asleep: OpenMP's may spin on for 200 ms. The
   * cores are kept busy meanwhile; virtual ones that were idle may share a real one at first.
   */
  private static void rest(int threads) {
    long end = System.nanoTime() + REST_NANOS;
    while (System.nanoTime() < end) {
      Engine.peakGigaflops(threads);
    }
  }

  /**
   * Calls until the time is up, and again while the compiler still works on what is called: a step
   * of training reaches its speed after some seconds. Returns how many calls make a turn.
   */
  private static long warmUp(LongConsumer contestant, double nanos) {
    double best = Double.MAX_VALUE;
    int windows = 0;
    long compiled;
    do {
      compiled = compilerNanos();
      double end = System.nanoTime() + nanos;
      do {
        best = Math.min(best, turn(contestant, 1));
      } while (System.nanoTime() < end);
      compiled = compilerNanos() - compiled;
      windows++;
    } while (compiled > BUSY_COMPILER * nanos && windows < MOST_WINDOWS);
    return Math.max(1, (long) (TURN_NANOS / Math.max(1, best)));
  }

  /** What all compiler threads have taken so far. */
  private static long compilerNanos() {
    return ManagementFactory.getCompilationMXBean().getTotalCompilationTime() * 1_000_000;
  }

  /**
   * A contestant of this JVM.
   *
   * @param call what to time
   * @return makes the call as often as it is told
   */
  public static LongConsumer repeat(Runnable call) {
    return calls -> {
      for (long made = 0; made < calls; made++) {
        call.run();
      }
    };
  }

  /** Nanoseconds a call. */
  private static double turn(LongConsumer contestant, long calls) {
    long start = System.nanoTime();
    contestant.accept(calls);
    return (System.nanoTime() - start) / (double) calls;
  }

  /**
   * The median; NaN if there is one.
   *
   * @param values at least one
   * @return the middle one
   */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Double.isNaN(sorted[sorted.length - 1]) ? Double.NaN : sorted[sorted.length / 2];
  }
}
