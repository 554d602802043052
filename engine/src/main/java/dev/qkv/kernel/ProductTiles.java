package dev.qkv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product that adds to its result, row by row, in register tiles of 6 rows and two vectors, see
 * {@link RegisterTiles}: the gradients of K and V, and every matrix product.
 *
 * <p>A call's terms are added up by themselves and then to C, so that a sum over many calls has two
 * levels.
 *
 * <p>The broadcasts come from six rows, so they are not adjacent in memory, and 12 accumulators are
 * enough to hide the latency of the multiply-add on machines with 32 registers as well.
 */
final class ProductTiles {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final int L = F.length();
  private static final int W = 2 * L;
  private static final int ROWS = 6;

  private ProductTiles() {}

  /** C ← C + Σ_g A_g·B_g; see {@link Kernel#addProduct}. */
  static void add(
      float[][] a,
      int firstGroup,
      int lastGroup,
      int aOffset,
      int aStride,
      int n,
      int m,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride) {
    int whole = n / ROWS * ROWS;
    add6(a, firstGroup, lastGroup, aOffset, aStride, 0, whole, m, b, bOffset, c, cOffset, cStride);
    add1(a, firstGroup, lastGroup, aOffset, aStride, whole, n, m, b, bOffset, c, cOffset, cStride);
  }

  private static void add6(
      float[][] a,
      int firstGroup,
      int lastGroup,
      int aOffset,
      int aStride,
      int from,
      int to,
      int m,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride) {
    for (int j = from; j < to; j += 6) {
      int r0 = aOffset + j * aStride;
      int r1 = r0 + aStride;
      int r2 = r1 + aStride;
      int r3 = r2 + aStride;
      int r4 = r3 + aStride;
      int r5 = r4 + aStride;
      int at = cOffset + j * cStride;
      FloatVector x0 = FloatVector.zero(F);
      FloatVector y0 = x0;
      FloatVector x1 = x0;
      FloatVector y1 = x0;
      FloatVector x2 = x0;
      FloatVector y2 = x0;
      FloatVector x3 = x0;
      FloatVector y3 = x0;
      FloatVector x4 = x0;
      FloatVector y4 = x0;
      FloatVector x5 = x0;
      FloatVector y5 = x0;
      for (int g = firstGroup; g < lastGroup; g++) {
        float[] rows = a[g];
        int first = bOffset + g * m * W;
        for (int t = 0; t < m; t++) {
          FloatVector v = FloatVector.fromArray(F, b, first + t * W);
          FloatVector w = FloatVector.fromArray(F, b, first + t * W + L);
          FloatVector u = FloatVector.broadcast(F, rows[r0 + t]);
          x0 = u.fma(v, x0);
          y0 = u.fma(w, y0);
          u = FloatVector.broadcast(F, rows[r1 + t]);
          x1 = u.fma(v, x1);
          y1 = u.fma(w, y1);
          u = FloatVector.broadcast(F, rows[r2 + t]);
          x2 = u.fma(v, x2);
          y2 = u.fma(w, y2);
          u = FloatVector.broadcast(F, rows[r3 + t]);
          x3 = u.fma(v, x3);
          y3 = u.fma(w, y3);
          u = FloatVector.broadcast(F, rows[r4 + t]);
          x4 = u.fma(v, x4);
          y4 = u.fma(w, y4);
          u = FloatVector.broadcast(F, rows[r5 + t]);
          x5 = u.fma(v, x5);
          y5 = u.fma(w, y5);
        }
      }
      FloatVector.fromArray(F, c, at).add(x0).intoArray(c, at);
      FloatVector.fromArray(F, c, at + L).add(y0).intoArray(c, at + L);
      FloatVector.fromArray(F, c, at + cStride).add(x1).intoArray(c, at + cStride);
      FloatVector.fromArray(F, c, at + cStride + L).add(y1).intoArray(c, at + cStride + L);
      FloatVector.fromArray(F, c, at + 2 * cStride).add(x2).intoArray(c, at + 2 * cStride);
      FloatVector.fromArray(F, c, at + 2 * cStride + L).add(y2).intoArray(c, at + 2 * cStride + L);
      FloatVector.fromArray(F, c, at + 3 * cStride).add(x3).intoArray(c, at + 3 * cStride);
      FloatVector.fromArray(F, c, at + 3 * cStride + L).add(y3).intoArray(c, at + 3 * cStride + L);
      FloatVector.fromArray(F, c, at + 4 * cStride).add(x4).intoArray(c, at + 4 * cStride);
      FloatVector.fromArray(F, c, at + 4 * cStride + L).add(y4).intoArray(c, at + 4 * cStride + L);
      FloatVector.fromArray(F, c, at + 5 * cStride).add(x5).intoArray(c, at + 5 * cStride);
      FloatVector.fromArray(F, c, at + 5 * cStride + L).add(y5).intoArray(c, at + 5 * cStride + L);
    }
  }

  private static void add1(
      float[][] a,
      int firstGroup,
      int lastGroup,
      int aOffset,
      int aStride,
      int from,
      int to,
      int m,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride) {
    for (int j = from; j < to; j += 1) {
      int r0 = aOffset + j * aStride;
      int at = cOffset + j * cStride;
      FloatVector x0 = FloatVector.zero(F);
      FloatVector y0 = x0;
      for (int g = firstGroup; g < lastGroup; g++) {
        float[] rows = a[g];
        int first = bOffset + g * m * W;
        for (int t = 0; t < m; t++) {
          FloatVector v = FloatVector.fromArray(F, b, first + t * W);
          FloatVector w = FloatVector.fromArray(F, b, first + t * W + L);
          FloatVector u = FloatVector.broadcast(F, rows[r0 + t]);
          x0 = u.fma(v, x0);
          y0 = u.fma(w, y0);
        }
      }
      FloatVector.fromArray(F, c, at).add(x0).intoArray(c, at);
      FloatVector.fromArray(F, c, at + L).add(y0).intoArray(c, at + L);
    }
  }
}
