package dev.qkv.bench;

import dev.qkv.app.bench.Case;
import dev.qkv.app.bench.Choice;
import dev.qkv.app.bench.EngineBench;
import dev.qkv.app.bench.Meter;
import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.attention.Engine;
import dev.qkv.attention.Forward;
import dev.qkv.attention.Gradients;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.inference.EncoderPlan;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.model.Anomaly;
import dev.qkv.nn.model.Reversal;
import dev.qkv.nn.train.AdamW;
import dev.qkv.nn.train.Task;
import dev.qkv.ops.Epilogue;
import dev.qkv.ops.Matmul;
import dev.qkv.ops.Workers;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongConsumer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Gradients, matrix products, an encoder and training beside PyTorch and OpenBLAS, turn by turn, on
 * two threads. Prints Markdown tables.
 */
public final class LayersSideBySide {
  private static final double NANOS_EACH = 1.5e9;
  private static final double WARM_UP_NANOS = 10e9;
  private static final int THREADS = 2;
  private static final int[][] PRODUCTS = {
    {512, 512, 512},
    {1024, 1024, 1024},
    {2048, 2048, 2048},
    {384, 384, 1536},
    {128, 768, 3072}
  };
  static final int STEPS = 20;
  private static final int LARGEST_WITH_GRADIENT = 4096;

  private LayersSideBySide() {}

  /**
   * Runs.
   *
   * @param arguments which parts: gradients, products, operations, encoders, training; all without
   *     any
   */
  public static void main(String[] arguments) {
    torch.set_num_threads(THREADS);
    EngineBench.warmUp(WARM_UP_NANOS);
    System.out.println("- " + Engine.describe() + ", Java " + Runtime.version());
    System.out.println(
        String.format(Locale.ROOT, "- multiply-add peak %.1f GFLOP/s", EngineBench.peak(THREADS)));
    List<String> parts =
        arguments.length == 0
            ? List.of("gradients", "products", "operations", "encoders", "training")
            : List.of(arguments);
    for (String part : parts) {
      switch (part) {
        case "gradients" -> gradients();
        case "products" -> products();
        case "operations" -> OperationBench.run();
        case "encoders" -> encoders();
        case "training" -> training();
        default -> throw new IllegalArgumentException(part);
      }
    }
  }

  private static void header(String what, String peer) {
    System.out.println();
    System.out.println("| " + what + " | QKV µs | GFLOP/s | of peak | " + peer + " µs | slower |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
  }

  private static double row(String name, double operations, Runnable own, Runnable peer) {
    List<LongConsumer> turns = List.of(Meter.repeat(own), Meter.repeat(peer));
    List<Meter.Result> results = Meter.measure(turns, operations, THREADS, NANOS_EACH * 2);
    Meter.Result mine = results.get(0);
    Meter.Result theirs = results.get(1);
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %.1f | %.1f | %.0f %% | %.1f | %.2f |",
            name,
            mine.nanos() / 1e3,
            mine.gigaflops(),
            100 * mine.ofPeak(),
            theirs.nanos() / 1e3,
            theirs.slower()));
    return theirs.slower();
  }

  private static void summary(List<Double> slower) {
    System.out.println();
    System.out.println(
        String.format(
            Locale.ROOT,
            "geometric mean %.2f, least %.2f (%d rows)",
            Math.exp(slower.stream().mapToDouble(Math::log).average().orElse(Double.NaN)),
            slower.stream().mapToDouble(r -> r).min().orElse(Double.NaN),
            slower.size()));
  }

  private static Tensor random(int seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  private static void gradients() {
    openblas_nolapack.blas_set_num_threads(1);
    header("forward + backward, B×H×N×D", "PyTorch");
    List<Double> slower = new ArrayList<>();
    for (Case which : Case.grid()) {
      boolean usual =
          which.window() < 0 && which.heads() == which.kvHeads() && which.choice() == Choice.NONE;
      if (!usual || which.length() < 100 || which.length() > LARGEST_WITH_GRADIENT) {
        continue;
      }
      Tensor[] in = which.inputs();
      Tensor dOutput = random(7, in[0].shape());
      Attention attention = which.attention(THREADS);
      Forward forward = attention.forward(in[0], in[1], in[2]);
      Gradients into = attention.backward(in[0], in[1], in[2], forward, dOutput);
      TorchGradients peer = new TorchGradients(in, dOutput, which.causal());
      peer.run();
      peer.same(which.name(), into);
      // Five products backward to the two forward.
      slower.add(
          row(
              which.name(),
              which.operations() * 3.5,
              () -> {
                attention.forward(
                    in[0], in[1], in[2], Batch.PLAIN, forward.output(), forward.logSumExp());
                attention.backward(in[0], in[1], in[2], Batch.PLAIN, forward, dOutput, into);
              },
              peer::run));
      peer.close();
    }
    summary(slower);
  }

  private static void products() {
    openblas_nolapack.blas_set_num_threads(THREADS);
    header("A·B, m×k×n", "OpenBLAS");
    List<Double> slower = new ArrayList<>();
    for (int[] size : PRODUCTS) {
      int m = size[0];
      int k = size[1];
      int n = size[2];
      Tensor a = random(1, m, k);
      Tensor b = random(2, k, n);
      OpenBlas peer = new OpenBlas(a, b);
      peer.run();
      peer.same(Matmul.forward(a, b));
      Tensor c = Tensor.zeros(m, n);
      Runnable own = () -> Matmul.forward(a, b, Epilogue.NONE, c);
      slower.add(row(m + "×" + k + "×" + n, 2.0 * m * k * n, own, peer::run));
    }
    summary(slower);
  }

  /** An encoder of MiniLM's shape: 6 layers of width 384, 12 heads, 128 tokens. */
  private static void encoders() {
    Parameters parameters = new Parameters(1);
    Encoder encoder =
        Encoder.create(
            parameters, 6, BlockSettings.of(384, 12, 1536).nonlinearity(Activation.GELU));
    EncoderPlan plan = EncoderPlan.of(encoder).threads(THREADS);
    for (String peer :
        new String[] {"PyTorch", "PyTorch, OpenBLAS on one thread", "ONNX Runtime"}) {
      openblas_nolapack.blas_set_num_threads(peer.equals("PyTorch") ? THREADS : 1);
      header("encoder 6×384, 12 heads, 128 tokens", peer);
      for (int batch : new int[] {1, 32}) {
        Tensor x = random(3, batch, 128, 384);
        Tensor output = Tensor.zeros(batch, 128, 384);
        Runnable own = () -> plan.apply(x, Batch.PLAIN, output);
        double work =
            2.0 * 6 * batch * 128 * (4 * 384 * 384 + 2 * 384 * 1536)
                + 4.0 * 6 * batch * 12 * 128 * 128 * 32;
        Runnable other;
        if (peer.startsWith("PyTorch")) {
          other = new TorchEncoder(6, 384, 12, 1536, batch, 128)::run;
        } else {
          OnnxEncoder onnx = new OnnxEncoder(encoder, x, THREADS);
          onnx.run();
          onnx.same("encoder", plan.apply(x));
          other = onnx::run;
        }
        row("batch " + batch, work, own, other);
      }
    }
  }

  private static void training() {
    openblas_nolapack.blas_set_num_threads(1);
    header("20 training steps", "PyTorch");
    Task reversal = new Reversal(1);
    row(
        "reversal, 64 sequences",
        1,
        new Steps(reversal),
        TorchTraining.reversal(Reversal.SYMBOLS, Reversal.LENGTH, Reversal.WIDTH, 64)::run);
    Task anomaly = new Anomaly(1);
    row(
        "anomaly, 64 sets",
        1,
        new Steps(anomaly),
        TorchTraining.anomaly(Anomaly.FEATURES, Anomaly.SIZE, 64, Anomaly.DEPTH, 64)::run);
  }

  /** Training steps one after the other. */
  private static final class Steps implements Runnable {
    private final Task task;
    private final AdamW optimiser;
    private long step;

    Steps(Task task) {
      this.task = task;
      this.optimiser = new AdamW(task.parameters(), AdamW.Settings.USUAL);
    }

    @Override
    public void run() {
      for (int i = 0; i < STEPS; i++) {
        Workers.ALL.run(this::step);
      }
    }

    private void step() {
      step++;
      task.parameters().clearGradients();
      task.loss(step, Pass.training(step)).backward();
      AdamW.clip(task.parameters(), 1);
      optimiser.step(1e-3);
    }
  }
}
