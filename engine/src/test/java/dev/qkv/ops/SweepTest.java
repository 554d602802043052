package dev.qkv.ops;

import static dev.qkv.ops.TestTensors.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Pieces cover everything once, and depend on nothing but the sizes. */
class SweepTest {
  private static final Sweep.Piece COUNT =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          of.data(0)[row]++;
        }
      };
  private static final Sweep.Piece STRIPS =
      (of, from, to) -> {
        assertThat(from % 64).isZero();
        COUNT.run(of, from, to);
      };
  private static final Sweep.Piece SUMS =
      (of, from, to) -> {
        of.sums()[of.sumsAt(from)] += to - from;
        of.sums()[of.sumsAt(from) + 1]++;
      };
  private static final Sweep.Term ROWS = (of, from, to) -> to - from;

  @Test
  void everyRowIsInOnePiece() {
    for (int rows : new int[] {0, 1, 2, 63, 64, 65, 1000, 4099, 70_001}) {
      for (int width : new int[] {0, 1, 7, 100, 1024, 40_000}) {
        float[] counts = new float[rows];
        Sweep.of(width).uses(counts).run(rows, COUNT);
        Sweep.of(width).uses(counts).runColumns(rows, STRIPS);
        for (float count : counts) {
          assertThat(count).isEqualTo(2);
        }
        assertThat(Sweep.of(width).total(rows, ROWS)).isEqualTo(rows);
        Tensor first = Tensor.zeros(1);
        Tensor second = Tensor.zeros(1);
        Sweep.of(width).run(rows, SUMS, first, second);
        assertThat(first.get(0)).isEqualTo(rows);
        assertThat(second.get(0)).isBetween(1f, 32f);
      }
    }
  }

  /** Callers at the same time get more or fewer helpers each; the bits stay. */
  @Test
  void howManyHelpDoesNotMatter() throws InterruptedException, ExecutionException {
    Tensor x = random(1, 531, 257);
    Tensor dy = random(2, 531, 257);
    Tensor gain = random(3, 257);
    int[] ids = new int[531];
    for (int i = 0; i < 531; i++) {
      ids[i] = i * 31 % 257;
    }
    Callable<List<Object>> all =
        () -> {
          LayerNorm.Saved saved = LayerNorm.forward(x, gain, gain, 1e-5f);
          LayerNorm.Gradients g = LayerNorm.backward(saved, gain, dy);
          List<Object> results = new ArrayList<>();
          results.add(g.x().toArray());
          results.add(g.gamma().toArray());
          results.add(g.beta().toArray());
          results.add(Sum.backward(dy, 257).toArray());
          results.add(Embedding.backward(x, dy, ids).toArray());
          results.add(SquareSum.of(x));
          results.add(CrossEntropy.forward(x, ids).loss());
          return results;
        };
    List<Future<List<Object>>> futures;
    try (ExecutorService executor = Executors.newFixedThreadPool(6)) {
      List<Callable<List<Object>>> calls = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        calls.add(all);
      }
      futures = executor.invokeAll(calls);
    }
    Object[] first = futures.getFirst().get().toArray();
    for (Future<List<Object>> future : futures) {
      assertThat(Arrays.deepEquals(future.get().toArray(), first)).isTrue();
    }
  }
}
