package dev.qkv.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The code that the documentation of this package shows. */
class OpsSnippetsTest {
  @Test
  void packed() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    // @start region="packed"
    // Weights as PyTorch keeps them, (out, in): packed once, for many products.
    Tensor stored = Tensor.of(new float[] {1, 0, 1, 0, 1, 0}, 2, 3);
    PackedMatrix weights = PackedMatrix.of(stored.transposed(0, 1));
    Tensor y = Matmul.forward(x, weights);
    // @end
    assertThat(y.toArray()).containsExactly(4, 2, 10, 5);
  }

  @Test
  void epilogue() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    PackedMatrix weights = PackedMatrix.of(Tensor.of(new float[] {1, 0, 0, -1}, 2, 2));
    Tensor bias = Tensor.of(new float[] {1, 1}, 2);
    // @start region="epilogue"
    // y = ReLU(x·W + b) + x, in one go.
    Epilogue then = Epilogue.NONE.bias(bias).then(Epilogue.Function.RELU).residual(x);
    Tensor y = Tensor.zeros(2, 2);
    Matmul.forward(x, weights, then, y);
    // @end
    assertThat(y.toArray()).containsExactly(3, 2, 7, 4);
  }

  @Test
  void workers() {
    Tensor x = Tensor.zeros(200, 64);
    PackedMatrix weights = PackedMatrix.of(Tensor.zeros(64, 64));
    Tensor y = Tensor.zeros(200, 64);
    // @start region="workers"
    // Two threads for everything inside.
    new Workers(2, null)
        .run(
            () -> {
              Matmul.forward(x, weights, Epilogue.NONE, y);
              Gelu.ERF.forward(y, y);
            });
    // @end
    assertThat(y.toArray()).containsOnly(0);
  }
}
