package dev.qkv.bench;

import dev.qkv.app.bench.Case;
import dev.qkv.app.bench.Choice;
import dev.qkv.app.bench.EngineBench;
import dev.qkv.app.bench.Meter;
import dev.qkv.attention.Engine;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * All contestants in one run, turn by turn: prints a Markdown table of times, shares of the
 * machine's peak, and how many times slower the others are. Outputs are compared first; one that
 * differs is not timed.
 */
public final class SideBySide {
  private static final double TOLERANCE = 2e-5;
  private static final double NANOS_EACH = 1e9;
  private static final double WARM_UP_NANOS = 15e9;

  private SideBySide() {}

  /**
   * Runs.
   *
   * @param arguments numbers of threads; without any, 1 and 2
   * @throws Exception if a contestant fails
   */
  public static void main(String[] arguments) throws Exception {
    List<Contestant> peers =
        List.of(
            new PyTorchContestant(),
            new OnnxContestant(),
            new RemoteContestant("DJL", "djl"),
            new RemoteContestant("ND4J", "nd4j"));
    int[] threads = {1, 2};
    if (arguments.length > 0) {
      threads = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    }
    EngineBench.warmUp(WARM_UP_NANOS);
    System.out.println("- " + Engine.describe() + ", Java " + Runtime.version());
    for (int n : threads) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "- %d thread(s): multiply-add peak %.1f GFLOP/s, reads %.1f GB/s",
              n,
              EngineBench.peak(n),
              Engine.readGigabytes(n)));
    }
    for (int n : threads) {
      System.out.println();
      System.out.println(header(n, peers));
      Map<String, List<Double>> ratios = new TreeMap<>();
      for (Case which : Case.grid()) {
        System.out.println(row(which, n, peers, ratios));
      }
      System.out.println();
      ratios.forEach(
          (name, all) ->
              System.out.println(
                  String.format(
                      Locale.ROOT,
                      "%s takes %.2f times as long (geometric mean of %d rows, least %.2f)",
                      name,
                      Math.exp(all.stream().mapToDouble(Math::log).average().orElse(Double.NaN)),
                      all.size(),
                      all.stream().mapToDouble(r -> r).min().orElse(Double.NaN))));
    }
  }

  private static String header(int threads, List<Contestant> peers) {
    StringBuilder line =
        new StringBuilder(
            "| "
                + threads
                + " thread(s): B×H×N×D | QKV µs | × without | GFLOP/s | of peak | GB/s |");
    StringBuilder rule = new StringBuilder("|---|---:|---:|---:|---:|---:|");
    for (Contestant peer : peers) {
      line.append(' ').append(peer.name()).append(" µs | slower |");
      rule.append("---:|---:|");
    }
    return line.append('\n').append(rule).toString();
  }

  private static String row(
      Case which, int threads, List<Contestant> peers, Map<String, List<Double>> ratios)
      throws Exception {
    Tensor[] inputs = which.inputs();
    List<Contestant.Ready> ready = new ArrayList<>();
    List<Optional<Contestant.Ready>> all = new ArrayList<>();
    Contestant.Ready own = new QkvContestant().ready(which, inputs, threads).orElseThrow();
    ready.add(own);
    own.run(1);
    for (Contestant peer : peers) {
      Optional<Contestant.Ready> prepared = peer.ready(which, inputs, threads);
      prepared.ifPresent(
          p -> {
            p.run(1);
            same(which, peer.name(), own.output(), p.output());
            ready.add(p);
          });
      all.add(prepared);
    }
    // Last of all the engine without the choice, in the same rounds.
    if (which.choice() != Choice.NONE) {
      ready.add(new QkvContestant().ready(which.plain(), inputs, threads).orElseThrow());
    }
    List<LongConsumer> turns = new ArrayList<>();
    ready.forEach(r -> turns.add(r::run));
    List<Meter.Result> results =
        Meter.measure(turns, which.operations(), threads, NANOS_EACH * turns.size());
    Meter.Result mine = results.getFirst();
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "| %s | %.1f | %s | %.1f | %.0f %% | %.1f |",
                which.name(),
                mine.nanos() / 1e3,
                timesWithout(which, results.getLast()),
                mine.gigaflops(),
                100 * mine.ofPeak(),
                which.bytes() / mine.nanos()));
    int at = 1;
    for (int p = 0; p < peers.size(); p++) {
      if (all.get(p).isEmpty()) {
        line.append(" – | – |");
        continue;
      }
      Meter.Result theirs = results.get(at++);
      line.append(
          String.format(Locale.ROOT, " %.1f | %.2f |", theirs.nanos() / 1e3, theirs.slower()));
      ratios.computeIfAbsent(peers.get(p).name(), k -> new ArrayList<>()).add(theirs.slower());
    }
    ready.forEach(Contestant.Ready::close);
    return line.toString();
  }

  /** How many times as long as without the choice. */
  private static String timesWithout(Case which, Meter.Result without) {
    return which.choice() == Choice.NONE
        ? "–"
        : String.format(Locale.ROOT, "%.2f", 1 / without.slower());
  }

  private static void same(Case which, String name, float[] expected, float[] got) {
    double largest = expected.length == got.length ? 0 : Double.NaN;
    for (int i = 0; i < Math.min(expected.length, got.length); i++) {
      double difference = Math.abs(expected[i] - got[i]);
      largest = difference <= largest ? largest : difference;
    }
    if (!(largest <= TOLERANCE)) {
      throw new IllegalStateException(
          which.name() + ": " + name + " differs by " + largest + ", expected " + TOLERANCE);
    }
  }
}
