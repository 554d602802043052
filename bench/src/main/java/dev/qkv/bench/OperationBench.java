package dev.qkv.bench;

import dev.qkv.attention.Engine;
import dev.qkv.ops.Adam;
import dev.qkv.ops.CrossEntropy;
import dev.qkv.ops.Embedding;
import dev.qkv.ops.Gelu;
import dev.qkv.ops.LayerNorm;
import dev.qkv.ops.Relu;
import dev.qkv.ops.RmsNorm;
import dev.qkv.ops.Rope;
import dev.qkv.ops.RopeTable;
import dev.qkv.ops.Scale;
import dev.qkv.ops.Softmax;
import dev.qkv.ops.SquareSum;
import dev.qkv.ops.Sum;
import dev.qkv.ops.SwiGlu;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The operations on rows and on single numbers at 2048 × 1024, beside the speed at which the
 * machine reads memory, as a Markdown table. They use every processor that the JVM has: start it
 * with {@code -XX:ActiveProcessorCount=1} for one thread. Results go into tensors that are there,
 * as a new array of 8 MiB costs more than most of the operations.
 */
public final class OperationBench {
  private static final int ROWS = 2048;
  private static final int WIDTH = 1024;
  private static final int HEADS = 16;
  private static final int WARM_UP = 100;
  private static final int ROUNDS = 30;
  private static final int CALLS = 5;
  private static final int PROBES = 5;
  private static final Random RANDOM = new Random(1);

  private final Map<String, Row> rows = new LinkedHashMap<>();

  /** How many arrays of the whole size a call reads and writes, and the call. */
  private record Row(int arrays, Runnable call) {}

  private OperationBench() {}

  /**
   * Runs.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    run();
  }

  static void run() {
    OperationBench bench = new OperationBench();
    bench.elements();
    bench.rows();
    bench.tables();
    int threads = Runtime.getRuntime().availableProcessors();
    double bandwidth = 0;
    for (int probe = 0; probe < PROBES; probe++) {
      bandwidth = Math.max(bandwidth, Engine.readGigabytes(threads));
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "%n%d × %d, %d threads, reading %.1f GB/s%n%n"
                + "| operation | µs | best µs | GB/s | of reading |%n|---|---:|---:|---:|---:|",
            ROWS,
            WIDTH,
            threads,
            bandwidth));
    for (Row row : bench.rows.values()) {
      for (int i = 0; i < WARM_UP; i++) {
        row.call().run();
      }
    }
    double most = bandwidth;
    bench.rows.forEach((name, row) -> print(name, row, most));
  }

  private static void print(String name, Row row, double bandwidth) {
    double[] nanos = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        row.call().run();
      }
      nanos[round] = (System.nanoTime() - start) / (double) CALLS;
    }
    Arrays.sort(nanos);
    double median = nanos[ROUNDS / 2];
    double rate = (double) row.arrays() * ROWS * WIDTH * Float.BYTES / median;
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %.0f | %.0f | %.1f | %.0f %% |",
            name,
            median / 1e3,
            nanos[0] / 1e3,
            rate,
            100 * rate / bandwidth));
  }

  private void add(String name, int arrays, Runnable call) {
    rows.put(name, new Row(arrays, call));
  }

  private static Tensor random(int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) RANDOM.nextGaussian();
    }
    return tensor;
  }

  private void elements() {
    Tensor x = random(ROWS, WIDTH);
    Tensor d = random(ROWS, WIDTH);
    Tensor up = random(ROWS, WIDTH);
    Tensor out = random(ROWS, WIDTH);
    Tensor more = random(ROWS, WIDTH);
    Tensor bias = random(WIDTH);
    add("sum", 3, () -> Sum.forward(x, d, out));
    add("sum, bias", 2, () -> Sum.forward(x, bias, out));
    add("sum, bias, backward", 1, () -> Sum.backward(d, bias));
    add("scale", 2, () -> Scale.forward(x, 0.5f, out));
    add("ReLU", 2, () -> Relu.forward(x, out));
    add("ReLU backward", 3, () -> Relu.backward(x, d, out));
    for (Gelu form : Gelu.values()) {
      add("GELU " + form, 2, () -> form.forward(x, out));
      add("GELU " + form + " backward", 3, () -> form.backward(x, d, out));
    }
    SwiGlu.Gradients into = new SwiGlu.Gradients(out, more);
    add("SiLU", 2, () -> SwiGlu.silu(x, out));
    add("SwiGLU", 3, () -> SwiGlu.forward(x, up, out));
    add("SwiGLU backward", 5, () -> SwiGlu.backward(x, up, d, into));
    Tensor squares = Tensor.zeros(ROWS, WIDTH);
    Adam.Step step = new Adam.Step(0.9f, 0.999f, 1, 1e-6f, 1, 1e-8f);
    add("Adam", 7, () -> Adam.step(out, d, more, squares, step));
    add("square sum", 1, () -> SquareSum.of(x));
  }

  private void rows() {
    Tensor x = random(ROWS, WIDTH);
    Tensor d = random(ROWS, WIDTH);
    Tensor out = random(ROWS, WIDTH);
    Tensor gain = random(WIDTH);
    Tensor shift = random(WIDTH);
    Tensor weights = Softmax.forward(x);
    add("softmax", 2, () -> Softmax.forward(x, out));
    add("softmax backward", 3, () -> Softmax.backward(weights, d, out));
    LayerNorm.Saved layer = LayerNorm.forward(x, gain, shift, 1e-5f);
    LayerNorm.Gradients layerInto =
        new LayerNorm.Gradients(out, Tensor.zeros(WIDTH), Tensor.zeros(WIDTH));
    add("layer norm", 2, () -> LayerNorm.forward(x, gain, shift, 1e-5f, out));
    add("layer norm backward", 3, () -> LayerNorm.backward(layer, gain, d, layerInto));
    RmsNorm.Saved mean = RmsNorm.forward(x, gain, 1e-5f);
    RmsNorm.Gradients meanInto = new RmsNorm.Gradients(out, Tensor.zeros(WIDTH));
    add("RMS norm", 2, () -> RmsNorm.forward(x, gain, 1e-5f, out));
    add("RMS norm backward", 3, () -> RmsNorm.backward(mean, gain, d, meanInto));
    int[] targets = RANDOM.ints(ROWS, 0, WIDTH).toArray();
    CrossEntropy.Saved saved = CrossEntropy.forward(x, targets);
    add("cross entropy", 2, () -> CrossEntropy.forward(x, targets, out));
    add("cross entropy backward", 2, () -> CrossEntropy.backward(saved, 1, targets, out));
  }

  private void tables() {
    Tensor table = random(ROWS, WIDTH);
    Tensor out = random(ROWS, WIDTH);
    int[] ids = RANDOM.ints(ROWS, 0, ROWS).toArray();
    add("embedding", 2, () -> Embedding.forward(table, ids, out));
    add("embedding backward", 4, () -> Embedding.backward(table, ids, out));
    Tensor queries = random(ROWS, HEADS, WIDTH / HEADS);
    Tensor rotated = random(ROWS, HEADS, WIDTH / HEADS);
    for (Rope style : Rope.values()) {
      RopeTable positions = style.table(0, ROWS, WIDTH / HEADS, 10_000);
      add("rotary " + style, 2, () -> positions.forward(queries, 0, rotated));
      add("rotary " + style + " backward", 2, () -> positions.backward(queries, 0, rotated));
    }
  }
}
