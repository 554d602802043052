package dev.qkv.nn.inference;

import dev.qkv.attention.Batch;
import dev.qkv.nn.layer.Rotary;
import dev.qkv.ops.RopeTable;
import dev.qkv.parallel.Scratch;
import dev.qkv.parallel.Team;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call of a plan: what lies between its layers. Kept and used again, so that a call allocates
 * nothing once its shape has been there.
 *
 * <p>Rows are taken through a block by one thread, as many at a time as keep the cache and all
 * threads busy. How many that are changes no bit, because no row depends on another.
 */
final class Workspace implements Scratch {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** Rows that a thread takes at a time at most: with what lies between its maps they fit L2. */
  private static final int MOST_ROWS = 96;

  /** A multiple of it is a whole number of register tiles. */
  private static final int TILE_ROWS = 6;

  private final EncoderPlan plan;
  private final Team team = new Team();
  // Kept as objects, so that handing them over allocates nothing.
  private final Runnable work = this::compute;
  private final Team.Work firstWork = this::first;
  private final Team.Work nextWork = this::next;

  private float[] x = {};
  private float[] projected = {};
  private float[] context = {};
  private int batches = -1;
  private int length = -1;
  private int rows;
  private int pieceRows;
  private Layout[] queries = {};
  private Layout[] keys = {};
  private Layout[] values = {};
  private Layout[] contexts = {};
  private @Nullable RopeTable[] turns = {};

  private float[] input = {};
  private int inputOffset;
  private float[] output = {};
  private int outputOffset;
  private Batch batch = Batch.PLAIN;
  private int block;

  Workspace(EncoderPlan plan) {
    this.plan = plan;
  }

  @Override
  public long bytes() {
    return ((long) x.length + projected.length + context.length) * Float.BYTES + team.bytes();
  }

  /** Makes room for a shape. */
  private void shape(int newBatches, int newLength) {
    if (newBatches == batches && newLength == length) {
      return;
    }
    // Nothing fits until all of it does.
    batches = -1;
    rows = newBatches * newLength;
    int count = plan.blocks().size();
    queries = new Layout[count];
    keys = new Layout[count];
    values = new Layout[count];
    contexts = new Layout[count];
    turns = new @Nullable RopeTable[count];
    for (int i = 0; i < count; i++) {
      PackedBlock each = plan.blocks().get(i);
      int keysAt = each.heads() * each.headDim();
      int valuesAt = keysAt + each.kvHeads() * each.headDim();
      int row = each.projectedWidth();
      queries[i] = layout(newBatches, newLength, 0, each.heads(), each.headDim(), row);
      keys[i] = layout(newBatches, newLength, keysAt, each.kvHeads(), each.headDim(), row);
      values[i] = layout(newBatches, newLength, valuesAt, each.kvHeads(), each.valueDim(), row);
      contexts[i] =
          layout(newBatches, newLength, 0, each.heads(), each.valueDim(), each.contextWidth());
      Rotary rotary = each.rotary();
      turns[i] =
          rotary == null ? null : rotary.style().table(0, newLength, each.headDim(), rotary.base());
    }
    x = atLeast(x, rows * plan.width());
    projected = atLeast(projected, rows * plan.projectedWidth());
    context = atLeast(context, rows * plan.contextWidth());
    length = newLength;
    batches = newBatches;
  }

  private static Layout layout(int batches, int length, int at, int heads, int dim, int row) {
    return new Layout(at, batches, heads, length, dim, length * row, dim, row, 1);
  }

  private static float[] atLeast(float[] known, int size) {
    return known.length < size ? new float[size] : known;
  }

  /** Runs the plan; the tensors' elements lie in order. */
  void run(Tensor from, Batch masks, Tensor to, int newThreads, @Nullable Executor executor) {
    shape(from.size(0), from.size(1));
    int threads = Math.min(newThreads == 0 ? PROCESSORS : newThreads, rows);
    // As many pieces for each thread, and whole register tiles.
    int rounds = ceiling(ceiling(rows, MOST_ROWS), threads);
    pieceRows = ceiling(ceiling(rows, threads * rounds), TILE_ROWS) * TILE_ROWS;
    input = from.data();
    inputOffset = from.offset();
    output = to.data();
    outputOffset = to.offset();
    batch = masks;
    try {
      team.lead(work, threads, executor);
    } finally {
      input = x;
      output = x;
      batch = Batch.PLAIN;
    }
  }

  private static int ceiling(int a, int b) {
    return (a + b - 1) / b;
  }

  private void compute() {
    int pieces = ceiling(rows, pieceRows);
    team.run(firstWork, pieces, 0, null);
    for (block = 0; block < plan.blocks().size(); block++) {
      plan.blocks()
          .get(block)
          .attention()
          .forward(
              projected,
              queries[block],
              projected,
              keys[block],
              projected,
              values[block],
              batch,
              context,
              contexts[block],
              null);
      team.run(nextWork, pieces, 0, null);
    }
  }

  private void first(int item) {
    int from = item * pieceRows;
    int count = Math.min(pieceRows, rows - from);
    int width = plan.width();
    System.arraycopy(input, inputOffset + from * width, x, from * width, count * width);
    RowScratch own = RowScratch.take(pieceRows, width, plan.innerWidth());
    try {
      go(0, from, count, own);
    } finally {
      own.giveBack();
    }
  }

  private void next(int item) {
    int from = item * pieceRows;
    int count = Math.min(pieceRows, rows - from);
    RowScratch own = RowScratch.take(pieceRows, plan.width(), plan.innerWidth());
    try {
      plan.blocks().get(block).finish(x, from * plan.width(), from, count, context, own);
      go(block + 1, from, count, own);
    } finally {
      own.giveBack();
    }
  }

  /** Prepares the attention of a block for some rows, or ends. */
  private void go(int number, int from, int count, RowScratch own) {
    int at = from * plan.width();
    if (number < plan.blocks().size()) {
      plan.blocks().get(number).project(x, at, from, count, length, turns[number], projected, own);
      return;
    }
    PackedNorm last = plan.norm();
    if (last == null) {
      System.arraycopy(x, at, output, outputOffset + at, count * plan.width());
    } else {
      last.apply(x, at, output, outputOffset + at, count, own.statistics());
    }
  }
}
