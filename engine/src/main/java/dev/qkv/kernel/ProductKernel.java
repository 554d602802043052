package dev.qkv.kernel;

/**
 * The product of some rows of A with a panel of B, a panel being as many columns as a register tile
 * has.
 *
 * <p>Nothing is checked here, nothing allocated, nothing logged, as in {@link Kernel}.
 */
public sealed interface ProductKernel permits ScalarProductKernel, VectorProductKernel {
  /** Columns of a panel. */
  int columns();

  /** Columns of a panel where fewer are left; half as many, or the same. */
  int fewColumns();

  /** Rows of a panel that stay in the nearest cache while rows of A pass. */
  int depth();

  /** Rows of A that pass a panel while it is there: with that depth they fit L2. */
  int rows();

  /**
   * C = D + A·B, where A·B is added up by itself first.
   *
   * @param a A, (m × depth), rows of adjacent floats
   * @param aOffset of the first row
   * @param aStride from one row to the next
   * @param m rows
   * @param depth rows of B
   * @param b B, (depth × columns), rows one after the other
   * @param bOffset of the first row
   * @param columns {@link #columns()} or {@link #fewColumns()}
   * @param d D, (m × columns), rows of adjacent floats; may be C
   * @param dOffset of the first row
   * @param dStride from one row to the next; 0 where all are the same
   * @param c C, (m × columns), rows of adjacent floats
   * @param cOffset of the first row
   * @param cStride from one row to the next
   */
  void product(
      float[] a,
      int aOffset,
      int aStride,
      int m,
      int depth,
      float[] b,
      int bOffset,
      int columns,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride);
}
