package dev.qkv.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The regions are what Javadoc shows; what stands behind them proves its comments. */
class TensorSnippetsTest {
  @Test
  void view() {
    // @start region="view"
    // Two tokens; q, k and v of each stand side by side, as one projection makes them.
    float[] qkv = {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60};
    int[] shape = {2, 2};
    int[] strides = {6, 1}; // 6 numbers to the next token, 1 to the next component
    Tensor q = Tensor.view(qkv, 0, shape, strides); // [1 2; 10 20]
    Tensor k = Tensor.view(qkv, 2, shape, strides); // [3 4; 30 40]
    Tensor v = Tensor.view(qkv, 4, shape, strides); // [5 6; 50 60]
    // @end
    assertThat(q.toArray()).containsExactly(1, 2, 10, 20);
    assertThat(k.toArray()).containsExactly(3, 4, 30, 40);
    assertThat(v.toArray()).containsExactly(5, 6, 50, 60);
  }

  @Test
  void parts() {
    // @start region="parts"
    Tensor whole = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3); // [1 2 3; 4 5 6]
    Tensor part = whole.slice(1, 1, 3); // [2 3; 5 6]
    Tensor turned = part.transposed(0, 1); // [2 5; 3 6]
    turned.set(9, 0, 1); // whole is now [1 2 3; 4 9 6]
    // @end
    assertThat(whole.toArray()).containsExactly(1, 2, 3, 4, 9, 6);
    assertThat(part.toArray()).containsExactly(2, 3, 9, 6);
    assertThat(turned.toArray()).containsExactly(2, 9, 3, 6);
  }
}
