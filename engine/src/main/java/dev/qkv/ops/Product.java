package dev.qkv.ops;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.kernel.Panels;
import dev.qkv.kernel.ProductKernel;
import dev.qkv.parallel.Pool;
import dev.qkv.parallel.Scratch;
import dev.qkv.parallel.Team;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;

/**
 * One matrix product C = A·B on its way, with what happens to C in the end. Kept and used again, so
 * that a product allocates nothing.
 *
 * <p>C is cut into pieces, some rows and some panels each, which threads share. Pieces depend on
 * the shapes alone, hence the same bits for every number of threads. With few rows of A, each piece
 * packs its own panels of B, some rows at a time: B passes memory once, and threads are asked once.
 * With many rows, B is packed first.
 */
final class Product implements Scratch {
  private static final ProductKernel KERNEL = Kernels.products();
  private static final ElementKernel ELEMENTS = Kernels.elements();
  private static final float[] NOTHING = {};
  private static final Pool<Product> POOL = new Pool<>(Product::new);
  private static final Pool<Piece> PIECES = new Pool<>(Piece::new);

  /**
   * With more rows of A than this, panels that each piece packs for itself are packed too often.
   */
  private static final int ROWS_FOR_OWN_PANELS = 512;

  /** Rows of A in a piece, where there are enough. */
  private static final int FEWEST_ROWS = 24;

  /** Pieces of whole register tiles are fastest. */
  private static final int TILE_ROWS = 6;

  private static final int MOST_PANELS = 8;

  /** As many pieces are enough to keep threads equally busy. */
  private static final int ENOUGH_PIECES = 32;

  /** Less work than this, in multiply-adds, is not worth waking another thread. */
  private static final long SMALL_WORK = 1 << 20;

  private final Team team = new Team();
  private final Team.Work packWork = this::packPanel;
  private final Team.Work pieceWork = this::piece;

  private float[] a = NOTHING;
  private int aOffset;
  private int aRow;
  private int aColumn;
  private int m;
  private int k;
  private int n;

  private float[] b = NOTHING;
  private int bOffset;
  private int bRow;
  private int bColumn;

  /** Where panels are, or go; nothing where each piece has its own. */
  private float[] panels = NOTHING;

  private float[] ownPanels = NOTHING;

  private float[] c = NOTHING;
  private int cOffset;
  private boolean adds;
  private Epilogue then = Epilogue.NONE;
  private float[] bias = NOTHING;
  private int biasOffset;
  private float[] up = NOTHING;
  private int upOffset;
  private float[] residual = NOTHING;
  private int residualOffset;

  private int pieceRows;
  private int piecePanels;
  private int columnPieces;

  /** Scratch for one piece of C. */
  private static final class Piece implements Scratch {
    private float[] rows = NOTHING;
    private float[] panel = NOTHING;
    private float[] edge = NOTHING;

    @Override
    public long bytes() {
      return ((long) rows.length + panel.length + edge.length) * Float.BYTES;
    }
  }

  private Product() {}

  /** One that is nobody else's until it is released. */
  static Product take() {
    return POOL.take();
  }

  @Override
  public long bytes() {
    return (long) ownPanels.length * Float.BYTES + team.bytes();
  }

  /** Lets go of the caller's arrays, and is kept for others. */
  void release() {
    a = NOTHING;
    b = NOTHING;
    panels = NOTHING;
    c = NOTHING;
    bias = NOTHING;
    up = NOTHING;
    residual = NOTHING;
    then = Epilogue.NONE;
    POOL.giveBack(this);
  }

  /** The left factor, (…, k). */
  void a(Tensor tensor) {
    Tensor used = tensor.rank() == 2 ? tensor : Rows.dense(tensor);
    boolean matrix = used.rank() == 2;
    k = used.size(used.rank() - 1);
    m = Rows.of(used);
    a = used.data();
    aOffset = used.offset();
    aRow = matrix ? used.stride(0) : k;
    aColumn = matrix ? used.stride(1) : 1;
  }

  /** The left factor is the transposed of a dense tensor, (…, m) with k rows. */
  void transposedA(Tensor tensor) {
    a(tensor);
    int rows = m;
    m = k;
    k = rows;
    int row = aRow;
    aRow = aColumn;
    aColumn = row;
  }

  /** The right factor, (k, n). */
  void b(Tensor matrix) {
    b = matrix.data();
    bOffset = matrix.offset();
    k = matrix.size(0);
    n = matrix.size(1);
    bRow = matrix.stride(0);
    bColumn = matrix.stride(1);
  }

  /** The right factor is dense, its leading axes taken together. */
  void rowsOfB(Tensor tensor) {
    n = tensor.size(tensor.rank() - 1);
    k = Rows.of(tensor);
    b = tensor.data();
    bOffset = tensor.offset();
    bRow = n;
    bColumn = 1;
  }

  /** The right factor, packed. */
  void b(PackedMatrix matrix) {
    k = matrix.rows();
    n = matrix.columns();
    panels = matrix.panels();
  }

  /**
   * Numbers in all panels of a matrix.
   *
   * @throws InvalidArgument if no array has room for them
   */
  static int size(int k, int n) {
    long size = Panels.size(k, n);
    if (size > Panels.LARGEST) {
      throw new InvalidArgument("tensor.overflow", "matmul", new int[] {k, n}, Panels.LARGEST);
    }
    return (int) size;
  }

  /** Packs the right factor and does nothing else. */
  void packInto(float[] to) {
    panels = to;
    team.run(packWork, Panels.count(n), (long) k * n < SMALL_WORK ? 1 : 0, null);
  }

  /** Computes the product into a dense tensor. */
  void run(Tensor output, Epilogue epilogue) {
    c = output.data();
    cOffset = output.offset();
    then = epilogue;
    adds = epilogue.addsTo(output);
    set(epilogue);
    if (k == 0 || m == 0 || n == 0) {
      withoutTerms();
      return;
    }
    boolean packed = panels.length > 0;
    boolean own = !packed && m <= ROWS_FOR_OWN_PANELS;
    if (!packed && !own) {
      int size = size(k, n);
      if (ownPanels.length < size) {
        ownPanels = new float[size];
      }
      packInto(ownPanels);
    }
    cut(own);
    int threads = (long) m * k * n < SMALL_WORK ? 1 : 0;
    int rowPieces = (m + pieceRows - 1) / pieceRows;
    team.run(pieceWork, rowPieces * columnPieces, threads, null);
  }

  private void set(Epilogue epilogue) {
    Tensor added = epilogue.bias();
    if (added != null) {
      Tensor dense = Rows.dense(added);
      bias = dense.data();
      biasOffset = dense.offset();
    }
    Tensor factor = epilogue.up();
    if (factor != null) {
      up = factor.data();
      upOffset = factor.offset();
    }
    Tensor last = epilogue.residual();
    if (last != null) {
      residual = last.data();
      residualOffset = last.offset();
    }
  }

  /** Sums without terms are 0. */
  private void withoutTerms() {
    for (int row = 0; row < m; row++) {
      if (!adds) {
        Arrays.fill(c, cOffset + row * n, cOffset + (row + 1) * n, 0);
      }
      finish(row, 1, 0, n);
    }
  }

  /** How large pieces are. */
  private void cut(boolean own) {
    int count = Panels.count(n);
    pieceRows = own ? m : KERNEL.rows();
    piecePanels = Math.min(MOST_PANELS, count);
    while (piecePanels > 1 && pieces() < ENOUGH_PIECES) {
      piecePanels = (piecePanels + 1) / 2;
    }
    // Each piece of rows packs the same panels again: not for too few of them.
    int fewest = own ? 2 * FEWEST_ROWS : FEWEST_ROWS;
    while (pieceRows > fewest && pieces() < ENOUGH_PIECES) {
      pieceRows = Math.max(fewest, (pieceRows / 2 + TILE_ROWS - 1) / TILE_ROWS * TILE_ROWS);
    }
    columnPieces = (count + piecePanels - 1) / piecePanels;
  }

  private int pieces() {
    int columns = (Panels.count(n) + piecePanels - 1) / piecePanels;
    return (m + pieceRows - 1) / pieceRows * columns;
  }

  private void packPanel(int panel) {
    Panels.pack(b, bOffset, k, n, bRow, bColumn, panel, panels, Panels.start(k, panel));
  }

  private void piece(int item) {
    Piece own = PIECES.take();
    try {
      int row = item / columnPieces * pieceRows;
      int first = item % columnPieces * piecePanels;
      int last = Math.min(first + piecePanels, Panels.count(n));
      int rows = Math.min(pieceRows, m - row);
      if (panels.length > 0) {
        for (int panel = first; panel < last; panel++) {
          int width = Panels.width(n, panel);
          for (int t = 0; t < k; t += KERNEL.depth()) {
            part(own, row, rows, t, panel, panels, Panels.start(k, panel) + t * width);
          }
        }
      } else {
        for (int panel = first; panel < last; panel++) {
          ownPanel(own, row, rows, panel);
        }
      }
      finish(row, rows, first * Panels.WIDTH, Math.min(n, last * Panels.WIDTH));
    } finally {
      PIECES.giveBack(own);
    }
  }

  /**
   * Some rows times a panel that is packed for them alone, as much at a time as the cache keeps.
   */
  private void ownPanel(Piece own, int row, int rows, int panel) {
    int depth = KERNEL.depth();
    if (own.panel.length == 0) {
      own.panel = new float[depth * Panels.WIDTH];
    }
    for (int t = 0; t < k; t += depth) {
      int count = Math.min(depth, k - t);
      Panels.pack(b, bOffset + t * bRow, count, n, bRow, bColumn, panel, own.panel, 0);
      part(own, row, rows, t, panel, own.panel, 0);
    }
  }

  /** Some rows times a panel, over the depth from t that stays in the cache. */
  private void part(Piece own, int row, int rows, int t, int panel, float[] from, int at) {
    int depth = Math.min(KERNEL.depth(), k - t);
    float[] left = a;
    int leftAt = aOffset + row * aRow + t * aColumn;
    int leftStride = aRow;
    if (aColumn != 1) {
      left = packRows(own, leftAt, rows, depth);
      leftAt = 0;
      leftStride = depth;
    }
    if (own.edge.length < rows * Panels.WIDTH) {
      own.edge = new float[rows * Panels.WIDTH];
    }
    boolean more = adds || t > 0;
    int to = cOffset + row * n;
    Panels.part(
        left, leftAt, leftStride, rows, depth, from, at, n, panel, c, to, n, more, own.edge);
  }

  /** Rows of A with their columns adjacent. */
  private float[] packRows(Piece own, int from, int rows, int depth) {
    if (own.rows.length < rows * depth) {
      own.rows = new float[rows * depth];
    }
    for (int t = 0; t < depth; t++) {
      int at = from + t * aColumn;
      for (int i = 0; i < rows; i++) {
        own.rows[i * depth + t] = a[at + i * aRow];
      }
    }
    return own.rows;
  }

  /** The epilogue for some rows and columns. */
  private void finish(int row, int rows, int from, int to) {
    if (then.equals(Epilogue.NONE)) {
      return;
    }
    int count = to - from;
    for (int i = row; i < row + rows; i++) {
      int at = cOffset + i * n + from;
      if (then.scale() != 1) {
        ELEMENTS.multiple(c, at, then.scale(), c, at, count);
      }
      if (then.bias() != null) {
        ELEMENTS.sum(c, at, bias, biasOffset + from, c, at, count);
      }
      function(at, upOffset + i * n + from, count);
      if (then.residual() != null && !adds) {
        ELEMENTS.sum(c, at, residual, residualOffset + i * n + from, c, at, count);
      }
    }
  }

  private void function(int at, int upAt, int count) {
    switch (then.function()) {
      case IDENTITY -> {}
      case RELU -> ELEMENTS.relu(c, at, c, at, count);
      case GELU -> ELEMENTS.gelu(c, at, c, at, count);
      case GELU_TANH -> ELEMENTS.geluTanh(c, at, c, at, count);
      case SILU -> ELEMENTS.silu(c, at, c, at, count);
      case SWIGLU -> ELEMENTS.swiGlu(c, at, up, upAt, c, at, count);
    }
  }
}
