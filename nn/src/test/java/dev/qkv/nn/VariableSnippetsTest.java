package dev.qkv.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.nn.layer.Linear;
import dev.qkv.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The regions are what Javadoc shows; what stands behind them proves its comments. */
class VariableSnippetsTest {
  @Test
  void gradient() {
    // @start region="gradient"
    Variable x = Variable.constant(Tensor.of(new float[] {5, 7}, 1, 2));
    Variable w = Variable.parameter(Tensor.of(new float[] {2, 3}, 2, 1));
    Variable y = x.matmul(w); // 5·2 + 7·3 = 31
    y.backward();
    float[] slopes = w.gradient().toArray(); // 5, 7; a second pass would add to them
    // @end
    assertThat(y.value().get(0, 0)).isEqualTo(31);
    assertThat(slopes).containsExactly(5, 7);
    x.matmul(w).backward();
    assertThat(w.gradient().toArray()).containsExactly(10, 14);
  }

  @Test
  void parameters() {
    // @start region="parameters"
    Parameters parameters = new Parameters(42); // the seed of their first numbers
    Parameters block = parameters.in("block");
    Linear up = Linear.create(block.in("up"), 2, 8); // names block.up.weight and block.up.bias
    Linear down = Linear.create(block.in("down"), 8, 2); // block.down.weight, block.down.bias
    long numbers = parameters.count(); // 2·8 + 8 + 8·2 + 2 = 42
    // @end
    assertThat(numbers).isEqualTo(42);
    assertThat(parameters.all())
        .containsEntry("block.up.weight", up.weight())
        .containsEntry("block.down.weight", down.weight())
        .containsOnlyKeys(
            "block.up.weight", "block.up.bias", "block.down.weight", "block.down.bias");
  }
}
