package dev.qkv.attention;

import dev.qkv.kernel.Kernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.parallel.Team;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a run reads: settings, batch, q, k and v, and where each sequence lies in them. */
final class Operands {
  static final float[] NOTHING = {};
  static final Layout NOWHERE = new Layout(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Less work than this, in multiply-adds, is not worth waking another thread. */
  private static final long SMALL_WORK = 1 << 19;

  private static final int[] NO_BLOCKS = {};

  private final Kernel kernel = Kernels.chosen();
  private Settings settings = Settings.PLAIN;
  private Batch batch = Batch.PLAIN;

  /** The dropout of this call; kept, so that the next call like it allocates nothing. */
  private @Nullable Dropout dropout;

  private float[] q = NOTHING;
  private float[] k = NOTHING;
  private float[] v = NOTHING;
  private Layout qLayout = NOWHERE;
  private Layout kLayout = NOWHERE;
  private Layout vLayout = NOWHERE;
  private int sequences;

  /** Query blocks of all heads of all sequences before each sequence. */
  private int[] blocksBefore = NO_BLOCKS;

  Operands() {}

  void set(
      Settings newSettings,
      Batch newBatch,
      float[] newQ,
      Layout newQLayout,
      float[] newK,
      Layout newKLayout,
      float[] newV,
      Layout newVLayout) {
    settings = newSettings;
    batch = newBatch;
    Dropout chosen = newSettings.dropout();
    dropout = chosen == null ? null : chosen.at(newBatch.draws(), dropout);
    q = newQ;
    qLayout = newQLayout;
    k = newK;
    kLayout = newKLayout;
    v = newV;
    vLayout = newVLayout;
    int[] ends = batch.queryEnds();
    sequences = ends == null ? qLayout.batches() : ends.length - 1;
    if (blocksBefore.length <= sequences) {
      blocksBefore = new int[sequences + 1];
    }
    for (int s = 0; s < sequences; s++) {
      blocksBefore[s + 1] = blocksBefore[s] + blocks(s) * qLayout.heads();
    }
  }

  /** Lets go of the caller's arrays. */
  void release() {
    settings = Settings.PLAIN;
    batch = Batch.PLAIN;
    q = NOTHING;
    k = NOTHING;
    v = NOTHING;
  }

  Kernel kernel() {
    return kernel;
  }

  Settings settings() {
    return settings;
  }

  Batch batch() {
    return batch;
  }

  /** The draws of this call; null for none. */
  @Nullable Dropout dropout() {
    return dropout;
  }

  /** Whether scores are changed one by one, beyond scale, softcap and intervals of keys. */
  boolean edited() {
    return batch.keep() != null
        || batch.bias() != null
        || settings.scores().alibiSlopes() != null
        || settings.scores().function() != null
        || settings.mask().function() != null;
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

  /** The factor on the scores. */
  float scale() {
    Float scale = settings.scores().scale();
    return scale != null ? scale : (float) (1 / Math.sqrt(qLayout.dim()));
  }

  int sequences() {
    return sequences;
  }

  /** Packed sequences all lie in batch 0. */
  private int batchIndex(int sequence) {
    return batch.queryEnds() == null ? sequence : 0;
  }

  int queryStart(int sequence) {
    int[] ends = batch.queryEnds();
    return ends == null ? 0 : ends[sequence];
  }

  int queries(int sequence) {
    int[] ends = batch.queryEnds();
    return ends == null ? qLayout.length() : ends[sequence + 1] - ends[sequence];
  }

  int keyStart(int sequence) {
    int[] ends = batch.keyEnds();
    return ends == null ? 0 : ends[sequence];
  }

  /** Keys that exist, before padding is taken away. */
  int storedKeys(int sequence) {
    int[] ends = batch.keyEnds();
    return ends == null ? kLayout.length() : ends[sequence + 1] - ends[sequence];
  }

  /** Keys that may be attended to. */
  int keys(int sequence) {
    int[] lengths = batch.keyLengths();
    return lengths == null ? storedKeys(sequence) : lengths[sequence];
  }

  /** Query heads that share a kv head. */
  int group() {
    return qLayout.heads() / kLayout.heads();
  }

  /** Where a query is in an array of the queries' shape. */
  int queryRow(Layout layout, int sequence, int head, int query) {
    return layout.row(batchIndex(sequence), head, queryStart(sequence) + query);
  }

  /** Where a key or value is in an array of their shape. */
  int keyRow(Layout layout, int sequence, int kvHead, int key) {
    return layout.row(batchIndex(sequence), kvHead, keyStart(sequence) + key);
  }

  /** Rows of queries, (batch, heads, queries). */
  int rows() {
    return qLayout.batches() * qLayout.heads() * qLayout.length();
  }

  /** The number of a query among all rows. */
  int row(int sequence, int head, int query) {
    return (batchIndex(sequence) * qLayout.heads() + head) * qLayout.length()
        + queryStart(sequence)
        + query;
  }

  /**
   * A place for every score: (sequences, heads, longest queries, longest keys).
   *
   * @throws dev.qkv.tensor.InvalidArgument if the number of elements is no int
   */
  Tensor newScores() {
    int[] queryEnds = batch.queryEnds();
    int[] keyEnds = batch.keyEnds();
    return Tensor.zeros(
        sequences,
        qLayout.heads(),
        queryEnds == null ? qLayout.length() : BatchChecks.longest(queryEnds),
        keyEnds == null ? kLayout.length() : BatchChecks.longest(keyEnds));
  }

  /** Shares pieces of work among threads, unless there is too little of it. */
  void share(Team team, Team.Work work, int items) {
    long multiplyAdds = (long) rows() * kLayout.length() * (qLayout.dim() + vLayout.dim());
    Integer most = settings.running().threads();
    int threads = multiplyAdds < SMALL_WORK ? 1 : Objects.requireNonNullElse(most, 0);
    team.run(work, items, threads, settings.running().executor());
  }

  /** Blocks of queries of one head. */
  int blocks(int sequence) {
    return (queries(sequence) + Place.ROWS - 1) / Place.ROWS;
  }

  /** Blocks of queries of all heads of all sequences. */
  int blocks() {
    return blocksBefore[sequences];
  }

  /** The sequence that block number {@code item} of all blocks belongs to. */
  int sequenceOf(int item) {
    int sequence = 0;
    while (blocksBefore[sequence + 1] <= item) {
      sequence++;
    }
    return sequence;
  }

  /** Blocks before a sequence. */
  int blocksBefore(int sequence) {
    return blocksBefore[sequence];
  }
}
