package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.qkv.reference.AttentionDefinition;
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The numerics that the project promises, one test to a promise. */
class NumericsTest {
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
    for (int t = 0; t < tensor.size(1); t++) {
      if (Float.isNaN(tensor.get(row, t))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void nanInAQueryReachesItsRowAlone() {
    Tensor q = random(1, N, D);
    fill(q, 77, Float.NaN);
    Forward forward = Attention.plain().forward(q, random(2, N, D), random(3, N, D));
    for (int i = 0; i < N; i++) {
      assertThat(anyNan(forward.output(), i)).as("row %d", i).isEqualTo(i == 77);
      assertThat(Float.isNaN(forward.logSumExp().get(0, 0, i))).isEqualTo(i == 77);
    }
  }

  @Test
  void nanInAKeyOrValueReachesExactlyTheRowsThatMayAttendToIt() {
    Attention attention = Attention.builder().causal(Alignment.UPPER_LEFT).window(40, 0).build();
    for (int which = 0; which < 2; which++) {
      Tensor k = random(2, N, D);
      Tensor v = random(3, N, D);
      fill(which == 0 ? k : v, 50, Float.NaN);
      Forward forward = attention.forward(random(1, N, D), k, v);
      for (int i = 0; i < N; i++) {
        assertThat(anyNan(forward.output(), i)).as("row %d", i).isEqualTo(i >= 50 && i <= 90);
      }
    }
  }

  @Test
  void nanWithAWeightThatUnderflowsStillReachesItsRow() {
    Tensor q = random(1, N, D);
    Tensor k = random(2, N, D);
    Tensor v = random(3, N, D);
    fill(v, 3, Float.NaN);
    Tensor bias = Tensor.zeros(1, N);
    bias.set(-1e4f, 0, 3);
    Attention attention = Attention.builder().causal(Alignment.UPPER_LEFT).build();
    Forward forward = attention.forward(q, k, v, Batch.PLAIN.bias(bias));
    for (int i = 0; i < N; i++) {
      assertThat(anyNan(forward.output(), i)).as("row %d", i).isEqualTo(i >= 3);
    }
  }

  @Test
  void nanAndInfinityAtHiddenPositionsNeverLeak() {
    boolean[] keep = new boolean[N];
    Arrays.fill(keep, true);
    keep[60] = false;
    Tensor bias = Tensor.zeros(1, N);
    bias.set(Float.NEGATIVE_INFINITY, 0, 60);
    Batch biased = Batch.PLAIN.bias(bias);
    AttentionBuilder edits =
        Attention.builder().softcap(5).alibi(0.1f).score((s, b, h, i, j) -> s + 1);
    AttentionBuilder scores =
        Attention.builder().score((s, b, h, i, j) -> j == 60 ? Float.NEGATIVE_INFINITY : s);
    hidesTheKey(Attention.builder(), biased);
    hidesTheKey(edits, biased);
    hidesTheKey(Attention.builder(), Batch.PLAIN.keep(BooleanTensor.of(keep, 1, N)));
    hidesTheKey(Attention.builder().keep((b, h, i, j) -> j != 60), Batch.PLAIN);
    hidesTheKey(scores, Batch.PLAIN);
    hidesTheKey(Attention.builder(), Batch.PLAIN.keyLengths(60));
    hidesTheKey(Attention.builder().causal(Alignment.UPPER_LEFT), Batch.PLAIN);
  }

  /** Key 60, from every query, or from those before it. */
  private static void hidesTheKey(AttentionBuilder builder, Batch batch) {
    Attention attention = builder.build();
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Tensor k = random(2, N, D);
      Tensor v = random(3, N, D);
      Forward clean = attention.forward(random(1, N, D), k, v, batch);
      fill(k, 60, bad);
      fill(v, 60, bad);
      Forward forward = attention.forward(random(1, N, D), k, v, batch);
      AttentionDefinition definition =
          new AttentionDefinition(attention.settings(), random(1, N, D), k, v, batch);
      int rows = attention.settings().mask().causal() ? 60 : N;
      for (int i = 0; i < rows; i++) {
        assertThat(forward.output().get(i, 5)).isCloseTo(clean.output().get(i, 5), within(1e-6f));
        assertThat(definition.row(0, 0, i).output()[5])
            .isCloseTo(clean.output().get(i, 5), within(1e-5));
      }
    }
  }

  @Test
  void aFirstTileThatIsAllHiddenDoesNotSpoilLaterOnes() {
    int keys = 500;
    Attention attention = Attention.builder().keep((b, h, i, j) -> j == 490).build();
    Tensor v = random(3, keys, D);
    Forward forward = attention.forward(random(1, N, D), random(2, keys, D), v);
    assertThat(forward.output().get(7, 2)).isEqualTo(v.get(490, 2));
  }

  @Test
  void aRowWithNothingToAttendToIsZeroWithLogSumExpMinusInfinity() {
    Attention attention = Attention.builder().causal(Alignment.BOTTOM_RIGHT).build();
    Forward forward = attention.forward(random(1, 5, D), random(2, 2, D), random(3, 2, D));
    for (int i = 0; i < 3; i++) {
      assertThat(forward.output().get(i, 0)).isZero();
      assertThat(forward.logSumExp().get(0, 0, i)).isEqualTo(Float.NEGATIVE_INFINITY);
    }
    assertThat(forward.output().get(3, 0)).isNotZero();
    Forward none =
        Attention.plain().forward(random(1, 5, D), Tensor.zeros(0, D), Tensor.zeros(0, 4));
    assertThat(none.output().toArray()).containsOnly(0);
    assertThat(none.logSumExp().get(0, 0, 4)).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void finiteVeryNegativeMasksAreNumbersAndGiveAUniformRow() {
    Tensor bias = Tensor.zeros(N, N);
    Arrays.fill(bias.data(), -1e9f);
    Tensor v = random(3, N, 1);
    Forward forward =
        Attention.plain().forward(random(1, N, D), random(2, N, D), v, Batch.PLAIN.bias(bias));
    double mean = 0;
    for (int j = 0; j < N; j++) {
      mean += v.get(j, 0) / (double) N;
    }
    assertThat(forward.output().get(9, 0)).isCloseTo((float) mean, within(1e-6f));
  }

  @Test
  void scoresOfTenThousandAndMoreDoNotOverflow() {
    for (float size : new float[] {1e4f, 1e6f, 1e18f}) {
      Tensor q = Tensor.of(new float[] {size, -size}, 2, 1);
      Tensor k = Tensor.of(new float[] {1, -1, 0.5f}, 3, 1);
      Tensor v = Tensor.of(new float[] {3, 5, 7}, 3, 1);
      Forward forward = Attention.plain().forward(q, k, v);
      assertThat(forward.output().toArray()).containsExactly(3, 5);
      assertThat(forward.logSumExp().toArray()).containsExactly(size, size);
    }
  }

  @Test
  void weightsTooSmallForFloat32CountAsZero() {
    Tensor q = Tensor.of(new float[] {1}, 1, 1);
    Tensor k = Tensor.of(new float[] {0, -100}, 2, 1);
    Tensor v = Tensor.of(new float[] {2, 1e30f}, 2, 1);
    assertThat(Attention.plain().forward(q, k, v).output().get(0, 0)).isEqualTo(2);
  }

  @Test
  void theBitsAreTheSameForEveryNumberOfThreads() {
    // Few rows and many keys, so that keys are split; then many rows.
    int[][] sizes = {{1, 2, 3, 4001, 20}, {2, 3, 200, 333, 20}};
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      for (int[] s : sizes) {
        Tensor q = random(1, s[0], s[1], s[2], s[4]);
        Tensor k = random(2, s[0], s[1], s[3], s[4]);
        Tensor v = random(3, s[0], s[1], s[3], s[4]);
        AttentionBuilder builder =
            Attention.builder()
                .causal(Alignment.BOTTOM_RIGHT)
                .dropout(new Dropout(0.1f, 5))
                .sinks(new float[s[1]]);
        Forward one = builder.threads(1).build().forward(q, k, v);
        for (int threads : new int[] {0, 2, 3, 7}) {
          Forward many = builder.threads(threads).build().forward(q, k, v);
          assertThat(many.output().data()).isEqualTo(one.output().data());
          assertThat(many.logSumExp().data()).isEqualTo(one.logSumExp().data());
        }
        Forward own = builder.threads(4).executor(pool).build().forward(q, k, v);
        assertThat(own.output().data()).isEqualTo(one.output().data());
      }
    }
  }

  @Test
  void anExecutorThatNeverRunsAnythingOnlySlowsDown() {
    Tensor q = random(1, 1, 4, 200, 20);
    Forward right = Attention.plain().forward(q, q, q);
    Forward lazy = Attention.builder().executor(task -> {}).threads(3).build().forward(q, q, q);
    assertThat(lazy.output().data()).isEqualTo(right.output().data());
  }

  @Test
  void whatAScoreFunctionThrowsReachesTheCaller() {
    Tensor q = random(1, 1, 8, 200, 20);
    Attention attention =
        Attention.builder()
            .score(
                (s, b, h, i, j) -> {
                  throw new UnsupportedOperationException("mine");
                })
            .build();
    assertThatThrownBy(() -> attention.forward(q, q, q))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("mine");
    assertThat(Attention.plain().forward(q, q, q).output().get(0, 0, 0, 0)).isFinite();
  }

  @Test
  void aScoreFunctionMayCallAttention() {
    Tensor q = random(1, 40, 5);
    Tensor inner = random(2, 30, 5);
    float expected = Attention.plain().forward(inner, inner, inner).output().get(3, 3);
    Attention attention =
        Attention.builder()
            .score(
                (s, b, h, i, j) ->
                    Attention.plain().forward(inner, inner, inner).output().get(3, 3))
            .build();
    Tensor scores = attention.scores(q, q, Batch.PLAIN, Stage.MASKED);
    assertThat(scores.get(0, 0, 11, 12)).isEqualTo(expected);
    assertThat(attention.forward(q, q, q).output().get(0, 0))
        .isCloseTo(
            Attention.builder().scale(0).build().forward(q, q, q).output().get(0, 0),
            within(1e-6f));
  }

  @Test
  void dropoutIsPhiloxAndKeepsWhatItShould() {
    // Known answer of Philox 4x32-10 for counter 0 and key 0: 6627e8d5 e169c58d bc57ac4c 9b00dbd8.
    double[] draws = {0x6627e8d5L, 0xe169c58dL, 0xbc57ac4cL, 0x9b00dbd8L};
    for (int key = 0; key < 4; key++) {
      float draw = (float) (draws[key] / 0x1p32);
      assertThat(new Dropout(draw + 1e-6f, 0).drops(0, 0, 0, key)).isTrue();
      assertThat(new Dropout(draw - 1e-6f, 0).drops(0, 0, 0, key)).isFalse();
    }
    Dropout dropout = new Dropout(0.3f, 42);
    int dropped = 0;
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 300; j++) {
        dropped += dropout.drops(1, 2, i, j) ? 1 : 0;
      }
    }
    assertThat(dropped / 90_000.0).isCloseTo(0.3, within(0.006));
  }

  @Test
  void eachCounterHasDrawsOfItsOwn() {
    Tensor q = random(1, 70, D);
    Attention attention = Attention.builder().dropout(new Dropout(0.3f, 42)).build();
    float[] first = attention.forward(q, q, q).output().data();
    assertThat(attention.forward(q, q, q, Batch.PLAIN.draws(0)).output().data()).isEqualTo(first);
    float[] second = attention.forward(q, q, q, Batch.PLAIN.draws(1)).output().data();
    assertThat(second).isNotEqualTo(first);
    assertThat(attention.forward(q, q, q, Batch.PLAIN.draws(1)).output().data()).isEqualTo(second);
    // The seed and the counter, mixed.
    Attention mixed =
        attention.toBuilder().dropout(new Dropout(0.3f, 42 + 0x9E3779B97F4A7C15L)).build();
    assertThat(mixed.forward(q, q, q).output().data()).isEqualTo(second);
    assertThat(attention.withoutDropout()).isSameAs(attention.withoutDropout());
    assertThat(Attention.plain().withoutDropout().settings().dropout()).isNull();
    assertThat(attention.withoutDropout().forward(q, q, q, Batch.PLAIN.draws(1)).output().data())
        .isEqualTo(Attention.plain().forward(q, q, q).output().data());
  }

  @Test
  void weightsAreSoftmaxOfMaskedScoresAndTimesValuesGiveTheOutput() {
    Tensor q = random(1, 2, 4, 33, D);
    Tensor k = random(2, 2, 2, 47, D);
    Tensor v = random(3, 2, 2, 47, 3);
    Attention attention =
        Attention.builder()
            .causal(Alignment.BOTTOM_RIGHT)
            .softcap(3)
            .sinks(0.5f, 0, -1, 2)
            .alibi(0.1f, 0.2f, 0.3f, 0.4f)
            .build();
    Tensor weights = attention.weights(q, k);
    Tensor masked = attention.scores(q, k, Batch.PLAIN, Stage.MASKED);
    Forward forward = attention.forward(q, k, v);
    for (int b = 0; b < 2; b++) {
      for (int h = 0; h < 4; h++) {
        for (int i = 0; i < 33; i++) {
          double output = 0;
          for (int j = 0; j < 47; j++) {
            double weight = weights.get(b, h, i, j);
            double exact = Math.exp(masked.get(b, h, i, j) - forward.logSumExp().get(b, h, i));
            assertThat(weight).isCloseTo(exact, within(1e-6));
            output += weight * v.get(b, h / 2, j, 1);
          }
          assertThat(forward.output().get(b, h, i, 1)).isCloseTo((float) output, within(2e-6f));
        }
      }
    }
    Tensor scaled = attention.scores(q, k, Batch.PLAIN, Stage.SCALED);
    Tensor softcapped = attention.scores(q, k, Batch.PLAIN, Stage.SOFTCAPPED);
    assertThat(softcapped.get(1, 2, 3, 46))
        .isCloseTo((float) (3 * Math.tanh(scaled.get(1, 2, 3, 46) / 3)), within(1e-6f));
    assertThat(masked.get(1, 2, 3, 46)).isEqualTo(Float.NEGATIVE_INFINITY);
  }
}
