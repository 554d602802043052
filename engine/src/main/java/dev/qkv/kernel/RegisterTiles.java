package dev.qkv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The two products of attention, in register tiles: R broadcast scalars times two vectors.
 *
 * <p>With 16 registers the tile is 6 × 2: 12 accumulators, 2 operands and 1 broadcast make 15, and
 * reach 94 % of the FMA peak (Zen 3, D = 64). With 32 registers it is 12 × 2. A 4 × 3 tile spills;
 * unrolling the inner loops by hand halves the speed, because values of two rounds stay alive; and
 * the two operands of a tile are all that a copy of K in another order would save, so K and V are
 * read where the caller has them. The methods differ only in R: C2 keeps vectors in registers only
 * as local variables of one method.
 *
 * <p>Letters are those of {@link Kernel}.
 */
final class RegisterTiles {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final int L = F.length();
  private static final int W = 2 * L;
  private static final boolean WIDE = VectorSettings.MANY_REGISTERS;

  private RegisterTiles() {}

  /** Sᵀ = K·Qᵀ; see {@link Kernel#scores}. */
  static void scores(
      float[] qt, int qtOffset, float[] k, int kOffset, int kStride, int n, int d, float[] s) {
    if (WIDE && n >= 12) {
      scores12(qt, qtOffset, k, kOffset, kStride, n, d, s);
    } else if (n >= 6) {
      scores6(qt, qtOffset, k, kOffset, kStride, n, d, s);
    } else {
      scores1(qt, qtOffset, k, kOffset, kStride, n, d, s);
    }
  }

  /** Oᵀ ← c·Oᵀ + Vᵀ·P; see {@link Kernel#values}. */
  static void values(
      float[] p,
      int n,
      float[] v,
      int vOffset,
      int vStride,
      int dv,
      float[] c,
      int laneOffset,
      float[] ot,
      int otOffset) {
    int wide = WIDE ? dv / 12 * 12 : 0;
    int rest = dv - wide;
    // rest = 5a + 4b with b as small as can be; narrow widths end in single columns.
    int fours = Math.floorMod(-rest, 5) * 4;
    int fives = wide + (fours <= rest ? rest - fours : rest / 5 * 5);
    int end = fours <= rest ? dv : fives;
    values12(p, n, v, vOffset, vStride, 0, wide, c, laneOffset, ot, otOffset);
    values5(p, n, v, vOffset, vStride, wide, fives, c, laneOffset, ot, otOffset);
    values4(p, n, v, vOffset, vStride, fives, end, c, laneOffset, ot, otOffset);
    values1(p, n, v, vOffset, vStride, end, dv, c, laneOffset, ot, otOffset);
  }

  // Values of a tile are added up by themselves and then to Oᵀ: a sum over many keys in one
  // sequence
  // loses a bit for every few that it has.
  //
  // The last tile overlaps the one before where n is no multiple: it writes the same numbers.

  private static void scores12(
      float[] qt, int qtOffset, float[] k, int kOffset, int kStride, int n, int d, float[] s) {
    for (int j = 0; j < n; j += 12) {
      int first = Math.min(j, n - 12);
      int k0 = kOffset + first * kStride;
      int k1 = k0 + kStride;
      int k2 = k1 + kStride;
      int k3 = k2 + kStride;
      int k4 = k3 + kStride;
      int k5 = k4 + kStride;
      int k6 = k5 + kStride;
      int k7 = k6 + kStride;
      int k8 = k7 + kStride;
      int k9 = k8 + kStride;
      int k10 = k9 + kStride;
      int k11 = k10 + kStride;
      FloatVector a0 = FloatVector.zero(F);
      FloatVector b0 = a0;
      FloatVector a1 = a0;
      FloatVector b1 = a0;
      FloatVector a2 = a0;
      FloatVector b2 = a0;
      FloatVector a3 = a0;
      FloatVector b3 = a0;
      FloatVector a4 = a0;
      FloatVector b4 = a0;
      FloatVector a5 = a0;
      FloatVector b5 = a0;
      FloatVector a6 = a0;
      FloatVector b6 = a0;
      FloatVector a7 = a0;
      FloatVector b7 = a0;
      FloatVector a8 = a0;
      FloatVector b8 = a0;
      FloatVector a9 = a0;
      FloatVector b9 = a0;
      FloatVector a10 = a0;
      FloatVector b10 = a0;
      FloatVector a11 = a0;
      FloatVector b11 = a0;
      for (int t = 0; t < d; t++) {
        FloatVector x = FloatVector.fromArray(F, qt, qtOffset + t * W);
        FloatVector y = FloatVector.fromArray(F, qt, qtOffset + t * W + L);
        FloatVector u = FloatVector.broadcast(F, k[k0 + t]);
        a0 = u.fma(x, a0);
        b0 = u.fma(y, b0);
        u = FloatVector.broadcast(F, k[k1 + t]);
        a1 = u.fma(x, a1);
        b1 = u.fma(y, b1);
        u = FloatVector.broadcast(F, k[k2 + t]);
        a2 = u.fma(x, a2);
        b2 = u.fma(y, b2);
        u = FloatVector.broadcast(F, k[k3 + t]);
        a3 = u.fma(x, a3);
        b3 = u.fma(y, b3);
        u = FloatVector.broadcast(F, k[k4 + t]);
        a4 = u.fma(x, a4);
        b4 = u.fma(y, b4);
        u = FloatVector.broadcast(F, k[k5 + t]);
        a5 = u.fma(x, a5);
        b5 = u.fma(y, b5);
        u = FloatVector.broadcast(F, k[k6 + t]);
        a6 = u.fma(x, a6);
        b6 = u.fma(y, b6);
        u = FloatVector.broadcast(F, k[k7 + t]);
        a7 = u.fma(x, a7);
        b7 = u.fma(y, b7);
        u = FloatVector.broadcast(F, k[k8 + t]);
        a8 = u.fma(x, a8);
        b8 = u.fma(y, b8);
        u = FloatVector.broadcast(F, k[k9 + t]);
        a9 = u.fma(x, a9);
        b9 = u.fma(y, b9);
        u = FloatVector.broadcast(F, k[k10 + t]);
        a10 = u.fma(x, a10);
        b10 = u.fma(y, b10);
        u = FloatVector.broadcast(F, k[k11 + t]);
        a11 = u.fma(x, a11);
        b11 = u.fma(y, b11);
      }
      int at = first * W;
      a0.intoArray(s, at);
      b0.intoArray(s, at + L);
      a1.intoArray(s, at + W);
      b1.intoArray(s, at + W + L);
      a2.intoArray(s, at + 2 * W);
      b2.intoArray(s, at + 2 * W + L);
      a3.intoArray(s, at + 3 * W);
      b3.intoArray(s, at + 3 * W + L);
      a4.intoArray(s, at + 4 * W);
      b4.intoArray(s, at + 4 * W + L);
      a5.intoArray(s, at + 5 * W);
      b5.intoArray(s, at + 5 * W + L);
      a6.intoArray(s, at + 6 * W);
      b6.intoArray(s, at + 6 * W + L);
      a7.intoArray(s, at + 7 * W);
      b7.intoArray(s, at + 7 * W + L);
      a8.intoArray(s, at + 8 * W);
      b8.intoArray(s, at + 8 * W + L);
      a9.intoArray(s, at + 9 * W);
      b9.intoArray(s, at + 9 * W + L);
      a10.intoArray(s, at + 10 * W);
      b10.intoArray(s, at + 10 * W + L);
      a11.intoArray(s, at + 11 * W);
      b11.intoArray(s, at + 11 * W + L);
    }
  }

  private static void scores6(
      float[] qt, int qtOffset, float[] k, int kOffset, int kStride, int n, int d, float[] s) {
    for (int j = 0; j < n; j += 6) {
      int first = Math.min(j, n - 6);
      int k0 = kOffset + first * kStride;
      int k1 = k0 + kStride;
      int k2 = k1 + kStride;
      int k3 = k2 + kStride;
      int k4 = k3 + kStride;
      int k5 = k4 + kStride;
      FloatVector a0 = FloatVector.zero(F);
      FloatVector b0 = a0;
      FloatVector a1 = a0;
      FloatVector b1 = a0;
      FloatVector a2 = a0;
      FloatVector b2 = a0;
      FloatVector a3 = a0;
      FloatVector b3 = a0;
      FloatVector a4 = a0;
      FloatVector b4 = a0;
      FloatVector a5 = a0;
      FloatVector b5 = a0;
      for (int t = 0; t < d; t++) {
        FloatVector x = FloatVector.fromArray(F, qt, qtOffset + t * W);
        FloatVector y = FloatVector.fromArray(F, qt, qtOffset + t * W + L);
        FloatVector u = FloatVector.broadcast(F, k[k0 + t]);
        a0 = u.fma(x, a0);
        b0 = u.fma(y, b0);
        u = FloatVector.broadcast(F, k[k1 + t]);
        a1 = u.fma(x, a1);
        b1 = u.fma(y, b1);
        u = FloatVector.broadcast(F, k[k2 + t]);
        a2 = u.fma(x, a2);
        b2 = u.fma(y, b2);
        u = FloatVector.broadcast(F, k[k3 + t]);
        a3 = u.fma(x, a3);
        b3 = u.fma(y, b3);
        u = FloatVector.broadcast(F, k[k4 + t]);
        a4 = u.fma(x, a4);
        b4 = u.fma(y, b4);
        u = FloatVector.broadcast(F, k[k5 + t]);
        a5 = u.fma(x, a5);
        b5 = u.fma(y, b5);
      }
      int at = first * W;
      a0.intoArray(s, at);
      b0.intoArray(s, at + L);
      a1.intoArray(s, at + W);
      b1.intoArray(s, at + W + L);
      a2.intoArray(s, at + 2 * W);
      b2.intoArray(s, at + 2 * W + L);
      a3.intoArray(s, at + 3 * W);
      b3.intoArray(s, at + 3 * W + L);
      a4.intoArray(s, at + 4 * W);
      b4.intoArray(s, at + 4 * W + L);
      a5.intoArray(s, at + 5 * W);
      b5.intoArray(s, at + 5 * W + L);
    }
  }

  private static void scores1(
      float[] qt, int qtOffset, float[] k, int kOffset, int kStride, int n, int d, float[] s) {
    for (int j = 0; j < n; j += 1) {
      int first = Math.min(j, n - 1);
      int k0 = kOffset + first * kStride;
      FloatVector a0 = FloatVector.zero(F);
      FloatVector b0 = a0;
      for (int t = 0; t < d; t++) {
        FloatVector x = FloatVector.fromArray(F, qt, qtOffset + t * W);
        FloatVector y = FloatVector.fromArray(F, qt, qtOffset + t * W + L);
        FloatVector u = FloatVector.broadcast(F, k[k0 + t]);
        a0 = u.fma(x, a0);
        b0 = u.fma(y, b0);
      }
      int at = first * W;
      a0.intoArray(s, at);
      b0.intoArray(s, at + L);
    }
  }

  private static void values12(
      float[] p,
      int n,
      float[] v,
      int vOffset,
      int vStride,
      int from,
      int to,
      float[] c,
      int laneOffset,
      float[] ot,
      int otOffset) {
    for (int t = from; t < to; t += 12) {
      int o = otOffset + t * W;
      FloatVector a0 = FloatVector.zero(F);
      FloatVector b0 = a0;
      FloatVector a1 = a0;
      FloatVector b1 = a0;
      FloatVector a2 = a0;
      FloatVector b2 = a0;
      FloatVector a3 = a0;
      FloatVector b3 = a0;
      FloatVector a4 = a0;
      FloatVector b4 = a0;
      FloatVector a5 = a0;
      FloatVector b5 = a0;
      FloatVector a6 = a0;
      FloatVector b6 = a0;
      FloatVector a7 = a0;
      FloatVector b7 = a0;
      FloatVector a8 = a0;
      FloatVector b8 = a0;
      FloatVector a9 = a0;
      FloatVector b9 = a0;
      FloatVector a10 = a0;
      FloatVector b10 = a0;
      FloatVector a11 = a0;
      FloatVector b11 = a0;
      for (int j = 0; j < n; j++) {
        FloatVector x = FloatVector.fromArray(F, p, j * W);
        FloatVector y = FloatVector.fromArray(F, p, j * W + L);
        int at = vOffset + t + j * vStride;
        FloatVector u = FloatVector.broadcast(F, v[at]);
        a0 = u.fma(x, a0);
        b0 = u.fma(y, b0);
        u = FloatVector.broadcast(F, v[at + 1]);
        a1 = u.fma(x, a1);
        b1 = u.fma(y, b1);
        u = FloatVector.broadcast(F, v[at + 2]);
        a2 = u.fma(x, a2);
        b2 = u.fma(y, b2);
        u = FloatVector.broadcast(F, v[at + 3]);
        a3 = u.fma(x, a3);
        b3 = u.fma(y, b3);
        u = FloatVector.broadcast(F, v[at + 4]);
        a4 = u.fma(x, a4);
        b4 = u.fma(y, b4);
        u = FloatVector.broadcast(F, v[at + 5]);
        a5 = u.fma(x, a5);
        b5 = u.fma(y, b5);
        u = FloatVector.broadcast(F, v[at + 6]);
        a6 = u.fma(x, a6);
        b6 = u.fma(y, b6);
        u = FloatVector.broadcast(F, v[at + 7]);
        a7 = u.fma(x, a7);
        b7 = u.fma(y, b7);
        u = FloatVector.broadcast(F, v[at + 8]);
        a8 = u.fma(x, a8);
        b8 = u.fma(y, b8);
        u = FloatVector.broadcast(F, v[at + 9]);
        a9 = u.fma(x, a9);
        b9 = u.fma(y, b9);
        u = FloatVector.broadcast(F, v[at + 10]);
        a10 = u.fma(x, a10);
        b10 = u.fma(y, b10);
        u = FloatVector.broadcast(F, v[at + 11]);
        a11 = u.fma(x, a11);
        b11 = u.fma(y, b11);
      }
      FloatVector e = FloatVector.fromArray(F, c, laneOffset);
      FloatVector f = FloatVector.fromArray(F, c, laneOffset + L);
      FloatVector.fromArray(F, ot, o).fma(e, a0).intoArray(ot, o);
      FloatVector.fromArray(F, ot, o + L).fma(f, b0).intoArray(ot, o + L);
      FloatVector.fromArray(F, ot, o + W).fma(e, a1).intoArray(ot, o + W);
      FloatVector.fromArray(F, ot, o + W + L).fma(f, b1).intoArray(ot, o + W + L);
      FloatVector.fromArray(F, ot, o + 2 * W).fma(e, a2).intoArray(ot, o + 2 * W);
      FloatVector.fromArray(F, ot, o + 2 * W + L).fma(f, b2).intoArray(ot, o + 2 * W + L);
      FloatVector.fromArray(F, ot, o + 3 * W).fma(e, a3).intoArray(ot, o + 3 * W);
      FloatVector.fromArray(F, ot, o + 3 * W + L).fma(f, b3).intoArray(ot, o + 3 * W + L);
      FloatVector.fromArray(F, ot, o + 4 * W).fma(e, a4).intoArray(ot, o + 4 * W);
      FloatVector.fromArray(F, ot, o + 4 * W + L).fma(f, b4).intoArray(ot, o + 4 * W + L);
      FloatVector.fromArray(F, ot, o + 5 * W).fma(e, a5).intoArray(ot, o + 5 * W);
      FloatVector.fromArray(F, ot, o + 5 * W + L).fma(f, b5).intoArray(ot, o + 5 * W + L);
      FloatVector.fromArray(F, ot, o + 6 * W).fma(e, a6).intoArray(ot, o + 6 * W);
      FloatVector.fromArray(F, ot, o + 6 * W + L).fma(f, b6).intoArray(ot, o + 6 * W + L);
      FloatVector.fromArray(F, ot, o + 7 * W).fma(e, a7).intoArray(ot, o + 7 * W);
      FloatVector.fromArray(F, ot, o + 7 * W + L).fma(f, b7).intoArray(ot, o + 7 * W + L);
      FloatVector.fromArray(F, ot, o + 8 * W).fma(e, a8).intoArray(ot, o + 8 * W);
      FloatVector.fromArray(F, ot, o + 8 * W + L).fma(f, b8).intoArray(ot, o + 8 * W + L);
      FloatVector.fromArray(F, ot, o + 9 * W).fma(e, a9).intoArray(ot, o + 9 * W);
      FloatVector.fromArray(F, ot, o + 9 * W + L).fma(f, b9).intoArray(ot, o + 9 * W + L);
      FloatVector.fromArray(F, ot, o + 10 * W).fma(e, a10).intoArray(ot, o + 10 * W);
      FloatVector.fromArray(F, ot, o + 10 * W + L).fma(f, b10).intoArray(ot, o + 10 * W + L);
      FloatVector.fromArray(F, ot, o + 11 * W).fma(e, a11).intoArray(ot, o + 11 * W);
      FloatVector.fromArray(F, ot, o + 11 * W + L).fma(f, b11).intoArray(ot, o + 11 * W + L);
    }
  }

  private static void values5(
      float[] p,
      int n,
      float[] v,
      int vOffset,
      int vStride,
      int from,
      int to,
      float[] c,
      int laneOffset,
      float[] ot,
      int otOffset) {
    for (int t = from; t < to; t += 5) {
      int o = otOffset + t * W;
      FloatVector a0 = FloatVector.zero(F);
      FloatVector b0 = a0;
      FloatVector a1 = a0;
      FloatVector b1 = a0;
      FloatVector a2 = a0;
      FloatVector b2 = a0;
      FloatVector a3 = a0;
      FloatVector b3 = a0;
      FloatVector a4 = a0;
      FloatVector b4 = a0;
      for (int j = 0; j < n; j++) {
        FloatVector x = FloatVector.fromArray(F, p, j * W);
        FloatVector y = FloatVector.fromArray(F, p, j * W + L);
        int at = vOffset + t + j * vStride;
        FloatVector u = FloatVector.broadcast(F, v[at]);
        a0 = u.fma(x, a0);
        b0 = u.fma(y, b0);
        u = FloatVector.broadcast(F, v[at + 1]);
        a1 = u.fma(x, a1);
        b1 = u.fma(y, b1);
        u = FloatVector.broadcast(F, v[at + 2]);
        a2 = u.fma(x, a2);
        b2 = u.fma(y, b2);
        u = FloatVector.broadcast(F, v[at + 3]);
        a3 = u.fma(x, a3);
        b3 = u.fma(y, b3);
        u = FloatVector.broadcast(F, v[at + 4]);
        a4 = u.fma(x, a4);
        b4 = u.fma(y, b4);
      }
      FloatVector e = FloatVector.fromArray(F, c, laneOffset);
      FloatVector f = FloatVector.fromArray(F, c, laneOffset + L);
      FloatVector.fromArray(F, ot, o).fma(e, a0).intoArray(ot, o);
      FloatVector.fromArray(F, ot, o + L).fma(f, b0).intoArray(ot, o + L);
      FloatVector.fromArray(F, ot, o + W).fma(e, a1).intoArray(ot, o + W);
      FloatVector.fromArray(F, ot, o + W + L).fma(f, b1).intoArray(ot, o + W + L);
      FloatVector.fromArray(F, ot, o + 2 * W).fma(e, a2).intoArray(ot, o + 2 * W);
      FloatVector.fromArray(F, ot, o + 2 * W + L).fma(f, b2).intoArray(ot, o + 2 * W + L);
      FloatVector.fromArray(F, ot, o + 3 * W).fma(e, a3).intoArray(ot, o + 3 * W);
      FloatVector.fromArray(F, ot, o + 3 * W + L).fma(f, b3).intoArray(ot, o + 3 * W + L);
      FloatVector.fromArray(F, ot, o + 4 * W).fma(e, a4).intoArray(ot, o + 4 * W);
      FloatVector.fromArray(F, ot, o + 4 * W + L).fma(f, b4).intoArray(ot, o + 4 * W + L);
    }
  }

  private static void values4(
      float[] p,
      int n,
      float[] v,
      int vOffset,
      int vStride,
      int from,
      int to,
      float[] c,
      int laneOffset,
      float[] ot,
      int otOffset) {
    for (int t = from; t < to; t += 4) {
      int o = otOffset + t * W;
      FloatVector a0 = FloatVector.zero(F);
      FloatVector b0 = a0;
      FloatVector a1 = a0;
      FloatVector b1 = a0;
      FloatVector a2 = a0;
      FloatVector b2 = a0;
      FloatVector a3 = a0;
      FloatVector b3 = a0;
      for (int j = 0; j < n; j++) {
        FloatVector x = FloatVector.fromArray(F, p, j * W);
        FloatVector y = FloatVector.fromArray(F, p, j * W + L);
        int at = vOffset + t + j * vStride;
        FloatVector u = FloatVector.broadcast(F, v[at]);
        a0 = u.fma(x, a0);
        b0 = u.fma(y, b0);
        u = FloatVector.broadcast(F, v[at + 1]);
        a1 = u.fma(x, a1);
        b1 = u.fma(y, b1);
        u = FloatVector.broadcast(F, v[at + 2]);
        a2 = u.fma(x, a2);
        b2 = u.fma(y, b2);
        u = FloatVector.broadcast(F, v[at + 3]);
        a3 = u.fma(x, a3);
        b3 = u.fma(y, b3);
      }
      FloatVector e = FloatVector.fromArray(F, c, laneOffset);
      FloatVector f = FloatVector.fromArray(F, c, laneOffset + L);
      FloatVector.fromArray(F, ot, o).fma(e, a0).intoArray(ot, o);
      FloatVector.fromArray(F, ot, o + L).fma(f, b0).intoArray(ot, o + L);
      FloatVector.fromArray(F, ot, o + W).fma(e, a1).intoArray(ot, o + W);
      FloatVector.fromArray(F, ot, o + W + L).fma(f, b1).intoArray(ot, o + W + L);
      FloatVector.fromArray(F, ot, o + 2 * W).fma(e, a2).intoArray(ot, o + 2 * W);
      FloatVector.fromArray(F, ot, o + 2 * W + L).fma(f, b2).intoArray(ot, o + 2 * W + L);
      FloatVector.fromArray(F, ot, o + 3 * W).fma(e, a3).intoArray(ot, o + 3 * W);
      FloatVector.fromArray(F, ot, o + 3 * W + L).fma(f, b3).intoArray(ot, o + 3 * W + L);
    }
  }

  private static void values1(
      float[] p,
      int n,
      float[] v,
      int vOffset,
      int vStride,
      int from,
      int to,
      float[] c,
      int laneOffset,
      float[] ot,
      int otOffset) {
    for (int t = from; t < to; t += 1) {
      int o = otOffset + t * W;
      FloatVector a0 = FloatVector.zero(F);
      FloatVector b0 = a0;
      for (int j = 0; j < n; j++) {
        FloatVector x = FloatVector.fromArray(F, p, j * W);
        FloatVector y = FloatVector.fromArray(F, p, j * W + L);
        int at = vOffset + t + j * vStride;
        FloatVector u = FloatVector.broadcast(F, v[at]);
        a0 = u.fma(x, a0);
        b0 = u.fma(y, b0);
      }
      FloatVector e = FloatVector.fromArray(F, c, laneOffset);
      FloatVector f = FloatVector.fromArray(F, c, laneOffset + L);
      FloatVector.fromArray(F, ot, o).fma(e, a0).intoArray(ot, o);
      FloatVector.fromArray(F, ot, o + L).fma(f, b0).intoArray(ot, o + L);
    }
  }
}
