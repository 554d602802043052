package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.reference.AttentionDefinition;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine against the float64 definition: its error is at most twice that of plain float32, plus
 * a few ulp. Runs once for every kernel, see the engine's pom.
 */
class ForwardTest {
  private static final int ALONE = 25;
  private static final int COMBINED = 250;
  private static final float CANARY = 12345;

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

  private static void check(int seed, EnumSet<RandomCase.Choice> choices) {
    RandomCase c = RandomCase.of(new Random(seed), choices);
    String name = "seed " + seed + " " + choices;
    Layout ql = c.q().layout(c.attention().settings().axisOrder());
    Layout vl = c.v().layout(c.attention().settings().axisOrder());
    int rows = ql.batches() * ql.heads() * ql.length();
    // The output in the middle of an array, so that a write beside it shows.
    int[] shape =
        c.attention()
            .settings()
            .axisOrder()
            .shape(4, ql.batches(), ql.heads(), ql.length(), vl.dim());
    float[] array = new float[rows * vl.dim() + 10];
    Arrays.fill(array, CANARY);
    Tensor whole = Tensor.zeros(shape);
    Tensor output =
        Tensor.view(
            array,
            5,
            shape,
            new int[] {whole.stride(0), whole.stride(1), whole.stride(2), whole.stride(3)});
    Tensor logSumExp = Tensor.zeros(ql.batches(), ql.heads(), ql.length());
    c.attention().forward(c.q(), c.k(), c.v(), c.batch(), output, logSumExp);
    for (int i = 0; i < 5; i++) {
      assertThat(array[i]).as(name).isEqualTo(CANARY);
      assertThat(array[array.length - 1 - i]).as(name).isEqualTo(CANARY);
    }
    compare(name, c, output, logSumExp);
  }

  private static void compare(String name, RandomCase c, Tensor output, Tensor logSumExp) {
    AttentionDefinition definition =
        new AttentionDefinition(c.attention().settings(), c.q(), c.k(), c.v(), c.batch());
    PlainFloat plain = new PlainFloat(definition);
    Layout ol = output.layout(c.attention().settings().axisOrder());
    double worst = 0;
    double worstPlain = 0;
    double largest = 0;
    double worstLog = 0;
    double worstPlainLog = 0;
    double largestLog = 0;
    double largestScore = 0;
    for (int s = 0; s < definition.places().sequences(); s++) {
      boolean packed = c.batch().queryEnds() != null;
      for (int h = 0; h < ol.heads(); h++) {
        for (int i = 0; i < definition.places().queries(s); i++) {
          int row = i + definition.places().queryStart(s);
          int batch = packed ? 0 : s;
          AttentionDefinition.Row right = definition.row(s, h, i);
          PlainFloat.Row floats = plain.row(s, h, i, right);
          for (int t = 0; t < ol.dim(); t++) {
            double exact = right.output()[t];
            float got = output.data()[ol.row(batch, h, row) + t * ol.columnStride()];
            worst = max(worst, Math.abs(got - exact));
            worstPlain = Math.max(worstPlain, Math.abs(floats.output()[t] - exact));
            largest = Math.max(largest, Math.abs(exact));
          }
          for (double score : right.scaled()) {
            largestScore = Math.max(largestScore, Math.abs(score));
          }
          float gotLog = logSumExp.get(batch, h, row);
          if (right.logSumExp() == Double.NEGATIVE_INFINITY) {
            assertThat(gotLog).as(name).isEqualTo(Float.NEGATIVE_INFINITY);
          } else {
            worstLog = max(worstLog, Math.abs(gotLog - right.logSumExp()));
            worstPlainLog =
                Math.max(worstPlainLog, Math.abs(floats.logSumExp() - right.logSumExp()));
            largestLog = Math.max(largestLog, Math.abs(right.logSumExp()));
          }
        }
      }
    }
    // A few ulp of the largest score count as well: where scores are in the thousands, plain
    // float32
    // is sometimes right by luck.
    double ulps = 8 * Math.ulp((float) largest) + 2 * Math.ulp((float) largestScore) * largest;
    assertThat(worst <= 2 * worstPlain + ulps + 1e-7)
        .as("%s: error %s, plain float32 %s, largest %s", name, worst, worstPlain, largest)
        .isTrue();
    assertThat(worstLog <= 2 * worstPlainLog + 8 * Math.ulp((float) largestLog) + 1e-6)
        .as("%s: lse error %s, plain %s, largest %s", name, worstLog, worstPlainLog, largestLog)
        .isTrue();
  }

  /** The larger one; NaN counts as the largest. */
  private static double max(double a, double b) {
    return Double.isNaN(b) ? Double.POSITIVE_INFINITY : Math.max(a, b);
  }
}
