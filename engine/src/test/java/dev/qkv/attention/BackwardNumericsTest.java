package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.qkv.reference.AttentionDefinition;
import dev.qkv.reference.AttentionNumbers;
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The numerics that the project promises for gradients, one test to a promise. */
class BackwardNumericsTest {
  private static final int N = 150;
  private static final int D = 13;

  private static Tensor random(int seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  private static void fill(Tensor tensor, int row, float value) {
    for (int t = 0; t < tensor.size(1); t++) {
      tensor.set(value, row, t);
    }
  }

  private static boolean anyNan(Tensor tensor, int row) {
    boolean any = false;
    for (int t = 0; t < tensor.size(1); t++) {
      any |= Float.isNaN(tensor.get(row, t));
    }
    return any;
  }

  private static Gradients backward(
      Attention attention, Tensor q, Tensor k, Tensor v, Tensor dOutput, Learned... also) {
    return backward(attention, q, k, v, Batch.PLAIN, dOutput, also);
  }

  private static Gradients backward(
      Attention attention,
      Tensor q,
      Tensor k,
      Tensor v,
      Batch batch,
      Tensor dOutput,
      Learned... also) {
    Forward forward = attention.forward(q, k, v, batch);
    return attention.backward(q, k, v, batch, forward, dOutput, also);
  }

  @Test
  void nanReachesExactlyWhatAttends() {
    // Query i sees keys i − 40 to i.
    Attention attention = Attention.builder().causal(Alignment.UPPER_LEFT).window(40, 0).build();
    for (int which = 0; which < 4; which++) {
      Tensor[] in = {random(1, N, D), random(2, N, D), random(3, N, D), random(4, N, D)};
      fill(in[which], 77, Float.NaN);
      Gradients g = backward(attention, in[0], in[1], in[2], in[3]);
      boolean key = which == 1 || which == 2;
      for (int i = 0; i < N; i++) {
        boolean queryHit = key ? i >= 77 && i <= 77 + 40 : i == 77;
        // A hit query's gradients go to every key that it sees.
        boolean keyHit = key ? i >= 77 - 40 && i <= 77 + 40 : i >= 77 - 40 && i <= 77;
        assertThat(anyNan(g.q(), i)).as("input %d dq %d", which, i).isEqualTo(queryHit);
        assertThat(anyNan(g.k(), i)).as("input %d dk %d", which, i).isEqualTo(keyHit);
        if (which != 2) {
          // dV is P·dO: a NaN in V does not reach it.
          assertThat(anyNan(g.v(), i)).as("input %d dv %d", which, i).isEqualTo(keyHit);
        } else {
          assertThat(anyNan(g.v(), i)).isFalse();
        }
      }
    }
  }

  @Test
  void whatIsPaddingNeverLeaks() {
    Attention attention = Attention.plain();
    Batch batch = Batch.PLAIN.keyLengths(60);
    Tensor q = random(1, N, D);
    Tensor k = random(2, N, D);
    Tensor v = random(3, N, D);
    Tensor dOutput = random(4, N, D);
    Gradients clean = backward(attention, q, k, v, batch, dOutput);
    for (int i = 60; i < N; i++) {
      fill(k, i, Float.NaN);
      fill(v, i, Float.POSITIVE_INFINITY);
    }
    Gradients dirty = backward(attention, q, k, v, batch, dOutput);
    assertThat(dirty.q().data()).isEqualTo(clean.q().data());
    assertThat(dirty.k().data()).isEqualTo(clean.k().data());
    assertThat(dirty.v().data()).isEqualTo(clean.v().data());
    for (int i = 60; i < N; i++) {
      for (int t = 0; t < D; t++) {
        assertThat(dirty.k().get(i, t)).isZero();
        assertThat(dirty.v().get(i, t)).isZero();
      }
    }
  }

  /** A bias of −∞, and a mask behind a softcap, whose derivative at NaN is NaN. */
  @Test
  void whatIsHiddenNeverLeaks() {
    boolean[] keep = new boolean[N];
    Arrays.fill(keep, true);
    keep[60] = false;
    Tensor bias = random(5, 1, N);
    bias.set(Float.NEGATIVE_INFINITY, 0, 60);
    DifferentiableScore same =
        new DifferentiableScore(
            (s, b, h, i, j) -> s, (s, b, h, i, j) -> Double.isNaN(s) ? Double.NaN : 1);
    Batch biased = Batch.PLAIN.bias(bias);
    hides(Attention.plain(), biased);
    hides(Attention.builder().softcap(5).score(same).build(), biased);
    hides(Attention.builder().softcap(5).build(), Batch.PLAIN.keep(BooleanTensor.of(keep, 1, N)));
  }

  /** Key 60, from every query. */
  private static void hides(Attention attention, Batch batch) {
    Tensor q = random(1, N, D);
    Tensor dOutput = random(4, N, D);
    Tensor k = random(2, N, D);
    Tensor v = random(3, N, D);
    Gradients clean = backward(attention, q, k, v, batch, dOutput);
    Forward cleanForward = attention.forward(q, k, v, batch);
    Tensor cleanScores =
        attention.scoreGradients(q, k, v, batch, cleanForward, dOutput, Stage.SCALED);
    fill(k, 60, Float.NaN);
    fill(v, 60, Float.POSITIVE_INFINITY);
    Forward forward = attention.forward(q, k, v, batch);
    boolean biased = batch.bias() != null;
    Learned[] also = biased ? new Learned[] {Learned.BIAS} : new Learned[0];
    Gradients g = attention.backward(q, k, v, batch, forward, dOutput, also);
    Tensor scores = attention.scoreGradients(q, k, v, batch, forward, dOutput, Stage.SCALED);
    AttentionNumbers exact =
        new AttentionDefinition(attention.settings(), q, k, v, batch).gradients(doubles(dOutput));
    for (int i = 0; i < N; i++) {
      assertThat(scores.get(0, 0, i, 60)).isZero();
      assertThat(scores.get(0, 0, i, 61)).isCloseTo(cleanScores.get(0, 0, i, 61), within(1e-6f));
      for (int t = 0; t < D; t++) {
        assertThat(g.q().get(i, t)).isCloseTo(clean.q().get(i, t), within(1e-5f));
        assertThat(g.k().get(i, t)).isCloseTo(clean.k().get(i, t), within(1e-5f));
        assertThat(g.v().get(i, t)).isCloseTo(clean.v().get(i, t), within(1e-5f));
        assertThat(exact.q()[i * D + t]).isCloseTo(clean.q().get(i, t), within(1e-5));
        assertThat(exact.k()[i * D + t]).isCloseTo(clean.k().get(i, t), within(1e-5));
      }
      if (biased) {
        assertThat(data(g.bias())[i] == 0).isEqualTo(i == 60);
      }
    }
  }

  private static double[] doubles(Tensor tensor) {
    double[] doubles = new double[tensor.data().length];
    Arrays.setAll(doubles, i -> tensor.data()[i]);
    return doubles;
  }

  @Test
  void aRowWithNothingToAttendToHasGradientZero() {
    Attention attention =
        Attention.builder().causal(Alignment.BOTTOM_RIGHT).sinks(Float.NEGATIVE_INFINITY).build();
    Tensor q = random(1, 7, D);
    Tensor k = random(2, 3, D);
    Gradients g = backward(attention, q, k, random(3, 3, D), random(4, 7, D), Learned.SINKS);
    for (int i = 0; i < 4; i++) {
      for (int t = 0; t < D; t++) {
        assertThat(g.q().get(i, t)).isZero();
      }
    }
    assertThat(g.q().get(6, 0)).isNotZero();
    assertThat(data(g.sinks())).containsExactly(0);
  }

  @Test
  void rowsWhoseLogSumExpIsFarBelowZeroDoNotOverflow() {
    // Scores about −400: e^−λ alone would be infinite.
    Tensor q = Tensor.zeros(5, 4);
    Tensor k = Tensor.zeros(6, 4);
    for (int i = 0; i < 20; i++) {
      q.data()[i] = 20 + 0.01f * i;
    }
    for (int i = 0; i < 24; i++) {
      k.data()[i] = -10 - 0.01f * i;
    }
    Attention attention = Attention.plain();
    Forward forward = attention.forward(q, k, random(3, 6, 4));
    assertThat(forward.logSumExp().get(0, 0, 0)).isLessThan(-88);
    Gradients g = backward(attention, q, k, random(3, 6, 4), random(4, 5, 4));
    float sum = 0;
    for (float value : g.k().data()) {
      assertThat(value).isFinite();
      sum += Math.abs(value);
    }
    assertThat(sum).isGreaterThan(0.1f);
  }

  @Test
  void theBitsAreTheSameForEveryNumberOfThreads() {
    Attention one =
        Attention.builder()
            .causal(Alignment.UPPER_LEFT)
            .dropout(new Dropout(0.2f, 9))
            .alibi(0.1f, 0.2f)
            .threads(1)
            .build();
    Tensor q = random(1, 2, 1100, 24);
    Tensor k = random(2, 1, 1100, 24);
    Tensor v = random(3, 1, 1100, 16);
    Tensor dOutput = random(4, 2, 1100, 16);
    Batch batch = Batch.PLAIN.bias(random(9, 1100, 1)).draws(3);
    Gradients expected = backward(one, q, k, v, batch, dOutput, Learned.BIAS, Learned.ALIBI);
    for (int threads : new int[] {2, 3, 8}) {
      Attention many = one.toBuilder().threads(threads).build();
      Gradients got = backward(many, q, k, v, batch, dOutput, Learned.BIAS, Learned.ALIBI);
      assertThat(got.q().data()).isEqualTo(expected.q().data());
      assertThat(got.k().data()).isEqualTo(expected.k().data());
      assertThat(got.v().data()).isEqualTo(expected.v().data());
      assertThat(data(got.bias())).isEqualTo(data(expected.bias()));
      assertThat(data(got.alibi())).isEqualTo(data(expected.alibi()));
    }
  }

  private static float[] data(@Nullable Tensor tensor) {
    return Objects.requireNonNull(tensor).data();
  }

  @Test
  void noKeysOrNoQueriesAtAll() {
    Attention attention = Attention.plain();
    Gradients g =
        backward(
            attention, random(1, 3, D), Tensor.zeros(0, D), Tensor.zeros(0, D), random(4, 3, D));
    assertThat(g.q().data()).containsOnly(0);
    g =
        backward(
            attention, Tensor.zeros(0, D), random(2, 3, D), random(3, 3, D), Tensor.zeros(0, D));
    assertThat(g.k().data()).containsOnly(0);
    assertThat(g.v().data()).containsOnly(0);
  }

  @Test
  void longRangesInChunksAndSplitsAgreeWithDifferences() {
    // 2500 keys: several chunks of 1024, and splits.
    Tensor q = random(1, 70, 8);
    Tensor k = random(2, 2500, 8);
    Tensor v = random(3, 2500, 8);
    Tensor dOutput = random(4, 70, 8);
    Gradients g = backward(Attention.plain(), q, k, v, dOutput);
    Tensor all = Attention.plain().weights(q, k);
    for (int j : new int[] {0, 511, 1023, 1024, 2047, 2499}) {
      double expected = 0;
      for (int i = 0; i < 70; i++) {
        expected += (double) all.get(0, 0, i, j) * dOutput.get(i, 3);
      }
      assertThat((double) g.v().get(j, 3)).isCloseTo(expected, within(1e-6));
    }
  }
}
