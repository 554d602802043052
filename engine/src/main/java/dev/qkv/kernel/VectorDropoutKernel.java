package dev.qkv.kernel;

import static dev.qkv.kernel.Philox.LOW;
import static dev.qkv.kernel.Philox.M0;
import static dev.qkv.kernel.Philox.M1;
import static dev.qkv.kernel.Philox.ROUNDS;
import static dev.qkv.kernel.Philox.W0;
import static dev.qkv.kernel.Philox.W1;
import static dev.qkv.kernel.Philox.WORDS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The fast version: one counter to a lane of 64 bits, which hold a product of 32-bit words. Words
 * between the rounds have something in the upper half, which is cut off before it is multiplied.
 * More than one vector of counters at a time was tried: C2 runs out of registers or boxes.
 */
public final class VectorDropoutKernel implements DropoutKernel {
  private static final VectorSpecies<Float> F = VectorSettings.SPECIES;
  private static final VectorSpecies<Integer> I = F.withLanes(int.class);
  private static final VectorSpecies<Long> D = F.withLanes(long.class);

  /** Half a vector of ints, as many as there are longs in a whole one. */
  private static final VectorSpecies<Integer> HALF =
      VectorShape.forBitSize(F.vectorBitSize() / 2).withLanes(int.class);

  private static final int L = F.length();
  private static final int W = 2 * L;
  private static final int COUNTERS = D.length();

  // Words of counters in order: lane t has word t mod 4 of counter ⌊t / 4⌋, or of as many later.
  private static final VectorShuffle<Integer> FIRST = VectorShuffle.fromOp(I, t -> t / WORDS);
  private static final VectorShuffle<Integer> SECOND =
      VectorShuffle.fromOp(I, t -> (L + t) / WORDS);
  private static final VectorMask<Integer> WORD_1 = word(1);
  private static final VectorMask<Integer> WORD_2 = word(2);
  private static final VectorMask<Integer> WORD_3 = word(3);

  private final DropoutKernel plain = new ScalarDropoutKernel(W);

  private static VectorMask<Integer> word(int which) {
    boolean[] lanes = new boolean[L];
    for (int t = which; t < L; t += WORDS) {
      lanes[t] = true;
    }
    return VectorMask.fromArray(I, lanes, 0);
  }

  /**
   * The same word in every lane, in a way that shows C2 that it is no more than a word: if both
   * factors are, their product is one instruction rather than three or more.
   */
  private static LongVector repeated(long word) {
    return LongVector.broadcast(D, word).and(LOW);
  }

  /**
   * Until the third round, half of the words are the same in every lane: they are computed once, by
   * scalars.
   */
  @Override
  public void draw(
      int[] words, long seed, int batch, int head, int firstQuery, int firstQuad, int quads) {
    LongVector m0 = repeated(M0);
    LongVector m1 = repeated(M1);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    long ofHead = M1 * (head & LOW);
    for (int lane = 0; lane < W; lane += COUNTERS) {
      LongVector query = LongVector.zero(D).addIndex(1).add(firstQuery + lane);
      // A product of the second round, in which the keys have no part yet.
      LongVector ofQuery =
          query.lanewise(VectorOperators.XOR, (int) (ofHead >>> 32) ^ k0).and(LOW).mul(m0);
      for (int quad = 0; quad < quads; quad++) {
        // The first round, then the second, to the words of all lanes.
        long ofQuad = M0 * ((firstQuad + quad) & LOW);
        int c2 = (int) (ofQuad >>> 32) ^ batch ^ k1;
        int c3 = (int) ofQuad;
        long p1 = M1 * (c2 & LOW);
        int c0 = (int) (p1 >>> 32) ^ (int) ofHead ^ (k0 + W0);
        int c1 = (int) p1;
        LongVector x2 =
            ofQuery
                .lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.XOR, (c3 ^ (k1 + W1)) & LOW);
        // The third.
        long p0 = M0 * (c0 & LOW);
        LongVector x1 = x2.and(LOW).mul(m1);
        LongVector x0 =
            x1.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.XOR, (long) (c1 ^ (k0 + W0 + W0)));
        x2 = ofQuery.lanewise(VectorOperators.XOR, (long) ((int) (p0 >>> 32) ^ (k1 + W1 + W1)));
        LongVector x3 = LongVector.broadcast(D, p0);
        for (int round = 3; round < ROUNDS; round++) {
          LongVector a = x0.and(LOW).mul(m0);
          LongVector b = x2.and(LOW).mul(m1);
          x0 =
              b.lanewise(VectorOperators.LSHR, 32)
                  .lanewise(VectorOperators.XOR, x1)
                  .lanewise(VectorOperators.XOR, (long) (k0 + round * W0));
          x2 =
              a.lanewise(VectorOperators.LSHR, 32)
                  .lanewise(VectorOperators.XOR, x3)
                  .lanewise(VectorOperators.XOR, (long) (k1 + round * W1));
          x1 = b;
          x3 = a;
        }
        int at = quad * WORDS * W + lane;
        ((IntVector) x0.convertShape(VectorOperators.L2I, HALF, 0)).intoArray(words, at);
        ((IntVector) x1.convertShape(VectorOperators.L2I, HALF, 0)).intoArray(words, at + W);
        ((IntVector) x2.convertShape(VectorOperators.L2I, HALF, 0)).intoArray(words, at + 2 * W);
        ((IntVector) x3.convertShape(VectorOperators.L2I, HALF, 0)).intoArray(words, at + 3 * W);
      }
    }
  }

  @Override
  public void drop(float[] p, int[] words, int wordsAt, int n, int bound, float factor) {
    for (int x = 0; x < n; x += L) {
      VectorMask<Integer> dropped =
          IntVector.fromArray(I, words, wordsAt + x).compare(VectorOperators.ULT, bound);
      FloatVector.fromArray(F, p, x).mul(factor).blend(0, dropped.cast(F)).intoArray(p, x);
    }
  }

  @Override
  public void dropAdjacent(
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int first,
      int n,
      long seed,
      int bound,
      float factor) {
    int head = Math.min(n, -first & (WORDS - 1));
    int end = head + (n - head) / W * W;
    plain.dropAdjacent(x, xAt, y, yAt, first, head, seed, bound, factor);
    LongVector m0 = repeated(M0);
    LongVector m1 = repeated(M1);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int i = head; i < end; i += W) {
      // The first round of counters that are 0 but for their first word.
      LongVector counter = LongVector.zero(D).addIndex(1).add((first + i) / WORDS);
      LongVector x3 = counter.and(LOW).mul(m0);
      LongVector x2 =
          x3.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, (long) k1);
      LongVector x1 = LongVector.zero(D);
      LongVector x0 = LongVector.broadcast(D, k0);
      for (int round = 1; round < ROUNDS; round++) {
        LongVector a = x0.and(LOW).mul(m0);
        LongVector b = x2.and(LOW).mul(m1);
        x0 =
            b.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.XOR, x1)
                .lanewise(VectorOperators.XOR, (long) (k0 + round * W0));
        x2 =
            a.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.XOR, x3)
                .lanewise(VectorOperators.XOR, (long) (k1 + round * W1));
        x1 = b;
        x3 = a;
      }
      IntVector w0 = (IntVector) x0.convertShape(VectorOperators.L2I, I, 0);
      IntVector w1 = (IntVector) x1.convertShape(VectorOperators.L2I, I, 0);
      IntVector w2 = (IntVector) x2.convertShape(VectorOperators.L2I, I, 0);
      IntVector w3 = (IntVector) x3.convertShape(VectorOperators.L2I, I, 0);
      dropped(FloatVector.fromArray(F, x, xAt + i), w0, w1, w2, w3, FIRST, bound, factor)
          .intoArray(y, yAt + i);
      dropped(FloatVector.fromArray(F, x, xAt + i + L), w0, w1, w2, w3, SECOND, bound, factor)
          .intoArray(y, yAt + i + L);
    }
    plain.dropAdjacent(x, xAt + end, y, yAt + end, first + end, n - end, seed, bound, factor);
  }

  private static FloatVector dropped(
      FloatVector x,
      IntVector w0,
      IntVector w1,
      IntVector w2,
      IntVector w3,
      VectorShuffle<Integer> order,
      int bound,
      float factor) {
    IntVector words =
        w0.rearrange(order)
            .blend(w1.rearrange(order), WORD_1)
            .blend(w2.rearrange(order), WORD_2)
            .blend(w3.rearrange(order), WORD_3);
    VectorMask<Integer> dropped = words.compare(VectorOperators.ULT, bound);
    return x.mul(factor).blend(0, dropped.cast(F));
  }
}
