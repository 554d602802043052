package dev.qkv.attention;

import dev.qkv.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * The masked scores of one group of lanes against some keys: what forward and backward have in
 * common. See {@link Kernel} for the letters.
 */
final class ScoreTile {
  /** Most keys in a tile: K, V and Sᵀ of a group share L1; 48 to 96 were fastest. */
  static final int MOST_KEYS = 8 * Kernel.KEY_STEP;

  /** What the tile became. */
  enum Content {
    /** No key may be attended to; nothing was computed. */
    EMPTY,
    /** Some keys are hidden, or may be. */
    SOME,
    /** Every key may be attended to. */
    ALL
  }

  private ScoreTile() {}

  /** Keys in a tile where there are {@code n}: tiles nearly even, whole register tiles each. */
  static int length(int n, int most) {
    int tiles = Math.max(1, (n + most - 1) / most);
    int even = (n + tiles - 1) / tiles;
    return Math.max(1, (even + Kernel.KEY_STEP - 1) / Kernel.KEY_STEP) * Kernel.KEY_STEP;
  }

  /**
   * Computes Sᵀ for the lanes from {@code lane} against the keys [a, b).
   *
   * @param place which queries
   * @param qt Qᵀ, scaled, group by group
   * @param keys has K
   * @param first the key that it starts with
   * @param s receives Sᵀ
   * @param capped receives Sᵀ before edits and masks; null if not wanted
   */
  static Content compute(
      Place place,
      int lane,
      int a,
      int b,
      float[] qt,
      KeyTile keys,
      int first,
      float[] s,
      float @Nullable [] capped) {
    Operands operands = place.operands();
    Kernel kernel = operands.kernel();
    Settings.Scores scores = operands.settings().scores();
    Float cap = scores.softcap();
    int w = kernel.lanes();
    int d = operands.qLayout().dim();
    int n = b - a;
    Content content = place.choose(lane, a, n);
    if (content == Content.EMPTY) {
      return content;
    }
    kernel.scores(qt, lane * d, keys.k(), keys.kOffset(a - first), keys.kStride(), n, d, s);
    if (cap != null) {
      kernel.softcap(s, n, cap);
    }
    if (capped != null) {
      System.arraycopy(s, 0, capped, 0, n * w);
    }
    place.edit(s, lane, a, n, content);
    boolean mayHide = scores.function() != null;
    return mayHide ? Content.SOME : content;
  }
}
