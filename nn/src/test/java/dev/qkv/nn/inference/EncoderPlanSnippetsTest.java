package dev.qkv.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.attention.Batch;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The code that the documentation of this package shows. */
class EncoderPlanSnippetsTest {
  @Test
  void plan() {
    // @start region="plan"
    Encoder encoder = Encoder.create(new Parameters(1), 6, BlockSettings.of(48, 4, 96));
    EncoderPlan plan = EncoderPlan.of(encoder).threads(2);
    // Two sequences of up to eight tokens; the second has five.
    Tensor x = Tensor.zeros(2, 8, 48);
    Tensor y = Tensor.zeros(2, 8, 48);
    plan.apply(x, Batch.PLAIN.keyLengths(8, 5), y);
    // @end
    assertThat(y.data()).doesNotContain(Float.NaN);
  }
}
