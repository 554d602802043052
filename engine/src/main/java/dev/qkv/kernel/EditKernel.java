package dev.qkv.kernel;

/**
 * What is done to single scores of a tile Sᵀ, n rows of keys with {@link Kernel#lanes()} queries
 * each: ALiBi, bias, and masks that are no intervals.
 *
 * <p>Which keys are kept is said by bits: bit j mod 32 of word ⌊j / 32⌋·lanes + i is 1 where lane i
 * keeps key j of the tile. Masks take bits away, one after the other, before there are scores, so
 * that a tile of which nothing is left is never computed.
 *
 * <p>Nothing is checked here, nothing allocated, nothing logged, as in {@link Kernel}.
 */
public sealed interface EditKernel permits ScalarEditKernel, VectorEditKernel {
  /** Keys in a word of bits. */
  int WORD = Integer.SIZE;

  /**
   * ALiBi: adds slope·(first + j − i) to the score of key j in lane i. The distance is exact before
   * it is rounded to float32.
   *
   * @param s Sᵀ
   * @param n keys
   * @param slope of the head
   * @param first how far the first key is after the query of the first lane
   */
  void addDistances(float[] s, int n, float slope, long first);

  /**
   * Bᵀ: the bias of a tile, in the order of its scores. Lanes beyond the last query get what it
   * has.
   *
   * @param b receives Bᵀ; there must be room for {@link #WORD} rows more
   * @param n keys
   * @param bias array
   * @param at where it has the first key of the first lane
   * @param queryStride from one query to the next; 0 for the same bias for all
   * @param keyStride from one key to the next; 0 for the same bias for all
   * @param queries lanes that are queries, at least 1
   */
  void load(float[] b, int n, float[] bias, int at, int queryStride, int keyStride, int queries);

  /**
   * Adds a bias: Sᵀ ← Sᵀ + Bᵀ. What is hidden by it may become NaN.
   *
   * @param s Sᵀ
   * @param n keys
   * @param b Bᵀ
   */
  void add(float[] s, int n, float[] b);

  /**
   * The bits to begin with: 1 where a key lies in [low, high) of a lane that is a query, 0
   * elsewhere.
   *
   * @param kept receives the bits, whole words
   * @param n keys
   * @param firstKey index of the first of them among all keys
   * @param low first key that a lane may attend to
   * @param high one past the last
   * @param laneOffset of the group in low and high
   * @param queries lanes that are queries
   */
  void keep(int[] kept, int n, int firstKey, int[] low, int[] high, int laneOffset, int queries);

  /**
   * Takes away the bits of keys where a mask is false.
   *
   * @param kept bits
   * @param n keys
   * @param mask array
   * @param at where it has the first key of the first lane
   * @param queryStride from one lane to the next
   * @param keyStride from one key to the next
   * @param queries lanes that are queries: the mask has nothing for the others
   */
  void keep(int[] kept, int n, boolean[] mask, int at, int queryStride, int keyStride, int queries);

  /**
   * Takes away the bits of keys where the bias is −∞.
   *
   * @param kept bits
   * @param n keys
   * @param b Bᵀ
   */
  void keep(int[] kept, int n, float[] b);

  /**
   * Makes the scores of keys that are not kept −∞, NaN too.
   *
   * @param s Sᵀ
   * @param n keys
   * @param kept bits
   */
  void hide(float[] s, int n, int[] kept);
}
