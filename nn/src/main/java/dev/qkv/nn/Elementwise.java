package dev.qkv.nn;

import dev.qkv.tensor.Tensor;

/** Sums, multiples and ReLU of single numbers, with what their backward passes need. */
final class Elementwise {
  private Elementwise() {}

  /** {@code a + b}, where b is the last axes of a and added everywhere. */
  static Tensor sum(Tensor a, Tensor b) {
    float[] sum = a.toArray();
    float[] term = b.contiguous().data();
    for (int at = 0; at < sum.length; at += term.length) {
      for (int i = 0; i < term.length; i++) {
        sum[at + i] += term[i];
      }
    }
    return Tensor.of(sum, a.shape());
  }

  /** Adds up what was added everywhere: the gradient of b. */
  static Tensor folded(Tensor d, Tensor like) {
    Tensor sum = Tensor.zeros(like.shape());
    float[] from = d.contiguous().data();
    float[] to = sum.data();
    for (int at = 0; at < from.length; at += to.length) {
      for (int i = 0; i < to.length; i++) {
        to[i] += from[at + i];
      }
    }
    return sum;
  }

  static Tensor scaled(Tensor tensor, float factor) {
    float[] product = tensor.toArray();
    for (int i = 0; i < product.length; i++) {
      product[i] *= factor;
    }
    return Tensor.of(product, tensor.shape());
  }

  static Tensor relu(Tensor x) {
    float[] y = x.toArray();
    for (int i = 0; i < y.length; i++) {
      y[i] = y[i] < 0 ? 0 : y[i];
    }
    return Tensor.of(y, x.shape());
  }

  /** The gradient of x, where y is what {@link #relu} made of it. */
  static Tensor reluBackward(Tensor y, Tensor d) {
    float[] dx = d.toArray();
    for (int i = 0; i < dx.length; i++) {
      dx[i] = y.data()[i] > 0 ? dx[i] : 0;
    }
    return Tensor.of(dx, y.shape());
  }
}
