package dev.qkv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of up to 6 rows and four vectors, where there are 32 registers: 24 sums, 4
 * operands and a broadcast. Four vectors to a broadcast rather than two, because each broadcast
 * needs an address, and on the machines that were measured addresses and multiply-adds share ports:
 * 0.97 against 0.77 of the peak from L1, 12 rows of two vectors 0.81.
 */
final class FourVectorTiles {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final int L = F.length();

  /** Columns of a tile. */
  static final int COLUMNS = 4 * L;

  private FourVectorTiles() {}

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
    FloatVector y0 = w0;
    FloatVector z0 = w0;
    FloatVector w1 = w0;
    FloatVector x1 = w0;
    FloatVector y1 = w0;
    FloatVector z1 = w0;
    FloatVector w2 = w0;
    FloatVector x2 = w0;
    FloatVector y2 = w0;
    FloatVector z2 = w0;
    FloatVector w3 = w0;
    FloatVector x3 = w0;
    FloatVector y3 = w0;
    FloatVector z3 = w0;
    FloatVector w4 = w0;
    FloatVector x4 = w0;
    FloatVector y4 = w0;
    FloatVector z4 = w0;
    FloatVector w5 = w0;
    FloatVector x5 = w0;
    FloatVector y5 = w0;
    FloatVector z5 = w0;
    for (int t = 0; t < depth; t++) {
      int row = bOffset + t * COLUMNS;
      FloatVector p = FloatVector.fromArray(F, b, row);
      FloatVector q = FloatVector.fromArray(F, b, row + L);
      FloatVector r = FloatVector.fromArray(F, b, row + 2 * L);
      FloatVector s = FloatVector.fromArray(F, b, row + 3 * L);
      FloatVector u = FloatVector.broadcast(F, a[r0 + t]);
      w0 = u.fma(p, w0);
      x0 = u.fma(q, x0);
      y0 = u.fma(r, y0);
      z0 = u.fma(s, z0);
      u = FloatVector.broadcast(F, a[r1 + t]);
      w1 = u.fma(p, w1);
      x1 = u.fma(q, x1);
      y1 = u.fma(r, y1);
      z1 = u.fma(s, z1);
      u = FloatVector.broadcast(F, a[r2 + t]);
      w2 = u.fma(p, w2);
      x2 = u.fma(q, x2);
      y2 = u.fma(r, y2);
      z2 = u.fma(s, z2);
      u = FloatVector.broadcast(F, a[r3 + t]);
      w3 = u.fma(p, w3);
      x3 = u.fma(q, x3);
      y3 = u.fma(r, y3);
      z3 = u.fma(s, z3);
      u = FloatVector.broadcast(F, a[r4 + t]);
      w4 = u.fma(p, w4);
      x4 = u.fma(q, x4);
      y4 = u.fma(r, y4);
      z4 = u.fma(s, z4);
      u = FloatVector.broadcast(F, a[r5 + t]);
      w5 = u.fma(p, w5);
      x5 = u.fma(q, x5);
      y5 = u.fma(r, y5);
      z5 = u.fma(s, z5);
    }
    FloatVector.fromArray(F, d, dOffset).add(w0).intoArray(c, cOffset);
    FloatVector.fromArray(F, d, dOffset + L).add(x0).intoArray(c, cOffset + L);
    FloatVector.fromArray(F, d, dOffset + 2 * L).add(y0).intoArray(c, cOffset + 2 * L);
    FloatVector.fromArray(F, d, dOffset + 3 * L).add(z0).intoArray(c, cOffset + 3 * L);
    FloatVector.fromArray(F, d, dOffset + dStride).add(w1).intoArray(c, cOffset + cStride);
    FloatVector.fromArray(F, d, dOffset + dStride + L).add(x1).intoArray(c, cOffset + cStride + L);
    FloatVector.fromArray(F, d, dOffset + dStride + 2 * L)
        .add(y1)
        .intoArray(c, cOffset + cStride + 2 * L);
    FloatVector.fromArray(F, d, dOffset + dStride + 3 * L)
        .add(z1)
        .intoArray(c, cOffset + cStride + 3 * L);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride).add(w2).intoArray(c, cOffset + 2 * cStride);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride + L)
        .add(x2)
        .intoArray(c, cOffset + 2 * cStride + L);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride + 2 * L)
        .add(y2)
        .intoArray(c, cOffset + 2 * cStride + 2 * L);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride + 3 * L)
        .add(z2)
        .intoArray(c, cOffset + 2 * cStride + 3 * L);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride).add(w3).intoArray(c, cOffset + 3 * cStride);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride + L)
        .add(x3)
        .intoArray(c, cOffset + 3 * cStride + L);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride + 2 * L)
        .add(y3)
        .intoArray(c, cOffset + 3 * cStride + 2 * L);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride + 3 * L)
        .add(z3)
        .intoArray(c, cOffset + 3 * cStride + 3 * L);
    FloatVector.fromArray(F, d, dOffset + 4 * dStride).add(w4).intoArray(c, cOffset + 4 * cStride);
    FloatVector.fromArray(F, d, dOffset + 4 * dStride + L)
        .add(x4)
        .intoArray(c, cOffset + 4 * cStride + L);
    FloatVector.fromArray(F, d, dOffset + 4 * dStride + 2 * L)
        .add(y4)
        .intoArray(c, cOffset + 4 * cStride + 2 * L);
    FloatVector.fromArray(F, d, dOffset + 4 * dStride + 3 * L)
        .add(z4)
        .intoArray(c, cOffset + 4 * cStride + 3 * L);
    FloatVector.fromArray(F, d, dOffset + 5 * dStride).add(w5).intoArray(c, cOffset + 5 * cStride);
    FloatVector.fromArray(F, d, dOffset + 5 * dStride + L)
        .add(x5)
        .intoArray(c, cOffset + 5 * cStride + L);
    FloatVector.fromArray(F, d, dOffset + 5 * dStride + 2 * L)
        .add(y5)
        .intoArray(c, cOffset + 5 * cStride + 2 * L);
    FloatVector.fromArray(F, d, dOffset + 5 * dStride + 3 * L)
        .add(z5)
        .intoArray(c, cOffset + 5 * cStride + 3 * L);
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
    FloatVector y0 = w0;
    FloatVector z0 = w0;
    FloatVector w1 = w0;
    FloatVector x1 = w0;
    FloatVector y1 = w0;
    FloatVector z1 = w0;
    FloatVector w2 = w0;
    FloatVector x2 = w0;
    FloatVector y2 = w0;
    FloatVector z2 = w0;
    FloatVector w3 = w0;
    FloatVector x3 = w0;
    FloatVector y3 = w0;
    FloatVector z3 = w0;
    for (int t = 0; t < depth; t++) {
      int row = bOffset + t * COLUMNS;
      FloatVector p = FloatVector.fromArray(F, b, row);
      FloatVector q = FloatVector.fromArray(F, b, row + L);
      FloatVector r = FloatVector.fromArray(F, b, row + 2 * L);
      FloatVector s = FloatVector.fromArray(F, b, row + 3 * L);
      FloatVector u = FloatVector.broadcast(F, a[r0 + t]);
      w0 = u.fma(p, w0);
      x0 = u.fma(q, x0);
      y0 = u.fma(r, y0);
      z0 = u.fma(s, z0);
      u = FloatVector.broadcast(F, a[r1 + t]);
      w1 = u.fma(p, w1);
      x1 = u.fma(q, x1);
      y1 = u.fma(r, y1);
      z1 = u.fma(s, z1);
      u = FloatVector.broadcast(F, a[r2 + t]);
      w2 = u.fma(p, w2);
      x2 = u.fma(q, x2);
      y2 = u.fma(r, y2);
      z2 = u.fma(s, z2);
      u = FloatVector.broadcast(F, a[r3 + t]);
      w3 = u.fma(p, w3);
      x3 = u.fma(q, x3);
      y3 = u.fma(r, y3);
      z3 = u.fma(s, z3);
    }
    FloatVector.fromArray(F, d, dOffset).add(w0).intoArray(c, cOffset);
    FloatVector.fromArray(F, d, dOffset + L).add(x0).intoArray(c, cOffset + L);
    FloatVector.fromArray(F, d, dOffset + 2 * L).add(y0).intoArray(c, cOffset + 2 * L);
    FloatVector.fromArray(F, d, dOffset + 3 * L).add(z0).intoArray(c, cOffset + 3 * L);
    FloatVector.fromArray(F, d, dOffset + dStride).add(w1).intoArray(c, cOffset + cStride);
    FloatVector.fromArray(F, d, dOffset + dStride + L).add(x1).intoArray(c, cOffset + cStride + L);
    FloatVector.fromArray(F, d, dOffset + dStride + 2 * L)
        .add(y1)
        .intoArray(c, cOffset + cStride + 2 * L);
    FloatVector.fromArray(F, d, dOffset + dStride + 3 * L)
        .add(z1)
        .intoArray(c, cOffset + cStride + 3 * L);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride).add(w2).intoArray(c, cOffset + 2 * cStride);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride + L)
        .add(x2)
        .intoArray(c, cOffset + 2 * cStride + L);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride + 2 * L)
        .add(y2)
        .intoArray(c, cOffset + 2 * cStride + 2 * L);
    FloatVector.fromArray(F, d, dOffset + 2 * dStride + 3 * L)
        .add(z2)
        .intoArray(c, cOffset + 2 * cStride + 3 * L);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride).add(w3).intoArray(c, cOffset + 3 * cStride);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride + L)
        .add(x3)
        .intoArray(c, cOffset + 3 * cStride + L);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride + 2 * L)
        .add(y3)
        .intoArray(c, cOffset + 3 * cStride + 2 * L);
    FloatVector.fromArray(F, d, dOffset + 3 * dStride + 3 * L)
        .add(z3)
        .intoArray(c, cOffset + 3 * cStride + 3 * L);
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
    FloatVector y0 = w0;
    FloatVector z0 = w0;
    FloatVector w1 = w0;
    FloatVector x1 = w0;
    FloatVector y1 = w0;
    FloatVector z1 = w0;
    for (int t = 0; t < depth; t++) {
      int row = bOffset + t * COLUMNS;
      FloatVector p = FloatVector.fromArray(F, b, row);
      FloatVector q = FloatVector.fromArray(F, b, row + L);
      FloatVector r = FloatVector.fromArray(F, b, row + 2 * L);
      FloatVector s = FloatVector.fromArray(F, b, row + 3 * L);
      FloatVector u = FloatVector.broadcast(F, a[r0 + t]);
      w0 = u.fma(p, w0);
      x0 = u.fma(q, x0);
      y0 = u.fma(r, y0);
      z0 = u.fma(s, z0);
      u = FloatVector.broadcast(F, a[r1 + t]);
      w1 = u.fma(p, w1);
      x1 = u.fma(q, x1);
      y1 = u.fma(r, y1);
      z1 = u.fma(s, z1);
    }
    FloatVector.fromArray(F, d, dOffset).add(w0).intoArray(c, cOffset);
    FloatVector.fromArray(F, d, dOffset + L).add(x0).intoArray(c, cOffset + L);
    FloatVector.fromArray(F, d, dOffset + 2 * L).add(y0).intoArray(c, cOffset + 2 * L);
    FloatVector.fromArray(F, d, dOffset + 3 * L).add(z0).intoArray(c, cOffset + 3 * L);
    FloatVector.fromArray(F, d, dOffset + dStride).add(w1).intoArray(c, cOffset + cStride);
    FloatVector.fromArray(F, d, dOffset + dStride + L).add(x1).intoArray(c, cOffset + cStride + L);
    FloatVector.fromArray(F, d, dOffset + dStride + 2 * L)
        .add(y1)
        .intoArray(c, cOffset + cStride + 2 * L);
    FloatVector.fromArray(F, d, dOffset + dStride + 3 * L)
        .add(z1)
        .intoArray(c, cOffset + cStride + 3 * L);
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
    FloatVector y0 = w0;
    FloatVector z0 = w0;
    for (int t = 0; t < depth; t++) {
      int row = bOffset + t * COLUMNS;
      FloatVector p = FloatVector.fromArray(F, b, row);
      FloatVector q = FloatVector.fromArray(F, b, row + L);
      FloatVector r = FloatVector.fromArray(F, b, row + 2 * L);
      FloatVector s = FloatVector.fromArray(F, b, row + 3 * L);
      FloatVector u = FloatVector.broadcast(F, a[r0 + t]);
      w0 = u.fma(p, w0);
      x0 = u.fma(q, x0);
      y0 = u.fma(r, y0);
      z0 = u.fma(s, z0);
    }
    FloatVector.fromArray(F, d, dOffset).add(w0).intoArray(c, cOffset);
    FloatVector.fromArray(F, d, dOffset + L).add(x0).intoArray(c, cOffset + L);
    FloatVector.fromArray(F, d, dOffset + 2 * L).add(y0).intoArray(c, cOffset + 2 * L);
    FloatVector.fromArray(F, d, dOffset + 3 * L).add(z0).intoArray(c, cOffset + 3 * L);
  }
}
