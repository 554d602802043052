package dev.qkv.kernel;

/** The fast version, in register tiles. */
public final class VectorProductKernel implements ProductKernel {
  private static final boolean WIDE = VectorSettings.MANY_REGISTERS;
  private static final int COLUMNS = WIDE ? FourVectorTiles.COLUMNS : TwoVectorTiles.COLUMNS;

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public int fewColumns() {
    return TwoVectorTiles.COLUMNS;
  }

  @Override
  public int depth() {
    return WIDE ? 128 : 256;
  }

  @Override
  public int rows() {
    return 96;
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
    if (WIDE && columns == COLUMNS) {
      FourVectorTiles.product(
          a, aOffset, aStride, m, depth, b, bOffset, d, dOffset, dStride, c, cOffset, cStride);
    } else {
      TwoVectorTiles.product(
          a, aOffset, aStride, m, depth, b, bOffset, d, dOffset, dStride, c, cOffset, cStride);
    }
  }
}
