package dev.qkv.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.attention.Attention;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.tensor.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The regions are what Javadoc shows; what stands behind them proves its comments. */
class LayerSnippetsTest {
  private final Parameters parameters = new Parameters(42);

  @Test
  void encoder() {
    // @start region="encoder"
    // 2 blocks of width 8 with 4 heads, inner width 32, dropout 0.1.
    Encoder encoder =
        Encoder.create(
            parameters, 2, 8, 4, 32, Attention.plain(), Activation.GELU, NormPlace.PRE, 0.1f);
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
  void padded() {
    Variable x = Variable.constant(Tensor.zeros(2, 3, 8));
    // @start region="padded"
    MultiHeadAttention layer =
        MultiHeadAttention.create(parameters.in("attention"), 8, 4, Attention.plain(), 0);
    // Two sequences, padded to 3 rows; the second has 2. Masks may change with every batch.
    Attention lengths = Attention.builder().keyLengths(3, 2).build();
    Variable y = layer.with(lengths).apply(x, Pass.inference()); // (2, 3, 8), as x
    Tensor weights = layer.with(lengths).weights(x); // (batch, heads, queries, keys)
    float unseen = weights.get(1, 0, 0, 2); // 0: padding
    // @end
    assertThat(y.value().shape()).containsExactly(2, 3, 8);
    assertThat(weights.shape()).containsExactly(2, 4, 3, 3);
    assertThat(unseen).isZero();
    assertThat(weights.get(0, 0, 0, 2)).isCloseTo(1 / 3f, Offset.offset(1e-6f));
  }
}
