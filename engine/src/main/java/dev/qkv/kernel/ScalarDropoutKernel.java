package dev.qkv.kernel;

/** The plain version, for any number of lanes. Kept dull, so that it is obviously right. */
public final class ScalarDropoutKernel implements DropoutKernel {
  private final int lanes;

  /**
   * A kernel for tiles of a width.
   *
   * @param lanes of a tile
   */
  ScalarDropoutKernel(int lanes) {
    this.lanes = lanes;
  }

  @Override
  public void draw(
      int[] words, long seed, int batch, int head, int firstQuery, int firstQuad, int quads) {
    for (int row = 0; row < quads * Philox.WORDS; row++) {
      int quad = firstQuad + row / Philox.WORDS;
      for (int i = 0; i < lanes; i++) {
        words[row * lanes + i] =
            Philox.word(seed, quad, firstQuery + i, head, batch, row % Philox.WORDS);
      }
    }
  }

  @Override
  public void drop(float[] p, int[] words, int wordsAt, int n, int bound, float factor) {
    for (int x = 0; x < n; x++) {
      p[x] = dropped(p[x], words[wordsAt + x], bound, factor);
    }
  }

  @Override
  public void dropAdjacent(
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int first,
      int n,
      long seed,
      int bound,
      float factor) {
    for (int i = 0; i < n; i++) {
      int number = first + i;
      int word = Philox.word(seed, number / Philox.WORDS, 0, 0, 0, number % Philox.WORDS);
      y[yAt + i] = dropped(x[xAt + i], word, bound, factor);
    }
  }

  private static float dropped(float x, int word, int bound, float factor) {
    return Integer.compareUnsigned(word, bound) < 0 ? 0 : x * factor;
  }
}
