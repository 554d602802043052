package dev.qkv.app.bench;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Engine;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/** The engine's own part of the benchmark. */
public final class EngineBench {
  /**
   * A row of the table.
   *
   * @param which the case
   * @param threads how many
   * @param result what was measured; slower than the case without its choice, in the same rounds
   */
  public record Row(Case which, int threads, Meter.Result result) {}

  /**
   * The machine and the rows.
   *
   * @param peakOne multiply-add peak of one thread, GFLOP/s
   * @param peakAll the same of all threads
   * @param readOne bandwidth of one thread, GB/s
   * @param readAll the same of all threads
   * @param threads how many all are
   * @param rows the cases
   */
  public record Report(
      double peakOne,
      double peakAll,
      double readOne,
      double readAll,
      int threads,
      List<Row> rows) {}

  private static final int PROBES = 200;
  private static final double SMALL = 1e9;
  private static final double WARM_UP_NANOS = 4e9;

  private EngineBench() {}

  /**
   * Runs the whole grid on one thread and on all.
   *
   * @param nanosEach about how long each case may take
   * @param progress is told how many cases are done
   * @return the report
   */
  public static Report run(double nanosEach, IntConsumer progress) {
    int all = Runtime.getRuntime().availableProcessors();
    List<Row> rows = new ArrayList<>();
    int[] numbers = all == 1 ? new int[] {1} : new int[] {1, all};
    double[] peaks = new double[2];
    int done = 0;
    warmUp(WARM_UP_NANOS);
    for (int n = 0; n < numbers.length; n++) {
      peaks[n] = peak(numbers[n]);
      for (Case which : Case.grid()) {
        rows.add(new Row(which, numbers[n], measure(which, numbers[n], nanosEach)));
        progress.accept(++done);
      }
    }
    return new Report(
        peaks[0],
        peaks[numbers.length - 1],
        Engine.readGigabytes(1),
        Engine.readGigabytes(all),
        all,
        rows);
  }

  private static Meter.Result measure(Case which, int threads, double nanos) {
    Tensor[] in = which.inputs();
    Tensor out = Tensor.zeros(in[0].shape());
    List<LongConsumer> turns = new ArrayList<>();
    for (Case one : which.equals(which.plain()) ? List.of(which) : List.of(which.plain(), which)) {
      Attention attention = one.attention(threads);
      turns.add(Meter.repeat(() -> attention.forward(in[0], in[1], in[2], out)));
    }
    return Meter.measure(turns, which.operations(), threads, turns.size() * nanos).getLast();
  }

  /**
   * Runs cases of every kind until the compiler has had its time: code before C2 is hundreds of
   * times slower.
   *
   * @param nanos how long
   */
  public static void warmUp(double nanos) {
    double end = System.nanoTime() + nanos;
    List<Case> small = Case.grid().stream().filter(c -> c.operations() < SMALL).toList();
    while (System.nanoTime() < end) {
      for (Case which : small) {
        Tensor[] in = which.inputs();
        which.attention(0).forward(in[0], in[1], in[2]);
        Engine.peakGigaflops(1);
      }
    }
  }

  /**
   * How many cases {@link #run} does.
   *
   * @return for the progress bar
   */
  public static int count() {
    return Case.grid().size() * (Runtime.getRuntime().availableProcessors() == 1 ? 1 : 2);
  }

  /**
   * The machine's peak: the best of many probes.
   *
   * @param threads how many
   * @return GFLOP/s
   */
  public static double peak(int threads) {
    double best = Double.NEGATIVE_INFINITY;
    for (int probe = 0; probe < PROBES; probe++) {
      best = Math.max(best, Engine.peakGigaflops(threads));
    }
    return best;
  }
}
