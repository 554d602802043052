package dev.qkv.attention;

import dev.qkv.kernel.Kernel;
import dev.qkv.tensor.Layout;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Up to 64 queries of one head against its keys: the tile loop of online softmax. Holds a thread's
 * scratch memory; see {@link Kernel} for the letters.
 */
final class QueryBlock implements AutoCloseable {
  /** Queries in a block: a multiple of every kernel's lanes. */
  static final int ROWS = 64;

  /** Most keys in a tile: K, V and Sᵀ of a group share L1; 48 to 96 were fastest. */
  static final int TILE = 8 * Kernel.KEY_STEP;

  private static final ThreadLocal<QueryBlock> OWN = ThreadLocal.withInitial(QueryBlock::new);

  private final int[] low = new int[ROWS];
  private final int[] high = new int[ROWS];
  // For each group of lanes, at its first lane: the least and most of low and high.
  private final int[] leastLow = new int[ROWS];
  private final int[] mostLow = new int[ROWS];
  private final int[] leastHigh = new int[ROWS];
  private final int[] mostHigh = new int[ROWS];
  private final float[] m = new float[ROWS];
  private final float[] l = new float[ROWS];
  private final float[] c = new float[ROWS];
  private final TileEdits edits = new TileEdits();
  private float[] qt = {};
  private float[] ot = {};
  private float[] s = {};
  private float[] masked = {};
  private float[] kTile = {};
  private float[] vTile = {};

  private @Nullable ForwardRun run;
  private int sequence;
  private int head;
  private int firstRow;
  private int rows;
  private int keys;
  private boolean hides;

  private QueryBlock() {}

  /** This thread's block, or another where this one is at work. */
  static QueryBlock own() {
    QueryBlock own = OWN.get();
    return own.run == null ? own : new QueryBlock();
  }

  int sequence() {
    return sequence;
  }

  int head() {
    return head;
  }

  /** Index of the first query in its sequence. */
  int firstRow() {
    return firstRow;
  }

  int rows() {
    return rows;
  }

  private ForwardRun run() {
    return Objects.requireNonNull(run);
  }

  /** Chooses the queries: block number {@code block} of a head of a sequence. */
  void place(ForwardRun newRun, int newSequence, int newHead, int block) {
    run = newRun;
    sequence = newSequence;
    head = newHead;
    firstRow = block * ROWS;
    rows = Math.min(ROWS, newRun.queries(newSequence) - firstRow);
    keys = newRun.keys(newSequence);
    edits.place(newRun.settings(), newSequence, newHead, offset());
    for (int i = 0; i < ROWS; i++) {
      interval(i, firstRow + Math.min(i, rows - 1));
    }
    int w = newRun.kernel().lanes();
    for (int lane = 0; lane < ROWS; lane++) {
      int group = lane / w * w;
      boolean first = lane == group;
      leastLow[group] = first ? low[lane] : Math.min(leastLow[group], low[lane]);
      mostLow[group] = first ? low[lane] : Math.max(mostLow[group], low[lane]);
      leastHigh[group] = first ? high[lane] : Math.min(leastHigh[group], high[lane]);
      mostHigh[group] = first ? high[lane] : Math.max(mostHigh[group], high[lane]);
    }
  }

  /** Lets go of the run and of the caller's masks: the thread keeps this block. */
  @Override
  public void close() {
    run = null;
    edits.release();
  }

  /** The keys that query {@code query} may attend to: from low to before high. */
  private void interval(int lane, int query) {
    Settings settings = run().settings();
    long position = (long) query + offset();
    long from = 0;
    long to = keys;
    if (settings.causal()) {
      to = Math.min(to, position + 1);
    }
    if (settings.windowLeft() >= 0) {
      from = Math.max(from, position - settings.windowLeft());
    }
    if (settings.windowRight() >= 0) {
      to = Math.min(to, position + settings.windowRight() + 1);
    }
    low[lane] = (int) Math.min(from, keys);
    high[lane] = (int) Math.max(to, 0);
  }

  /** Query i stands at key position i + offset. */
  private long offset() {
    Settings settings = run().settings();
    long aligned =
        settings.alignment() == Alignment.BOTTOM_RIGHT ? (long) keys - run().queries(sequence) : 0;
    return aligned + settings.offset();
  }

  /** How many keys the intervals of these queries have. */
  long pairs() {
    long pairs = 0;
    for (int i = 0; i < rows; i++) {
      pairs += Math.max(0, high[i] - low[i]);
    }
    return pairs;
  }

  /** Attends to the keys in [from, to) that the masks leave, and to the sink if that is wanted. */
  void compute(int from, int to, boolean withSink) {
    hides = false;
    attend(from, to, withSink, false);
    // A hidden key has weight 0, but 0·∞ and 0·NaN are NaN: such a block is done again, slowly.
    if (hides && hasNan()) {
      attend(from, to, withSink, true);
    }
  }

  private void attend(int from, int to, boolean withSink, boolean careful) {
    ForwardRun r = run();
    int w = r.kernel().lanes();
    packQueries(scale());
    begin(withSink);
    int start = Math.max(from, least(low, 0, rows));
    int end = Math.min(to, most(high, 0, rows));
    int tile = tileLength(end - start);
    for (int j = start; j < end; j += tile) {
      int n = Math.min(tile, end - j);
      boolean packedK = r.kLayout().columnStride() != 1;
      boolean packedV = r.vLayout().columnStride() != 1;
      if (packedK) {
        kTile = copyTile(r.k(), r.kLayout(), j, n, kTile);
      }
      if (packedV) {
        vTile = copyTile(r.v(), r.vLayout(), j, n, vTile);
      }
      float[] k = packedK ? kTile : r.k();
      float[] v = packedV ? vTile : r.v();
      int kStride = packedK ? r.kLayout().dim() : r.kLayout().rowStride();
      int vStride = packedV ? r.vLayout().dim() : r.vLayout().rowStride();
      int kRow = packedK ? 0 : keyRow(r.kLayout(), j);
      int vRow = packedV ? 0 : keyRow(r.vLayout(), j);
      for (int lane = 0; lane < rows; lane += w) {
        int a = Math.max(j, leastLow[lane]);
        int b = Math.min(j + n, mostHigh[lane]);
        if (a < b) {
          tile(
              lane,
              a,
              b,
              k,
              kRow + (a - j) * kStride,
              kStride,
              v,
              vRow + (a - j) * vStride,
              vStride,
              careful);
        }
      }
    }
  }

  /** One group of lanes against keys [a, b). */
  private void tile(
      int lane,
      int a,
      int b,
      float[] k,
      int kOffset,
      int kStride,
      float[] v,
      int vOffset,
      int vStride,
      boolean careful) {
    ForwardRun r = run();
    Kernel kernel = r.kernel();
    Settings settings = r.settings();
    int w = kernel.lanes();
    int d = r.qLayout().dim();
    int dv = r.vLayout().dim();
    int n = b - a;
    int group = lane / w;
    boolean partial = a < mostLow[lane] || b > leastHigh[lane];
    if (settings.edited()) {
      int valid = Math.min(w, rows - lane);
      int kept = edits.keep(low, high, lane, w, valid, firstRow + lane, a, n);
      hides |= kept < valid * n;
      if (kept == 0) {
        return;
      }
    }
    kernel.scores(qt, group * d * w, k, kOffset, kStride, n, d, s);
    if (settings.softcap() != 0) {
      kernel.softcap(s, n, settings.softcap());
    }
    if (settings.edited()) {
      edits.apply(s, w, firstRow + lane, a, n);
      hides |= settings.bias() != null || settings.scoreFunction() != null;
    }
    if (partial) {
      hides = true;
      kernel.mask(s, n, a, low, high, lane);
    }
    if (careful) {
      System.arraycopy(s, 0, masked, 0, n * w);
    }
    kernel.softmax(s, n, m, l, c, lane);
    if (settings.dropout() != null) {
      edits.drop(s, settings.dropout(), w, firstRow + lane, a, n);
    }
    if (careful) {
      valuesOfKept(n, v, vOffset, vStride, dv, w, lane, group * dv * w);
    } else {
      kernel.values(s, n, v, vOffset, vStride, dv, c, lane, ot, group * dv * w);
    }
  }

  /** As {@link Kernel#values}, but hidden keys are left out, not multiplied by 0. */
  private void valuesOfKept(
      int n, float[] v, int vOffset, int vStride, int dv, int w, int lane, int otOffset) {
    for (int t = 0; t < dv; t++) {
      for (int i = 0; i < w; i++) {
        float o = ot[otOffset + t * w + i] * c[lane + i];
        for (int j = 0; j < n; j++) {
          if (masked[j * w + i] != Float.NEGATIVE_INFINITY) {
            o += s[j * w + i] * v[vOffset + j * vStride + t];
          }
        }
        ot[otOffset + t * w + i] = o;
      }
    }
  }

  private float scale() {
    Float scale = run().settings().scale();
    return scale != null ? scale : (float) (1 / Math.sqrt(run().qLayout().dim()));
  }

  private void begin(boolean withSink) {
    ForwardRun r = run();
    int w = r.kernel().lanes();
    int dv = r.vLayout().dim();
    if (ot.length < ROWS * dv) {
      ot = new float[ROWS * dv];
    }
    if (s.length < (TILE + 1) * w) {
      s = new float[(TILE + 1) * w];
      masked = new float[TILE * w];
    }
    Arrays.fill(ot, 0, ROWS * dv, 0);
    float[] sinks = r.settings().sinks();
    float sink = withSink && sinks != null ? sinks[head] : Float.NEGATIVE_INFINITY;
    Arrays.fill(m, sink);
    Arrays.fill(l, sink == Float.NEGATIVE_INFINITY ? 0 : 1);
  }

  /** Qᵀ, group by group, times a factor; lanes beyond the last query are 0. */
  private void packQueries(float factor) {
    ForwardRun r = run();
    int w = r.kernel().lanes();
    Layout layout = r.qLayout();
    int d = layout.dim();
    if (qt.length < ROWS * d) {
      qt = new float[ROWS * d];
    }
    int row = layout.row(r.batch(sequence), head, r.queryStart(sequence) + firstRow);
    for (int i = 0; i < (rows + w - 1) / w * w; i++) {
      int to = i / w * d * w + i % w;
      if (i < rows) {
        packRow(r.q(), row + i * layout.rowStride(), layout.columnStride(), d, w, factor, to);
      } else {
        for (int t = 0; t < d; t++) {
          qt[to + t * w] = 0;
        }
      }
    }
  }

  private void packRow(float[] q, int from, int step, int d, int w, float factor, int to) {
    for (int t = 0; t < d; t++) {
      qt[to + t * w] = q[from + t * step] * factor;
    }
  }

  private int keyRow(Layout layout, int key) {
    int kvHead = head / (run().qLayout().heads() / layout.heads());
    return layout.row(run().batch(sequence), kvHead, run().keyStart(sequence) + key);
  }

  /** Rows of K or V with their components adjacent. */
  private float[] copyTile(float[] from, Layout layout, int key, int n, float[] tile) {
    int d = layout.dim();
    float[] to = tile.length < TILE * d ? new float[TILE * d] : tile;
    for (int j = 0; j < n; j++) {
      int row = keyRow(layout, key + j);
      for (int t = 0; t < d; t++) {
        to[j * d + t] = from[row + t * layout.columnStride()];
      }
    }
    return to;
  }

  /** Tiles of nearly equal length, whole register tiles each. */
  private static int tileLength(int n) {
    int tiles = Math.max(1, (n + TILE - 1) / TILE);
    int even = (n + tiles - 1) / tiles;
    return Math.max(1, (even + Kernel.KEY_STEP - 1) / Kernel.KEY_STEP) * Kernel.KEY_STEP;
  }

  private static int least(int[] values, int from, int count) {
    int least = values[from];
    for (int i = 1; i < count; i++) {
      least = Math.min(least, values[from + i]);
    }
    return least;
  }

  private static int most(int[] values, int from, int count) {
    int most = values[from];
    for (int i = 1; i < count; i++) {
      most = Math.max(most, values[from + i]);
    }
    return most;
  }

  private boolean hasNan() {
    int w = run().kernel().lanes();
    int count = (rows + w - 1) / w * w * run().vLayout().dim();
    for (int x = 0; x < count; x++) {
      if (Float.isNaN(ot[x])) {
        return true;
      }
    }
    return false;
  }

  /** Writes the rows, divided by their sums. */
  void toOutput(
      float[] output, int at, Layout layout, float @Nullable [] logSumExp, int logSumExpAt) {
    int w = run().kernel().lanes();
    int dv = run().vLayout().dim();
    for (int i = 0; i < rows; i++) {
      float inverse = AttentionState.inverse(l[i]);
      int from = i / w * dv * w + i % w;
      int to = at + i * layout.rowStride();
      unpackRow(from, w, dv, inverse, output, to, layout.columnStride());
      if (logSumExp != null) {
        logSumExp[logSumExpAt + i] = AttentionState.logSumExp(m[i], l[i]);
      }
    }
  }

  /** Writes the rows as they are, with their maxima and sums. */
  void toState(float[] max, float[] sum, float[] output, int row, int dv) {
    int w = run().kernel().lanes();
    for (int i = 0; i < rows; i++) {
      max[row + i] = m[i];
      sum[row + i] = l[i];
      unpackRow(i / w * dv * w + i % w, w, dv, 1, output, (row + i) * dv, 1);
    }
  }

  private void unpackRow(int from, int w, int dv, float factor, float[] output, int to, int step) {
    for (int t = 0; t < dv; t++) {
      output[to + t * step] = ot[from + t * w] * factor;
    }
  }

  /** Writes the scores of every stored key at a stage. */
  void scores(Stage stage, float[] scores, int at, int rowStride) {
    ForwardRun r = run();
    Kernel kernel = r.kernel();
    Settings settings = r.settings();
    int w = kernel.lanes();
    int d = r.qLayout().dim();
    packQueries(scale());
    begin(false);
    int stored = r.storedKeys(sequence);
    for (int j = 0; j < stored; j += TILE) {
      int n = Math.min(TILE, stored - j);
      kTile = copyTile(r.k(), r.kLayout(), j, n, kTile);
      for (int lane = 0; lane < rows; lane += w) {
        kernel.scores(qt, lane * d, kTile, 0, d, n, d, s);
        if (stage != Stage.SCALED && settings.softcap() != 0) {
          kernel.softcap(s, n, settings.softcap());
        }
        if (stage == Stage.MASKED) {
          if (settings.edited()) {
            edits.keep(low, high, lane, w, Math.min(w, rows - lane), firstRow + lane, j, n);
            edits.apply(s, w, firstRow + lane, j, n);
          }
          kernel.mask(s, n, j, low, high, lane);
        }
        for (int i = lane; i < Math.min(rows, lane + w); i++) {
          for (int key = 0; key < n; key++) {
            scores[at + i * rowStride + j + key] = s[key * w + i - lane];
          }
        }
      }
    }
  }
}
