package dev.qkv.attention;

import dev.qkv.kernel.EditKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What is done to single scores of a tile: keep mask and keep function, ALiBi, bias, score
 * function. A tile is Sᵀ: n rows of keys, w lanes of queries.
 */
final class TileEdits {
  private static final int AXES = 4;
  private static final int QUERY_AXIS = 2;
  private static final int KEY_AXIS = 3;
  private static final int WORD = EditKernel.WORD;

  private final EditKernel kernel = Kernels.edits();
  private final int w = Kernels.chosen().lanes();
  private final int[] kept = new int[(ScoreTile.MOST_KEYS + WORD - 1) / WORD * w];
  private float[] biasTile = {};

  private int sequence;
  private int head;
  private long offset;
  private boolean sloped;
  private float slope;
  private boolean @Nullable [] keep;
  private int keepAt;
  private int keepRow;
  private int keepColumn;
  private float @Nullable [] bias;
  private int biasAt;
  private int biasRow;
  private int biasColumn;
  private @Nullable KeepFunction keepFunction;
  private @Nullable ScoreFunction scoreFunction;

  TileEdits() {}

  /** Chooses the head; query i stands at key position i + offset. */
  void place(Settings settings, int newSequence, int newHead, long newOffset) {
    sequence = newSequence;
    head = newHead;
    offset = newOffset;
    keepFunction = settings.keepFunction();
    scoreFunction = settings.scoreFunction();
    float[] slopes = settings.alibiSlopes();
    sloped = slopes != null;
    slope = slopes == null ? 0 : slopes[newHead];
    place(settings.keep());
    place(settings.bias());
  }

  private void place(@Nullable BooleanTensor mask) {
    keep = null;
    if (mask == null) {
      return;
    }
    keep = mask.data();
    keepAt = 0;
    keepRow = 0;
    keepColumn = 0;
    int rank = mask.rank();
    int stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      int size = mask.size(axis);
      int step = size == 1 ? 0 : stride;
      switch (axis + AXES - rank) {
        case KEY_AXIS -> keepColumn = step;
        case QUERY_AXIS -> keepRow = step;
        case 1 -> keepAt += head * step;
        default -> keepAt += sequence * step;
      }
      stride *= size;
    }
  }

  private void place(@Nullable Tensor mask) {
    bias = null;
    if (mask == null) {
      return;
    }
    if (biasTile.length == 0) {
      biasTile = new float[(ScoreTile.MOST_KEYS + WORD) * w];
    }
    bias = mask.data();
    int rank = mask.rank();
    biasAt = mask.offset();
    biasColumn = step(mask, rank - 1);
    biasRow = step(mask, rank - 2);
    if (rank > 2) {
      biasAt += head * step(mask, rank - 3);
    }
    if (rank == AXES) {
      biasAt += sequence * step(mask, 0);
    }
  }

  private static int step(Tensor mask, int axis) {
    return mask.size(axis) == 1 ? 0 : mask.stride(axis);
  }

  long bytes() {
    return (long) kept.length * Integer.BYTES + (long) biasTile.length * Float.BYTES;
  }

  /** Lets go of the masks. */
  void release() {
    keep = null;
    bias = null;
    keepFunction = null;
    scoreFunction = null;
  }

  /** Whether more than intervals of keys has a say in what stays, or needs to know it. */
  boolean chooses() {
    return keep != null || bias != null || keepFunction != null || scoreFunction != null;
  }

  /**
   * Finds out which scores of a tile stay, before they are computed. A bias of −∞ is no number to
   * be added: NaN − ∞ is NaN, and a score function would see it.
   *
   * @param low first key of each lane
   * @param high one past the last
   * @param lane of the group in low and high
   * @param queries lanes that are queries
   * @param firstQuery index of the query in the first lane
   * @param firstKey index of the first key
   * @param n keys
   */
  ScoreTile.Content choose(
      int[] low, int[] high, int lane, int queries, int firstQuery, int firstKey, int n) {
    kernel.keep(kept, n, firstKey, low, high, lane, queries);
    if (keep != null) {
      int at = keepAt + firstQuery * keepRow + firstKey * keepColumn;
      kernel.keep(kept, n, keep, at, keepRow, keepColumn, queries);
    }
    if (bias != null) {
      int at = biasAt + firstQuery * biasRow + firstKey * biasColumn;
      kernel.load(biasTile, n, bias, at, biasRow, biasColumn, queries);
      kernel.keep(kept, n, biasTile);
    }
    if (keepFunction != null) {
      choose(keepFunction, queries, firstQuery, firstKey, n);
    }
    int count = 0;
    for (int x = 0; x < (n + WORD - 1) / WORD * w; x++) {
      count += Integer.bitCount(kept[x]);
    }
    if (count == 0) {
      return ScoreTile.Content.EMPTY;
    }
    return count < queries * n ? ScoreTile.Content.SOME : ScoreTile.Content.ALL;
  }

  private void choose(KeepFunction function, int queries, int firstQuery, int firstKey, int n) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < queries; i++) {
        if (keeps(i, j) && !function.keeps(sequence, head, firstQuery + i, firstKey + j)) {
          kept[j / WORD * w + i] &= ~(1 << j);
        }
      }
    }
  }

  private boolean keeps(int lane, int j) {
    return (kept[j / WORD * w + lane] & (1 << j)) != 0;
  }

  /** Adds ALiBi and the bias that {@link #choose} has loaded. */
  void add(float[] s, int firstQuery, int firstKey, int n) {
    if (sloped) {
      kernel.addDistances(s, n, slope, firstKey - firstQuery - offset);
    }
    if (bias != null) {
      kernel.add(s, n, biasTile);
    }
  }

  /** Applies the score function to the scores that stay. */
  void transform(float[] s, int queries, int firstQuery, int firstKey, int n) {
    ScoreFunction function = scoreFunction;
    if (function == null) {
      return;
    }
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < queries; i++) {
        if (keeps(i, j)) {
          int x = j * w + i;
          s[x] = (float) function.apply(s[x], sequence, head, firstQuery + i, firstKey + j);
        }
      }
    }
  }

  /** Hides what {@link #choose} did not keep. */
  void hide(float[] s, int n) {
    kernel.hide(s, n, kept);
  }

  /**
   * Multiplies gradients by the derivative of the score function. A gradient of 0 stays: the score
   * may be −∞, where there is no derivative.
   *
   * @param s scores with ALiBi and bias
   */
  void slopes(
      float[] s,
      float[] gradients,
      DifferentiableScore function,
      int queries,
      int firstQuery,
      int firstKey,
      int n) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < queries; i++) {
        int x = j * w + i;
        if (gradients[x] != 0) {
          gradients[x] *=
              (float)
                  function.derivative().apply(s[x], sequence, head, firstQuery + i, firstKey + j);
        }
      }
    }
  }
}
