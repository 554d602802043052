package dev.qkv.attention;

import dev.qkv.kernel.Kernel;
import dev.qkv.parallel.Pool;
import dev.qkv.parallel.Scratch;
import dev.qkv.tensor.Layout;
import java.util.Arrays;

/**
 * Up to 64 queries of one head against its keys, backwards: recomputes P, and turns it and dO into
 * the gradients. Has scratch memory; see {@link Kernel} for the letters.
 *
 * <p>The forward's steps in reverse, each with its gradient, for a tile of keys:
 *
 * <pre>
 * O = P·V              dV += Pᵀ·dO       dPᵀ = V·dOᵀ
 * P = softmax(S)       dS = P∘(dP − Δ), Δ = rowsum(dO∘O)
 * S = scale·Q·Kᵀ       dQ += dS·K        dK += dSᵀ·Q
 * </pre>
 */
final class BackwardBlock implements AutoCloseable, Scratch {
  /** Most keys in a tile: longer ones lose more at a causal edge than they win elsewhere. */
  static final int MOST_KEYS = 4 * Kernel.KEY_STEP;

  /** Blocks of queries whose sums are added up before they join those of all blocks before them. */
  private static final int BLOCKS = 64;

  private static final Pool<BackwardBlock> POOL = new Pool<>(BackwardBlock::new);

  private final Place place = new Place();
  private final KeyTile keyTile = new KeyTile();
  private final float[] logSumExp = new float[Place.ROWS];
  private final float[] delta = new float[Place.ROWS];
  private final float[] ones = new float[Place.ROWS];
  private float[] qt = {};
  private float[] dot = {};
  private float[] qRows = {};
  private float[] doRows = {};
  private float[] dqt = {};
  private float[][] p = {};
  private float[][] ds = {};
  private float[] capped = {};
  private float[] edited = {};
  private boolean[] hidden = {};
  private boolean careful;
  // The groups of lanes that see keys of the last tile lie between these.
  private int firstGroup;
  private int lastGroup;
  // The gradients of the keys and values of a chunk, rows of whole groups of lanes.
  private float[] dk = {};
  private float[] dv = {};
  private int dkLength;
  private int dvLength;
  private int chunkStart;
  // What was added up before the last blocks of queries; see QueryBlock.
  private float[] dkBefore = {};
  private float[] dvBefore = {};
  private int blocks;

  private BackwardBlock() {
    Arrays.fill(ones, 1);
  }

  /** A block that is nobody else's until it is closed. */
  static BackwardBlock take() {
    return POOL.take();
  }

  @Override
  public long bytes() {
    long floats = (long) qt.length + dot.length + qRows.length + doRows.length + dqt.length;
    floats += (long) dk.length + dv.length + dkBefore.length + dvBefore.length;
    floats += (2L * p.length + 2) * capped.length;
    return floats * Float.BYTES + hidden.length + keyTile.bytes() + place.bytes();
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

  /** Starts to add up the gradients of {@code keys} keys from {@code first}. */
  void beginChunk(Operands on, int first, int keys) {
    int w = on.kernel().lanes();
    dkLength = keys * Packing.padded(on.qLayout().dim(), w);
    dvLength = keys * Packing.padded(on.vLayout().dim(), w);
    if (dk.length < dkLength) {
      dk = new float[dkLength];
    }
    if (dv.length < dvLength) {
      dv = new float[dvLength];
    }
    Arrays.fill(dk, 0, dkLength, 0);
    Arrays.fill(dv, 0, dvLength, 0);
    chunkStart = first;
    blocks = 0;
  }

  /** Adds the sums of the last blocks to those of all before, and begins new ones. */
  private void setAside() {
    dkBefore = addedUp(dkBefore, dk, dkLength, blocks == BLOCKS);
    dvBefore = addedUp(dvBefore, dv, dvLength, blocks == BLOCKS);
  }

  private static float[] addedUp(float[] before, float[] last, int length, boolean first) {
    float[] sums = before.length < length ? new float[length] : before;
    if (first) {
      System.arraycopy(last, 0, sums, 0, length);
    } else {
      for (int x = 0; x < length; x++) {
        sums[x] += last[x];
      }
    }
    Arrays.fill(last, 0, length, 0);
    return sums;
  }

  /** Writes the gradients of the chunk's keys. */
  void endChunk(Operands on, int sequence, int kvHead, int keys, BackwardRun run) {
    int w = on.kernel().lanes();
    boolean many = blocks > BLOCKS;
    if (many) {
      setAside();
    }
    float[] dkSums = many ? dkBefore : dk;
    float[] dvSums = many ? dvBefore : dv;
    for (int j = 0; j < keys; j++) {
      int key = chunkStart + j;
      Layout kl = run.dkLayout();
      int at = on.keyRow(kl, sequence, kvHead, key);
      copy(dkSums, j * Packing.padded(kl.dim(), w), run.dk(), at, kl.columnStride(), kl.dim());
      Layout vl = run.dvLayout();
      at = on.keyRow(vl, sequence, kvHead, key);
      copy(dvSums, j * Packing.padded(vl.dim(), w), run.dv(), at, vl.columnStride(), vl.dim());
    }
  }

  private static void copy(float[] from, int at, float[] to, int toAt, int step, int count) {
    // Rows without components lie outside their array, which arraycopy minds.
    if (step == 1 && count > 0) {
      System.arraycopy(from, at, to, toAt, count);
      return;
    }
    for (int t = 0; t < count; t++) {
      to[toAt + t * step] = from[at + t];
    }
  }

  /** Makes the chosen queries ready: packs Q and dO both ways. */
  void begin(BackwardRun run) {
    Operands on = place.operands();
    int w = on.kernel().lanes();
    int d = on.qLayout().dim();
    careful = run.isCareful(place.sequence(), place.kvHead());
    qt = Packing.lanes(place, on.q(), on.qLayout(), on.scale(), qt);
    dot = Packing.lanes(place, run.dOutput(), run.dOutputLayout(), 1, dot);
    qRows = Packing.panels(place, on.q(), on.qLayout(), on.scale(), qRows);
    doRows = Packing.panels(place, run.dOutput(), run.dOutputLayout(), 1, doRows);
    if (dqt.length < Place.ROWS * d) {
      dqt = new float[Place.ROWS * d];
    }
    Arrays.fill(dqt, 0, Place.ROWS * d, 0);
    int row = on.row(place.sequence(), place.head(), place.firstRow());
    for (int i = 0; i < Place.ROWS; i++) {
      boolean query = i < place.rows();
      // A row without keys, and a lane without a query, get weights of 0.
      float sum = query ? run.logSumExp()[row + i] : Float.NEGATIVE_INFINITY;
      logSumExp[i] = sum == Float.NEGATIVE_INFINITY ? Float.POSITIVE_INFINITY : sum;
      delta[i] = query ? run.delta()[row + i] : 0;
    }
    int tile = MOST_KEYS * w;
    if (capped.length < tile) {
      p = new float[Place.ROWS / w][tile];
      ds = new float[Place.ROWS / w][tile];
      capped = new float[tile];
      edited = new float[tile];
      hidden = new boolean[Place.ROWS * MOST_KEYS];
    }
  }

  /** Adds what the keys [from, to) give to dQ, and to dK and dV of the chunk. */
  void addKeys(int from, int to) {
    if (blocks > 0 && blocks % BLOCKS == 0) {
      setAside();
    }
    blocks++;
    int start = Math.max(from, place.firstKey());
    int end = Math.min(to, place.lastKey());
    int tile = ScoreTile.length(end - start, MOST_KEYS);
    for (int j = start; j < end; j += tile) {
      int b = Math.min(j + tile, end);
      scoreGradients(j, b, Stage.SCALED);
      if (careful) {
        addKept(j, b - j);
      } else {
        addProducts(j, b - j);
      }
    }
  }

  /** dQ += dS·K, dK += dSᵀ·Q, dV += Pᵀ·dO. */
  private void addProducts(int a, int n) {
    Operands on = place.operands();
    Kernel kernel = on.kernel();
    int w = kernel.lanes();
    int d = on.qLayout().dim();
    int valueDim = on.vLayout().dim();
    for (int g = firstGroup; g < lastGroup; g++) {
      kernel.values(
          ds[g],
          seen(g * w, a, a + n),
          keyTile.k(),
          keyTile.kOffset(0),
          keyTile.kStride(),
          d,
          ones,
          g * w,
          dqt,
          g * w * d);
    }
    addProduct(ds, n, qRows, d, dk, a - chunkStart);
    addProduct(p, n, doRows, valueDim, dv, a - chunkStart);
  }

  /** Adds to the gradients of n keys from {@code key} what all groups of lanes give. */
  private void addProduct(float[][] left, int n, float[] panels, int d, float[] to, int key) {
    Kernel kernel = place.operands().kernel();
    int w = kernel.lanes();
    int stride = Packing.padded(d, w);
    for (int t = 0; t < d; t += w) {
      kernel.addProduct(
          left,
          firstGroup,
          lastGroup,
          0,
          w,
          n,
          w,
          panels,
          t * Place.ROWS,
          to,
          key * stride + t,
          stride);
    }
  }

  /** As {@link #addProducts}, but hidden keys are left out, not multiplied by 0. */
  private void addKept(int a, int n) {
    Operands on = place.operands();
    int w = on.kernel().lanes();
    int d = on.qLayout().dim();
    int valueDim = on.vLayout().dim();
    for (int i = 0; i < place.rows(); i++) {
      int lane = i % w;
      int group = i / w;
      for (int j = 0; j < n; j++) {
        if (hidden[i * MOST_KEYS + j]) {
          continue;
        }
        float dScore = ds[group][j * w + lane];
        float weight = p[group][j * w + lane];
        int kRow = (a - chunkStart + j) * Packing.padded(d, w);
        int vRow = (a - chunkStart + j) * Packing.padded(valueDim, w);
        for (int t = 0; t < d; t++) {
          int x = group * w * d + t * w + lane;
          dqt[x] += dScore * keyTile.k()[keyTile.kOffset(j) + t];
          dk[kRow + t] += dScore * qt[x];
        }
        for (int t = 0; t < valueDim; t++) {
          dv[vRow + t] += weight * dot[group * w * valueDim + t * w + lane];
        }
      }
    }
  }

  /**
   * The gradients of the scores of keys [a, b) at a stage, and the weights after dropout, for all
   * groups of lanes.
   */
  void scoreGradients(int a, int b, Stage stage) {
    keyTile.load(place, a, b - a);
    int w = place.operands().kernel().lanes();
    firstGroup = place.groups();
    lastGroup = 0;
    for (int lane = 0; lane < place.rows(); lane += w) {
      scoreGradients(lane, a, seen(lane, a, b), b - a, stage);
    }
  }

  /** How many of the keys [a, b) lie before the last that a group of lanes sees. */
  private int seen(int lane, int a, int b) {
    int last = place.lastKey(lane, b);
    return place.firstKey(lane, a) < last ? last - a : 0;
  }

  /**
   * One group of lanes against n keys; for those after them, up to {@code all}, weights and
   * gradients are 0.
   */
  private void scoreGradients(int lane, int a, int n, int all, Stage stage) {
    Settings.Scores scores = place.operands().settings().scores();
    int w = place.operands().kernel().lanes();
    float[] weights = p[lane / w];
    float[] gradients = ds[lane / w];
    boolean changed = scores.softcap() != null || scores.function() != null;
    float[] before = changed ? capped : null;
    boolean empty =
        n == 0
            || ScoreTile.compute(place, lane, a, a + n, qt, keyTile, a, weights, before)
                == ScoreTile.Content.EMPTY;
    int from = empty ? 0 : n;
    Arrays.fill(weights, from * w, all * w, 0);
    Arrays.fill(gradients, from * w, all * w, 0);
    if (careful) {
      noteHidden(lane, from, all, weights);
    }
    if (empty) {
      return;
    }
    firstGroup = Math.min(firstGroup, lane / w);
    lastGroup = lane / w + 1;
    scoreGradients(lane, a, n, stage, weights, gradients);
    if (careful) {
      clearHidden(lane, n, weights, gradients);
    }
  }

  /** Turns the scores in {@code weights} to weights, and makes their gradients. */
  private void scoreGradients(
      int lane, int a, int n, Stage stage, float[] weights, float[] gradients) {
    Operands on = place.operands();
    Kernel kernel = on.kernel();
    Settings.Scores scores = on.settings().scores();
    int w = kernel.lanes();
    int valueDim = on.vLayout().dim();
    kernel.weights(weights, n, logSumExp, lane);
    kernel.scores(
        dot,
        lane * valueDim,
        keyTile.v(),
        keyTile.vOffset(0),
        keyTile.vStride(),
        n,
        valueDim,
        gradients);
    Dropout dropout = on.dropout();
    if (dropout != null) {
      place.draw(dropout, lane, a, n);
      place.drop(gradients, n);
    }
    kernel.softmaxBackward(weights, gradients, n, delta, lane);
    if (dropout != null) {
      place.drop(weights, n);
    }
    if (stage == Stage.MASKED) {
      return;
    }
    if (scores.function() instanceof DifferentiableScore function) {
      System.arraycopy(capped, 0, edited, 0, n * w);
      place.add(edited, lane, a, n);
      place.slopes(edited, gradients, function, lane, a, n);
    }
    Float cap = scores.softcap();
    if (stage == Stage.SCALED && cap != null) {
      kernel.softcapBackward(gradients, capped, n, cap);
    }
  }

  /** Which of the keys are hidden: those after the first {@code n}, and those with score −∞. */
  private void noteHidden(int lane, int n, int all, float[] scores) {
    int w = place.operands().kernel().lanes();
    for (int i = 0; i < w; i++) {
      for (int j = 0; j < all; j++) {
        hidden[(lane + i) * MOST_KEYS + j] = j >= n || scores[j * w + i] == Float.NEGATIVE_INFINITY;
      }
    }
  }

  private void clearHidden(int lane, int n, float[] weights, float[] gradients) {
    int w = place.operands().kernel().lanes();
    for (int i = 0; i < w; i++) {
      for (int j = 0; j < n; j++) {
        if (hidden[(lane + i) * MOST_KEYS + j]) {
          weights[j * w + i] = 0;
          gradients[j * w + i] = 0;
        }
      }
    }
  }

  /** The gradient of a score of the last tile: query {@code row} of the block, key a + j. */
  float scoreGradient(int row, int j) {
    int w = place.operands().kernel().lanes();
    return ds[row / w][j * w + row % w];
  }

  /** Writes dQ, or adds it. */
  void endQueries(float[] to, int at, int rowStride, int columnStride, boolean add) {
    Operands on = place.operands();
    int w = on.kernel().lanes();
    int d = on.qLayout().dim();
    float scale = on.scale();
    for (int i = 0; i < place.rows(); i++) {
      int from = i / w * w * d + i % w;
      for (int t = 0; t < d; t++) {
        int x = at + i * rowStride + t * columnStride;
        to[x] = (add ? to[x] : 0) + scale * dqt[from + t * w];
      }
    }
  }
}
