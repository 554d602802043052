package dev.qkv.attention;

import dev.qkv.parallel.Pool;
import dev.qkv.parallel.Scratch;
import dev.qkv.parallel.Team;
import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;

/**
 * One backward pass: cuts it into pieces, shares them among threads, and adds up what several
 * pieces give. Kept and used again.
 *
 * <p>A piece is a range of the keys of one kv head: it owns their dK and dV, and goes over all
 * queries of the heads that share them. dQ of ranges beyond the first is added up afterwards.
 * Pieces depend on the shapes alone: hence the same bits for every number of threads.
 */
final class BackwardRun implements Scratch {
  /** Fewer pieces than this, and keys are split. */
  private static final int ENOUGH_PIECES = 16;

  /** Splitting keys further costs more in packing queries again than it brings. */
  private static final int SHORTEST_SPLIT = 512;

  /** Numbers of dQ that all splits but the first may need: 1 GiB. */
  private static final int MOST_PARTIAL = 1 << 28;

  /** Keys whose gradients a thread adds up at a time. */
  private static final int CHUNK = 1024;

  private static final Pool<BackwardRun> POOL = new Pool<>(BackwardRun::new);

  private final Operands on = new Operands();
  private final Team team = new Team();
  // Kept as objects, so that handing them over allocates nothing.
  private final Team.Work prepareWork = this::prepare;
  private final Team.Work pieceWork = this::piece;
  private final Team.Work sumWork = this::sum;

  private float[] output = Operands.NOTHING;
  private Layout outputLayout = Operands.NOWHERE;
  private float[] logSumExp = Operands.NOTHING;
  private float[] dOutput = Operands.NOTHING;
  private Layout dOutputLayout = Operands.NOWHERE;
  private float[] dq = Operands.NOTHING;
  private Layout dqLayout = Operands.NOWHERE;
  private float[] dk = Operands.NOTHING;
  private Layout dkLayout = Operands.NOWHERE;
  private float[] dv = Operands.NOTHING;
  private Layout dvLayout = Operands.NOWHERE;

  private float[] delta = Operands.NOTHING;
  private boolean[] careful = {};
  private int splits;
  private float[] partial = Operands.NOTHING;

  private BackwardRun() {}

  /** A run over tensors, which have been checked; nobody else's until it is released. */
  static BackwardRun of(
      Settings settings,
      Tensor q,
      Tensor k,
      Tensor v,
      Batch batch,
      Forward forward,
      Tensor dOutput) {
    AxisOrder order = settings.axisOrder();
    BackwardRun run = POOL.take();
    try {
      run.on.set(
          settings,
          batch,
          q.data(),
          q.layout(order),
          k.data(),
          k.layout(order),
          v.data(),
          v.layout(order));
      run.start(forward, dOutput);
      return run;
    } catch (Throwable thrown) {
      run.release();
      throw thrown;
    }
  }

  @Override
  public long bytes() {
    long floats = (long) delta.length + partial.length;
    return floats * Float.BYTES + team.bytes() + careful.length;
  }

  /** Lets go of the caller's arrays, and is kept for others. */
  void release() {
    on.release();
    output = Operands.NOTHING;
    logSumExp = Operands.NOTHING;
    dOutput = Operands.NOTHING;
    dq = Operands.NOTHING;
    dk = Operands.NOTHING;
    dv = Operands.NOTHING;
    POOL.giveBack(this);
  }

  /** What this run reads. */
  Operands operands() {
    return on;
  }

  /** Takes what the forward pass left and the gradient of its output; computes Δ. */
  private void start(Forward forward, Tensor newDOutput) {
    output = forward.output().data();
    outputLayout = forward.output().layout(on.settings().axisOrder());
    logSumExp = forward.logSumExp().data();
    dOutput = newDOutput.data();
    dOutputLayout = newDOutput.layout(on.settings().axisOrder());
    if (delta.length < on.rows()) {
      delta = new float[on.rows()];
    }
    int items = on.sequences() * on.kLayout().heads();
    if (careful.length < items) {
      careful = new boolean[items];
    }
    share(prepareWork, items);
  }

  /** Computes the gradients of q, k and v. */
  void gradients(Gradients into) {
    dq = into.q().data();
    dqLayout = into.q().layout(on.settings().axisOrder());
    dk = into.k().data();
    dkLayout = into.k().layout(on.settings().axisOrder());
    dv = into.v().data();
    dvLayout = into.v().layout(on.settings().axisOrder());
    int pieces = on.sequences() * on.kLayout().heads();
    splits = 1;
    if (pieces > 0 && pieces < ENOUGH_PIECES) {
      splits = Math.clamp(on.kLayout().length() / SHORTEST_SPLIT, 1, ENOUGH_PIECES / pieces);
    }
    int size = Math.max(1, on.rows() * on.qLayout().dim());
    splits = Math.min(splits, 1 + MOST_PARTIAL / size);
    int needed = (splits - 1) * size;
    if (partial.length < needed) {
      partial = new float[needed];
    }
    share(pieceWork, pieces * splits);
    if (splits > 1) {
      share(sumWork, on.blocks());
    }
  }

  /** Shares pieces of work among this run's threads. */
  void share(Team.Work work, int items) {
    on.share(team, work, items);
  }

  /** Δ = rowsum(dO∘O) of every query of a kv head, and whether anything there is not finite. */
  private void prepare(int item) {
    int sequence = item / on.kLayout().heads();
    int kvHead = item % on.kLayout().heads();
    boolean finite =
        Packing.isFinite(on.k(), on.kLayout(), on, sequence, kvHead, on.keys(sequence))
            && Packing.isFinite(on.v(), on.vLayout(), on, sequence, kvHead, on.keys(sequence));
    for (int g = 0; g < on.group(); g++) {
      int head = kvHead * on.group() + g;
      for (int i = 0; i < on.queries(sequence); i++) {
        int row = on.row(sequence, head, i);
        delta[row] = delta(sequence, head, i);
        int q = on.queryRow(on.qLayout(), sequence, head, i);
        int d = on.queryRow(dOutputLayout, sequence, head, i);
        finite &=
            Float.isFinite(delta[row])
                && Packing.isFinite(on.q(), q, on.qLayout(), on.kernel())
                && Packing.isFinite(dOutput, d, dOutputLayout, on.kernel());
      }
    }
    careful[item] = !finite;
  }

  private float delta(int sequence, int head, int query) {
    int o = on.queryRow(outputLayout, sequence, head, query);
    int d = on.queryRow(dOutputLayout, sequence, head, query);
    int oStep = outputLayout.columnStride();
    int dStep = dOutputLayout.columnStride();
    int dim = outputLayout.dim();
    // Four sums at a time. No vectors: the sum over their lanes has one order before the compiler
    // comes and another after.
    float a = 0;
    float b = 0;
    float c = 0;
    float e = 0;
    int t = 0;
    for (; t + 3 < dim; t += 4) {
      a += output[o + t * oStep] * dOutput[d + t * dStep];
      b += output[o + (t + 1) * oStep] * dOutput[d + (t + 1) * dStep];
      c += output[o + (t + 2) * oStep] * dOutput[d + (t + 2) * dStep];
      e += output[o + (t + 3) * oStep] * dOutput[d + (t + 3) * dStep];
    }
    for (; t < dim; t++) {
      a += output[o + t * oStep] * dOutput[d + t * dStep];
    }
    return a + b + (c + e);
  }

  /** A range of keys of a kv head; the ranges that most queries see under a causal mask first. */
  private void piece(int item) {
    int heads = on.kLayout().heads() * on.sequences();
    int split = item / heads;
    int sequence = item % heads / on.kLayout().heads();
    int kvHead = item % on.kLayout().heads();
    int keys = on.storedKeys(sequence);
    int length = (keys + splits - 1) / splits;
    int from = Math.min(keys, split * length);
    int to = Math.min(keys, from + length);
    int chunk = from;
    do {
      int end = Math.min(chunk + CHUNK, to);
      chunk(sequence, kvHead, split, chunk, end, chunk == from);
      chunk = end;
    } while (chunk < to);
  }

  private void chunk(int sequence, int kvHead, int split, int from, int to, boolean first) {
    try (BackwardBlock block = BackwardBlock.take()) {
      block.beginChunk(on, from, to - from);
      for (int g = 0; g < on.group(); g++) {
        for (int number = 0; number < on.blocks(sequence); number++) {
          Place place = block.place();
          place.choose(on, sequence, kvHead * on.group() + g, number);
          boolean sees = Math.max(from, place.firstKey()) < Math.min(to, place.lastKey());
          if (sees || first) {
            block.begin(this);
            block.addKeys(from, to);
            endQueries(block, split, !first);
          }
        }
      }
      block.endChunk(on, sequence, kvHead, to - from, this);
    }
  }

  private void endQueries(BackwardBlock block, int split, boolean add) {
    Place place = block.place();
    if (split == 0) {
      int at = on.queryRow(dqLayout, place.sequence(), place.head(), place.firstRow());
      block.endQueries(dq, at, dqLayout.rowStride(), dqLayout.columnStride(), add);
    } else {
      int d = on.qLayout().dim();
      int row = on.row(place.sequence(), place.head(), place.firstRow());
      block.endQueries(partial, ((split - 1) * on.rows() + row) * d, d, 1, add);
    }
  }

  /** Adds up dQ of one block over the splits, always in the same order. */
  private void sum(int item) {
    try (BackwardBlock block = BackwardBlock.take()) {
      Place place = block.place();
      place.choose(on, item);
      int d = on.qLayout().dim();
      int row = on.row(place.sequence(), place.head(), place.firstRow());
      int at = on.queryRow(dqLayout, place.sequence(), place.head(), place.firstRow());
      for (int i = 0; i < place.rows(); i++) {
        for (int t = 0; t < d; t++) {
          int x = at + i * dqLayout.rowStride() + t * dqLayout.columnStride();
          for (int split = 1; split < splits; split++) {
            dq[x] += partial[((split - 1) * on.rows() + row + i) * d + t];
          }
        }
      }
    }
  }

  /** Whether a kv head or its queries have something that is not finite. */
  boolean isCareful(int sequence, int kvHead) {
    return careful[sequence * on.kLayout().heads() + kvHead];
  }

  float[] logSumExp() {
    return logSumExp;
  }

  float[] delta() {
    return delta;
  }

  float[] dOutput() {
    return dOutput;
  }

  Layout dOutputLayout() {
    return dOutputLayout;
  }

  float[] dk() {
    return dk;
  }

  Layout dkLayout() {
    return dkLayout;
  }

  float[] dv() {
    return dv;
  }

  Layout dvLayout() {
    return dvLayout;
  }
}
