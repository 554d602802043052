package dev.qkv.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The fast version. Masks are read along the keys, where they are adjacent, a row of bits to a
 * query; these are so few that they need no transposing: a vector of words, one to a lane, is
 * tested for one key after the other.
 */
public final class VectorEditKernel implements EditKernel {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final VectorSpecies<Integer> I = F.withLanes(int.class);
  private static final VectorSpecies<Byte> B = ByteVector.SPECIES_128;
  private static final int L = F.length();
  private static final int W = 2 * L;

  private final EditKernel plain = new ScalarEditKernel(W);

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
  public void addBias(
      float[] s, int n, float[] bias, int at, int queryStride, int keyStride, int queries) {
    if (queryStride == 0) {
      addToAll(s, n, bias, at, keyStride);
    } else if (keyStride == 1) {
      for (int i = 0; i < queries; i++) {
        addToLane(s, i, n, bias, at + i * queryStride);
      }
    } else {
      plain.addBias(s, n, bias, at, queryStride, keyStride, queries);
    }
  }

  /** The same bias for every lane. */
  private static void addToAll(float[] s, int n, float[] bias, int at, int keyStride) {
    for (int j = 0; j < n; j++) {
      FloatVector b = FloatVector.broadcast(F, bias[at + j * keyStride]);
      FloatVector.fromArray(F, s, j * W).add(b).intoArray(s, j * W);
      FloatVector.fromArray(F, s, j * W + L).add(b).intoArray(s, j * W + L);
    }
  }

  private static void addToLane(float[] s, int lane, int n, float[] bias, int at) {
    for (int j = 0; j < n; j++) {
      s[j * W + lane] += bias[at + j];
    }
  }

  @Override
  public void keep(
      int[] kept, int n, boolean[] mask, int at, int queryStride, int keyStride, int queries) {
    if (keyStride != 1) {
      plain.keep(kept, n, mask, at, queryStride, keyStride, queries);
      return;
    }
    for (int j = 0; j < n; j += WORD) {
      int count = Math.min(WORD, n - j);
      for (int i = 0; i < queries; i++) {
        kept[j / WORD * W + i] &= word(mask, at + i * queryStride + j, count);
      }
    }
  }

  /** Up to 32 booleans as bits. */
  private static int word(boolean[] mask, int at, int count) {
    int whole = B.loopBound(count);
    long bits = 0;
    for (int j = 0; j < whole; j += B.length()) {
      bits |= VectorMask.fromArray(B, mask, at + j).toLong() << j;
    }
    for (int j = whole; j < count; j++) {
      bits |= (mask[at + j] ? 1L : 0) << j;
    }
    return (int) bits;
  }

  @Override
  public void keep(
      int[] kept, int n, float[] bias, int at, int queryStride, int keyStride, int queries) {
    if (keyStride != 1) {
      plain.keep(kept, n, bias, at, queryStride, keyStride, queries);
      return;
    }
    for (int j = 0; j < n; j += WORD) {
      int count = Math.min(WORD, n - j);
      for (int i = 0; i < queries; i++) {
        kept[j / WORD * W + i] &= word(bias, at + i * queryStride + j, count);
      }
    }
  }

  /** Up to 32 numbers as bits: 0 for −∞. */
  private static int word(float[] bias, int at, int count) {
    int whole = F.loopBound(count);
    long bits = 0;
    for (int j = 0; j < whole; j += L) {
      FloatVector b = FloatVector.fromArray(F, bias, at + j);
      bits |= b.compare(VectorOperators.NE, Float.NEGATIVE_INFINITY).toLong() << j;
    }
    for (int j = whole; j < count; j++) {
      bits |= (bias[at + j] == Float.NEGATIVE_INFINITY ? 0 : 1L) << j;
    }
    return (int) bits;
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
