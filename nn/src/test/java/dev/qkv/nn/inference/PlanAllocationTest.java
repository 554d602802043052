package dev.qkv.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.qkv.attention.Batch;
import dev.qkv.attention.Engine;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.Gate;
import dev.qkv.nn.layer.NormKind;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.layer.Rotary;
import dev.qkv.ops.Rope;
import dev.qkv.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A plan allocates nothing once a shape has been there, on any thread. */
@Isolated("counts the bytes of all threads")
class PlanAllocationTest {
  private static final long PATIENCE_NANOS = 40_000_000_000L;
  private static final int CALLS = 100;
  private static final int MOST = 8;

  @Test
  void noBytesPerCall() {
    assumeTrue(Engine.isFast(), "skipped: the scalar path boxes nothing to look for");
    BlockSettings llama =
        BlockSettings.of(32, 4, 50)
            .kvHeads(2)
            .rotary(new Rotary(Rope.HALF, 10000))
            .nonlinearity(Gate.SWIGLU)
            .norm(NormKind.RMS, NormPlace.PRE);
    for (BlockSettings settings : List.of(BlockSettings.of(32, 4, 50), llama)) {
      Encoder encoder = Encoder.create(new Parameters(1), 2, settings);
      EncoderPlan plan = EncoderPlan.of(encoder).threads(2);
      Tensor x = Tensor.zeros(3, 70, 32);
      Tensor y = Tensor.zeros(3, 70, 32);
      Batch batch = Batch.PLAIN.keyLengths(70, 5, 33);
      assertThat(leastBytes(() -> plan.apply(x, batch, y))).isLessThan(MOST);
    }
  }

  /** Measured again and again until the compiler is done: code before C2 boxes vectors. */
  private static double leastBytes(Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double least = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (least >= MOST && System.nanoTime() < end) {
      long before = threads.getTotalThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, (threads.getTotalThreadAllocatedBytes() - before) / (double) CALLS);
    }
    return least;
  }
}
