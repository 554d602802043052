package dev.qkv.attention;

import dev.qkv.kernel.Kernels;
import dev.qkv.kernel.Philox;
import dev.qkv.tensor.InvalidArgument;
import org.jspecify.annotations.Nullable;

/**
 * Dropout on the weights, after softmax; those that stay are multiplied by 1/(1 − p). The draw for
 * a weight depends on the seed and on its place alone, so the same seed gives the same bits at any
 * number of threads. Each call may have draws of its own: {@link Batch#draws}.
 *
 * <p>The generator is Philox 4×32 with 10 rounds (Salmon et al., Parallel random numbers: as easy
 * as 1, 2, 3, 2011): counter (key / 4, query, head, batch), key the seed; its four words are the
 * draws of four adjacent keys. A weight is dropped where its word, unsigned, is below p·2³².
 *
 * @param probability p, 0 ≤ p &lt; 1
 * @param seed any number
 */
public record Dropout(float probability, long seed) {
  /** 2⁶⁴ divided by the golden ratio: counters one after the other give seeds far apart. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * Dropout.
   *
   * @throws InvalidArgument if p is not in [0, 1)
   */
  public Dropout {
    if (!(probability >= 0 && probability < 1)) {
      throw new InvalidArgument("attention.dropout", "attention", probability);
    }
  }

  /**
   * Other draws of the same probability.
   *
   * @param counter of the draws, any number
   * @return with the seed {@code seed + counter·0x9E3779B97F4A7C15}: for 0 the draws of this
   */
  public Dropout at(long counter) {
    return new Dropout(probability, seed + counter * GOLDEN);
  }

  /** As {@link #at(long)}; what it was before, if that is the same. */
  Dropout at(long counter, @Nullable Dropout before) {
    if (before != null
        && before.probability == probability
        && before.seed == seed + counter * GOLDEN) {
      return before;
    }
    return at(counter);
  }

  /**
   * Whether a weight is dropped.
   *
   * @param batch index of the batch, or of the packed sequence
   * @param head index of the query's head
   * @param query index of the query in its sequence
   * @param key index of the key in its sequence
   * @return true if the weight becomes 0
   */
  public boolean drops(int batch, int head, int query, int key) {
    int word = Philox.word(seed, key / Philox.WORDS, query, head, batch, key % Philox.WORDS);
    return Integer.compareUnsigned(word, Philox.bound(probability)) < 0;
  }

  /**
   * Drops numbers that stand one after the other, and rescales the others.
   *
   * @param x changed in place: number i has the draw of key i of the first query of all
   */
  public void apply(float[] x) {
    int bound = Philox.bound(probability);
    Kernels.dropout().dropAdjacent(x, 0, x, 0, 0, x.length, seed, bound, rescale());
  }

  /**
   * What the weights that stay are multiplied by.
   *
   * @return 1/(1 − p)
   */
  public float rescale() {
    return 1 / (1 - probability);
  }
}
