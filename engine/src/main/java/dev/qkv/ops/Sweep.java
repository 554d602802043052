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

  /** As {@link Piece}, with a number that is to be added to those of the other pieces. */
  @FunctionalInterface
  interface Term {
    double of(Sweep sweep, int from, int to);
  }

  /** Numbers in a piece: half of L2, and some 10 µs. */
  static final int PIECE = 1 << 15;

  /** Columns that are done together: whole cache lines. */
  private static final int STRIP = 64;

  /** Pieces that have sums of their own: what is added up afterwards stays small. */
  static final int MOST_SUMS = 32;

  private static final int MOST = 8;
  private static final float[] NOTHING = {};
  private static final int[] NOBODY = {};
  private static final double[] NO_STATISTICS = {};
  private static final Piece TERM =
      (of, from, to) -> of.terms[of.termsAt(from)] = of.term.of(of, from, to);
  private static final Pool<Sweep> POOL = new Pool<>(Sweep::new);

  private final Team team = new Team();
  private final Team.Work work = this::piece;
  private final float[][] data = new float[MOST][];
  private final int[] offset = new int[MOST];
  private final int[] length = new int[MOST];
  private final boolean[] written = new boolean[MOST];
  private final float[] number = new float[MOST];
  private final int[] count = new int[MOST];
  private int[] ids = NOBODY;
  private int arrays;
  private int numbers;
  private int counts;
  private int width;
  private @Nullable Dropout dropout;
  private int n;
  private int unit;
  private int pieces;
  private Piece piece = (of, from, to) -> {};
  private Term term = (of, from, to) -> 0;

  // Sums of columns of each piece, one after the other.
  private float[] sums = {};
  private int sumWidth;

  // Two numbers of each piece.
  private double[] terms = {};
  private double[] statistics = NO_STATISTICS;

  private Sweep() {}

  /** One that is nobody else's until it has run; {@code width} numbers to a row. */
  static Sweep of(int width) {
    Sweep sweep = POOL.take();
    sweep.arrays = 0;
    sweep.numbers = 0;
    sweep.counts = 0;
    sweep.width = width;
    return sweep;
  }

  @Override
  public long bytes() {
    return (long) sums.length * Float.BYTES + (long) terms.length * Double.BYTES + team.bytes();
  }

  /** Array number 0, 1, … of those that are read and written: this tensor's, or a copy in order. */
  Sweep reads(Tensor tensor) {
    Tensor dense = Rows.dense(tensor);
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
    return writes(operation, name, tensor, true);
  }

  /** As {@link #writes}, but not what is read: that is still needed elsewhere. */
  Sweep writesApart(String operation, String name, Tensor tensor) {
    return writes(operation, name, tensor, false);
  }

  private Sweep writes(String operation, String name, Tensor tensor, boolean mayBeRead) {
    if (!tensor.isDense()) {
      throw new InvalidArgument("ops.order", operation, name, tensor.shape());
    }
    int from = tensor.offset();
    int elements = tensor.elements();
    for (int i = 0; i < arrays; i++) {
      boolean apart = from >= offset[i] + length[i] || offset[i] >= from + elements;
      boolean whole = from == offset[i] && elements == length[i] && !written[i] && mayBeRead;
      if (Rows.same(data[i], tensor.data()) && !apart && !whole) {
        throw new InvalidArgument("ops.overlap", operation, name);
      }
    }
    return adds(tensor.data(), from, elements, true);
  }

  private Sweep adds(float[] array, int from, int elements, boolean isWritten) {
    data[arrays] = array;
    offset[arrays] = from;
    length[arrays] = elements;
    written[arrays] = isWritten;
    arrays++;
    return this;
  }

  /** Number 0, 1, … of those that the pieces need. */
  Sweep with(float newNumber) {
    number[numbers++] = newNumber;
    return this;
  }

  float number(int i) {
    return number[i];
  }

  /** Count 0, 1, … of those that the pieces need. */
  Sweep counts(int newCount) {
    count[counts++] = newCount;
    return this;
  }

  int count(int i) {
    return count[i];
  }

  /** A whole number for each row. */
  Sweep with(int[] newIds) {
    ids = newIds;
    return this;
  }

  int id(int row) {
    return ids[row];
  }

  /** Two numbers for each row. */
  Sweep with(double[] newStatistics) {
    statistics = newStatistics;
    return this;
  }

  double[] statistics() {
    return statistics;
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
    runIn(pieces(rows, width), rows, what);
  }

  /** Does rows [0, rows) in so many pieces where their width does not say what they cost. */
  void runIn(int items, int rows, Piece what) {
    try {
      run(rows, items, what);
    } finally {
      release();
    }
  }

  /** Does columns [0, columns), shared among threads, with {@code width} numbers in each. */
  void runColumns(int columns, Piece what) {
    int strips = (columns + STRIP - 1) / STRIP;
    int items = pieces(strips, (int) Math.min(PIECE, (long) STRIP * width));
    try {
      run(columns, STRIP, items, what);
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
    int items = Math.min(MOST_SUMS, pieces(rows, width));
    sumWidth = first.elements() + (second == null ? 0 : second.elements());
    if (sums.length < items * sumWidth) {
      sums = new float[items * sumWidth];
    }
    Arrays.fill(sums, 0, items * sumWidth, 0);
    try {
      run(rows, items, what);
      for (int item = 1; item < items; item++) {
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

  /** Does rows [0, rows) and adds up what the pieces return, in their order. */
  double total(int rows, Term what) {
    int items = pieces(rows, width);
    term = what;
    try {
      run(rows, items, TERM);
      double total = 0;
      for (int item = 0; item < items; item++) {
        total += terms[2 * item];
      }
      return total;
    } finally {
      release();
    }
  }

  float[] sums() {
    return sums;
  }

  /** Where the sums are of the piece that starts with row {@code from}. */
  int sumsAt(int from) {
    return item(from) * sumWidth;
  }

  double[] terms() {
    return terms;
  }

  /** Where the two numbers are of the piece that starts with row {@code from}. */
  int termsAt(int from) {
    return 2 * item(from);
  }

  /** The number of the piece that starts with row {@code from}. */
  private int item(int from) {
    long units = Math.max(1, units());
    return (int) (((long) from / unit * pieces + units - 1) / units);
  }

  private int units() {
    return (n + unit - 1) / unit;
  }

  private void run(int rows, int items, Piece what) {
    run(rows, 1, items, what);
  }

  private void run(int all, int together, int items, Piece what) {
    if (terms.length < 2 * items) {
      terms = new double[2 * items];
    }
    n = all;
    unit = together;
    pieces = items;
    piece = what;
    team.run(work, items, 0, null);
  }

  private void release() {
    for (int i = 0; i < arrays; i++) {
      data[i] = NOTHING;
    }
    ids = NOBODY;
    statistics = NO_STATISTICS;
    dropout = null;
    POOL.giveBack(this);
  }

  private void piece(int item) {
    piece.run(this, start(item), Math.min(n, start(item + 1)));
  }

  /** Pieces differ by one unit at most. */
  private int start(int item) {
    return (int) ((long) item * units() / pieces) * unit;
  }
}
