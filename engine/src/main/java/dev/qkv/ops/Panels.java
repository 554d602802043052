package dev.qkv.ops;

import dev.qkv.kernel.Kernels;
import dev.qkv.kernel.ProductKernel;
import dev.qkv.tensor.InvalidArgument;
import java.util.Arrays;

/**
 * How a matrix B (k × n) is cut into panels: as many columns as a register tile has, over the whole
 * depth, rows adjacent. Panels lie one after the other; the last may be narrower, and is filled up
 * with zeros.
 */
final class Panels {
  private static final ProductKernel KERNEL = Kernels.products();

  /** Columns of a panel. */
  static final int WIDTH = KERNEL.columns();

  /** Numbers that an array can hold. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  /** Rows that are copied at once where columns are adjacent: a line of the cache. */
  private static final int LINE = 16;

  private Panels() {}

  /** How many panels there are. */
  static int count(int n) {
    return (n + WIDTH - 1) / WIDTH;
  }

  /** Columns of a panel, those filled up included. */
  static int width(int n, int panel) {
    return n - panel * WIDTH <= KERNEL.fewColumns() ? KERNEL.fewColumns() : WIDTH;
  }

  /** Columns of B in a panel. */
  static int columns(int n, int panel) {
    return Math.min(WIDTH, n - panel * WIDTH);
  }

  /**
   * Numbers in all panels.
   *
   * @throws InvalidArgument if no array has room for them
   */
  static int size(int k, int n) {
    int last = count(n) - 1;
    long columns = last < 0 ? 0 : (long) last * WIDTH + width(n, last);
    if (columns * k > LARGEST) {
      throw new InvalidArgument(
          "tensor.overflow", "matmul", new int[] {k, (int) Math.min(columns, LARGEST)}, LARGEST);
    }
    return (int) (columns * k);
  }

  /** Where a panel starts. */
  static int start(int k, int panel) {
    return panel * WIDTH * k;
  }

  /**
   * Copies one panel.
   *
   * @param b B
   * @param offset of its first number
   * @param k rows of B
   * @param n columns of B
   * @param rowStride from one row to the next
   * @param columnStride from one column to the next
   * @param panel which
   * @param to receives it
   * @param at from there
   */
  static void pack(
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
}
