package dev.qkv.ops;

import dev.qkv.tensor.InvalidArgument;

/** Which components of a query or key are the pairs that {@link RopeTable} rotates. */
public enum Rope {
  /** Pairs (0, 1), (2, 3), …: the paper, GPT-J. */
  INTERLEAVED,
  /** Pairs (0, D/2), (1, D/2 + 1), …: GPT-NeoX, Llama as in Hugging Face. */
  HALF;

  /**
   * The rotations of some positions, made once for every call that needs them.
   *
   * @param firstPosition the first of them, usually 0
   * @param length how many follow one another
   * @param dim D, even
   * @param base usually 10000
   * @return their cosines and sines
   * @throws InvalidArgument if D is odd, the base is not positive and finite, or length or D is
   *     negative
   */
  public RopeTable table(int firstPosition, int length, int dim, double base) {
    return RopeTable.of(this, firstPosition, length, dim, base);
  }
}
