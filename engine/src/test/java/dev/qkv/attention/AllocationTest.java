package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.qkv.kernel.Kernels;
import dev.qkv.ops.Adam;
import dev.qkv.ops.CrossEntropy;
import dev.qkv.ops.ElementDropout;
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
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Nothing is allocated when the caller supplies the output. It also shows vectors that box. */
@Isolated("waits for the compiler")
class AllocationTest {
  private static final long PATIENCE_NANOS = 40_000_000_000L;
  private static final int CALLS = 200;

  @Test
  void noBytesPerCallAfterWarmUp() {
    assumeNotEmulated();
    Tensor q = Tensor.zeros(1, 2, 70, 16);
    Tensor k = Tensor.zeros(1, 2, 150, 16);
    Tensor output = Tensor.zeros(1, 2, 70, 16);
    Tensor logSumExp = Tensor.zeros(1, 2, 70);
    Attention plain = Attention.builder().threads(1).build();
    Attention chosen =
        Attention.builder()
            .threads(2)
            .causal(Alignment.BOTTOM_RIGHT)
            .softcap(5)
            .alibi(1, 2)
            .keep((b, h, i, j) -> j != 3)
            .build();
    Layout layout = Layout.of(1, 2, 70, 16);
    Layout keys = Layout.of(1, 2, 150, 16);
    allocates(8, () -> plain.forward(q, k, k, Batch.PLAIN, output, logSumExp));
    allocates(
        8,
        () ->
            plain.forward(
                q.data(),
                layout,
                k.data(),
                keys,
                k.data(),
                keys,
                Batch.PLAIN,
                output.data(),
                layout,
                null));
    allocates(8, () -> chosen.forward(q, k, k, Batch.PLAIN, output, logSumExp));
    Batch masks =
        Batch.PLAIN
            .keep(BooleanTensor.of(new boolean[70 * 150], 70, 150))
            .bias(Tensor.zeros(1, 150))
            .keyLengths(140);
    Attention shared = Attention.builder().threads(2).build();
    allocates(8, () -> shared.forward(q, k, k, masks, output, logSumExp));
    Batch packed = Batch.PLAIN.packed(new int[] {0, 33, 70}, new int[] {0, 90, 150});
    allocates(8, () -> shared.forward(q, k, k, packed, output, logSumExp));
    allocates(8, () -> shared.forward(q, k, k, Batch.PLAIN, output, logSumExp));
    // Virtual threads have no scratch memory of their own: a thread is some hundred bytes.
    allocates(
        5_000, () -> onVirtualThread(() -> plain.forward(q, k, k, Batch.PLAIN, output, logSumExp)));
  }

  private static void assumeNotEmulated() {
    String path = Kernels.chosen().describe();
    assumeTrue(
        path.equals("scalar") || KernelWidth.isNative(path),
        "skipped: " + path + " is emulated here, and emulation allocates");
  }

  @Test
  void operationsIntoTensorsOfTheCallersAllocateNothing() {
    assumeNotEmulated();
    // More than one piece.
    int rows = 700;
    int c = 130;
    Tensor x = Tensor.zeros(rows, c);
    Tensor y = Tensor.zeros(rows, c);
    Tensor z = Tensor.zeros(rows, c);
    Tensor gain = Tensor.zeros(c);
    Tensor shift = Tensor.zeros(c);
    int[] ids = new int[rows];
    LayerNorm.Saved layer = LayerNorm.forward(x, gain, shift, 1);
    RmsNorm.Saved mean = RmsNorm.forward(x, gain, 1);
    CrossEntropy.Saved entropy = CrossEntropy.forward(x, ids);
    RopeTable table = Rope.HALF.table(0, rows, c, 10000);
    Tensor queries = x.reshape(1, rows, 1, c);
    Adam.Step step = new Adam.Step(0, 0, 0, 0, 0, 1);
    LayerNorm.Gradients layerInto = new LayerNorm.Gradients(y, gain, shift);
    RmsNorm.Gradients meanInto = new RmsNorm.Gradients(y, gain);
    SwiGlu.Gradients gated = new SwiGlu.Gradients(y, z);
    allocates(8, () -> Gelu.ERF.forward(x, y));
    allocates(8, () -> Gelu.ERF.backward(x, y, y));
    allocates(8, () -> Gelu.TANH.forward(x, y));
    allocates(8, () -> Gelu.TANH.backward(x, y, y));
    allocates(8, () -> SwiGlu.silu(x, y));
    allocates(8, () -> SwiGlu.forward(x, y, z));
    allocates(8, () -> SwiGlu.backward(x, x, x, gated));
    allocates(8, () -> Relu.forward(x, y));
    allocates(8, () -> Relu.backward(x, y, y));
    allocates(8, () -> Scale.forward(x, 2, y));
    allocates(8, () -> Sum.forward(x, gain, y));
    allocates(8, () -> Sum.backward(x, gain));
    allocates(8, () -> Softmax.forward(x, y));
    allocates(8, () -> Softmax.backward(x, y, z));
    allocates(8, () -> LayerNorm.forward(x, gain, shift, 1, y));
    allocates(8, () -> LayerNorm.backward(layer, gain, x, layerInto));
    allocates(8, () -> RmsNorm.forward(x, gain, 1, y));
    allocates(8, () -> RmsNorm.backward(mean, gain, x, meanInto));
    allocates(8, () -> CrossEntropy.forward(x, ids, y));
    allocates(8, () -> CrossEntropy.backward(entropy, 1, ids, y));
    allocates(8, () -> Embedding.forward(x, ids, y));
    allocates(8, () -> Embedding.backward(x, ids, y));
    allocates(8, () -> table.forward(queries, 0, queries));
    allocates(8, () -> Adam.step(x, y, z, layer.output(), step));
    allocates(8, () -> SquareSum.of(x));
  }

  @Test
  void noBytesForAnyChoice() {
    assumeNotEmulated();
    Tensor q = Tensor.zeros(2, 2, 70, 16);
    Tensor k = Tensor.zeros(2, 2, 150, 16);
    Tensor output = Tensor.zeros(2, 2, 70, 16);
    for (AttentionBuilder choice : choices()) {
      Attention attention = choice.threads(2).build();
      allocates(8, () -> attention.forward(q, k, k, Batch.PLAIN, output, null));
    }
    Attention attention = Attention.builder().threads(2).build();
    for (Batch batch : batches()) {
      allocates(8, () -> attention.forward(q, k, k, batch, output, null));
    }
  }

  private static List<AttentionBuilder> choices() {
    return List.of(
        Attention.builder().keep((b, h, i, j) -> j != 3),
        Attention.builder().alibi(1, 2).alignment(Alignment.UPPER_LEFT, 0),
        Attention.builder().softcap(5),
        Attention.builder().score((s, b, h, i, j) -> s),
        Attention.builder().window(9, 3).alignment(Alignment.BOTTOM_RIGHT, 1),
        Attention.builder().causal(Alignment.UPPER_LEFT),
        Attention.builder().dropout(new Dropout(0.1f, 5)),
        Attention.builder().sinks(0, 1));
  }

  private static List<Batch> batches() {
    boolean[] odd = new boolean[2 * 70 * 150];
    for (int x = 0; x < odd.length; x++) {
      odd[x] = x % 2 != 0;
    }
    Tensor wide = Tensor.zeros(70, 300);
    return List.of(
        Batch.PLAIN.keep(BooleanTensor.of(odd, 2, 70, 150)),
        Batch.PLAIN.keep(BooleanTensor.of(new boolean[150], 1, 150)),
        Batch.PLAIN.keep(BooleanTensor.of(new boolean[70], 70, 1)),
        Batch.PLAIN.bias(Tensor.zeros(2, 2, 70, 150)),
        Batch.PLAIN.bias(Tensor.zeros(2, 1, 1, 150)),
        Batch.PLAIN.bias(Tensor.zeros(70, 1)),
        Batch.PLAIN.bias(Tensor.zeros(150, 70).transposed(0, 1)),
        Batch.PLAIN.bias(wide.slice(1, 7, 157)),
        Batch.PLAIN.keyLengths(149, 0));
  }

  @Test
  void noBytesForElementDropout() {
    Tensor x = Tensor.zeros(3, 30_001);
    Dropout dropout = new Dropout(0.1f, 5);
    allocates(8, () -> ElementDropout.apply(x, dropout, x));
  }

  private static void onVirtualThread(Runnable call) {
    try {
      Thread.ofVirtual().start(call).join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * That calls allocate less than so many bytes each, on all threads together. Measured again and
   * again until the compiler is done: code before C2 boxes.
   */
  private static void allocates(int most, Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double least = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (least >= most && System.nanoTime() < end) {
      long before = threads.getTotalThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      long bytes = threads.getTotalThreadAllocatedBytes() - before;
      least = Math.min(least, bytes / (double) CALLS);
    }
    assertThat(least).isLessThan(most);
  }
}
