package dev.qkv.attention;

import dev.qkv.kernel.DropoutKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.kernel.Philox;

/** The draws of {@link Dropout} for the weights of a tile. */
final class TileDropout {
  private final DropoutKernel kernel = Kernels.dropout();
  private final int w = Kernels.chosen().lanes();
  private int[] words = {};
  private int wordsAt;
  private int bound;
  private float rescale;

  TileDropout() {}

  long bytes() {
    return (long) words.length * Integer.BYTES;
  }

  /** Draws for {@code n} keys; four adjacent ones share a draw, so that some are drawn for none. */
  void draw(Dropout dropout, int sequence, int head, int firstQuery, int firstKey, int n) {
    if (words.length == 0) {
      words = new int[(ScoreTile.MOST_KEYS + 2 * Philox.WORDS) * w];
    }
    bound = Philox.bound(dropout.probability());
    rescale = dropout.rescale();
    wordsAt = firstKey % Philox.WORDS * w;
    int firstQuad = firstKey / Philox.WORDS;
    int quads = (firstKey + n - 1) / Philox.WORDS + 1 - firstQuad;
    kernel.draw(words, dropout.seed(), sequence, head, firstQuery, firstQuad, quads);
  }

  /** Drops weights, or gradients of weights, and rescales the others. */
  void drop(float[] p, int n) {
    kernel.drop(p, words, wordsAt, n * w, bound, rescale);
  }
}
