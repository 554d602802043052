package dev.qkv.kernel;

/**
 * The generator Philox 4×32 with 10 rounds (Salmon et al., Parallel random numbers: as easy as 1,
 * 2, 3, 2011): a counter of four words and a key of two become four words that look random.
 */
public final class Philox {
  /** Words that one counter gives. */
  public static final int WORDS = 4;

  static final int ROUNDS = 10;
  static final long M0 = 0xD2511F53L;
  static final long M1 = 0xCD9E8D57L;
  static final int W0 = 0x9E3779B9;
  static final int W1 = 0xBB67AE85;
  static final long LOW = 0xFFFFFFFFL;
  private static final double TWO_32 = 0x1p32;

  private Philox() {}

  /**
   * A word of one counter.
   *
   * @param key the lower half is its first word
   * @param counter0 first word of the counter
   * @param counter1 second word
   * @param counter2 third word
   * @param counter3 last word
   * @param which of the four words, from 0
   * @return the word
   */
  public static int word(
      long key, int counter0, int counter1, int counter2, int counter3, int which) {
    int c0 = counter0;
    int c1 = counter1;
    int c2 = counter2;
    int c3 = counter3;
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
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
    return switch (which) {
      case 0 -> c0;
      case 1 -> c1;
      case 2 -> c2;
      default -> c3;
    };
  }

  /**
   * What a word is below, both unsigned, with a probability.
   *
   * @param probability from 0 to below 1
   * @return ⌊probability·2³²⌋
   */
  public static int bound(float probability) {
    return (int) (long) (probability * TWO_32);
  }
}
