package dev.qkv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of up to 6 rows and two vectors: what 16 registers hold, 12 sums, 2 operands and a
 * broadcast. The methods differ in the number of rows only: C2 keeps vectors in registers only as
 * local variables of one method.
 */
final class TwoVectorTiles {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final int L = F.length();

  /** Columns of a tile. */
  static final int COLUMNS = 2 * L;

  private TwoVectorTiles() {}

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
        int row = bOffset + t * bStride;
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
      if (adds) {
        FloatVector.fromArray(F, c, at).add(w0).intoArray(c, at);
        FloatVector.fromArray(F, c, at + L).add(x0).intoArray(c, at + L);
        FloatVector.fromArray(F, c, at + cStride).add(w1).intoArray(c, at + cStride);
        FloatVector.fromArray(F, c, at + cStride + L).add(x1).intoArray(c, at + cStride + L);
        FloatVector.fromArray(F, c, at + 2 * cStride).add(w2).intoArray(c, at + 2 * cStride);
        FloatVector.fromArray(F, c, at + 2 * cStride + L)
            .add(x2)
            .intoArray(c, at + 2 * cStride + L);
        FloatVector.fromArray(F, c, at + 3 * cStride).add(w3).intoArray(c, at + 3 * cStride);
        FloatVector.fromArray(F, c, at + 3 * cStride + L)
            .add(x3)
            .intoArray(c, at + 3 * cStride + L);
        FloatVector.fromArray(F, c, at + 4 * cStride).add(w4).intoArray(c, at + 4 * cStride);
        FloatVector.fromArray(F, c, at + 4 * cStride + L)
            .add(x4)
            .intoArray(c, at + 4 * cStride + L);
        FloatVector.fromArray(F, c, at + 5 * cStride).add(w5).intoArray(c, at + 5 * cStride);
        FloatVector.fromArray(F, c, at + 5 * cStride + L)
            .add(x5)
            .intoArray(c, at + 5 * cStride + L);
      } else {
        w0.intoArray(c, at);
        x0.intoArray(c, at + L);
        w1.intoArray(c, at + cStride);
        x1.intoArray(c, at + cStride + L);
        w2.intoArray(c, at + 2 * cStride);
        x2.intoArray(c, at + 2 * cStride + L);
        w3.intoArray(c, at + 3 * cStride);
        x3.intoArray(c, at + 3 * cStride + L);
        w4.intoArray(c, at + 4 * cStride);
        x4.intoArray(c, at + 4 * cStride + L);
        w5.intoArray(c, at + 5 * cStride);
        x5.intoArray(c, at + 5 * cStride + L);
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
      FloatVector w1 = w0;
      FloatVector x1 = w0;
      FloatVector w2 = w0;
      FloatVector x2 = w0;
      FloatVector w3 = w0;
      FloatVector x3 = w0;
      for (int t = 0; t < depth; t++) {
        int row = bOffset + t * bStride;
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
      if (adds) {
        FloatVector.fromArray(F, c, at).add(w0).intoArray(c, at);
        FloatVector.fromArray(F, c, at + L).add(x0).intoArray(c, at + L);
        FloatVector.fromArray(F, c, at + cStride).add(w1).intoArray(c, at + cStride);
        FloatVector.fromArray(F, c, at + cStride + L).add(x1).intoArray(c, at + cStride + L);
        FloatVector.fromArray(F, c, at + 2 * cStride).add(w2).intoArray(c, at + 2 * cStride);
        FloatVector.fromArray(F, c, at + 2 * cStride + L)
            .add(x2)
            .intoArray(c, at + 2 * cStride + L);
        FloatVector.fromArray(F, c, at + 3 * cStride).add(w3).intoArray(c, at + 3 * cStride);
        FloatVector.fromArray(F, c, at + 3 * cStride + L)
            .add(x3)
            .intoArray(c, at + 3 * cStride + L);
      } else {
        w0.intoArray(c, at);
        x0.intoArray(c, at + L);
        w1.intoArray(c, at + cStride);
        x1.intoArray(c, at + cStride + L);
        w2.intoArray(c, at + 2 * cStride);
        x2.intoArray(c, at + 2 * cStride + L);
        w3.intoArray(c, at + 3 * cStride);
        x3.intoArray(c, at + 3 * cStride + L);
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
      FloatVector w1 = w0;
      FloatVector x1 = w0;
      for (int t = 0; t < depth; t++) {
        int row = bOffset + t * bStride;
        FloatVector p = FloatVector.fromArray(F, b, row);
        FloatVector q = FloatVector.fromArray(F, b, row + L);
        FloatVector u = FloatVector.broadcast(F, a[r0 + t]);
        w0 = u.fma(p, w0);
        x0 = u.fma(q, x0);
        u = FloatVector.broadcast(F, a[r1 + t]);
        w1 = u.fma(p, w1);
        x1 = u.fma(q, x1);
      }
      if (adds) {
        FloatVector.fromArray(F, c, at).add(w0).intoArray(c, at);
        FloatVector.fromArray(F, c, at + L).add(x0).intoArray(c, at + L);
        FloatVector.fromArray(F, c, at + cStride).add(w1).intoArray(c, at + cStride);
        FloatVector.fromArray(F, c, at + cStride + L).add(x1).intoArray(c, at + cStride + L);
      } else {
        w0.intoArray(c, at);
        x0.intoArray(c, at + L);
        w1.intoArray(c, at + cStride);
        x1.intoArray(c, at + cStride + L);
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
      for (int t = 0; t < depth; t++) {
        int row = bOffset + t * bStride;
        FloatVector p = FloatVector.fromArray(F, b, row);
        FloatVector q = FloatVector.fromArray(F, b, row + L);
        FloatVector u = FloatVector.broadcast(F, a[r0 + t]);
        w0 = u.fma(p, w0);
        x0 = u.fma(q, x0);
      }
      if (adds) {
        FloatVector.fromArray(F, c, at).add(w0).intoArray(c, at);
        FloatVector.fromArray(F, c, at + L).add(x0).intoArray(c, at + L);
      } else {
        w0.intoArray(c, at);
        x0.intoArray(c, at + L);
      }
    }
  }
}
