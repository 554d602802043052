package dev.qkv.attention;

import dev.qkv.kernel.Kernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.parallel.Team;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One forward pass: cuts it into blocks of queries, shares them among threads, and puts split keys
 * together again. Each thread keeps one and uses it again.
 *
 * <p>Blocks and splits depend on the shapes alone, never on the number of threads, and each block
 * is computed by itself: hence the same bits for every number of threads.
 */
final class ForwardRun {
  /** Fewer blocks than this, and keys are split as well. */
  private static final int ENOUGH_BLOCKS = 32;

  /** Splitting keys further costs more in merging than it brings. */
  private static final int SHORTEST_SPLIT = 512;

  /** Less work than this, in multiply-adds, is not worth waking another thread. */
  private static final long SMALL_WORK = 1 << 19;

  private static final ThreadLocal<ForwardRun> OWN = ThreadLocal.withInitial(ForwardRun::new);
  private static final float[] NOTHING = {};
  private static final int[] NO_BLOCKS = {};
  private static final Layout NOWHERE = new Layout(0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final Kernel kernel = Kernels.chosen();
  private final Team team = new Team();
  // Kept as objects, so that handing them over allocates nothing.
  private final Team.Work splitWork = this::computeSplit;
  private final Team.Work mergeWork = this::merge;
  private boolean busy;

  private Settings settings = Settings.PLAIN;
  private float[] q = NOTHING;
  private float[] k = NOTHING;
  private float[] v = NOTHING;
  private Layout qLayout = NOWHERE;
  private Layout kLayout = NOWHERE;
  private Layout vLayout = NOWHERE;

  /** Blocks of all heads of all sequences before each sequence. */
  private int[] blocksBefore = NO_BLOCKS;

  private int sequences;
  private int splits;
  private int splitLength;
  private int firstKey;
  private int lastKey;
  private boolean withSink;

  private float[] output = NOTHING;
  private Layout outputLayout = NOWHERE;
  private float @Nullable [] logSumExp;

  /** Whether blocks end as rows of max, sum and partial, not as output. */
  private boolean toState;

  private float[] max = NOTHING;
  private float[] sum = NOTHING;
  private float[] partial = NOTHING;
  private float[] ownMax = NOTHING;
  private float[] ownSum = NOTHING;
  private float[] ownPartial = NOTHING;

  private ForwardRun() {}

  /**
   * This thread's run, or another where this one is at work: a score function may call attention.
   */
  static ForwardRun acquire() {
    ForwardRun own = OWN.get();
    if (own.busy) {
      return new ForwardRun();
    }
    own.busy = true;
    return own;
  }

  /** Lets go of the caller's arrays. */
  void release() {
    settings = Settings.PLAIN;
    q = NOTHING;
    k = NOTHING;
    v = NOTHING;
    output = NOTHING;
    logSumExp = null;
    max = NOTHING;
    sum = NOTHING;
    partial = NOTHING;
    busy = false;
  }

  void start(
      Settings newSettings,
      float[] newQ,
      Layout newQLayout,
      float[] newK,
      Layout newKLayout,
      float[] newV,
      Layout newVLayout) {
    settings = newSettings;
    q = newQ;
    qLayout = newQLayout;
    k = newK;
    kLayout = newKLayout;
    v = newV;
    vLayout = newVLayout;
    int[] ends = settings.packedQueries();
    sequences = ends == null ? qLayout.batches() : ends.length - 1;
    if (blocksBefore.length <= sequences) {
      blocksBefore = new int[sequences + 1];
    }
    for (int s = 0; s < sequences; s++) {
      int blocks = (queries(s) + QueryBlock.ROWS - 1) / QueryBlock.ROWS;
      blocksBefore[s + 1] = blocksBefore[s] + blocks * qLayout.heads();
    }
  }

  /** Computes output and, if wanted, log-sum-exp. */
  void into(float[] newOutput, Layout newOutputLayout, float @Nullable [] newLogSumExp) {
    output = newOutput;
    outputLayout = newOutputLayout;
    logSumExp = newLogSumExp;
    firstKey = 0;
    lastKey = kLayout.length();
    withSink = true;
    int blocks = blocksBefore[sequences];
    splits = 1;
    if (blocks > 0 && blocks < ENOUGH_BLOCKS) {
      splits = Math.clamp(lastKey / SHORTEST_SPLIT, 1, ENOUGH_BLOCKS / blocks);
    }
    splitLength = (lastKey + splits - 1) / splits;
    toState = splits > 1;
    if (toState) {
      int rows = splits * rows();
      if (ownMax.length < rows) {
        ownMax = new float[rows];
        ownSum = new float[rows];
      }
      if (ownPartial.length < rows * vLayout.dim()) {
        ownPartial = new float[rows * vLayout.dim()];
      }
      max = ownMax;
      sum = ownSum;
      partial = ownPartial;
    }
    share(splitWork, blocks * splits);
    if (toState) {
      share(mergeWork, blocks);
    }
  }

  /** Computes the state over keys from {@code from} to {@code to}. */
  void into(AttentionState state, int from, int to) {
    max = state.max();
    sum = state.sum();
    partial = state.output();
    firstKey = from;
    lastKey = to;
    withSink = from == 0 && to > 0;
    splits = 1;
    splitLength = to - from;
    toState = true;
    share(splitWork, blocksBefore[sequences]);
  }

  /** Computes scores at a stage, for every query and key. */
  Tensor scores(Stage stage) {
    int[] queryEnds = settings.packedQueries();
    int[] keyEnds = settings.packedKeys();
    int longestQueries = queryEnds == null ? qLayout.length() : Checks.longest(queryEnds);
    int longestKeys = keyEnds == null ? kLayout.length() : Checks.longest(keyEnds);
    Tensor scores = Tensor.zeros(sequences, qLayout.heads(), longestQueries, longestKeys);
    Arrays.fill(scores.data(), Float.NEGATIVE_INFINITY);
    splits = 1;
    share(
        item -> {
          try (QueryBlock block = place(item)) {
            int row = (block.sequence() * qLayout.heads() + block.head()) * longestQueries;
            block.scores(stage, scores.data(), (row + block.firstRow()) * longestKeys, longestKeys);
          }
        },
        blocksBefore[sequences]);
    return scores;
  }

  /** Pairs of queries and keys within the intervals of {@link QueryBlock}. */
  long pairs() {
    long pairs = 0;
    for (int item = 0; item < blocksBefore[sequences]; item++) {
      try (QueryBlock block = place(item)) {
        pairs += block.pairs();
      }
    }
    return pairs;
  }

  private void share(Team.Work work, int items) {
    long multiplyAdds = (long) rows() * kLayout.length() * (qLayout.dim() + vLayout.dim());
    int threads = multiplyAdds < SMALL_WORK ? 1 : settings.threads();
    team.run(work, items, threads, settings.executor());
  }

  private void computeSplit(int item) {
    int split = item % splits;
    int blockItem = item / splits;
    try (QueryBlock block = place(blockItem)) {
      int from = firstKey + split * splitLength;
      block.compute(from, Math.min(lastKey, from + splitLength), withSink && split == 0);
      if (toState) {
        block.toState(max, sum, partial, split * rows() + firstRow(block), vLayout.dim());
      } else {
        block.toOutput(output, outputRow(block), outputLayout, logSumExp, firstRow(block));
      }
    }
  }

  /** Puts the splits of one block together, always in the same order. */
  private void merge(int item) {
    try (QueryBlock block = place(item)) {
      merge(firstRow(block), outputRow(block), block.rows());
    }
  }

  private void merge(int row, int at, int rows) {
    int dv = vLayout.dim();
    for (int i = 0; i < rows; i++) {
      int target = row + i;
      for (int split = 1; split < splits; split++) {
        AttentionState.mergeRow(
            max, sum, partial, split * rows() + target, max, sum, partial, target, dv);
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
    int sequence = sequenceOf(item);
    int inSequence = item - blocksBefore[sequence];
    int blocks = blocksOf(sequence);
    QueryBlock block = QueryBlock.own();
    // The last block first: under a causal mask it is the longest.
    block.place(this, sequence, inSequence / blocks, blocks - 1 - inSequence % blocks);
    return block;
  }

  private int sequenceOf(int item) {
    int sequence = 0;
    while (blocksBefore[sequence + 1] <= item) {
      sequence++;
    }
    return sequence;
  }

  private int blocksOf(int sequence) {
    return (blocksBefore[sequence + 1] - blocksBefore[sequence]) / qLayout.heads();
  }

  private int rows() {
    return qLayout.batches() * qLayout.heads() * qLayout.length();
  }

  /** The number of a block's first row among all rows, (batch, heads, queries). */
  private int firstRow(QueryBlock block) {
    return (batch(block.sequence()) * qLayout.heads() + block.head()) * qLayout.length()
        + queryStart(block.sequence())
        + block.firstRow();
  }

  private int outputRow(QueryBlock block) {
    return outputLayout.row(
        batch(block.sequence()), block.head(), queryStart(block.sequence()) + block.firstRow());
  }

  Kernel kernel() {
    return kernel;
  }

  Settings settings() {
    return settings;
  }

  float[] q() {
    return q;
  }

  float[] k() {
    return k;
  }

  float[] v() {
    return v;
  }

  Layout qLayout() {
    return qLayout;
  }

  Layout kLayout() {
    return kLayout;
  }

  Layout vLayout() {
    return vLayout;
  }

  /** Packed sequences all lie in batch 0. */
  int batch(int sequence) {
    return settings.packedQueries() == null ? sequence : 0;
  }

  int queryStart(int sequence) {
    int[] ends = settings.packedQueries();
    return ends == null ? 0 : ends[sequence];
  }

  int queries(int sequence) {
    int[] ends = settings.packedQueries();
    return ends == null ? qLayout.length() : ends[sequence + 1] - ends[sequence];
  }

  int keyStart(int sequence) {
    int[] ends = settings.packedKeys();
    return ends == null ? 0 : ends[sequence];
  }

  /** Keys that exist, before padding is taken away. */
  int storedKeys(int sequence) {
    int[] ends = settings.packedKeys();
    return ends == null ? kLayout.length() : ends[sequence + 1] - ends[sequence];
  }

  /** Keys that may be attended to. */
  int keys(int sequence) {
    int[] lengths = settings.keyLengths();
    return lengths == null ? storedKeys(sequence) : lengths[sequence];
  }
}
