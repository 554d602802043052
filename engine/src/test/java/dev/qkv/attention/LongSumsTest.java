package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.reference.AttentionDefinition;
import dev.qkv.reference.AttentionNumbers;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Accuracy does not fall with length, where values have one sign and errors do not cancel. What is
 * allowed is a few units in the last place at every length; added up in one sequence, 10,000
 * numbers come to a thousand.
 */
class LongSumsTest {
  private static final int D = 8;
  private static final double FEW_ULPS = 12 * 0x1p-24;

  private static Tensor random(int seed, double mean, double deviation, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) Math.abs(random.nextGaussian(mean, deviation));
    }
    return tensor;
  }

  /** Root mean square of the errors, as a share of that of the numbers. */
  private static double error(double[] exact, Tensor got) {
    double errors = 0;
    double squares = 0;
    for (int i = 0; i < exact.length; i++) {
      double error = got.data()[i] - exact[i];
      errors += error * error;
      squares += exact[i] * exact[i];
    }
    return Math.sqrt(errors / squares);
  }

  private static void isSmall(String what, double error) {
    assertThat(error <= FEW_ULPS).as("%s: %s ulp", what, error * 0x1p24).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 10_000, 65_536})
  void equalKeys(int keys) {
    // As many blocks as make sure that keys are not split.
    Tensor q = Tensor.zeros(2_048, D);
    Tensor v = Tensor.zeros(keys, D);
    Arrays.fill(v.data(), 0.1f);
    double[] exact = new double[2_048 * D];
    Arrays.fill(exact, 0.1f);
    Forward forward = Attention.plain().forward(q, Tensor.zeros(keys, D), v);
    isSmall("output", error(exact, forward.output()));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 4_096, 65_536})
  void overKeys(int keys) {
    Tensor q = random(1, 0, 1, 1, 32, 1, D);
    Tensor k = random(2, 0, 1, 1, 32, keys, D);
    Tensor v = random(3, 1, 0.3, 1, 32, keys, D);
    Tensor dOutput = random(4, 1, 0.3, 1, 32, 1, D);
    Attention attention = Attention.plain();
    AttentionDefinition definition =
        new AttentionDefinition(attention.settings(), q, k, v, Batch.PLAIN);
    Forward forward = attention.forward(q, k, v);
    isSmall("output", error(definition.whole().output(), forward.output()));
    // dS = P∘(dP − Δ) has both signs, and Δ a rounding error of its own.
    Gradients g = attention.backward(q, k, v, forward, dOutput);
    AttentionNumbers exact = definition.gradients(doubles(dOutput));
    isSmall("dv", error(exact.v(), g.v()));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 4_096, 32_768, 65_536})
  void overQueries(int queries) {
    Tensor q = random(1, 0, 1, queries, D);
    Tensor k = random(2, 0, 1, 40, D);
    Tensor v = random(3, 1, 0.3, 40, D);
    Tensor dOutput = random(4, 1, 0.3, queries, D);
    Attention attention = Attention.plain();
    Forward forward = attention.forward(q, k, v);
    Gradients g = attention.backward(q, k, v, forward, dOutput);
    AttentionNumbers exact =
        new AttentionDefinition(attention.settings(), q, k, v, Batch.PLAIN)
            .gradients(doubles(dOutput));
    isSmall("dv", error(exact.v(), g.v()));
    isSmall("dk", error(exact.k(), g.k()));
  }

  private static double[] doubles(Tensor tensor) {
    double[] doubles = new double[tensor.data().length];
    Arrays.setAll(doubles, i -> tensor.data()[i]);
    return doubles;
  }
}
