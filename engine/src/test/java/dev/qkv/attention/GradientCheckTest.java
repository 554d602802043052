package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.reference.AttentionDefinition;
import dev.qkv.reference.AttentionNumbers;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The definition's gradients against central differences, in float64. */
class GradientCheckTest {
  private static final double STEP = 1e-6;
  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-3;
  private static final int PLACES = 6;

  @ParameterizedTest
  @EnumSource
  void everyChoiceAlone(RandomCase.Choice choice) {
    for (int seed = 0; seed < 10; seed++) {
      check(seed, EnumSet.of(choice));
    }
  }

  @Test
  void randomCombinations() {
    for (int seed = 0; seed < 300; seed++) {
      check(seed, RandomCase.combination(seed));
    }
  }

  private static void check(int seed, EnumSet<RandomCase.Choice> choices) {
    RandomCase c = RandomCase.small(new Random(seed), choices);
    Settings settings = c.attention().settings();
    AttentionDefinition definition =
        new AttentionDefinition(settings, c.q(), c.k(), c.v(), c.batch());
    double[] dOutput =
        AttentionNumbers.dense(c.outputGradient(new Random(7)), settings.axisOrder());
    AttentionNumbers gradients = definition.gradients(dOutput);
    Random random = new Random(seed);
    List<double[]> in = definition.numbers().all();
    for (int which = 0; which < in.size(); which++) {
      double[] numbers = in.get(which);
      for (int n = 0; n < PLACES && numbers.length > 0; n++) {
        int place = random.nextInt(numbers.length);
        double before = numbers[place];
        numbers[place] = before + STEP;
        double above = loss(definition, dOutput);
        numbers[place] = before - STEP;
        double below = loss(definition, dOutput);
        numbers[place] = before;
        double difference = (above - below) / (2 * STEP);
        double gradient = gradients.all().get(which)[place];
        assertThat(Math.abs(difference - gradient) <= ABSOLUTE + RELATIVE * Math.abs(difference))
            .as(
                "seed %s %s, array %s place %s: %s, differences %s",
                seed, choices, which, place, gradient, difference)
            .isTrue();
      }
    }
  }

  private static double loss(AttentionDefinition definition, double[] dOutput) {
    double[] output = definition.whole().output();
    double loss = 0;
    for (int i = 0; i < output.length; i++) {
      loss += output[i] * dOutput[i];
    }
    return loss;
  }
}
