package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.lang.management.ManagementFactory;
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
    isBroken("attention.output.repeats", () -> plain.forward(q, k, k, Batch.PLAIN, once, null));
    isBroken(
        "attention.gradient.repeats",
        () -> backward(plain, q, k, forward, gradients(once, zeros(3, 3), zeros(3, 3))));
    Tensor output = zeros(2, 3, 1);
    isBroken(
        "attention.lse.view", () -> plain.forward(rows, rows, rows, Batch.PLAIN, output, turned));
    isBroken(
        "attention.gradient.view",
        () ->
            plain.backward(
                q,
                k,
                k,
                Batch.PLAIN.bias(bias),
                forward,
                q,
                new Gradients(zeros(2, 3), zeros(3, 3), zeros(3, 3), turnedBias, null, null)));
    isBroken(
        "attention.lse.shape",
        () -> plain.backward(q, k, k, new Forward(zeros(2, 3), zeros(2)), zeros(2, 3)));
  }

  @Test
  void whatIsWrittenIsNotTheBias() {
    Tensor q = zeros(2, 3);
    Tensor k = zeros(3, 3);
    Tensor bias = zeros(2, 3);
    Tensor sums = Tensor.of(bias.data(), 1, 1, 6);
    Attention attention = Attention.plain();
    Batch biased = Batch.PLAIN.bias(bias);
    Forward forward = attention.forward(q, k, k, biased);
    Tensor output = Tensor.of(bias.data(), 2, 3);
    isBroken("attention.overlap", () -> attention.forward(q, k, k, biased, output, null));
    Tensor rows = zeros(6, 3);
    isBroken(
        "attention.overlap.lse",
        () ->
            attention.forward(
                rows, k, k, Batch.PLAIN.bias(Tensor.of(bias.data(), 6, 1)), zeros(6, 3), sums));
    isBroken(
        "attention.gradient.overlap",
        () ->
            attention.backward(
                q, k, k, biased, forward, q, gradients(bias, zeros(3, 3), zeros(3, 3))));
    isBroken(
        "attention.gradient.overlap",
        () ->
            attention.backward(
                q,
                k,
                k,
                biased,
                forward,
                q,
                new Gradients(zeros(2, 3), zeros(3, 3), zeros(3, 3), bias, null, null)));
  }

  @Test
  void valuesWithoutComponentsHaveGradients() {
    for (int keys : new int[] {1, 2, 5, 100}) {
      Tensor q = Tensor.zeros(70, 3);
      Tensor k = Tensor.zeros(keys, 3);
      Tensor v = Tensor.zeros(keys, 0);
      Attention attention = Attention.builder().sinks(1).build();
      Forward forward = attention.forward(q, k, v);
      Gradients g = attention.backward(q, k, v, forward, zeros(70, 0), Learned.SINKS);
      assertThat(g.q().toArray()).containsOnly(0);
      assertThat(g.k().toArray()).containsOnly(0);
      assertThat(g.v().toArray()).isEmpty();
    }
  }

  /** Strides of 0 make large what takes no memory. */
  @Test
  void whatIsTooLargeIsRefused() {
    float[] one = new float[1];
    Layout q = new Layout(0, 1, 1, 1, 1, 0, 0, 0, 0);
    Layout wide = new Layout(0, 1, 1, 1, 1 << 25, 0, 0, 0, 0);
    Layout wideOutput = new Layout(0, 1, 1, 1, 1 << 25, 0, 0, 0, 1);
    Layout longKeys = new Layout(0, 1, 1, Integer.MAX_VALUE, 1, 0, 0, 0, 0);
    Layout many = new Layout(0, 1 << 16, 1 << 16, 1, 1, 0, 0, 0, 0);
    int most = Integer.MAX_VALUE;
    Layout wraps = new Layout(0, most, most, most, most, most, most, most, most);
    Layout empty = new Layout(0, most, most, most, 0, most, most, most, most);
    Attention plain = Attention.plain();
    Attention window = Attention.builder().window(1, 1).alignment(Alignment.UPPER_LEFT, 0).build();
    isBroken(
        "attention.width",
        () -> plain.forward(one, wide, one, wide, one, q, Batch.PLAIN, new float[1], q, null));
    isBroken(
        "attention.width",
        () ->
            plain.forward(
                one, q, one, q, one, wide, Batch.PLAIN, new float[1 << 25], wideOutput, null));
    for (Attention attention : new Attention[] {plain, window}) {
      isBroken(
          "attention.size",
          () ->
              attention.forward(
                  one, q, one, longKeys, one, longKeys, Batch.PLAIN, new float[1], q, null));
    }
    for (Layout huge : new Layout[] {many, wraps, empty}) {
      isBroken(
          "attention.size",
          () ->
              plain.forward(
                  one, huge, one, huge, one, huge, Batch.PLAIN, new float[1], huge, null));
    }
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    isBroken("tensor.overflow", () -> AttentionState.empty(1 << 10, 1 << 10, 1, 1 << 12));
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    isBroken("attention.sinks", () -> Attention.builder().sinks(Float.POSITIVE_INFINITY));
  }

  @Test
  void whatIsNullIsNamed() {
    Tensor q = zeros(2, 3);
    Attention plain = Attention.plain();
    Forward forward = plain.forward(q, q, q);
    int[] ends = {0, 2};
    isMissing("keyLengths", () -> Batch.PLAIN.keyLengths(RulesTest.<int[]>missing()));
    isMissing("queryEnds", () -> Batch.PLAIN.packed(RulesTest.missing(), ends));
    isMissing("keyEnds", () -> Batch.PLAIN.packed(ends, RulesTest.missing()));
    isMissing("keep", () -> Batch.PLAIN.keep(RulesTest.missing()));
    isMissing("bias", () -> Batch.PLAIN.bias(RulesTest.missing()));
    isMissing("batch", () -> plain.forward(q, q, q, RulesTest.<Batch>missing()));
    isMissing("batch", () -> plain.weights(q, q, RulesTest.missing()));
    isMissing("batch", () -> plain.pairs(q, q, RulesTest.missing()));
    isMissing("batch", () -> plain.backward(q, q, q, RulesTest.<Batch>missing(), forward, q));
    isMissing("dropout", () -> Attention.builder().dropout(RulesTest.missing()));
    isMissing("axisOrder", () -> Attention.builder().axisOrder(RulesTest.missing()));
    isMissing("alibi", () -> Attention.builder().alibi(RulesTest.<float[]>missing()));
    isMissing("sinks", () -> Attention.builder().sinks(RulesTest.<float[]>missing()));
    isMissing("also", () -> plain.backward(q, q, q, forward, q, RulesTest.<Learned>missing()));
    isMissing("also", () -> plain.backward(q, q, q, forward, q, RulesTest.<Learned[]>missing()));
    isMissing("forward", () -> plain.backward(q, q, q, RulesTest.<Forward>missing(), q));
    isMissing("stage", () -> plain.scores(q, q, Batch.PLAIN, RulesTest.missing()));
    isMissing(
        "stage", () -> plain.scoreGradients(q, q, q, Batch.PLAIN, forward, q, RulesTest.missing()));
    isMissing("other", () -> AttentionState.empty(1, 1, 1, 1).merge(RulesTest.missing()));
  }

  private static void isMissing(String name, Runnable call) {
    InvalidArgument thrown = catchThrowableOfType(InvalidArgument.class, call::run);
    assertThat(thrown).as(name).hasMessageStartingWith("attention: " + name + " is null");
  }

  private static void backward(
      Attention attention, Tensor q, Tensor k, Forward forward, Gradients into) {
    attention.backward(q, k, k, Batch.PLAIN, forward, q, into);
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
