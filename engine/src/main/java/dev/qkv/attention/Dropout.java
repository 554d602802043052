package dev.qkv.attention;

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
  private static final int ROUNDS = 10;
  private static final int WORDS = 4;
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;
  private static final double TWO_32 = 0x1p32;

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
    boolean same =
        before != null
            && before.probability == probability
            && before.seed == seed + counter * GOLDEN;
    return same ? before : at(counter);
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
    return (word(batch, head, query, key) & LOW) < (long) (probability * TWO_32);
  }

  /**
   * Drops numbers that stand one after the other, and rescales the others.
   *
   * @param x changed in place: number i has the draw of key i of the first query of all
   */
  public void apply(float[] x) {
    long bound = (long) (probability * TWO_32);
    float rescale = rescale();
    int[] words = new int[WORDS];
    for (int i = 0; i < x.length; i += WORDS) {
      words(words, 0, 0, 0, i);
      for (int j = i; j < Math.min(x.length, i + WORDS); j++) {
        x[j] = (words[j - i] & LOW) < bound ? 0 : x[j] * rescale;
      }
    }
  }

  private int word(int batch, int head, int query, int key) {
    int[] words = new int[WORDS];
    words(words, batch, head, query, key);
    return words[key & (WORDS - 1)];
  }

  /** The draws of the four adjacent keys that one is among. */
  private void words(int[] words, int batch, int head, int query, int key) {
    int c0 = key >>> 2;
    int c1 = query;
    int c2 = head;
    int c3 = batch;
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
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
