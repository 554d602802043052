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

  /** C = A·B or C ← C + A·B; see {@link ProductKernel#product}. */
  static void product(
      float[] a,
      int aOffset,
      int aStride,
      int m,
      int depth,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int cStride,
      boolean adds) {
    int sixes = m / 6 * 6;
    int fours = sixes + (m - sixes) / 4 * 4;
    int twos = fours + (m - fours) / 2 * 2;
    product6(a, aOffset, aStride, 0, sixes, depth, b, bOffset, bStride, c, cOffset, cStride, adds);
    product4(
        a, aOffset, aStride, sixes, fours, depth, b, bOffset, bStride, c, cOffset, cStride, adds);
    product2(
        a, aOffset, aStride, fours, twos, depth, b, bOffset, bStride, c, cOffset, cStride, adds);
    product1(a, aOffset, aStride, twos, m, depth, b, bOffset, bStride, c, cOffset, cStride, adds);
  }

  private static void product6(
      float[] a,
      int aOffset,
      int aStride,
      int from,
      int to,
      int depth,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int cStride,
      boolean adds) {
    for (int j = from; j < to; j += 6) {
      int r0 = aOffset + j * aStride;
      int r1 = r0 + aStride;
      int r2 = r1 + aStride;
      int r3 = r2 + aStride;
      int r4 = r3 + aStride;
      int r5 = r4 + aStride;
      int at = cOffset + j * cStride;
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
        int row = bOffset + t * bStride;
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
      if (adds) {
        FloatVector.fromArray(F, c, at).add(w0).intoArray(c, at);
        FloatVector.fromArray(F, c, at + L).add(x0).intoArray(c, at + L);
        FloatVector.fromArray(F, c, at + 2 * L).add(y0).intoArray(c, at + 2 * L);
        FloatVector.fromArray(F, c, at + 3 * L).add(z0).intoArray(c, at + 3 * L);
        FloatVector.fromArray(F, c, at + cStride).add(w1).intoArray(c, at + cStride);
        FloatVector.fromArray(F, c, at + cStride + L).add(x1).intoArray(c, at + cStride + L);
        FloatVector.fromArray(F, c, at + cStride + 2 * L)
            .add(y1)
            .intoArray(c, at + cStride + 2 * L);
        FloatVector.fromArray(F, c, at + cStride + 3 * L)
            .add(z1)
            .intoArray(c, at + cStride + 3 * L);
        FloatVector.fromArray(F, c, at + 2 * cStride).add(w2).intoArray(c, at + 2 * cStride);
        FloatVector.fromArray(F, c, at + 2 * cStride + L)
            .add(x2)
            .intoArray(c, at + 2 * cStride + L);
        FloatVector.fromArray(F, c, at + 2 * cStride + 2 * L)
            .add(y2)
            .intoArray(c, at + 2 * cStride + 2 * L);
        FloatVector.fromArray(F, c, at + 2 * cStride + 3 * L)
            .add(z2)
            .intoArray(c, at + 2 * cStride + 3 * L);
        FloatVector.fromArray(F, c, at + 3 * cStride).add(w3).intoArray(c, at + 3 * cStride);
        FloatVector.fromArray(F, c, at + 3 * cStride + L)
            .add(x3)
            .intoArray(c, at + 3 * cStride + L);
        FloatVector.fromArray(F, c, at + 3 * cStride + 2 * L)
            .add(y3)
            .intoArray(c, at + 3 * cStride + 2 * L);
        FloatVector.fromArray(F, c, at + 3 * cStride + 3 * L)
            .add(z3)
            .intoArray(c, at + 3 * cStride + 3 * L);
        FloatVector.fromArray(F, c, at + 4 * cStride).add(w4).intoArray(c, at + 4 * cStride);
        FloatVector.fromArray(F, c, at + 4 * cStride + L)
            .add(x4)
            .intoArray(c, at + 4 * cStride + L);
        FloatVector.fromArray(F, c, at + 4 * cStride + 2 * L)
            .add(y4)
            .intoArray(c, at + 4 * cStride + 2 * L);
        FloatVector.fromArray(F, c, at + 4 * cStride + 3 * L)
            .add(z4)
            .intoArray(c, at + 4 * cStride + 3 * L);
        FloatVector.fromArray(F, c, at + 5 * cStride).add(w5).intoArray(c, at + 5 * cStride);
        FloatVector.fromArray(F, c, at + 5 * cStride + L)
            .add(x5)
            .intoArray(c, at + 5 * cStride + L);
        FloatVector.fromArray(F, c, at + 5 * cStride + 2 * L)
            .add(y5)
            .intoArray(c, at + 5 * cStride + 2 * L);
        FloatVector.fromArray(F, c, at + 5 * cStride + 3 * L)
            .add(z5)
            .intoArray(c, at + 5 * cStride + 3 * L);
      } else {
        w0.intoArray(c, at);
        x0.intoArray(c, at + L);
        y0.intoArray(c, at + 2 * L);
        z0.intoArray(c, at + 3 * L);
        w1.intoArray(c, at + cStride);
        x1.intoArray(c, at + cStride + L);
        y1.intoArray(c, at + cStride + 2 * L);
        z1.intoArray(c, at + cStride + 3 * L);
        w2.intoArray(c, at + 2 * cStride);
        x2.intoArray(c, at + 2 * cStride + L);
        y2.intoArray(c, at + 2 * cStride + 2 * L);
        z2.intoArray(c, at + 2 * cStride + 3 * L);
        w3.intoArray(c, at + 3 * cStride);
        x3.intoArray(c, at + 3 * cStride + L);
        y3.intoArray(c, at + 3 * cStride + 2 * L);
        z3.intoArray(c, at + 3 * cStride + 3 * L);
        w4.intoArray(c, at + 4 * cStride);
        x4.intoArray(c, at + 4 * cStride + L);
        y4.intoArray(c, at + 4 * cStride + 2 * L);
        z4.intoArray(c, at + 4 * cStride + 3 * L);
        w5.intoArray(c, at + 5 * cStride);
        x5.intoArray(c, at + 5 * cStride + L);
        y5.intoArray(c, at + 5 * cStride + 2 * L);
        z5.intoArray(c, at + 5 * cStride + 3 * L);
      }
    }
  }

  private static void product4(
      float[] a,
      int aOffset,
      int aStride,
      int from,
      int to,
      int depth,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int cStride,
      boolean adds) {
    for (int j = from; j < to; j += 4) {
      int r0 = aOffset + j * aStride;
      int r1 = r0 + aStride;
      int r2 = r1 + aStride;
      int r3 = r2 + aStride;
      int at = cOffset + j * cStride;
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
        int row = bOffset + t * bStride;
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
      if (adds) {
        FloatVector.fromArray(F, c, at).add(w0).intoArray(c, at);
        FloatVector.fromArray(F, c, at + L).add(x0).intoArray(c, at + L);
        FloatVector.fromArray(F, c, at + 2 * L).add(y0).intoArray(c, at + 2 * L);
        FloatVector.fromArray(F, c, at + 3 * L).add(z0).intoArray(c, at + 3 * L);
        FloatVector.fromArray(F, c, at + cStride).add(w1).intoArray(c, at + cStride);
        FloatVector.fromArray(F, c, at + cStride + L).add(x1).intoArray(c, at + cStride + L);
        FloatVector.fromArray(F, c, at + cStride + 2 * L)
            .add(y1)
            .intoArray(c, at + cStride + 2 * L);
        FloatVector.fromArray(F, c, at + cStride + 3 * L)
            .add(z1)
            .intoArray(c, at + cStride + 3 * L);
        FloatVector.fromArray(F, c, at + 2 * cStride).add(w2).intoArray(c, at + 2 * cStride);
        FloatVector.fromArray(F, c, at + 2 * cStride + L)
            .add(x2)
            .intoArray(c, at + 2 * cStride + L);
        FloatVector.fromArray(F, c, at + 2 * cStride + 2 * L)
            .add(y2)
            .intoArray(c, at + 2 * cStride + 2 * L);
        FloatVector.fromArray(F, c, at + 2 * cStride + 3 * L)
            .add(z2)
            .intoArray(c, at + 2 * cStride + 3 * L);
        FloatVector.fromArray(F, c, at + 3 * cStride).add(w3).intoArray(c, at + 3 * cStride);
        FloatVector.fromArray(F, c, at + 3 * cStride + L)
            .add(x3)
            .intoArray(c, at + 3 * cStride + L);
        FloatVector.fromArray(F, c, at + 3 * cStride + 2 * L)
            .add(y3)
            .intoArray(c, at + 3 * cStride + 2 * L);
        FloatVector.fromArray(F, c, at + 3 * cStride + 3 * L)
            .add(z3)
            .intoArray(c, at + 3 * cStride + 3 * L);
      } else {
        w0.intoArray(c, at);
        x0.intoArray(c, at + L);
        y0.intoArray(c, at + 2 * L);
        z0.intoArray(c, at + 3 * L);
        w1.intoArray(c, at + cStride);
        x1.intoArray(c, at + cStride + L);
        y1.intoArray(c, at + cStride + 2 * L);
        z1.intoArray(c, at + cStride + 3 * L);
        w2.intoArray(c, at + 2 * cStride);
        x2.intoArray(c, at + 2 * cStride + L);
        y2.intoArray(c, at + 2 * cStride + 2 * L);
        z2.intoArray(c, at + 2 * cStride + 3 * L);
        w3.intoArray(c, at + 3 * cStride);
        x3.intoArray(c, at + 3 * cStride + L);
        y3.intoArray(c, at + 3 * cStride + 2 * L);
        z3.intoArray(c, at + 3 * cStride + 3 * L);
      }
    }
  }

  private static void product2(
      float[] a,
      int aOffset,
      int aStride,
      int from,
      int to,
      int depth,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int cStride,
      boolean adds) {
    for (int j = from; j < to; j += 2) {
      int r0 = aOffset + j * aStride;
      int r1 = r0 + aStride;
      int at = cOffset + j * cStride;
      FloatVector w0 = FloatVector.zero(F);
      FloatVector x0 = w0;
      FloatVector y0 = w0;
      FloatVector z0 = w0;
      FloatVector w1 = w0;
      FloatVector x1 = w0;
      FloatVector y1 = w0;
      FloatVector z1 = w0;
      for (int t = 0; t < depth; t++) {
        int row = bOffset + t * bStride;
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
      if (adds) {
        FloatVector.fromArray(F, c, at).add(w0).intoArray(c, at);
        FloatVector.fromArray(F, c, at + L).add(x0).intoArray(c, at + L);
        FloatVector.fromArray(F, c, at + 2 * L).add(y0).intoArray(c, at + 2 * L);
        FloatVector.fromArray(F, c, at + 3 * L).add(z0).intoArray(c, at + 3 * L);
        FloatVector.fromArray(F, c, at + cStride).add(w1).intoArray(c, at + cStride);
        FloatVector.fromArray(F, c, at + cStride + L).add(x1).intoArray(c, at + cStride + L);
        FloatVector.fromArray(F, c, at + cStride + 2 * L)
            .add(y1)
            .intoArray(c, at + cStride + 2 * L);
        FloatVector.fromArray(F, c, at + cStride + 3 * L)
            .add(z1)
            .intoArray(c, at + cStride + 3 * L);
      } else {
        w0.intoArray(c, at);
        x0.intoArray(c, at + L);
        y0.intoArray(c, at + 2 * L);
        z0.intoArray(c, at + 3 * L);
        w1.intoArray(c, at + cStride);
        x1.intoArray(c, at + cStride + L);
        y1.intoArray(c, at + cStride + 2 * L);
        z1.intoArray(c, at + cStride + 3 * L);
      }
    }
  }

  private static void product1(
      float[] a,
      int aOffset,
      int aStride,
      int from,
      int to,
      int depth,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int cStride,
      boolean adds) {
    for (int j = from; j < to; j += 1) {
      int r0 = aOffset + j * aStride;
      int at = cOffset + j * cStride;
      FloatVector w0 = FloatVector.zero(F);
      FloatVector x0 = w0;
      FloatVector y0 = w0;
      FloatVector z0 = w0;
      for (int t = 0; t < depth; t++) {
        int row = bOffset + t * bStride;
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
      if (adds) {
        FloatVector.fromArray(F, c, at).add(w0).intoArray(c, at);
        FloatVector.fromArray(F, c, at + L).add(x0).intoArray(c, at + L);
        FloatVector.fromArray(F, c, at + 2 * L).add(y0).intoArray(c, at + 2 * L);
        FloatVector.fromArray(F, c, at + 3 * L).add(z0).intoArray(c, at + 3 * L);
      } else {
        w0.intoArray(c, at);
        x0.intoArray(c, at + L);
        y0.intoArray(c, at + 2 * L);
        z0.intoArray(c, at + 3 * L);
      }
    }
  }
}
