package dev.qkv.attention;

import dev.qkv.kernel.Kernel;
import dev.qkv.parallel.Pool;
import dev.qkv.parallel.Scratch;
import dev.qkv.tensor.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Up to 64 queries of one head against its keys: the tile loop of online softmax, with its scratch
 * memory; see {@link Kernel} for the letters.
 */
final class QueryBlock implements AutoCloseable, Scratch {
  private static final Pool<QueryBlock> POOL = new Pool<>(QueryBlock::new);

  private static final int ROWS = Place.ROWS;

  /** Tiles whose sums are added up before they join those of all tiles before them. */
  private static final int TILES = 16;

  private final Place place = new Place();
  private final float[] m = new float[ROWS];
  private final float[] l = new float[ROWS];
  private final float[] c = new float[ROWS];
  private final KeyTile keyTile = new KeyTile();
  private float[] qt = {};
  private float[] ot = {};
  // What was added up before the last tiles, with the maxima of then.
  private final float[] mBefore = new float[ROWS];
  private final float[] lBefore = new float[ROWS];
  private float[] otBefore = {};
  private float[] s = {};
  private float[] masked = {};

  private boolean hides;

  private QueryBlock() {}

  /** A block that is nobody else's until it is closed. */
  static QueryBlock take() {
    return POOL.take();
  }

  @Override
  public long bytes() {
    long floats = (long) qt.length + ot.length + otBefore.length + s.length + masked.length;
    return floats * Float.BYTES + keyTile.bytes() + place.bytes();
  }

  /** Which queries; to be chosen before anything is computed. */
  Place place() {
    return place;
  }

  /** Lets go of the caller's arrays and masks, and is kept for others. */
  @Override
  public void close() {
    place.release();
    keyTile.release();
    POOL.giveBack(this);
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
    Operands on = place.operands();
    int w = on.kernel().lanes();
    packQueries();
    begin(withSink);
    int start = Math.max(from, place.firstKey());
    int end = Math.min(to, place.lastKey());
    int tile = ScoreTile.length(end - start, ScoreTile.MOST_KEYS);
    int tiles = 0;
    for (int j = start; j < end; j += tile) {
      if (tiles > 0 && tiles % TILES == 0) {
        setAside(tiles == TILES);
      }
      tiles++;
      int n = Math.min(tile, end - j);
      keyTile.load(place, j, n);
      for (int lane = 0; lane < place.rows(); lane += w) {
        int a = place.firstKey(lane, j);
        int b = place.lastKey(lane, j + n);
        if (a < b) {
          tile(lane, j, a, b, careful);
        }
      }
    }
    if (tiles > TILES) {
      setAside(false);
      float[] sums = ot;
      ot = otBefore;
      otBefore = sums;
      System.arraycopy(lBefore, 0, l, 0, ROWS);
    }
  }

  /**
   * Adds the sums of the last tiles to those of all before, and begins new ones with the same
   * maxima: over many keys, float32 would lose what is small beside a long sum.
   */
  private void setAside(boolean first) {
    int w = place.operands().kernel().lanes();
    int dv = place.operands().vLayout().dim();
    if (otBefore.length < ROWS * dv) {
      otBefore = new float[ROWS * dv];
    }
    for (int i = 0; i < ROWS; i++) {
      c[i] = first ? 0 : AttentionState.correction(mBefore[i], m[i]);
      lBefore[i] = first ? l[i] : lBefore[i] * c[i] + l[i];
      mBefore[i] = m[i];
      l[i] = 0;
    }
    if (first) {
      System.arraycopy(ot, 0, otBefore, 0, ROWS * dv);
    } else {
      for (int lane = 0; lane < ROWS; lane += w) {
        for (int t = 0; t < dv; t++) {
          addLanes(lane * dv + t * w, lane, w);
        }
      }
    }
    Arrays.fill(ot, 0, ROWS * dv, 0);
  }

  /** A loop that the compiler turns into vectors. */
  private void addLanes(int at, int lane, int w) {
    for (int i = 0; i < w; i++) {
      otBefore[at + i] = otBefore[at + i] * c[lane + i] + ot[at + i];
    }
  }

  /** One group of lanes against keys [a, b) of the tile that starts at key {@code first}. */
  private void tile(int lane, int first, int a, int b, boolean careful) {
    float[] v = keyTile.v();
    int vOffset = keyTile.vOffset(a - first);
    int vStride = keyTile.vStride();
    Operands on = place.operands();
    Kernel kernel = on.kernel();
    int w = kernel.lanes();
    int dv = on.vLayout().dim();
    int n = b - a;
    ScoreTile.Content content = ScoreTile.compute(place, lane, a, b, qt, keyTile, first, s, null);
    hides |= content != ScoreTile.Content.ALL;
    if (content == ScoreTile.Content.EMPTY) {
      return;
    }
    if (careful) {
      System.arraycopy(s, 0, masked, 0, n * w);
    }
    kernel.softmax(s, n, m, l, c, lane);
    Dropout dropout = on.dropout();
    if (dropout != null) {
      place.draw(dropout, lane, a, n);
      place.drop(s, n);
    }
    if (careful) {
      valuesOfKept(n, v, vOffset, vStride, dv, w, lane, lane * dv);
    } else {
      kernel.values(s, n, v, vOffset, vStride, dv, c, lane, ot, lane * dv);
    }
  }

  /** As {@link Kernel#values}, but hidden keys are left out, not multiplied by 0. */
  private void valuesOfKept(
      int n, float[] v, int vOffset, int vStride, int dv, int w, int lane, int otOffset) {
    for (int t = 0; t < dv; t++) {
      for (int i = 0; i < w; i++) {
        float o = 0;
        for (int j = 0; j < n; j++) {
          if (masked[j * w + i] != Float.NEGATIVE_INFINITY) {
            o += s[j * w + i] * v[vOffset + j * vStride + t];
          }
        }
        int x = otOffset + t * w + i;
        ot[x] = ot[x] * c[lane + i] + o;
      }
    }
  }

  private void begin(boolean withSink) {
    Operands on = place.operands();
    int w = on.kernel().lanes();
    int dv = on.vLayout().dim();
    if (ot.length < ROWS * dv) {
      ot = new float[ROWS * dv];
    }
    if (s.length < (ScoreTile.MOST_KEYS + 1) * w) {
      s = new float[(ScoreTile.MOST_KEYS + 1) * w];
      masked = new float[ScoreTile.MOST_KEYS * w];
    }
    Arrays.fill(ot, 0, ROWS * dv, 0);
    float[] sinks = on.settings().sinks();
    float sink = withSink && sinks != null ? sinks[place.head()] : Float.NEGATIVE_INFINITY;
    Arrays.fill(m, sink);
    Arrays.fill(l, sink == Float.NEGATIVE_INFINITY ? 0 : 1);
  }

  /** Qᵀ, group by group, scaled; lanes beyond the last query are 0. */
  private void packQueries() {
    Operands on = place.operands();
    qt = Packing.lanes(place, on.q(), on.qLayout(), on.scale(), qt);
  }

  private boolean hasNan() {
    Operands on = place.operands();
    int count = place.groups() * on.kernel().lanes() * on.vLayout().dim();
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
    int w = place.operands().kernel().lanes();
    int dv = place.operands().vLayout().dim();
    for (int i = 0; i < place.rows(); i++) {
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
    int w = place.operands().kernel().lanes();
    for (int i = 0; i < place.rows(); i++) {
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
    Operands on = place.operands();
    Kernel kernel = on.kernel();
    Float cap = on.settings().scores().softcap();
    int w = kernel.lanes();
    int d = on.qLayout().dim();
    int rows = place.rows();
    packQueries();
    begin(false);
    int stored = on.storedKeys(place.sequence());
    for (int j = 0; j < stored; j += ScoreTile.MOST_KEYS) {
      int n = Math.min(ScoreTile.MOST_KEYS, stored - j);
      keyTile.load(place, j, n);
      for (int lane = 0; lane < rows; lane += w) {
        kernel.scores(qt, lane * d, keyTile.k(), keyTile.kOffset(0), keyTile.kStride(), n, d, s);
        if (stage != Stage.SCALED && cap != null) {
          kernel.softcap(s, n, cap);
        }
        if (stage == Stage.MASKED) {
          place.edit(s, lane, j, n, place.choose(lane, j, n));
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
