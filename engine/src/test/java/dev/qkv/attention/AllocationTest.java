package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.lang.management.ManagementFactory;
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
