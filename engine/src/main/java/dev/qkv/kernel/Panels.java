package dev.qkv.kernel;

import java.util.Arrays;

/**
 * How a matrix B (k × n) is cut into panels: as many columns as a register tile has, over the whole
 * depth, rows adjacent. Panels lie one after the other; the last may be narrower, and is filled up
 * with zeros.
 *
 * <p>Nothing is checked here, nothing allocated, nothing logged, as in {@link Kernel}.
 */
public final class Panels {
  private static final ProductKernel KERNEL = Kernels.products();

  /** Columns of a panel. */
  public static final int WIDTH = KERNEL.columns();

  /** Numbers that an array can hold. */
  public static final int LARGEST = Integer.MAX_VALUE - 8;

  private static final float[] ZEROS = new float[WIDTH];

  /** Rows that are copied at once where columns are adjacent: a line of the cache. */
  private static final int LINE = 16;

  private Panels() {}

  /**
   * How many panels there are.
   *
   * @param n columns of B
   * @return 0 where it has none
   */
  public static int count(int n) {
    return (n + WIDTH - 1) / WIDTH;
  }

  /**
   * How wide a panel is, with what fills it up.
   *
   * @param n columns of B
   * @param panel which
   * @return its columns
   */
  public static int width(int n, int panel) {
    return n - panel * WIDTH <= KERNEL.fewColumns() ? KERNEL.fewColumns() : WIDTH;
  }

  /**
   * How many columns of B a panel has.
   *
   * @param n columns of B
   * @param panel which
   * @return at most its width
   */
  public static int columns(int n, int panel) {
    return Math.min(WIDTH, n - panel * WIDTH);
  }

  /**
   * How many numbers all panels have.
   *
   * @param k rows of B
   * @param n columns of B
   * @return may be more than an array can hold
   */
  public static long size(int k, int n) {
    int last = count(n) - 1;
    long columns = last < 0 ? 0 : (long) last * WIDTH + width(n, last);
    return columns * k;
  }

  /**
   * Where a panel starts.
   *
   * @param k rows of B
   * @param panel which
   * @return place of its first number
   */
  public static int start(int k, int panel) {
    return panel * WIDTH * k;
  }

  /**
   * Copies one panel, or some of its rows.
   *
   * @param b B
   * @param offset of the first number of the first row
   * @param k how many rows
   * @param n columns of B
   * @param rowStride from one row to the next
   * @param columnStride from one column to the next
   * @param panel which
   * @param to receives it
   * @param at from there
   */
  public static void pack(
      float[] b,
      int offset,
      int k,
      int n,
      int rowStride,
      int columnStride,
      int panel,
      float[] to,
      int at) {
    int width = width(n, panel);
    int columns = columns(n, panel);
    int first = offset + panel * WIDTH * columnStride;
    if (columnStride == 1) {
      for (int t = 0; t < k; t++) {
        System.arraycopy(b, first + t * rowStride, to, at + t * width, columns);
      }
    } else {
      for (int t = 0; t < k; t += LINE) {
        int rows = Math.min(LINE, k - t);
        for (int i = 0; i < columns; i++) {
          int from = first + i * columnStride + t * rowStride;
          column(b, from, rowStride, rows, to, at + t * width + i, width);
        }
      }
    }
    if (columns < width) {
      for (int t = 0; t < k; t++) {
        Arrays.fill(to, at + t * width + columns, at + (t + 1) * width, 0);
      }
    }
  }

  private static void column(
      float[] from, int at, int step, int n, float[] to, int toAt, int toStep) {
    for (int t = 0; t < n; t++) {
      to[toAt + t * toStep] = from[at + t * step];
    }
  }

  /**
   * C = A·B, or C ← C + A·B, for some rows and all columns.
   *
   * @param a A, rows of k adjacent floats
   * @param aOffset of the first row
   * @param aStride from one row to the next
   * @param rows how many
   * @param panels B in panels
   * @param k rows of B
   * @param n columns of B
   * @param c C
   * @param cOffset of the first row
   * @param cStride from one row to the next
   * @param adds whether C is added to
   * @param edge scratch, rows × {@link #WIDTH}
   */
  public static void multiply(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      float[] panels,
      int k,
      int n,
      float[] c,
      int cOffset,
      int cStride,
      boolean adds,
      float[] edge) {
    int depth = KERNEL.depth();
    for (int panel = 0; panel < count(n); panel++) {
      int width = width(n, panel);
      for (int t = 0; t < k; t += depth) {
        int count = Math.min(depth, k - t);
        int at = start(k, panel) + t * width;
        boolean more = adds || t > 0;
        part(
            a,
            aOffset + t,
            aStride,
            rows,
            count,
            panels,
            at,
            n,
            panel,
            c,
            cOffset,
            cStride,
            more,
            edge);
      }
    }
  }

  /**
   * As {@link #multiply}, for one panel and some of its rows.
   *
   * @param a A, rows of {@code depth} adjacent floats
   * @param aOffset of the first row
   * @param aStride from one row to the next
   * @param rows how many
   * @param depth rows of the panel
   * @param b has them, one after the other
   * @param bOffset of the first
   * @param n columns of B
   * @param panel which
   * @param c C
   * @param cOffset of the first row
   * @param cStride from one row to the next
   * @param adds whether C is added to
   * @param edge scratch, rows × {@link #WIDTH}
   */
  public static void part(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      int depth,
      float[] b,
      int bOffset,
      int n,
      int panel,
      float[] c,
      int cOffset,
      int cStride,
      boolean adds,
      float[] edge) {
    int width = width(n, panel);
    int columns = columns(n, panel);
    int to = cOffset + panel * WIDTH;
    if (columns == width) {
      float[] d = adds ? c : ZEROS;
      int dOffset = adds ? to : 0;
      int dStride = adds ? cStride : 0;
      KERNEL.product(
          a, aOffset, aStride, rows, depth, b, bOffset, width, d, dOffset, dStride, c, to, cStride);
      return;
    }
    KERNEL.product(
        a, aOffset, aStride, rows, depth, b, bOffset, width, ZEROS, 0, 0, edge, 0, width);
    for (int i = 0; i < rows; i++) {
      for (int x = 0; x < columns; x++) {
        float sum = edge[i * width + x];
        int at = to + i * cStride + x;
        c[at] = adds ? c[at] + sum : sum;
      }
    }
  }
}
