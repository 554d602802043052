package dev.qkv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of up to 6 rows and two vectors: what 16 registers hold, 12 sums, 2 operands and a
 * broadcast. The methods differ in the number of rows only: C2 keeps vectors in registers only as
 * local variables of one method. Each does one tile and nothing else: in a loop over tiles, C2
 * often carried an address through a vector register in each step, at a quarter of the speed. D is
 * added without asking whether there is one: a branch after the loop costs a quarter of the speed.
 */
final class TwoVectorTiles {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final int L = F.length();

  /** Columns of a tile. */
  static final int COLUMNS = 2 * L;

  private TwoVectorTiles() {}

  /** C = D + A·B; see {@link ProductKernel#product}. */
  static void product(
      float[] a,
      int aOffset,
      int aStride,
      int m,
      int depth,
      float[] b,
      int bOffset,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    int j = 0;
    while (j < m) {
      int left = m - j;
      int at = aOffset + j * aStride;
      int from = dOffset + j * dStride;
      int to = cOffset + j * cStride;
      if (left >= 6) {
        product6(a, at, aStride, depth, b, bOffset, d, from, dStride, c, to, cStride);
        j += 6;
      } else if (left >= 4) {
        product4(a, at, aStride, depth, b, bOffset, d, from, dStride, c, to, cStride);
        j += 4;
      } else if (left >= 2) {
        product2(a, at, aStride, depth, b, bOffset, d, from, dStride, c, to, cStride);
        j += 2;
      } else {
        product1(a, at, depth, b, bOffset, d, from, c, to);
        j++;
      }
    }
  }

  private static void product6(
      float[] a,
      int aOffset,
      int aStride,
      int depth,
      float[] b,
      int bOffset,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    int r0 = aOffset;
    int r1 = r0 + aStride;
    int r2 = r1 + aStride;
    int r3 = r2 + aStride;
    int r4 = r3 + aStride;
    int r5 = r4 + aStride;
    FloatVector w0 = FloatVector.zero(F);
    FloatVector x0 = w0;
    FloatVector w1 = w0;
    FloatVector x1 = w0;
    FloatVector w2 = w0;
    FloatVector x2 = w0;
    FloatVector w3 = w0;
    FloatVector x3 = w0;
    FloatVector w4 = w0;
    FloatVector x4 = w0;
    FloatVector w5 = w0;
    FloatVector x5 = w0;
    for (int t = 0; t < depth; t++) {
      int row = bOffset + t * COLUMNS;
      FloatVector p = FloatVector.fromArray(F, b, row);
      FloatVector q = FloatVector.fromArray(F, b, row + L);
      FloatVector u = FloatVector.broadcast(F, a[r0 + t]);
      w0 = u.fma(p, w0);
      x0 = u.fma(q, x0);
      u = FloatVector.broadcast(F, a[r1 + t]);
      w1 = u.fma(p, w1);
      x1 = u.fma(q, x1);
      u = FloatVector.broadcast(F, a[r2 + t]);
      w2 = u.fma(p, w2);
      x2 = u.fma(q, x2);
      u = FloatVector.broadcast(F, a[r3 + t]);
      w3 = u.fma(p, w3);
      x3 = u.fma(q, x3);
      u = FloatVector.broadcast(F, a[r4 + t]);
      w4 = u.fma(p, w4);
      x4 = u.fma(q, x4);
      u = FloatVector.broadcast(F, a[r5 + t]);
      w5 = u.fma(p, w5);
      x5 = u.fma(q, x5);
    }
    FloatVector.fromArray(F, d, dOffset).add(w0).intoArray(c, cOffset);
    FloatVector.fromArray(F, d, dOffset + L).add(x0).intoArray(c, cOffset + L);
    FloatVector.fromArray(F, d, dOffset + dStride).add(w1).intoArray(c, cOffset + cStride);
    FloatVector.fromArray(F, d, dOffset + dStride + L).add(x1).intoArray(c, cOffset + cStride + L);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride).add(w2).intoArray(c, cOffset + 2 * cStride);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride + L)
        .add(x2)
        .intoArray(c, cOffset + 2 * cStride + L);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride).add(w3).intoArray(c, cOffset + 3 * cStride);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride + L)
        .add(x3)
        .intoArray(c, cOffset + 3 * cStride + L);
    FloatVector.fromArray(F, d, dOffset + 4 * dStride).add(w4).intoArray(c, cOffset + 4 * cStride);
    FloatVector.fromArray(F, d, dOffset + 4 * dStride + L)
        .add(x4)
        .intoArray(c, cOffset + 4 * cStride + L);
    FloatVector.fromArray(F, d, dOffset + 5 * dStride).add(w5).intoArray(c, cOffset + 5 * cStride);
    FloatVector.fromArray(F, d, dOffset + 5 * dStride + L)
        .add(x5)
        .intoArray(c, cOffset + 5 * cStride + L);
  }

  private static void product4(
      float[] a,
      int aOffset,
      int aStride,
      int depth,
      float[] b,
      int bOffset,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    int r0 = aOffset;
    int r1 = r0 + aStride;
    int r2 = r1 + aStride;
    int r3 = r2 + aStride;
    FloatVector w0 = FloatVector.zero(F);
    FloatVector x0 = w0;
    FloatVector w1 = w0;
    FloatVector x1 = w0;
    FloatVector w2 = w0;
    FloatVector x2 = w0;
    FloatVector w3 = w0;
    FloatVector x3 = w0;
    for (int t = 0; t < depth; t++) {
      int row = bOffset + t * COLUMNS;
      FloatVector p = FloatVector.fromArray(F, b, row);
      FloatVector q = FloatVector.fromArray(F, b, row + L);
      FloatVector u = FloatVector.broadcast(F, a[r0 + t]);
      w0 = u.fma(p, w0);
      x0 = u.fma(q, x0);
      u = FloatVector.broadcast(F, a[r1 + t]);
      w1 = u.fma(p, w1);
      x1 = u.fma(q, x1);
      u = FloatVector.broadcast(F, a[r2 + t]);
      w2 = u.fma(p, w2);
      x2 = u.fma(q, x2);
      u = FloatVector.broadcast(F, a[r3 + t]);
      w3 = u.fma(p, w3);
      x3 = u.fma(q, x3);
    }
    FloatVector.fromArray(F, d, dOffset).add(w0).intoArray(c, cOffset);
    FloatVector.fromArray(F, d, dOffset + L).add(x0).intoArray(c, cOffset + L);
    FloatVector.fromArray(F, d, dOffset + dStride).add(w1).intoArray(c, cOffset + cStride);
    FloatVector.fromArray(F, d, dOffset + dStride + L).add(x1).intoArray(c, cOffset + cStride + L);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride).add(w2).intoArray(c, cOffset + 2 * cStride);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride + L)
        .add(x2)
        .intoArray(c, cOffset + 2 * cStride + L);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride).add(w3).intoArray(c, cOffset + 3 * cStride);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride + L)
        .add(x3)
        .intoArray(c, cOffset + 3 * cStride + L);
  }

  private static void product2(
      float[] a,
      int aOffset,
      int aStride,
      int depth,
      float[] b,
      int bOffset,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    int r0 = aOffset;
    int r1 = r0 + aStride;
    FloatVector w0 = FloatVector.zero(F);
    FloatVector x0 = w0;
    FloatVector w1 = w0;
    FloatVector x1 = w0;
    for (int t = 0; t < depth; t++) {
      int row = bOffset + t * COLUMNS;
      FloatVector p = FloatVector.fromArray(F, b, row);
      FloatVector q = FloatVector.fromArray(F, b, row + L);
      FloatVector u = FloatVector.broadcast(F, a[r0 + t]);
      w0 = u.fma(p, w0);
      x0 = u.fma(q, x0);
      u = FloatVector.broadcast(F, a[r1 + t]);
      w1 = u.fma(p, w1);
      x1 = u.fma(q, x1);
    }
    FloatVector.fromArray(F, d, dOffset).add(w0).intoArray(c, cOffset);
    FloatVector.fromArray(F, d, dOffset + L).add(x0).intoArray(c, cOffset + L);
    FloatVector.fromArray(F, d, dOffset + dStride).add(w1).intoArray(c, cOffset + cStride);
    FloatVector.fromArray(F, d, dOffset + dStride + L).add(x1).intoArray(c, cOffset + cStride + L);
  }

  private static void product1(
      float[] a,
      int aOffset,
      int depth,
      float[] b,
      int bOffset,
      float[] d,
      int dOffset,
      float[] c,
      int cOffset) {
    int r0 = aOffset;
    FloatVector w0 = FloatVector.zero(F);
    FloatVector x0 = w0;
    for (int t = 0; t < depth; t++) {
      int row = bOffset + t * COLUMNS;
      FloatVector p = FloatVector.fromArray(F, b, row);
      FloatVector q = FloatVector.fromArray(F, b, row + L);
      FloatVector u = FloatVector.broadcast(F, a[r0 + t]);
      w0 = u.fma(p, w0);
      x0 = u.fma(q, x0);
    }
    FloatVector.fromArray(F, d, dOffset).add(w0).intoArray(c, cOffset);
    FloatVector.fromArray(F, d, dOffset + L).add(x0).intoArray(c, cOffset + L);
  }
}
