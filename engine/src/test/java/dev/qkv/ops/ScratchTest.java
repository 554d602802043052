package dev.qkv.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Scratch memory follows the calls that run at once, not the threads that ever called. */
@Isolated("measures the heap")
class ScratchTest {
  private static final int THREADS = 24;
  private static final int SIZE = 1_024;

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void threadsThatHaveMultipliedKeepNothing() throws InterruptedException {
    Tensor a = Tensor.zeros(1, SIZE);
    Tensor b = Tensor.zeros(SIZE, SIZE);
    Matmul.forward(a, b);
    long before = used();
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      CountDownLatch done = new CountDownLatch(1);
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    Matmul.forward(a, b);
                    done.countDown();
                    try {
                      end.await();
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                  }));
      done.await();
    }
    long kept = used() - before;
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    // Four copies of B, where each thread would have one.
    assertThat(kept).isLessThan(4L * SIZE * SIZE * Float.BYTES);
  }
}
