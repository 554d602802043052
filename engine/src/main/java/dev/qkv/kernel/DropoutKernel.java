package dev.qkv.kernel;

/**
 * Dropout by {@link Philox}, whose key is the seed: a number is dropped where its word, unsigned,
 * is below a bound; the others are multiplied by a factor.
 *
 * <p>Nothing is checked here, nothing allocated, nothing logged, as in {@link Kernel}.
 */
public sealed interface DropoutKernel permits ScalarDropoutKernel, VectorDropoutKernel {
  /**
   * The words for a tile of weights, rows of keys with {@link Kernel#lanes()} queries each: those
   * of the counters (quad, query, head, batch), each of which serves four adjacent keys.
   *
   * @param words receives 4·quads rows
   * @param seed any number
   * @param batch last word of the counter
   * @param head third word
   * @param firstQuery second word in the first lane; one more in each lane
   * @param firstQuad first word for the first four keys; one more for each four
   * @param quads how many times four keys
   */
  void draw(int[] words, long seed, int batch, int head, int firstQuery, int firstQuad, int quads);

  /**
   * Drops numbers whose words are known.
   *
   * @param p numbers, from index 0
   * @param words their words
   * @param wordsAt offset of the first
   * @param n how many, a multiple of {@link Kernel#lanes()}
   * @param bound unsigned
   * @param factor for those that stay
   */
  void drop(float[] p, int[] words, int wordsAt, int n, int bound, float factor);

  /**
   * Drops adjacent numbers: number i has word i mod 4 of the counter (⌊i / 4⌋, 0, 0, 0).
   *
   * @param x operand
   * @param xAt its offset
   * @param y result; may be x, at the same offset
   * @param yAt its offset
   * @param first which number x starts with
   * @param n how many
   * @param seed any number
   * @param bound unsigned
   * @param factor for those that stay
   */
  void dropAdjacent(
      float[] x, int xAt, float[] y, int yAt, int first, int n, long seed, int bound, float factor);
}
