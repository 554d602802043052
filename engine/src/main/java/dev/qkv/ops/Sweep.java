package dev.qkv.ops;

import dev.qkv.attention.Dropout;
import dev.qkv.kernel.Kernels;
import dev.qkv.parallel.Pool;
import dev.qkv.parallel.Scratch;
import dev.qkv.parallel.Team;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One operation on its way over arrays, in pieces that threads share. Pieces depend on the sizes
 * alone, hence the same bits for every number of threads. It is taken from a pool and goes back
 * when it has run, so that handing over allocates nothing; one whose arguments are refused does
 * not.
 */
final class Sweep implements Scratch {
  /** Does a range of rows or numbers. Must not capture anything: then it is made once. */
  @FunctionalInterface
  interface Piece {
    void run(Sweep of, int from, int to);
  }

  /** Numbers in a piece: half of L2, and some 10 µs. */
  static final int PIECE = 1 << 15;

  /** Pieces that have sums of their own: what is added up afterwards stays small. */
  private static final int MOST_SUMS = 32;

  private static final int MOST = 8;
  private static final float[] NOTHING = {};
  private static final Pool<Sweep> POOL = new Pool<>(Sweep::new);

  private final Team team = new Team();
  private final Team.Work work = this::piece;
  private final float[][] data = new float[MOST][];
  private final int[] offset = new int[MOST];
  private final int[] length = new int[MOST];
  private final boolean[] written = new boolean[MOST];
  private int arrays;
  private int width;
  private float number;
  private @Nullable Dropout dropout;
  private int n;
  private int pieces;
  private int step;
  private Piece piece = (of, from, to) -> {};

  // Sums of columns of each piece, one after the other.
  private float[] sums = {};
  private int sumWidth;

  private Sweep() {}

  /** One that is nobody else's until it has run; {@code width} numbers to a row. */
  static Sweep of(int width) {
    Sweep sweep = POOL.take();
    sweep.arrays = 0;
    sweep.width = width;
    return sweep;
  }

  @Override
  public long bytes() {
    return (long) sums.length * Float.BYTES + team.bytes();
  }

  /** Array number 0, 1, … of those that are read and written: this tensor's, or a copy in order. */
  Sweep reads(Tensor tensor) {
    Tensor dense = Rows.isDense(tensor) ? tensor : tensor.contiguous();
    return adds(dense.data(), dense.offset(), dense.elements(), false);
  }

  /** As {@link #reads}: a whole array that nobody else sees. */
  Sweep uses(float[] array) {
    return adds(array, 0, array.length, false);
  }

  /**
   * The next array, to be written. It may be one that is read, as a whole.
   *
   * @throws InvalidArgument if its elements do not lie in order, or overlap another array's
   */
  Sweep writes(String operation, String name, Tensor tensor) {
    if (!Rows.isDense(tensor)) {
      throw new InvalidArgument("ops.order", operation, name, tensor.shape());
    }
    int from = tensor.offset();
    int count = tensor.elements();
    for (int i = 0; i < arrays; i++) {
      boolean apart = from >= offset[i] + length[i] || offset[i] >= from + count;
      boolean whole = from == offset[i] && count == length[i] && !written[i];
      if (same(data[i], tensor.data()) && !apart && !whole) {
        throw new InvalidArgument("ops.overlap", operation, name);
      }
    }
    return adds(tensor.data(), from, count, true);
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean same(float[] a, float[] b) {
    return a == b;
  }

  private Sweep adds(float[] array, int from, int count, boolean isWritten) {
    data[arrays] = array;
    offset[arrays] = from;
    length[arrays] = count;
    written[arrays] = isWritten;
    arrays++;
    return this;
  }

  /** A number that the pieces need. */
  Sweep with(float newNumber) {
    number = newNumber;
    return this;
  }

  float number() {
    return number;
  }

  /** Draws that the pieces need. */
  Sweep with(Dropout newDropout) {
    dropout = newDropout;
    return this;
  }

  Dropout dropout() {
    return Objects.requireNonNull(dropout);
  }

  /** Numbers in a row. */
  int width() {
    return width;
  }

  /** Array number {@code i}. */
  float[] data(int i) {
    return data[i];
  }

  /** Where row {@code row} of array number {@code i} starts. */
  int at(int i, int row) {
    return offset[i] + row * width;
  }

  /** How many pieces a number of rows makes where each is worth handing over. */
  static int pieces(int rows, int width) {
    return Math.max(1, rows / Math.max(1, PIECE / Math.max(1, width)));
  }

  /** Does rows [0, rows), shared among threads. */
  void run(int rows, Piece what) {
    try {
      run(rows, pieces(rows, width), what);
    } finally {
      release();
    }
  }

  /**
   * Does rows [0, rows), each piece with sums of its own, then adds those up, in order.
   *
   * @param first receives as many sums as it has elements
   * @param second receives those that follow; null for none
   */
  void run(int rows, Piece what, Tensor first, @Nullable Tensor second) {
    int count = Math.min(MOST_SUMS, pieces(rows, width));
    sumWidth = first.elements() + (second == null ? 0 : second.elements());
    if (sums.length < count * sumWidth) {
      sums = new float[count * sumWidth];
    }
    Arrays.fill(sums, 0, count * sumWidth, 0);
    try {
      run(rows, count, what);
      for (int item = 1; item < count; item++) {
        Kernels.elements().sum(sums, 0, sums, item * sumWidth, sums, 0, sumWidth);
      }
      Rows.copy(sums, 0, first);
      if (second != null) {
        Rows.copy(sums, first.elements(), second);
      }
    } finally {
      release();
    }
  }

  float[] sums() {
    return sums;
  }

  /** Where the sums are of the piece that starts with row {@code from}. */
  int sumsAt(int from) {
    return from / Math.max(1, step) * sumWidth;
  }

  private void run(int rows, int count, Piece what) {
    n = rows;
    pieces = count;
    step = rows / count;
    piece = what;
    team.run(work, count, 0, null);
  }

  private void release() {
    for (int i = 0; i < arrays; i++) {
      data[i] = NOTHING;
    }
    dropout = null;
    POOL.giveBack(this);
  }

  private void piece(int item) {
    piece.run(this, item * step, item == pieces - 1 ? n : (item + 1) * step);
  }
}
