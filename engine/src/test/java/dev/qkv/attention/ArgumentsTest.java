package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Arguments at the edges: those that break a rule in other ways than {@link RulesTest} tries. */
class ArgumentsTest {
  private static Tensor zeros(int... shape) {
    return Tensor.zeros(shape);
  }

  @Test
  void whatIsWrittenHasPlacesOfItsOwnInTheOrderOfItsIndices() {
    Attention plain = Attention.plain();
    Tensor q = zeros(2, 3);
    Tensor once = Tensor.view(new float[4], 0, new int[] {2, 3}, new int[] {1, 1});
    Tensor rows = zeros(2, 3, 1);
    // (batch, queries, heads) in an array of the right length.
    Tensor turned = Tensor.view(new float[6], 0, new int[] {1, 2, 3}, new int[] {6, 1, 2});
    Tensor bias = zeros(2, 3);
    Tensor turnedBias = Tensor.view(new float[6], 0, new int[] {2, 3}, new int[] {1, 2});
    Tensor k = zeros(3, 3);
    Forward forward = plain.forward(q, k, k);
    isBroken("attention.output.repeats", () -> plain.forward(q, k, k, once));
    isBroken(
        "attention.gradient.repeats",
        () -> plain.backward(q, k, k, forward, q, gradients(once, zeros(3, 3), zeros(3, 3))));
    Tensor output = zeros(2, 3, 1);
    isBroken("attention.lse.view", () -> plain.forward(rows, rows, rows, output, turned));
    isBroken(
        "attention.gradient.view",
        () ->
            Attention.builder()
                .bias(bias)
                .build()
                .backward(
                    q,
                    k,
                    k,
                    forward,
                    q,
                    new Gradients(zeros(2, 3), zeros(3, 3), zeros(3, 3), turnedBias, null, null)));
    isBroken(
        "attention.lse.shape",
        () -> plain.backward(q, k, k, new Forward(zeros(2, 3), zeros(2)), zeros(2, 3)));
  }

  private static Gradients gradients(Tensor q, Tensor k, Tensor v) {
    return new Gradients(q, k, v, null, null, null);
  }

  private static void isBroken(String rule, Runnable call) {
    InvalidArgument thrown = catchThrowableOfType(InvalidArgument.class, call::run);
    assertThat(thrown).as(rule).isNotNull();
    assertThat(thrown.rule()).isEqualTo(rule);
  }
}
