package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.reference.AttentionDefinition;
import dev.qkv.reference.AttentionNumbers;
import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine's gradients against the float64 definition: their error is at most three times that of
 * plain float32, plus a few ulp. Runs once for every kernel, see the engine's pom.
 */
class BackwardTest {
  private static final int ALONE = 12;
  private static final int COMBINED = 120;
  private static final float CANARY = 12345;
  private static final List<String> NAMES = List.of("dq", "dk", "dv", "dbias", "dsinks", "dalibi");

  @ParameterizedTest
  @EnumSource
  void everyChoiceAlone(RandomCase.Choice choice) {
    for (int seed = 0; seed < KernelWidth.cases(ALONE); seed++) {
      check(seed, EnumSet.of(choice));
    }
  }

  @Test
  void noChoiceAtAll() {
    for (int seed = 0; seed < KernelWidth.cases(ALONE); seed++) {
      check(seed, EnumSet.noneOf(RandomCase.Choice.class));
    }
  }

  @Test
  void randomCombinations() {
    for (int seed = 0; seed < KernelWidth.cases(COMBINED); seed++) {
      check(seed, RandomCase.combination(seed));
    }
  }

  /** A tensor in the middle of an array, full of what must not matter. */
  private static Tensor inside(Tensor like) {
    Tensor whole = Tensor.zeros(like.shape());
    int[] strides = new int[like.rank()];
    Arrays.setAll(strides, whole::stride);
    float[] array = new float[whole.data().length + 10];
    Arrays.fill(array, Float.NaN);
    Arrays.fill(array, 0, 5, CANARY);
    Arrays.fill(array, array.length - 5, array.length, CANARY);
    return Tensor.view(array, 5, like.shape(), strides);
  }

  private static void check(int seed, EnumSet<RandomCase.Choice> choices) {
    RandomCase c = RandomCase.of(new Random(seed), choices);
    Settings settings = c.attention().settings();
    Tensor dOutput = c.outputGradient(new Random(7));
    Forward forward = c.attention().forward(c.q(), c.k(), c.v(), c.batch());
    float[] slopes = settings.scores().alibiSlopes();
    Gradients into =
        new Gradients(
            inside(c.q()),
            inside(c.k()),
            inside(c.v()),
            c.batch().bias() == null ? null : Tensor.zeros(c.batch().bias().shape()),
            settings.sinks() == null ? null : Tensor.zeros(settings.sinks().length),
            slopes == null ? null : Tensor.zeros(slopes.length));
    c.attention().backward(c.q(), c.k(), c.v(), c.batch(), forward, dOutput, into);
    String name = "seed " + seed + " " + choices;
    for (Tensor tensor : List.of(into.q(), into.k(), into.v())) {
      float[] array = tensor.data();
      for (int i = 0; i < 5; i++) {
        assertThat(array[i]).as(name).isEqualTo(CANARY);
        assertThat(array[array.length - 1 - i]).as(name).isEqualTo(CANARY);
      }
    }
    AttentionDefinition definition =
        new AttentionDefinition(settings, c.q(), c.k(), c.v(), c.batch());
    double[] dense = AttentionNumbers.dense(dOutput, settings.axisOrder());
    AttentionNumbers right = definition.gradients(dense);
    PlainFloatBackward.Result plain = PlainFloatBackward.of(definition, dense);
    List<double[]> got = all(into, settings.axisOrder());
    double largestScore = largestScore(definition);
    for (int i = 0; i < NAMES.size(); i++) {
      compare(
          name + " " + NAMES.get(i),
          got.get(i),
          right.all().get(i),
          plain.gradients().all().get(i),
          plain.magnitudes().all().get(i),
          largestScore);
    }
  }

  private static double largestScore(AttentionDefinition definition) {
    double largest = 0;
    int heads = definition.q().layout(definition.settings().axisOrder()).heads();
    for (int s = 0; s < definition.places().sequences(); s++) {
      for (int h = 0; h < heads; h++) {
        for (int i = 0; i < definition.places().queries(s); i++) {
          for (double score : definition.row(s, h, i).scaled()) {
            largest = Math.max(largest, Math.abs(score));
          }
        }
      }
    }
    return largest;
  }

  private static List<double[]> all(Gradients g, AxisOrder order) {
    List<double[]> all = new ArrayList<>();
    all.add(AttentionNumbers.dense(g.q(), order));
    all.add(AttentionNumbers.dense(g.k(), order));
    all.add(AttentionNumbers.dense(g.v(), order));
    for (Tensor tensor : new Tensor[] {g.bias(), g.sinks(), g.alibi()}) {
      float[] floats = tensor == null ? new float[0] : tensor.toArray();
      double[] doubles = new double[floats.length];
      Arrays.setAll(doubles, i -> floats[i]);
      all.add(doubles);
    }
    return all;
  }

  private static void compare(
      String name,
      double[] got,
      double[] right,
      double[] plain,
      double[] magnitudes,
      double largestScore) {
    assertThat(got).as(name).hasSameSizeAs(right);
    double worst = 0;
    double worstPlain = 0;
    double largest = 0;
    for (int i = 0; i < got.length; i++) {
      double error = Math.abs(got[i] - right[i]);
      worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
      worstPlain = Math.max(worstPlain, Math.abs(plain[i] - right[i]));
      largest = Math.max(largest, magnitudes[i]);
    }
    // A few ulp of what cancels count as well: Δ comes from the output, as in FlashAttention, and
    // where one weight is 1, dP − Δ is rounding. So do ulp of scores: weights are their powers.
    double ulps = (4 * Math.ulp(1f) + 2 * Math.ulp((float) largestScore)) * largest;
    assertThat(worst <= 3 * worstPlain + ulps + 1e-9)
        .as("%s: error %s, plain float32 %s, largest %s", name, worst, worstPlain, largest)
        .isTrue();
  }

  @Test
  void scoreGradientsAtEveryStage() {
    for (int seed = 0; seed < KernelWidth.cases(40); seed++) {
      RandomCase c = RandomCase.small(new Random(seed), RandomCase.combination(seed));
      Settings settings = c.attention().settings();
      Tensor dOutput = c.outputGradient(new Random(7));
      Forward forward = c.attention().forward(c.q(), c.k(), c.v(), c.batch());
      AttentionDefinition definition =
          new AttentionDefinition(settings, c.q(), c.k(), c.v(), c.batch());
      double[] dense = AttentionNumbers.dense(dOutput, settings.axisOrder());
      int valueDim = c.v().layout(settings.axisOrder()).dim();
      for (Stage stage : Stage.values()) {
        Tensor got =
            c.attention().scoreGradients(c.q(), c.k(), c.v(), c.batch(), forward, dOutput, stage);
        for (int s = 0; s < definition.places().sequences(); s++) {
          for (int h = 0; h < got.size(1); h++) {
            for (int i = 0; i < definition.places().queries(s); i++) {
              AttentionDefinition.RowGradient right =
                  definition.gradient(
                      s, h, i, dense, definition.places().queryRow(s, h, i) * valueDim);
              double[] expected =
                  switch (stage) {
                    case SCALED -> right.scaled();
                    case SOFTCAPPED -> right.softcapped();
                    case MASKED -> right.masked();
                  };
              for (int j = 0; j < expected.length; j++) {
                double error = Math.abs(got.get(s, h, i, j) - expected[j]);
                assertThat(error <= 2e-5 * (1 + Math.abs(expected[j])))
                    .as(
                        "seed %s %s: %s, expected %s",
                        seed, stage, got.get(s, h, i, j), expected[j])
                    .isTrue();
              }
            }
          }
        }
      }
    }
  }
}
