package dev.qkv.ops;

import dev.qkv.kernel.Kernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.parallel.Pool;
import dev.qkv.parallel.Scratch;
import dev.qkv.parallel.Team;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;

/**
 * Matrix products in float32, {@code C = A·B}, and their gradients.
 *
 * <p>B is packed once, in panels as wide as a register tile, which a group of rows of A passes one
 * after the other, up to {@link #DEPTH} rows deep. Pieces of C are shared among threads; they
 * depend on the shapes alone, hence the same bits for every number of threads.
 */
public final class Matmul {
  /**
   * Rows of a panel of B: C is read and written once for so many; 256 lost 5 points of the peak.
   */
  private static final int DEPTH = 1024;

  /** Rows of A in a piece: a multiple of the tile's 6; with the depth they fit L2. */
  private static final int ROWS = 24;

  /** Panels of B in a piece. */
  private static final int PANELS = 16;

  /** Between copied rows, so that they do not share the same lines of the cache. */
  private static final int PAD = 16;

  /** Numbers that an array can hold. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  /** Less work than this, in multiply-adds, is not worth waking another thread. */
  private static final long SMALL_WORK = 1 << 18;

  private static final Pool<Run> RUNS = new Pool<>(Run::new);
  private static final Pool<Piece> PIECES = new Pool<>(Piece::new);

  private final Kernel kernel = Kernels.chosen();
  private final Team team = new Team();
  private float[] packed = {};

  private Matmul() {}

  /**
   * A matrix in an array.
   *
   * @param data the array
   * @param rows number of rows
   * @param columns number of columns
   * @param rowStride from one row to the next
   * @param columnStride from one column to the next
   */
  private record Matrix(float[] data, int rows, int columns, int rowStride, int columnStride) {
    static Matrix of(float[] data, int rows, int columns) {
      return new Matrix(data, rows, columns, columns, 1);
    }

    Matrix transposed() {
      return new Matrix(data, columns, rows, columnStride, rowStride);
    }
  }

  /** What a product needs for as long as it runs. */
  private static final class Run implements Scratch {
    private final Matmul matmul = new Matmul();

    @Override
    public long bytes() {
      return (long) matmul.packed.length * Float.BYTES + matmul.team.bytes();
    }
  }

  /** Scratch for one piece of C. */
  private static final class Piece implements Scratch {
    private float[] a = {};
    private float[] edge = {};
    private final float[][] one = new float[1][];

    @Override
    public long bytes() {
      return ((long) a.length + edge.length) * Float.BYTES;
    }
  }

  /**
   * The gradients of a product.
   *
   * @param a of the left factor, in its shape
   * @param b of the right factor, in its shape
   */
  public record Gradients(Tensor a, Tensor b) {}

  /**
   * The product.
   *
   * @param a shape (…, k)
   * @param b shape (k, n)
   * @return shape (…, n)
   * @throws InvalidArgument if the shapes do not fit
   */
  public static Tensor forward(Tensor a, Tensor b) {
    int k = check(a, b);
    int n = b.size(1);
    int[] shape = a.shape();
    shape[shape.length - 1] = n;
    Tensor c = Tensor.zeros(shape);
    int m = Rows.of(a);
    multiply(
        Matrix.of(a.contiguous().data(), m, k), Matrix.of(b.contiguous().data(), k, n), c.data());
    return c;
  }

  /**
   * The backward pass: dA = dC·Bᵀ, dB = Aᵀ·dC.
   *
   * @param a as given to {@link #forward}
   * @param b as given to {@link #forward}
   * @param dOutput gradient of the product, in its shape
   * @return the gradients
   * @throws InvalidArgument if the shapes do not fit
   */
  public static Gradients backward(Tensor a, Tensor b, Tensor dOutput) {
    int k = check(a, b);
    int n = b.size(1);
    int m = Rows.of(a);
    int[] shape = a.shape();
    shape[shape.length - 1] = n;
    Rows.same("matmul", "dOutput", dOutput, shape);
    Tensor da = Tensor.zeros(a.shape());
    Tensor db = Tensor.zeros(b.shape());
    Matrix dc = Matrix.of(dOutput.contiguous().data(), m, n);
    multiply(dc, Matrix.of(b.contiguous().data(), k, n).transposed(), da.data());
    multiply(Matrix.of(a.contiguous().data(), m, k).transposed(), dc, db.data());
    return new Gradients(da, db);
  }

  private static int check(Tensor a, Tensor b) {
    if (a.rank() < 1 || b.rank() != 2 || a.size(a.rank() - 1) != b.size(0)) {
      throw new InvalidArgument("ops.matmul", "matmul", a.shape(), b.shape());
    }
    return b.size(0);
  }

  /** C += A·B; C is zero before. */
  private static void multiply(Matrix a, Matrix b, float[] c) {
    Run run = RUNS.take();
    try {
      run.matmul.run(a, b, c);
    } finally {
      RUNS.giveBack(run);
    }
  }

  private void run(Matrix a, Matrix b, float[] c) {
    int w = kernel.lanes();
    int panels = (b.columns() + w - 1) / w;
    int depths = (b.rows() + DEPTH - 1) / DEPTH;
    long size = (long) panels * w * b.rows();
    if (size > LARGEST) {
      throw new InvalidArgument(
          "tensor.overflow", "matmul", new int[] {b.rows(), panels * w}, LARGEST);
    }
    if (packed.length < size) {
      packed = new float[(int) size];
    }
    float[] target = packed;
    long work = (long) a.rows() * a.columns() * b.columns();
    int threads = work < SMALL_WORK ? 1 : 0;
    team.run(item -> pack(b, item, target), panels, threads, null);
    int rowPieces = (a.rows() + ROWS - 1) / ROWS;
    int columnPieces = (panels + PANELS - 1) / PANELS;
    team.run(
        item -> piece(a, b, c, target, item / columnPieces, item % columnPieces, depths),
        rowPieces * columnPieces,
        threads,
        null);
  }

  /** One panel of B over its whole depth: w columns, zeros beyond the last. */
  private void pack(Matrix b, int panel, float[] to) {
    int w = kernel.lanes();
    int first = panel * w;
    int count = Math.min(w, b.columns() - first);
    int at = panel * w * b.rows();
    for (int t = 0; t < b.rows(); t++) {
      int from = t * b.rowStride() + first * b.columnStride();
      if (b.columnStride() == 1) {
        System.arraycopy(b.data(), from, to, at + t * w, count);
      } else {
        for (int i = 0; i < count; i++) {
          to[at + t * w + i] = b.data()[from + i * b.columnStride()];
        }
      }
      Arrays.fill(to, at + t * w + count, at + (t + 1) * w, 0);
    }
  }

  private void piece(
      Matrix a, Matrix b, float[] c, float[] panels, int rowPiece, int columnPiece, int depths) {
    Piece own = PIECES.take();
    try {
      piece(own, a, b, c, panels, rowPiece, columnPiece, depths);
    } finally {
      // No pieces of the caller's matrix.
      own.one[0] = own.a;
      PIECES.giveBack(own);
    }
  }

  /** Some rows and columns of C, over the whole depth. */
  private void piece(
      Piece own,
      Matrix a,
      Matrix b,
      float[] c,
      float[] panels,
      int rowPiece,
      int columnPiece,
      int depths) {
    int w = kernel.lanes();
    int row = rowPiece * ROWS;
    int rows = Math.min(ROWS, a.rows() - row);
    int firstPanel = columnPiece * PANELS;
    int lastPanel = Math.min(firstPanel + PANELS, (b.columns() + w - 1) / w);
    for (int depth = 0; depth < depths; depth++) {
      int t = depth * DEPTH;
      int count = Math.min(DEPTH, b.rows() - t);
      int aOffset = row * a.rowStride() + t * a.columnStride();
      int aStride = a.rowStride();
      own.one[0] = a.data();
      if (a.columnStride() != 1) {
        own.one[0] = packRows(own, a, row, rows, t, count);
        aOffset = 0;
        aStride = count + PAD;
      }
      for (int panel = firstPanel; panel < lastPanel; panel++) {
        int from = (panel * b.rows() + t) * w;
        int columns = Math.min(w, b.columns() - panel * w);
        if (columns == w) {
          int at = row * b.columns() + panel * w;
          kernel.addProduct(
              own.one, 0, 1, aOffset, aStride, rows, count, panels, from, c, at, b.columns());
        } else {
          edge(own, aOffset, aStride, rows, count, panels, from, c, row, panel * w, columns, b);
        }
      }
    }
  }

  /** Rows of A with their columns adjacent. */
  private static float[] packRows(Piece own, Matrix a, int row, int rows, int t, int count) {
    if (own.a.length < ROWS * (DEPTH + PAD)) {
      own.a = new float[ROWS * (DEPTH + PAD)];
    }
    for (int x = 0; x < count; x++) {
      int from = (t + x) * a.columnStride() + row * a.rowStride();
      for (int i = 0; i < rows; i++) {
        own.a[i * (count + PAD) + x] = a.data()[from + i * a.rowStride()];
      }
    }
    return own.a;
  }

  /** The last panel where it is narrower than a register tile. */
  private void edge(
      Piece own,
      int aOffset,
      int aStride,
      int rows,
      int count,
      float[] panels,
      int from,
      float[] c,
      int row,
      int column,
      int columns,
      Matrix b) {
    int w = kernel.lanes();
    if (own.edge.length < ROWS * w) {
      own.edge = new float[ROWS * w];
    }
    Arrays.fill(own.edge, 0, rows * w, 0);
    kernel.addProduct(own.one, 0, 1, aOffset, aStride, rows, count, panels, from, own.edge, 0, w);
    for (int i = 0; i < rows; i++) {
      for (int x = 0; x < columns; x++) {
        c[(row + i) * b.columns() + column + x] += own.edge[i * w + x];
      }
    }
  }
}
