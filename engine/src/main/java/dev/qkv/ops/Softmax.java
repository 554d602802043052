package dev.qkv.ops;

import dev.qkv.tensor.Tensor;

/** Softmax over the last axis, with its gradient. */
public final class Softmax {
  private Softmax() {}

  /**
   * {@code y_j = e^(x_j − max x) / Σ e^(x − max x)} for each row.
   *
   * @param x any shape of rank 1 or more; −∞ gives 0, and a row of nothing else gives zeros
   * @return weights, in the shape of x
   */
  public static Tensor forward(Tensor x) {
    int width = Rows.width("softmax", x);
    Tensor y = Tensor.of(x.toArray(), x.shape());
    float[] data = y.data();
    int rows = Rows.of(x);
    for (int row = 0; row < rows; row++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int j = row * width; j < (row + 1) * width; j++) {
        max = data[j] > max ? data[j] : max;
      }
      float shift = max == Float.NEGATIVE_INFINITY ? 0 : max;
      for (int j = row * width; j < (row + 1) * width; j++) {
        data[j] -= shift;
      }
    }
    Rows.exp(data);
    for (int row = 0; row < rows; row++) {
      float sum = 0;
      for (int j = row * width; j < (row + 1) * width; j++) {
        sum += data[j];
      }
      float inverse = sum == 0 ? 0 : 1 / sum;
      for (int j = row * width; j < (row + 1) * width; j++) {
        data[j] *= inverse;
      }
    }
    return y;
  }

  /**
   * The backward pass: {@code dx = y∘(dy − Σ y∘dy)}.
   *
   * @param y what {@link #forward} returned
   * @param dOutput gradient of y, in its shape
   * @return gradient of x
   */
  public static Tensor backward(Tensor y, Tensor dOutput) {
    Rows.same("softmax", "dOutput", dOutput, y.shape());
    int width = Rows.width("softmax", y);
    float[] p = y.contiguous().data();
    float[] dp = dOutput.contiguous().data();
    Tensor dx = Tensor.zeros(y.shape());
    for (int row = 0; row < Rows.of(y); row++) {
      float dot = 0;
      for (int j = row * width; j < (row + 1) * width; j++) {
        dot += p[j] * dp[j];
      }
      for (int j = row * width; j < (row + 1) * width; j++) {
        dx.data()[j] = p[j] * (dp[j] - dot);
      }
    }
    return dx;
  }
}
