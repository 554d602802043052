package dev.qkv.ops;

import dev.qkv.attention.Dropout;
import dev.qkv.tensor.Tensor;

/**
 * Dropout of single numbers; those that stay are multiplied by 1/(1 − p). The draws depend on the
 * seed and the place alone, so that the backward pass makes them again and nothing is saved.
 */
public final class ElementDropout {
  private ElementDropout() {}

  /**
   * The forward pass; also the backward pass, of the gradient of its output.
   *
   * @param x any shape
   * @param dropout probability and seed
   * @return in the shape of x
   */
  public static Tensor apply(Tensor x, Dropout dropout) {
    float[] y = x.toArray();
    dropout.apply(y);
    return Tensor.of(y, x.shape());
  }
}
