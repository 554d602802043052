package dev.qkv.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.ops.Rope;
import dev.qkv.tensor.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The regions are what Javadoc shows; what stands behind them proves its comments. */
class LayerSnippetsTest {
  private final Parameters parameters = new Parameters(42);

  @Test
  void encoder() {
    // @start region="encoder"
    BlockSettings settings =
        BlockSettings.of(8, 4, 32) // width, heads, inner width
            .nonlinearity(Activation.GELU)
            .norm(NormKind.LAYER, NormPlace.PRE)
            .dropout(0.1f);
    Encoder encoder = Encoder.create(parameters, 2, settings); // of 2 blocks
    Variable x = Variable.constant(Tensor.of(new float[] {3, 1, 4, 1, 5, 9, 2, 6}, 1, 1, 8));
    Variable trained = encoder.apply(x, Pass.training(1)); // dropout of step 1, on the tape
    Variable y = Variable.forgetting(() -> encoder.apply(x, Pass.inference())); // neither
    // @end
    assertThat(trained.value().shape()).containsExactly(1, 1, 8);
    float mean = 0;
    for (float component : y.value().toArray()) {
      mean += component / 8;
    }
    assertThat(mean).as("normalised at its end").isCloseTo(0, Offset.offset(1e-5f));
    y.backward(x.value());
    assertThat(parameters.all().values())
        .allSatisfy(p -> assertThat(p.gradient().toArray()).containsOnly(0));
  }

  @Test
  void llama() {
    // @start region="llama"
    BlockSettings llama =
        BlockSettings.of(64, 8, 160) // width, heads, inner width
            .attention(Attention.builder().causal(Alignment.UPPER_LEFT).build())
            .kvHeads(2) // four heads of queries share one of keys and values
            .rotary(new Rotary(Rope.HALF, 10000))
            .nonlinearity(Gate.SWIGLU)
            .norm(NormKind.RMS, NormPlace.PRE)
            .withoutBias();
    // @end
    Encoder stack = Encoder.create(parameters, 2, llama);
    Variable x = Variable.constant(Tensor.zeros(1, 3, 64));
    assertThat(stack.apply(x, Pass.inference()).value().shape()).containsExactly(1, 3, 64);
  }

  @Test
  void memory() {
    Decoder decoder = Decoder.create(parameters, 2, BlockSettings.of(8, 4, 32));
    Variable encoded = Variable.constant(Tensor.zeros(2, 5, 8));
    Variable x = Variable.constant(Tensor.zeros(2, 3, 8));
    Pass pass = Pass.inference();
    // @start region="memory"
    Memory memory = decoder.memory(encoded); // once for all steps
    Batch source = Batch.PLAIN.keyLengths(5, 4); // of the encoder's output, sequence 1 is padded
    Variable y = decoder.apply(x, Batch.PLAIN, memory, source, pass); // (2, 3, 8), as x
    // @end
    assertThat(y.value().shape()).containsExactly(2, 3, 8);
  }

  @Test
  void padded() {
    Variable x = Variable.constant(Tensor.zeros(2, 3, 8));
    // @start region="padded"
    MultiHeadAttention layer =
        MultiHeadAttention.create(parameters.in("attention"), AttentionSettings.of(8, 4));
    // Two sequences, padded to 3 rows; the second has 2.
    Batch lengths = Batch.PLAIN.keyLengths(3, 2);
    Variable y = layer.apply(x, lengths, Pass.inference()); // (2, 3, 8), as x
    Tensor weights = layer.weights(x, lengths); // (batch, heads, queries, keys)
    float unseen = weights.get(1, 0, 0, 2); // 0: padding
    // @end
    assertThat(y.value().shape()).containsExactly(2, 3, 8);
    assertThat(weights.shape()).containsExactly(2, 4, 3, 3);
    assertThat(unseen).isZero();
    assertThat(weights.get(0, 0, 0, 2)).isCloseTo(1 / 3f, Offset.offset(1e-6f));
  }
}
