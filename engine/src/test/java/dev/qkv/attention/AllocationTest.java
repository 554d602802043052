package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.qkv.kernel.Kernels;
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
    assertThat(bytes(() -> plain.forward(q, k, k, output, logSumExp))).isLessThan(8);
    assertThat(
            bytes(
                () ->
                    plain.forward(
                        q.data(),
                        layout,
                        k.data(),
                        keys,
                        k.data(),
                        keys,
                        output.data(),
                        layout,
                        null)))
        .isLessThan(8);
    assertThat(bytes(() -> chosen.forward(q, k, k, output, logSumExp))).isLessThan(8);
  }

  /** Bytes per call, measured again and again until the compiler is done: code before C2 boxes. */
  private static double bytes(Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (least > 0 && System.nanoTime() < end) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least / (double) CALLS;
  }
}
