package dev.qkv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of attention in register tiles of 6 broadcasts times four vectors, where there are 32
 * registers: the scores of two groups of queries, and what adds to the gradients of K and V. Why
 * four, and why a method for one tile, see {@link FourVectorTiles}.
 */
final class WideTiles {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final int L = F.length();
  private static final int W = 2 * L;

  /** Columns of what is added to. */
  static final int COLUMNS = 4 * L;

  private WideTiles() {}

  /** Sᵀ of two groups of queries; see {@link Kernel#scoresOfTwo}. At least 6 keys. */
  static void scores(
      float[] qt,
      int qtOffset,
      int qtNext,
      float[] k,
      int kOffset,
      int kStride,
      int n,
      int d,
      float[] s,
      float[] sNext) {
    for (int j = 0; j < n; j += 6) {
      // The last tile overlaps the one before where n is no multiple: it writes the same numbers.
      int first = Math.min(j, n - 6);
      scores(qt, qtOffset, qtNext, k, kOffset + first * kStride, kStride, d, s, sNext, first * W);
    }
  }

  private static void scores(
      float[] qt,
      int qtOffset,
      int qtNext,
      float[] k,
      int kOffset,
      int kStride,
      int d,
      float[] s,
      float[] sNext,
      int at) {
    int r0 = kOffset;
    int r1 = r0 + kStride;
    int r2 = r1 + kStride;
    int r3 = r2 + kStride;
    int r4 = r3 + kStride;
    int r5 = r4 + kStride;
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
    for (int t = 0; t < d; t++) {
      FloatVector p = FloatVector.fromArray(F, qt, qtOffset + t * W);
      FloatVector q = FloatVector.fromArray(F, qt, qtOffset + t * W + L);
      FloatVector r = FloatVector.fromArray(F, qt, qtNext + t * W);
      FloatVector s0 = FloatVector.fromArray(F, qt, qtNext + t * W + L);
      FloatVector u = FloatVector.broadcast(F, k[r0 + t]);
      w0 = u.fma(p, w0);
      x0 = u.fma(q, x0);
      y0 = u.fma(r, y0);
      z0 = u.fma(s0, z0);
      u = FloatVector.broadcast(F, k[r1 + t]);
      w1 = u.fma(p, w1);
      x1 = u.fma(q, x1);
      y1 = u.fma(r, y1);
      z1 = u.fma(s0, z1);
      u = FloatVector.broadcast(F, k[r2 + t]);
      w2 = u.fma(p, w2);
      x2 = u.fma(q, x2);
      y2 = u.fma(r, y2);
      z2 = u.fma(s0, z2);
      u = FloatVector.broadcast(F, k[r3 + t]);
      w3 = u.fma(p, w3);
      x3 = u.fma(q, x3);
      y3 = u.fma(r, y3);
      z3 = u.fma(s0, z3);
      u = FloatVector.broadcast(F, k[r4 + t]);
      w4 = u.fma(p, w4);
      x4 = u.fma(q, x4);
      y4 = u.fma(r, y4);
      z4 = u.fma(s0, z4);
      u = FloatVector.broadcast(F, k[r5 + t]);
      w5 = u.fma(p, w5);
      x5 = u.fma(q, x5);
      y5 = u.fma(r, y5);
      z5 = u.fma(s0, z5);
    }
    w0.intoArray(s, at);
    x0.intoArray(s, at + L);
    y0.intoArray(sNext, at);
    z0.intoArray(sNext, at + L);
    w1.intoArray(s, at + W);
    x1.intoArray(s, at + W + L);
    y1.intoArray(sNext, at + W);
    z1.intoArray(sNext, at + W + L);
    w2.intoArray(s, at + 2 * W);
    x2.intoArray(s, at + 2 * W + L);
    y2.intoArray(sNext, at + 2 * W);
    z2.intoArray(sNext, at + 2 * W + L);
    w3.intoArray(s, at + 3 * W);
    x3.intoArray(s, at + 3 * W + L);
    y3.intoArray(sNext, at + 3 * W);
    z3.intoArray(sNext, at + 3 * W + L);
    w4.intoArray(s, at + 4 * W);
    x4.intoArray(s, at + 4 * W + L);
    y4.intoArray(sNext, at + 4 * W);
    z4.intoArray(sNext, at + 4 * W + L);
    w5.intoArray(s, at + 5 * W);
    x5.intoArray(s, at + 5 * W + L);
    y5.intoArray(sNext, at + 5 * W);
    z5.intoArray(sNext, at + 5 * W + L);
  }

  /** C ← C + Σ_g A_g·B_g, {@link #COLUMNS} wide; see {@link Kernel#addProduct}. */
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
    int whole = n / 6 * 6;
    for (int j = 0; j < whole; j += 6) {
      add6(
          a,
          firstGroup,
          lastGroup,
          aOffset + j * aStride,
          aStride,
          m,
          b,
          bOffset,
          c,
          cOffset + j * cStride,
          cStride);
    }
    for (int j = whole; j < n; j++) {
      add1(
          a, firstGroup, lastGroup, aOffset + j * aStride, m, b, bOffset, c, cOffset + j * cStride);
    }
  }

  private static void add6(
      float[][] a,
      int firstGroup,
      int lastGroup,
      int aOffset,
      int aStride,
      int m,
      float[] b,
      int bOffset,
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
    for (int g = firstGroup; g < lastGroup; g++) {
      float[] rows = a[g];
      int first = bOffset + g * m * COLUMNS;
      for (int t = 0; t < m; t++) {
        int row = first + t * COLUMNS;
        FloatVector p = FloatVector.fromArray(F, b, row);
        FloatVector q = FloatVector.fromArray(F, b, row + L);
        FloatVector r = FloatVector.fromArray(F, b, row + 2 * L);
        FloatVector s = FloatVector.fromArray(F, b, row + 3 * L);
        FloatVector u = FloatVector.broadcast(F, rows[r0 + t]);
        w0 = u.fma(p, w0);
        x0 = u.fma(q, x0);
        y0 = u.fma(r, y0);
        z0 = u.fma(s, z0);
        u = FloatVector.broadcast(F, rows[r1 + t]);
        w1 = u.fma(p, w1);
        x1 = u.fma(q, x1);
        y1 = u.fma(r, y1);
        z1 = u.fma(s, z1);
        u = FloatVector.broadcast(F, rows[r2 + t]);
        w2 = u.fma(p, w2);
        x2 = u.fma(q, x2);
        y2 = u.fma(r, y2);
        z2 = u.fma(s, z2);
        u = FloatVector.broadcast(F, rows[r3 + t]);
        w3 = u.fma(p, w3);
        x3 = u.fma(q, x3);
        y3 = u.fma(r, y3);
        z3 = u.fma(s, z3);
        u = FloatVector.broadcast(F, rows[r4 + t]);
        w4 = u.fma(p, w4);
        x4 = u.fma(q, x4);
        y4 = u.fma(r, y4);
        z4 = u.fma(s, z4);
        u = FloatVector.broadcast(F, rows[r5 + t]);
        w5 = u.fma(p, w5);
        x5 = u.fma(q, x5);
        y5 = u.fma(r, y5);
        z5 = u.fma(s, z5);
      }
    }
    FloatVector.fromArray(F, c, cOffset).add(w0).intoArray(c, cOffset);
    FloatVector.fromArray(F, c, cOffset + L).add(x0).intoArray(c, cOffset + L);
    FloatVector.fromArray(F, c, cOffset + 2 * L).add(y0).intoArray(c, cOffset + 2 * L);
    FloatVector.fromArray(F, c, cOffset + 3 * L).add(z0).intoArray(c, cOffset + 3 * L);
    FloatVector.fromArray(F, c, cOffset + cStride).add(w1).intoArray(c, cOffset + cStride);
    FloatVector.fromArray(F, c, cOffset + cStride + L).add(x1).intoArray(c, cOffset + cStride + L);
    FloatVector.fromArray(F, c, cOffset + cStride + 2 * L)
        .add(y1)
        .intoArray(c, cOffset + cStride + 2 * L);
    FloatVector.fromArray(F, c, cOffset + cStride + 3 * L)
        .add(z1)
        .intoArray(c, cOffset + cStride + 3 * L);
    FloatVector.fromArray(F, c, cOffset + 2 * cStride).add(w2).intoArray(c, cOffset + 2 * cStride);
    FloatVector.fromArray(F, c, cOffset + 2 * cStride + L)
        .add(x2)
        .intoArray(c, cOffset + 2 * cStride + L);
    FloatVector.fromArray(F, c, cOffset + 2 * cStride + 2 * L)
        .add(y2)
        .intoArray(c, cOffset + 2 * cStride + 2 * L);
    FloatVector.fromArray(F, c, cOffset + 2 * cStride + 3 * L)
        .add(z2)
        .intoArray(c, cOffset + 2 * cStride + 3 * L);
    FloatVector.fromArray(F, c, cOffset + 3 * cStride).add(w3).intoArray(c, cOffset + 3 * cStride);
    FloatVector.fromArray(F, c, cOffset + 3 * cStride + L)
        .add(x3)
        .intoArray(c, cOffset + 3 * cStride + L);
    FloatVector.fromArray(F, c, cOffset + 3 * cStride + 2 * L)
        .add(y3)
        .intoArray(c, cOffset + 3 * cStride + 2 * L);
    FloatVector.fromArray(F, c, cOffset + 3 * cStride + 3 * L)
        .add(z3)
        .intoArray(c, cOffset + 3 * cStride + 3 * L);
    FloatVector.fromArray(F, c, cOffset + 4 * cStride).add(w4).intoArray(c, cOffset + 4 * cStride);
    FloatVector.fromArray(F, c, cOffset + 4 * cStride + L)
        .add(x4)
        .intoArray(c, cOffset + 4 * cStride + L);
    FloatVector.fromArray(F, c, cOffset + 4 * cStride + 2 * L)
        .add(y4)
        .intoArray(c, cOffset + 4 * cStride + 2 * L);
    FloatVector.fromArray(F, c, cOffset + 4 * cStride + 3 * L)
        .add(z4)
        .intoArray(c, cOffset + 4 * cStride + 3 * L);
    FloatVector.fromArray(F, c, cOffset + 5 * cStride).add(w5).intoArray(c, cOffset + 5 * cStride);
    FloatVector.fromArray(F, c, cOffset + 5 * cStride + L)
        .add(x5)
        .intoArray(c, cOffset + 5 * cStride + L);
    FloatVector.fromArray(F, c, cOffset + 5 * cStride + 2 * L)
        .add(y5)
        .intoArray(c, cOffset + 5 * cStride + 2 * L);
    FloatVector.fromArray(F, c, cOffset + 5 * cStride + 3 * L)
        .add(z5)
        .intoArray(c, cOffset + 5 * cStride + 3 * L);
  }

  private static void add1(
      float[][] a,
      int firstGroup,
      int lastGroup,
      int aOffset,
      int m,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset) {
    int r0 = aOffset;
    FloatVector w0 = FloatVector.zero(F);
    FloatVector x0 = w0;
    FloatVector y0 = w0;
    FloatVector z0 = w0;
    for (int g = firstGroup; g < lastGroup; g++) {
      float[] rows = a[g];
      int first = bOffset + g * m * COLUMNS;
      for (int t = 0; t < m; t++) {
        int row = first + t * COLUMNS;
        FloatVector p = FloatVector.fromArray(F, b, row);
        FloatVector q = FloatVector.fromArray(F, b, row + L);
        FloatVector r = FloatVector.fromArray(F, b, row + 2 * L);
        FloatVector s = FloatVector.fromArray(F, b, row + 3 * L);
        FloatVector u = FloatVector.broadcast(F, rows[r0 + t]);
        w0 = u.fma(p, w0);
        x0 = u.fma(q, x0);
        y0 = u.fma(r, y0);
        z0 = u.fma(s, z0);
      }
    }
    FloatVector.fromArray(F, c, cOffset).add(w0).intoArray(c, cOffset);
    FloatVector.fromArray(F, c, cOffset + L).add(x0).intoArray(c, cOffset + L);
    FloatVector.fromArray(F, c, cOffset + 2 * L).add(y0).intoArray(c, cOffset + 2 * L);
    FloatVector.fromArray(F, c, cOffset + 3 * L).add(z0).intoArray(c, cOffset + 3 * L);
  }
}
