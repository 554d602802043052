package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The regions are what Javadoc shows; what stands behind them proves its comments. */
class AttentionSnippetsTest {
  private static final Offset<Float> HUNDREDTH = Offset.offset(0.005f);

  private final Tensor q = Tensor.of(new float[] {1, 0, 0, 1}, 2, 2);
  private final Tensor k = q;
  private final Tensor v = Tensor.of(new float[] {10, 20, 30, 40}, 2, 2);

  @Test
  void forward() {
    // @start region="forward"
    Tensor q = Tensor.of(new float[] {1, 0, 0, 1}, 2, 2); // two queries of width 2
    Tensor k = q;
    Tensor v = Tensor.of(new float[] {10, 20, 30, 40}, 2, 2);

    Tensor z = Attention.plain().forward(q, k, v).output();
    float z00 = z.get(0, 0); // 0.67·10 + 0.33·30 = 16.60
    // @end
    assertThat(z.shape()).containsExactly(2, 2);
    assertThat(z00).isCloseTo(16.60f, HUNDREDTH);
  }

  @Test
  void intoOwnTensors() {
    // @start region="own"
    Attention attention = Attention.plain();
    Tensor output = Tensor.zeros(2, 2); // made once, written by every call
    Tensor logSumExp = Tensor.zeros(1, 1, 2); // (batch, heads, queries), whatever the rank of q
    attention.forward(q, k, v, Batch.PLAIN, output, logSumExp);
    // @end
    Forward same = attention.forward(q, k, v);
    assertThat(output.data()).containsExactly(same.output().data());
    assertThat(logSumExp.data()).containsExactly(same.logSumExp().data());
  }

  @Test
  void backward() {
    Attention attention = Attention.plain();
    // @start region="backward"
    Forward forward = attention.forward(q, k, v);
    Tensor dOutput = Tensor.of(new float[] {1, 0, 0, 0}, 2, 2); // the loss is output (0, 0)
    Gradients gradients = attention.backward(q, k, v, forward, dOutput);
    float dv00 = gradients.v().get(0, 0); // 0.67, the weight of v (0, 0) in it
    // @end
    assertThat(dv00).isCloseTo(0.67f, HUNDREDTH);
    assertThat(dv00).isCloseTo(attention.weights(q, k).get(0, 0, 0, 0), Offset.offset(1e-6f));
    assertThat(gradients.q().shape()).containsExactly(2, 2);
  }

  @Test
  void choices() {
    // @start region="choices"
    Attention attention =
        Attention.builder()
            .causal(Alignment.BOTTOM_RIGHT) // the last query stands at the last key
            .window(1, 0) // a query sees its own key and the one before
            .keep((batch, head, query, key) -> key != 3) // and nobody sees key 3
            .build();
    Tensor weights = attention.weights(Tensor.zeros(2, 8), Tensor.zeros(5, 8));
    // query 0 at key 3: 0 0 1 0 0
    // query 1 at key 4: 0 0 0 0 1
    // @end
    assertThat(weights.toArray()).containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void batch() {
    Tensor x = Tensor.zeros(2, 1, 5, 8);
    // @start region="batch"
    Attention causal = Attention.builder().causal(Alignment.UPPER_LEFT).build(); // made once
    Batch lengths = Batch.PLAIN.keyLengths(3, 5); // sequence 0 has 3 keys, sequence 1 has 5
    Forward forward = causal.forward(x, x, x, lengths);
    Gradients gradients = causal.backward(x, x, x, lengths, forward, x); // the same batch
    // @end
    assertThat(gradients.q().shape()).containsExactly(2, 1, 5, 8);
    assertThat(causal.weights(x, x, lengths).get(0, 0, 4, 2)).isCloseTo(1 / 3f, HUNDREDTH);
  }

  @Test
  void packed() {
    Tensor packedQ = Tensor.zeros(1, 2, 7, 8);
    // @start region="packed"
    // Three sequences of 2, 4 and 1 tokens one after the other: q, k, v of shape (1, heads, 7, D).
    int[] ends = {0, 2, 6, 7};
    Batch batch = Batch.PLAIN.packed(ends, ends);
    // @end
    Attention causal = Attention.builder().causal().build();
    assertThat(causal.pairs(packedQ, packedQ, batch)).isEqualTo(2 * (3 + 10 + 1));
  }

  @Test
  void score() {
    // @start region="score"
    // Scores of keys that lie further away count less: score − |i − j| / 2.
    ScoreFunction nearer = (score, batch, head, query, key) -> score - Math.abs(query - key) / 2.0;
    ScoreFunction derivative = (score, batch, head, query, key) -> 1;
    Attention attention =
        Attention.builder().score(new DifferentiableScore(nearer, derivative)).build();
    // @end
    Tensor zeros = Tensor.zeros(2, 8);
    assertThat(attention.scores(zeros, zeros, Batch.PLAIN, Stage.MASKED).toArray())
        .containsExactly(0, -0.5f, -0.5f, 0);
    Forward forward = attention.forward(q, k, v);
    Gradients gradients = attention.backward(q, k, v, forward, v);
    assertThat(gradients.q().toArray()).doesNotContain(0);
  }

  @Test
  void halves() {
    Attention attention = Attention.builder().causal().build();
    // @start region="halves"
    AttentionState first = attention.partial(q, k, v, Batch.PLAIN, 0, 1); // keys of [0, 1)
    AttentionState rest = attention.partial(q, k, v, Batch.PLAIN, 1, 2); // keys of [1, 2)
    Forward whole = first.merge(rest).normalise(); // but for the last bits, attention.forward
    // @end
    float[] expected = attention.forward(q, k, v).output().toArray();
    for (int i = 0; i < expected.length; i++) {
      assertThat(whole.output().toArray()[i]).isCloseTo(expected[i], Offset.offset(1e-4f));
    }
    assertThat(Arrays.copyOf(expected, 2)).containsExactly(10, 20);
  }
}
