package dev.qkv.app.bench;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.attention.AttentionBuilder;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A case of the benchmark: self-attention on random numbers.
 *
 * @param batch B
 * @param heads H
 * @param kvHeads heads of K and V
 * @param length N
 * @param dim D
 * @param causal whether a query sees only keys up to its own position
 * @param window how many keys before its own position a query sees; −1 for all
 * @param choice what is asked beyond that
 */
public record Case(
    int batch,
    int heads,
    int kvHeads,
    int length,
    int dim,
    boolean causal,
    int window,
    Choice choice) {
  private static final int UNBOUNDED = -1;

  private static final List<int[]> SIZES =
      List.of(
          new int[] {1, 8, 128, 64},
          new int[] {8, 8, 128, 64},
          new int[] {1, 8, 512, 64},
          new int[] {1, 12, 384, 64},
          new int[] {1, 8, 1024, 64},
          new int[] {1, 8, 1024, 128},
          new int[] {1, 8, 4096, 64},
          new int[] {1, 1, 8192, 64},
          new int[] {4, 16, 100, 80},
          new int[] {1, 32, 257, 96});

  /**
   * The grid: ten sizes plain and causal, grouped heads, a window, the smallest call, and every
   * choice.
   *
   * @return the cases in the order of the tables
   */
  public static List<Case> grid() {
    List<Case> cases = new ArrayList<>();
    for (boolean causal : new boolean[] {false, true}) {
      for (int[] s : SIZES) {
        cases.add(new Case(s[0], s[1], s[1], s[2], s[3], causal, UNBOUNDED, Choice.NONE));
      }
    }
    cases.add(new Case(1, 32, 8, 2048, 128, false, UNBOUNDED, Choice.NONE));
    cases.add(new Case(1, 32, 8, 2048, 128, true, UNBOUNDED, Choice.NONE));
    cases.add(new Case(1, 1, 1, 8192, 64, true, 256, Choice.NONE));
    cases.add(new Case(1, 1, 1, 2, 2, false, UNBOUNDED, Choice.NONE));
    for (Choice choice : Choice.values()) {
      if (choice != Choice.NONE) {
        cases.add(new Case(1, 8, 8, 1024, 64, false, UNBOUNDED, choice));
      }
    }
    return cases;
  }

  /**
   * The case in short.
   *
   * @return for example {@code 1×32/8×2048×128 causal}
   */
  public String name() {
    return batch
        + "×"
        + heads
        + (kvHeads == heads ? "" : "/" + kvHeads)
        + "×"
        + length
        + "×"
        + dim
        + (causal ? " causal" : "")
        + (window < 0 ? "" : " window " + window)
        + (choice == Choice.NONE ? "" : " " + choice.word());
  }

  /**
   * The case without its choice, which it is compared with.
   *
   * @return itself if it has none
   */
  public Case plain() {
    return choice == Choice.NONE
        ? this
        : new Case(batch, heads, kvHeads, length, dim, causal, window, Choice.NONE);
  }

  /**
   * Random queries, keys and values.
   *
   * @return q, k, v in this order, the same every time
   */
  public Tensor[] inputs() {
    return new Tensor[] {
      random(1, batch, heads, length, dim),
      random(2, batch, kvHeads, length, dim),
      random(3, batch, kvHeads, length, dim)
    };
  }

  /** Normally distributed numbers, the same every time. */
  static Tensor random(int seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  /**
   * The engine's attention for this case.
   *
   * @param threads at most so many
   * @return the attention
   */
  public Attention attention(int threads) {
    AttentionBuilder builder = Attention.builder().threads(threads);
    if (causal) {
      builder.causal(Alignment.UPPER_LEFT);
    }
    if (window >= 0) {
      builder.window(window, UNBOUNDED);
    }
    choice.make(builder, heads, length);
    return builder.build();
  }

  /**
   * Useful floating-point operations: 4·D for each pair of a query and a key that may attend.
   *
   * @return their number in one call
   */
  public double operations() {
    double pairs = 0;
    for (int i = 0; i < length; i++) {
      int last = causal ? i + 1 : length;
      pairs += window < 0 ? last : Math.min(last, window + 1);
    }
    return 4.0 * batch * heads * pairs * dim;
  }

  /**
   * Bytes that must come from memory: q, k and v read and the output written once.
   *
   * @return their number in one call
   */
  public double bytes() {
    return 2.0 * Float.BYTES * batch * length * dim * (heads + kvHeads);
  }
}
