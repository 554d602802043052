package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.qkv.kernel.Kernels;
import dev.qkv.ops.ElementDropout;
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
    String path = Kernels.chosen().describe();
    assumeTrue(
        path.equals("scalar") || KernelWidth.isNative(path),
        "skipped: " + path + " is emulated here, and emulation allocates");
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
    allocates(8, () -> plain.forward(q, k, k, output, logSumExp));
    allocates(
        8,
        () ->
            plain.forward(
                q.data(), layout, k.data(), keys, k.data(), keys, output.data(), layout, null));
    allocates(8, () -> chosen.forward(q, k, k, output, logSumExp));
    Attention shared = Attention.builder().threads(2).build();
    allocates(8, () -> shared.forward(q, k, k, output, logSumExp));
    // Virtual threads have no scratch memory of their own: a thread is some hundred bytes.
    allocates(5_000, () -> onVirtualThread(() -> plain.forward(q, k, k, output, logSumExp)));
  }

  @Test
  void noBytesForAnyChoice() {
    String path = Kernels.chosen().describe();
    assumeTrue(
        path.equals("scalar") || KernelWidth.isNative(path),
        "skipped: " + path + " is emulated here, and emulation allocates");
    Tensor q = Tensor.zeros(2, 2, 70, 16);
    Tensor k = Tensor.zeros(2, 2, 150, 16);
    Tensor output = Tensor.zeros(2, 2, 70, 16);
    for (AttentionBuilder choice : choices()) {
      Attention attention = choice.threads(2).build();
      allocates(8, () -> attention.forward(q, k, k, output, null));
    }
    Tensor packed = Tensor.zeros(1, 2, 140, 16);
    Tensor packedOutput = Tensor.zeros(1, 2, 140, 16);
    int[] ends = {0, 3, 70, 140};
    Attention attention = Attention.builder().threads(2).packed(ends, ends).build();
    allocates(8, () -> attention.forward(packed, packed, packed, packedOutput, null));
  }

  private static List<AttentionBuilder> choices() {
    boolean[] odd = new boolean[2 * 70 * 150];
    for (int x = 0; x < odd.length; x++) {
      odd[x] = x % 2 != 0;
    }
    Tensor wide = Tensor.zeros(70, 300);
    return List.of(
        Attention.builder().keep(BooleanTensor.of(odd, 2, 70, 150)),
        Attention.builder().keep(BooleanTensor.of(new boolean[150], 1, 150)),
        Attention.builder().keep(BooleanTensor.of(new boolean[70], 70, 1)),
        Attention.builder().keep((b, h, i, j) -> j != 3),
        Attention.builder().bias(Tensor.zeros(2, 2, 70, 150)),
        Attention.builder().bias(Tensor.zeros(2, 1, 1, 150)),
        Attention.builder().bias(Tensor.zeros(70, 1)),
        Attention.builder().bias(Tensor.zeros(150, 70).transposed(0, 1)),
        Attention.builder().bias(wide.slice(1, 7, 157)),
        Attention.builder().alibi(1, 2).alignment(Alignment.UPPER_LEFT, 0),
        Attention.builder().softcap(5),
        Attention.builder().score((s, b, h, i, j) -> s),
        Attention.builder().window(9, 3).alignment(Alignment.BOTTOM_RIGHT, 1),
        Attention.builder().causal(Alignment.UPPER_LEFT),
        Attention.builder().dropout(new Dropout(0.1f, 5)),
        Attention.builder().sinks(0, 1),
        Attention.builder().keyLengths(149, 0));
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
