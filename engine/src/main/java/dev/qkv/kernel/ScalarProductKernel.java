package dev.qkv.kernel;

/** The plain version. */
public final class ScalarProductKernel implements ProductKernel {
  private static final int COLUMNS = 32;

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public int fewColumns() {
    return COLUMNS / 2;
  }

  @Override
  public int depth() {
    return 256;
  }

  @Override
  public int rows() {
    return 24;
  }

  @Override
  public void product(
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
      int cStride) {
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < columns; i++) {
        float sum = 0;
        for (int t = 0; t < depth; t++) {
          sum += a[aOffset + j * aStride + t] * b[bOffset + t * columns + i];
        }
        c[cOffset + j * cStride + i] = d[dOffset + j * dStride + i] + sum;
      }
    }
  }
}
