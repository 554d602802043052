package dev.qkv.attention;

import dev.qkv.parallel.Pool;
import dev.qkv.parallel.Scratch;
import dev.qkv.parallel.Team;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * One forward pass: cuts it into blocks of queries, shares them among threads, and puts split keys
 * together again. Kept and used again.
 *
 * <p>Blocks and splits depend on the shapes alone, never on the number of threads, and each block
 * is computed by itself: hence the same bits for every number of threads.
 */
final class ForwardRun implements Scratch {
  /** Fewer blocks than this, and keys are split as well. */
  private static final int ENOUGH_BLOCKS = 32;

  /** Splitting keys further costs more in merging than it brings. */
  private static final int SHORTEST_SPLIT = 512;

  private static final Pool<ForwardRun> POOL = new Pool<>(ForwardRun::new);

  private final Team team = new Team();
  // Kept as objects, so that handing them over allocates nothing.
  private final Team.Work splitWork = this::computeSplit;

  /** Splits of each block that are not done; whoever does the last puts them together. */
  private final AtomicIntegerArray splitsLeft = new AtomicIntegerArray(ENOUGH_BLOCKS);

  private final Operands on = new Operands();
  private int splits;
  private int splitLength;
  private int firstKey;
  private int lastKey;
  private boolean withSink;

  private float[] output = Operands.NOTHING;
  private Layout outputLayout = Operands.NOWHERE;
  private float @Nullable [] logSumExp;

  /** Whether blocks end as rows of max, sum and partial, not as output. */
  private boolean toState;

  private float[] max = Operands.NOTHING;
  private float[] sum = Operands.NOTHING;
  private float[] partial = Operands.NOTHING;
  private float[] ownMax = Operands.NOTHING;
  private float[] ownSum = Operands.NOTHING;
  private float[] ownPartial = Operands.NOTHING;

  private ForwardRun() {}

  /** A run that is nobody else's until it is released. */
  static ForwardRun take() {
    return POOL.take();
  }

  /** A run over tensors, which are checked. */
  static ForwardRun of(Settings settings, Tensor q, Tensor k, Tensor v, Batch batch) {
    Layout qLayout = Checks.layout("q", q, settings);
    Layout kLayout = Checks.layout("k", k, settings);
    Layout vLayout = Checks.layout("v", v, settings);
    Checks.forward(settings, batch, q.data(), qLayout, k.data(), kLayout, v.data(), vLayout);
    ForwardRun run = take();
    run.on.set(settings, batch, q.data(), qLayout, k.data(), kLayout, v.data(), vLayout);
    return run;
  }

  @Override
  public long bytes() {
    long floats = (long) ownMax.length + ownSum.length + ownPartial.length;
    return floats * Float.BYTES + team.bytes();
  }

  /** Lets go of the caller's arrays, and is kept for others. */
  void release() {
    on.release();
    output = Operands.NOTHING;
    logSumExp = null;
    max = Operands.NOTHING;
    sum = Operands.NOTHING;
    partial = Operands.NOTHING;
    POOL.giveBack(this);
  }

  /** What this run reads; to be set before it starts. */
  Operands operands() {
    return on;
  }

  /** Computes output and, if wanted, log-sum-exp. */
  void into(float[] newOutput, Layout newOutputLayout, float @Nullable [] newLogSumExp) {
    output = newOutput;
    outputLayout = newOutputLayout;
    logSumExp = newLogSumExp;
    firstKey = 0;
    lastKey = on.kLayout().length();
    withSink = true;
    int blocks = on.blocks();
    splits = 1;
    if (blocks > 0 && blocks < ENOUGH_BLOCKS) {
      splits = Math.clamp(lastKey / SHORTEST_SPLIT, 1, ENOUGH_BLOCKS / blocks);
    }
    splitLength = (lastKey + splits - 1) / splits;
    toState = splits > 1;
    if (toState) {
      int rows = splits * on.rows();
      if (ownMax.length < rows) {
        ownMax = new float[rows];
        ownSum = new float[rows];
      }
      if (ownPartial.length < rows * on.vLayout().dim()) {
        ownPartial = new float[rows * on.vLayout().dim()];
      }
      max = ownMax;
      sum = ownSum;
      partial = ownPartial;
      for (int block = 0; block < blocks; block++) {
        splitsLeft.set(block, splits);
      }
    }
    share(splitWork, blocks * splits);
  }

  /** Computes the state over keys from {@code from} to {@code to}, which must be among them. */
  AttentionState partial(int from, int to) {
    Layout q = on.qLayout();
    Checks.range(from, to, on.kLayout().length());
    AttentionState state =
        AttentionState.empty(q.batches(), q.heads(), q.length(), on.vLayout().dim());
    max = state.max();
    sum = state.sum();
    partial = state.output();
    firstKey = from;
    lastKey = to;
    withSink = from == 0 && to > 0;
    splits = 1;
    splitLength = to - from;
    toState = true;
    share(splitWork, on.blocks());
    return state;
  }

  /** Computes scores at a stage, for every query and key. */
  Tensor scores(Stage stage) {
    Tensor scores = on.newScores();
    Arrays.fill(scores.data(), Float.NEGATIVE_INFINITY);
    splits = 1;
    share(
        item -> {
          try (QueryBlock block = place(item)) {
            Place place = block.place();
            int row = (place.sequence() * scores.size(1) + place.head()) * scores.size(2);
            int at = (row + place.firstRow()) * scores.size(3);
            block.scores(stage, scores.data(), at, scores.size(3));
          }
        },
        on.blocks());
    return scores;
  }

  /** Pairs of queries and keys within the intervals of {@link QueryBlock}. */
  long pairs() {
    long pairs = 0;
    for (int item = 0; item < on.blocks(); item++) {
      try (QueryBlock block = place(item)) {
        pairs += block.place().pairs();
      }
    }
    return pairs;
  }

  private void share(Team.Work work, int items) {
    on.share(team, work, items);
  }

  private void computeSplit(int item) {
    int split = item % splits;
    int blockItem = item / splits;
    try (QueryBlock block = place(blockItem)) {
      int from = firstKey + split * splitLength;
      block.compute(from, Math.min(lastKey, from + splitLength), withSink && split == 0);
      int row = firstRow(block.place());
      if (!toState) {
        block.toOutput(output, outputRow(block.place()), outputLayout, logSumExp, row);
        return;
      }
      block.toState(max, sum, partial, split * on.rows() + row, on.vLayout().dim());
      if (splits > 1 && splitsLeft.decrementAndGet(blockItem) == 0) {
        merge(row, outputRow(block.place()), block.place().rows());
      }
    }
  }

  /** Puts the splits of some rows together, always in the same order. */
  private void merge(int row, int at, int rows) {
    int dv = on.vLayout().dim();
    for (int i = 0; i < rows; i++) {
      int target = row + i;
      for (int split = 1; split < splits; split++) {
        AttentionState.mergeRow(
            max, sum, partial, split * on.rows() + target, max, sum, partial, target, dv);
      }
      float inverse = AttentionState.inverse(sum[target]);
      for (int t = 0; t < dv; t++) {
        output[at + i * outputLayout.rowStride() + t * outputLayout.columnStride()] =
            partial[target * dv + t] * inverse;
      }
      if (logSumExp != null) {
        logSumExp[target] = AttentionState.logSumExp(max[target], sum[target]);
      }
    }
  }

  private QueryBlock place(int item) {
    QueryBlock block = QueryBlock.take();
    block.place().choose(on, item);
    return block;
  }

  /** The number of a block's first row among all rows, (batch, heads, queries). */
  private int firstRow(Place place) {
    return on.row(place.sequence(), place.head(), place.firstRow());
  }

  private int outputRow(Place place) {
    return on.queryRow(outputLayout, place.sequence(), place.head(), place.firstRow());
  }
}
