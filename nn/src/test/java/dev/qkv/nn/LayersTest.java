package dev.qkv.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.attention.Dropout;
import dev.qkv.attention.Learned;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.Decoder;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.EncoderDecoder;
import dev.qkv.nn.layer.FeedForward;
import dev.qkv.nn.layer.Linear;
import dev.qkv.nn.layer.MultiHeadAttention;
import dev.qkv.nn.layer.Norm;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.layer.Positions;
import dev.qkv.nn.layer.TokenEmbedding;
import dev.qkv.ops.Rope;
import dev.qkv.ops.RopeTable;
import dev.qkv.tensor.Tensor;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gradients of every layer against fourth-order differences, and layers against formulas. */
class LayersTest {
  private static final float STEP = 1f / 64;
  private static final int PLACES = 4;

  private final Parameters parameters = new Parameters(3);

  private static Tensor random(int seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  private Variable input(String name, int... shape) {
    return parameters.in("input").normal(name, 1, shape);
  }

  private static double loss(Tensor y, Tensor dOutput) {
    double loss = 0;
    for (int i = 0; i < y.elements(); i++) {
      loss += (double) y.contiguous().data()[i] * dOutput.data()[i];
    }
    return loss;
  }

  /** Checks some places of every parameter, the inputs among them. */
  private void check(Supplier<Variable> model) {
    Variable output = model.get();
    Tensor dOutput = random(9, output.value().shape());
    output.backward(dOutput);
    Random random = new Random(1);
    assertThat(parameters.all()).isNotEmpty();
    parameters
        .all()
        .forEach(
            (name, parameter) -> {
              float[] data = parameter.value().data();
              for (int n = 0; n < PLACES; n++) {
                int place = random.nextInt(data.length);
                float before = data[place];
                double[] losses = new double[4];
                float[] steps = {-2, -1, 1, 2};
                for (int s = 0; s < 4; s++) {
                  data[place] = before + steps[s] * STEP;
                  losses[s] = loss(model.get().value(), dOutput);
                }
                data[place] = before;
                double difference =
                    (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * STEP);
                double gradient = parameter.gradient().data()[place];
                assertThat(Math.abs(gradient - difference) <= 2e-3 * (1 + Math.abs(difference)))
                    .as("%s[%d]: %s, differences %s", name, place, gradient, difference)
                    .isTrue();
              }
            });
  }

  @Test
  void linear() {
    Variable x = input("x", 2, 3, 5);
    Linear layer = Linear.create(parameters.in("linear"), 5, 4);
    check(() -> layer.apply(x));
    double expected = layer.bias() == null ? 0 : layer.bias().value().get(1);
    for (int t = 0; t < 5; t++) {
      expected += (double) x.value().get(1, 2, t) * layer.weight().value().get(t, 1);
    }
    assertThat(Math.abs(layer.apply(x).value().get(1, 2, 1) - expected) < 1e-5).isTrue();
  }

  @Test
  void feedForwardAndNorm() {
    Variable x = input("x", 2, 3, 6);
    FeedForward layer = FeedForward.create(parameters.in("feed_forward"), 6, 9, Activation.GELU, 0);
    Norm norm = Norm.create(parameters.in("norm"), 6);
    check(() -> norm.apply(layer.apply(x, Pass.inference())));
  }

  @Test
  void activations() {
    Variable x = input("x", 3, 4);
    check(
        () ->
            Activation.GELU_TANH
                .apply(x)
                .plus(x.swiGlu(x.times(0.5f)))
                .plus(x.rmsNorm(Variable.constant(random(5, 4)), 1e-5f)));
    // Away from its kink.
    Tensor away = Tensor.of(new float[] {-2, -0.5f, 0.5f, 2}, 4);
    Variable relu = Variable.parameter(away);
    Variable y = Activation.RELU.apply(relu);
    assertThat(y.value().data()).containsExactly(0, 0, 0.5f, 2);
    y.backward(Tensor.of(new float[] {1, 2, 3, 4}, 4));
    assertThat(relu.gradient().data()).containsExactly(0, 0, 3, 4);
  }

  @Test
  void multiHeadSelfAttention() {
    Variable x = input("x", 2, 7, 8);
    Attention causal = Attention.builder().causal(Alignment.UPPER_LEFT).build();
    MultiHeadAttention layer =
        MultiHeadAttention.create(parameters.in("attention"), 8, 2, causal, 0);
    check(() -> layer.apply(x, Pass.inference()));
    Tensor weights = layer.weights(x);
    assertThat(weights.shape()).containsExactly(2, 2, 7, 7);
    assertThat(weights.get(1, 1, 3, 4)).isZero();
    float sum = 0;
    for (int j = 0; j < 7; j++) {
      sum += weights.get(1, 1, 3, j);
    }
    assertThat(Math.abs(sum - 1) < 1e-6).isTrue();
    Pass pass = Pass.keepingMaps();
    layer.apply(x, pass);
    assertThat(pass.maps()).containsOnlyKeys("attention");
    assertThat(pass.maps().get("attention")).isNotNull();
  }

  @Test
  void crossAttentionWithOtherWidths() {
    Variable x = input("x", 2, 3, 8);
    Variable y = input("y", 2, 5, 6);
    Variable z = input("z", 2, 5, 7);
    MultiHeadAttention layer =
        MultiHeadAttention.create(parameters.in("cross"), 8, 6, 7, 4, Attention.plain(), 0);
    check(() -> layer.apply(x, y, z, Pass.inference()));
  }

  @Test
  void groupedHeadsWithRotaryPositions() {
    Variable q = input("q", 2, 5, 4, 6);
    Variable k = input("k", 2, 5, 2, 6);
    Variable v = input("v", 2, 5, 2, 6);
    Attention attention =
        Attention.builder().axisOrder(dev.qkv.tensor.AxisOrder.BLHD).softcap(3).build();
    RopeTable table = Rope.HALF.table(0, 20, 6, 10000);
    check(() -> q.rope(table, 2).attend(attention, k.rope(table, 2), v));
  }

  @Test
  void learnedBiasSinksAndSlopes() {
    Variable q = input("q", 2, 3, 4, 5);
    Variable k = input("k", 2, 3, 6, 5);
    Variable v = input("v", 2, 3, 6, 5);
    Variable bias = input("bias", 3, 1, 6);
    Map<Learned, Variable> learned =
        Map.of(
            Learned.BIAS, bias,
            Learned.SINKS, input("sinks", 3),
            Learned.ALIBI, input("slopes", 3));
    // What the attention has itself is replaced.
    Attention attention =
        Attention.builder().alignment(Alignment.BOTTOM_RIGHT, 0).sinks(5, 5, 5).build();
    check(() -> q.attend(attention, k, v, learned));
    parameters.clearGradients();
    check(() -> q.attend(attention, k, v, Map.of(Learned.BIAS, bias)));
  }

  @Test
  void packedProjectionsAreParameters() {
    MultiHeadAttention layer =
        MultiHeadAttention.ofPacked(
            parameters.in("attention"),
            random(1, 18, 6),
            random(2, 18),
            Linear.create(parameters.in("attention").in("output"), 6, 6),
            2,
            Attention.plain(),
            0);
    assertThat(parameters.all().keySet())
        .containsExactlyInAnyOrder(
            "attention.query.weight",
            "attention.query.bias",
            "attention.key.weight",
            "attention.key.bias",
            "attention.value.weight",
            "attention.value.bias",
            "attention.output.weight",
            "attention.output.bias");
    assertThat(layer.name()).isEqualTo("attention");
    Variable x = input("x", 2, 5, 6);
    check(() -> layer.apply(x, Pass.inference()));
  }

  @ParameterizedTest
  @EnumSource
  void encoder(NormPlace place) {
    Variable x = input("x", 2, 5, 8);
    Encoder layer =
        Encoder.create(
            parameters.in("encoder"), 2, 8, 2, 12, Attention.plain(), Activation.GELU, place, 0);
    check(() -> layer.apply(x, Pass.inference()));
  }

  @ParameterizedTest
  @EnumSource
  void decoder(NormPlace place) {
    Variable x = input("x", 2, 4, 8);
    Variable memory = input("memory", 2, 6, 8);
    Decoder layer =
        Decoder.create(parameters.in("decoder"), 1, 8, 2, 12, Activation.GELU, place, 0);
    check(() -> layer.apply(x, memory, Pass.inference()));
  }

  @Test
  void encoderDecoderHasNoLookIntoTheFuture() {
    EncoderDecoder model = EncoderDecoder.create(parameters, 5, 6, 10, 1, 8, 2, 16, 0.1f);
    int[] source = {1, 2, 3, 4, 0, 1};
    Tensor a = model.apply(2, source, new int[] {0, 1, 2, 3, 4, 5}, Pass.inference()).value();
    Tensor b = model.apply(2, source, new int[] {0, 1, 5, 3, 4, 0}, Pass.inference()).value();
    assertThat(a.shape()).containsExactly(2, 3, 6);
    for (int j = 0; j < 6; j++) {
      assertThat(a.get(0, 1, j)).isEqualTo(b.get(0, 1, j));
    }
    assertThat(a.get(0, 2, 0)).isNotEqualTo(b.get(0, 2, 0));
  }

  @Test
  void embeddingAndPositions() {
    TokenEmbedding embedding = TokenEmbedding.create(parameters.in("embedding"), 6, 8);
    Positions learned = Positions.learned(parameters.in("learned"), 9, 8);
    check(() -> learned.apply(embedding.apply(2, 1, 5, 1, 0, 2, 2)));
    Positions fixed = Positions.sinusoidal(20, 8);
    assertThat(fixed.table().value().get(3, 4))
        .isEqualTo((float) Math.sin(3 / Math.pow(10000, 4.0 / 8)));
    assertThat(fixed.table().value().get(3, 5))
        .isEqualTo((float) Math.cos(3 / Math.pow(10000, 4.0 / 8)));
  }

  @Test
  void crossEntropyAndDropout() {
    Variable x = input("x", 4, 5);
    check(() -> x.dropout(new Dropout(0.3f, 8)).crossEntropy(0, 1, 2, 4));
  }

  @Test
  void somethingUsedTwiceGetsBothGradients() {
    Variable x = Variable.parameter(Tensor.of(new float[] {3}, 1));
    Variable y = x.plus(x.times(2));
    Variable z = y.plus(y);
    z.backward();
    assertThat(x.gradient().get(0)).isEqualTo(6);
  }

  @Test
  void forgettingGivesTheSameNumbersAndNoGradients() {
    Variable x = input("x", 2, 5, 8);
    MultiHeadAttention layer =
        MultiHeadAttention.create(parameters.in("attention"), 8, 2, Attention.plain(), 0);
    Variable remembered = layer.apply(x, Pass.inference());
    Variable forgotten = Variable.forgetting(() -> layer.apply(x, Pass.inference()));
    assertThat(forgotten.value().data()).isEqualTo(remembered.value().data());
    forgotten.backward(forgotten.value());
    assertThat(x.gradient().data()).containsOnly(0);
  }

  @Test
  void dropoutOnlyWhenTraining() {
    Variable x = Variable.constant(random(1, 4, 50));
    assertThat(Pass.inference().dropout(x, 0.5f)).isSameAs(x);
    float[] a = Pass.training(1).dropout(x, 0.5f).value().data();
    assertThat(a).isEqualTo(Pass.training(1).dropout(x, 0.5f).value().data());
    assertThat(a).isNotEqualTo(Pass.training(2).dropout(x, 0.5f).value().data());
    assertThat(a).contains(0f);
  }
}
