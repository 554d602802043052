package dev.qkv.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The fast version. A mask of booleans is read along the keys, where they are adjacent, into words,
 * one to a lane. A vector of words is then tested for one key after the other, so that only a bias
 * must be transposed.
 */
public final class VectorEditKernel implements EditKernel {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final VectorSpecies<Integer> I = F.withLanes(int.class);
  private static final VectorSpecies<Byte> B = ByteVector.SPECIES_128;
  private static final VectorSpecies<Float> Q = FloatVector.SPECIES_128;
  private static final int QUAD = Q.length();
  private static final int L = F.length();
  private static final int W = 2 * L;

  // In each quarter of four lanes: neighbours and pairs change places.
  private static final VectorShuffle<Float> BY_ONE = VectorShuffle.fromOp(F, t -> t ^ 1);
  private static final VectorShuffle<Float> BY_TWO = VectorShuffle.fromOp(F, t -> t ^ 2);
  private static final VectorMask<Float> ODD = lanesWith(1);
  private static final VectorMask<Float> UPPER = lanesWith(2);

  private final EditKernel plain = new ScalarEditKernel(W);

  private static VectorMask<Float> lanesWith(int bit) {
    boolean[] lanes = new boolean[L];
    for (int t = 0; t < L; t++) {
      lanes[t] = (t & bit) != 0;
    }
    return VectorMask.fromArray(F, lanes, 0);
  }

  @Override
  public void addDistances(float[] s, int n, float slope, long first) {
    if (first - W < Integer.MIN_VALUE || first + n > Integer.MAX_VALUE) {
      plain.addDistances(s, n, slope, first);
      return;
    }
    for (int half = 0; half < W; half += L) {
      IntVector nearest = IntVector.zero(I).addIndex(-1).add((int) first - half);
      for (int j = 0; j < n; j++) {
        int x = j * W + half;
        FloatVector distance = (FloatVector) nearest.add(j).convert(VectorOperators.I2F, 0);
        distance.mul(slope).add(FloatVector.fromArray(F, s, x)).intoArray(s, x);
      }
    }
  }

  @Override
  public void load(
      float[] b, int n, float[] bias, int at, int queryStride, int keyStride, int queries) {
    if (queryStride == 0) {
      repeat(b, n, bias, at, keyStride);
    } else if (keyStride == 1 && n >= QUAD) {
      transpose(b, n, bias, at, queryStride, queries);
    } else if (queryStride == 1 && queries == W) {
      copy(b, n, bias, at, keyStride);
    } else {
      plain.load(b, n, bias, at, queryStride, keyStride, queries);
    }
  }

  /** The same for every lane. */
  private static void repeat(float[] b, int n, float[] bias, int at, int keyStride) {
    for (int j = 0; j < n; j++) {
      FloatVector same = FloatVector.broadcast(F, bias[at + j * keyStride]);
      same.intoArray(b, j * W);
      same.intoArray(b, j * W + L);
    }
  }

  /** Where the lanes are adjacent already. */
  private static void copy(float[] b, int n, float[] bias, int at, int keyStride) {
    for (int j = 0; j < n; j++) {
      FloatVector.fromArray(F, bias, at + j * keyStride).intoArray(b, j * W);
      FloatVector.fromArray(F, bias, at + j * keyStride + L).intoArray(b, j * W + L);
    }
  }

  /**
   * Where the keys are adjacent: transposed in two halves, some keys at a time, so that what is
   * stored by the first is there when the second loads it, and still near. Keys beyond whole
   * quadruples are done with those before, once more.
   */
  private static void transpose(
      float[] b, int n, float[] bias, int at, int queryStride, int queries) {
    int whole = Q.loopBound(n);
    for (int j = 0; j < whole; j += WORD) {
      int count = Math.min(WORD, whole - j);
      toQuads(b, n * W, count, bias, at + j, queryStride, queries);
      fromQuads(b, n * W, count, j * W);
    }
    if (whole < n) {
      toQuads(b, n * W, QUAD, bias, at + n - QUAD, queryStride, queries);
      fromQuads(b, n * W, QUAD, (n - QUAD) * W);
    }
  }

  /** Four keys of lane 4q + r become the quarter q of vector r of these keys. */
  private static void toQuads(
      float[] b, int quads, int n, float[] bias, int at, int queryStride, int queries) {
    int last = queries - 1;
    for (int i = 0; i < W; i += QUAD) {
      int row0 = at + Math.min(i, last) * queryStride;
      int row1 = at + Math.min(i + 1, last) * queryStride;
      int row2 = at + Math.min(i + 2, last) * queryStride;
      int row3 = at + Math.min(i + 3, last) * queryStride;
      int to = quads + i / L * QUAD * L + i % L;
      for (int j = 0; j < n; j += QUAD) {
        int x = to + j * W;
        FloatVector.fromArray(Q, bias, row0 + j).intoArray(b, x);
        FloatVector.fromArray(Q, bias, row1 + j).intoArray(b, x + L);
        FloatVector.fromArray(Q, bias, row2 + j).intoArray(b, x + 2 * L);
        FloatVector.fromArray(Q, bias, row3 + j).intoArray(b, x + 3 * L);
      }
    }
  }

  /** Within the quarters of four vectors, keys and lanes change places. */
  private static void fromQuads(float[] b, int quads, int n, int to) {
    for (int j = 0; j < n; j += QUAD) {
      for (int half = 0; half < W; half += L) {
        int from = quads + j * W + half * QUAD;
        FloatVector r0 = FloatVector.fromArray(F, b, from);
        FloatVector r1 = FloatVector.fromArray(F, b, from + L);
        FloatVector r2 = FloatVector.fromArray(F, b, from + 2 * L);
        FloatVector r3 = FloatVector.fromArray(F, b, from + 3 * L);
        FloatVector even01 = r0.blend(r1.rearrange(BY_ONE), ODD);
        FloatVector odd01 = r0.rearrange(BY_ONE).blend(r1, ODD);
        FloatVector even23 = r2.blend(r3.rearrange(BY_ONE), ODD);
        FloatVector odd23 = r2.rearrange(BY_ONE).blend(r3, ODD);
        int x = to + j * W + half;
        even01.blend(even23.rearrange(BY_TWO), UPPER).intoArray(b, x);
        odd01.blend(odd23.rearrange(BY_TWO), UPPER).intoArray(b, x + W);
        even01.rearrange(BY_TWO).blend(even23, UPPER).intoArray(b, x + 2 * W);
        odd01.rearrange(BY_TWO).blend(odd23, UPPER).intoArray(b, x + 3 * W);
      }
    }
  }

  @Override
  public void add(float[] s, int n, float[] b) {
    for (int x = 0; x < n * W; x += L) {
      FloatVector.fromArray(F, s, x).add(FloatVector.fromArray(F, b, x)).intoArray(s, x);
    }
  }

  /** The bits from a number on are −1 shifted by it, in two steps, as it may be all 32. */
  @Override
  public void keep(
      int[] kept, int n, int firstKey, int[] low, int[] high, int laneOffset, int queries) {
    for (int half = 0; half < W; half += L) {
      IntVector lows = IntVector.fromArray(I, low, laneOffset + half).sub(firstKey);
      IntVector highs = IntVector.fromArray(I, high, laneOffset + half).sub(firstKey).min(n);
      VectorMask<Integer> noQuery =
          IntVector.zero(I).addIndex(1).compare(VectorOperators.GE, queries - half);
      for (int first = 0; first < n; first += WORD) {
        IntVector from = lows.sub(first).max(0).min(WORD);
        IntVector to = highs.sub(first).max(0).min(WORD);
        IntVector fromHalf = from.lanewise(VectorOperators.LSHR, 1);
        IntVector toHalf = to.lanewise(VectorOperators.LSHR, 1);
        IntVector fromOn =
            IntVector.broadcast(I, -1)
                .lanewise(VectorOperators.LSHL, fromHalf)
                .lanewise(VectorOperators.LSHL, from.sub(fromHalf));
        IntVector toOn =
            IntVector.broadcast(I, -1)
                .lanewise(VectorOperators.LSHL, toHalf)
                .lanewise(VectorOperators.LSHL, to.sub(toHalf));
        fromOn.and(toOn.not()).blend(0, noQuery).intoArray(kept, first / WORD * W + half);
      }
    }
  }

  @Override
  public void keep(
      int[] kept, int n, boolean[] mask, int at, int queryStride, int keyStride, int queries) {
    if (keyStride != 1 || n < B.length()) {
      plain.keep(kept, n, mask, at, queryStride, keyStride, queries);
      return;
    }
    for (int first = 0; first < n; first += WORD) {
      int count = Math.min(WORD, n - first);
      for (int i = 0; i < queries; i++) {
        kept[first / WORD * W + i] &= word(mask, at + i * queryStride + first, count);
      }
    }
  }

  /** Up to 32 booleans as bits; before them there are as many more as a vector needs. */
  private static int word(boolean[] mask, int at, int count) {
    int whole = B.loopBound(count);
    long bits = 0;
    for (int j = 0; j < whole; j += B.length()) {
      bits |= VectorMask.fromArray(B, mask, at + j).toLong() << j;
    }
    if (whole < count) {
      // The last vector overlaps those before: the bits that are wanted are its last ones.
      long last = VectorMask.fromArray(B, mask, at + count - B.length()).toLong();
      bits |= (last >>> (whole + B.length() - count)) << whole;
    }
    return (int) bits;
  }

  @Override
  public void keep(int[] kept, int n, float[] b) {
    for (int first = 0; first < n; first += WORD) {
      IntVector bits0 = IntVector.zero(I);
      IntVector bits1 = bits0;
      for (int j = first; j < Math.min(n, first + WORD); j++) {
        FloatVector x = FloatVector.fromArray(F, b, j * W);
        FloatVector y = FloatVector.fromArray(F, b, j * W + L);
        VectorMask<Float> hidden0 = x.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY);
        VectorMask<Float> hidden1 = y.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY);
        bits0 = bits0.or(IntVector.zero(I).blend(1 << j, hidden0.cast(I)));
        bits1 = bits1.or(IntVector.zero(I).blend(1 << j, hidden1.cast(I)));
      }
      int at = first / WORD * W;
      IntVector.fromArray(I, kept, at).and(bits0.not()).intoArray(kept, at);
      IntVector.fromArray(I, kept, at + L).and(bits1.not()).intoArray(kept, at + L);
    }
  }

  @Override
  public void hide(float[] s, int n, int[] kept) {
    for (int first = 0; first < n; first += WORD) {
      for (int half = 0; half < W; half += L) {
        IntVector words = IntVector.fromArray(I, kept, first / WORD * W + half);
        for (int j = first; j < Math.min(n, first + WORD); j++) {
          VectorMask<Integer> hidden = words.and(1 << j).compare(VectorOperators.EQ, 0);
          FloatVector.fromArray(F, s, j * W + half)
              .blend(Float.NEGATIVE_INFINITY, hidden.cast(F))
              .intoArray(s, j * W + half);
        }
      }
    }
  }
}
