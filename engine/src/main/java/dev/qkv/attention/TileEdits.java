package dev.qkv.attention;

import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Tensor;

/**
 * What is done to the scores of a tile one by one: keep mask and keep function, ALiBi, bias, score
 * function, dropout. A tile is Sᵀ: n rows of keys, w lanes of queries.
 */
final class TileEdits {
  private static final int AXES = 4;
  private static final int QUERY_AXIS = 2;
  private static final int KEY_AXIS = 3;

  private Settings settings = Settings.PLAIN;
  private Batch batch = Batch.PLAIN;
  private int sequence;
  private int head;
  private long offset;
  private int keepAt;
  private int keepRow;
  private int keepColumn;
  private int biasAt;
  private int biasRow;
  private int biasColumn;
  private boolean[] kept = {};

  TileEdits() {}

  /** Chooses the head; query i stands at key position i + offset. */
  void place(Settings newSettings, Batch newBatch, int newSequence, int newHead, long newOffset) {
    settings = newSettings;
    batch = newBatch;
    sequence = newSequence;
    head = newHead;
    offset = newOffset;
    BooleanTensor keep = newBatch.keep();
    if (keep != null) {
      int rank = keep.rank();
      int stride = 1;
      int at = 0;
      keepRow = 0;
      keepColumn = 0;
      for (int axis = rank - 1; axis >= 0; axis--) {
        int size = keep.size(axis);
        int step = size == 1 ? 0 : stride;
        switch (axis + AXES - rank) {
          case KEY_AXIS -> keepColumn = step;
          case QUERY_AXIS -> keepRow = step;
          case 1 -> at += newHead * step;
          default -> at += newSequence * step;
        }
        stride *= size;
      }
      keepAt = at;
    }
    Tensor bias = newBatch.bias();
    if (bias != null) {
      int rank = bias.rank();
      biasAt = bias.offset();
      biasColumn = step(bias, rank - 1);
      biasRow = step(bias, rank - 2);
      if (rank > 2) {
        biasAt += newHead * step(bias, rank - 3);
      }
      if (rank == AXES) {
        biasAt += newSequence * step(bias, 0);
      }
    }
  }

  long bytes() {
    return kept.length;
  }

  /** Lets go of the masks. */
  void release() {
    settings = Settings.PLAIN;
    batch = Batch.PLAIN;
  }

  private static int step(Tensor mask, int axis) {
    return mask.size(axis) == 1 ? 0 : mask.stride(axis);
  }

  /**
   * Finds out which scores of a tile stay, before they are computed. A bias of −∞ is no number to
   * be added: NaN − ∞ is NaN, and a score function would see it.
   *
   * @param lane of the group in low and high
   * @param w lanes
   * @param valid lanes that are queries
   * @param firstQuery index of the query in the first lane
   * @param firstKey index of the first key
   * @param n keys
   * @return how many stay, of valid·n
   */
  int keep(int[] low, int[] high, int lane, int w, int valid, int firstQuery, int firstKey, int n) {
    if (kept.length < n * w) {
      kept = new boolean[ScoreTile.MOST_KEYS * w];
    }
    BooleanTensor mask = batch.keep();
    boolean[] allowed = mask == null ? kept : mask.data();
    KeepFunction function = settings.mask().function();
    Tensor bias = batch.bias();
    float[] added = bias == null ? Operands.NOTHING : bias.data();
    int count = 0;
    for (int j = 0; j < n; j++) {
      int key = firstKey + j;
      for (int i = 0; i < w; i++) {
        int query = firstQuery + i;
        boolean keeps =
            i < valid
                && key >= low[lane + i]
                && key < high[lane + i]
                && (mask == null || allowed[keepAt + query * keepRow + key * keepColumn])
                && (bias == null || !hides(added[biasAt + query * biasRow + key * biasColumn]))
                && (function == null || function.keeps(sequence, head, query, key));
        kept[j * w + i] = keeps;
        count += keeps ? 1 : 0;
      }
    }
    return count;
  }

  /** Adds ALiBi and bias, applies the score function, and hides what {@link #keep} did not keep. */
  void apply(float[] s, int w, int firstQuery, int firstKey, int n) {
    ScoreFunction function = settings.scores().function();
    for (int j = 0; j < n; j++) {
      int key = firstKey + j;
      for (int i = 0; i < w; i++) {
        float score = Float.NEGATIVE_INFINITY;
        if (kept[j * w + i]) {
          int query = firstQuery + i;
          score = edited(s[j * w + i], query, key);
          if (function != null) {
            score = (float) function.apply(score, sequence, head, query, key);
          }
        }
        s[j * w + i] = score;
      }
    }
  }

  private static boolean hides(float bias) {
    return bias == Float.NEGATIVE_INFINITY;
  }

  /** A score with ALiBi and bias. */
  private float edited(float score, int query, int key) {
    float[] slopes = settings.scores().alibiSlopes();
    Tensor bias = batch.bias();
    float edited = score;
    if (slopes != null) {
      edited += slopes[head] * (key - query - offset);
    }
    if (bias != null) {
      edited += bias.data()[biasAt + query * biasRow + key * biasColumn];
    }
    return edited;
  }

  /**
   * Multiplies gradients by the derivative of the score function. A gradient of 0 stays: the score
   * may be −∞, where there is no derivative.
   */
  void slopes(
      float[] s,
      float[] gradients,
      DifferentiableScore function,
      int w,
      int firstQuery,
      int firstKey,
      int n) {
    for (int j = 0; j < n; j++) {
      int key = firstKey + j;
      for (int i = 0; i < w; i++) {
        if (gradients[j * w + i] != 0) {
          int query = firstQuery + i;
          float score = edited(s[j * w + i], query, key);
          gradients[j * w + i] *=
              (float) function.derivative().apply(score, sequence, head, query, key);
        }
      }
    }
  }

  /** Drops weights and rescales the others. */
  void drop(float[] p, Dropout dropout, int w, int firstQuery, int firstKey, int n) {
    float rescale = dropout.rescale();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < w; i++) {
        boolean drops = dropout.drops(sequence, head, firstQuery + i, firstKey + j);
        p[j * w + i] = drops ? 0 : p[j * w + i] * rescale;
      }
    }
  }
}
