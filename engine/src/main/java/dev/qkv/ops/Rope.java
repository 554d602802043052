package dev.qkv.ops;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * Rotary position embedding: pairs of components of each query or key are rotated by position·θ_t
 * with θ_t = base^(−2t/D). Its gradient is the rotation backwards.
 *
 * <p>Source: Su et al., RoFormer, 2021.
 */
public enum Rope {
  /** Pairs (0, 1), (2, 3), …: the paper, GPT-J. */
  INTERLEAVED,
  /** Pairs (0, D/2), (1, D/2 + 1), …: GPT-NeoX, Llama as in Hugging Face. */
  HALF;

  /**
   * Rotates.
   *
   * @param x shape (…, length, heads, D), D even
   * @param firstPosition position of the first row of the length axis
   * @param base usually 10000
   * @return in the shape of x
   * @throws InvalidArgument if D is odd or the rank below 3
   */
  public Tensor forward(Tensor x, int firstPosition, double base) {
    return rotate(x, firstPosition, base, 1);
  }

  /**
   * Rotates backwards: the gradient of x from that of the output.
   *
   * @param dOutput gradient of the output, in its shape
   * @param firstPosition as given to {@link #forward}
   * @param base as given to {@link #forward}
   * @return gradient of x
   */
  public Tensor backward(Tensor dOutput, int firstPosition, double base) {
    return rotate(dOutput, firstPosition, base, -1);
  }

  private Tensor rotate(Tensor x, int firstPosition, double base, int direction) {
    int rank = x.rank();
    if (rank < 3 || x.size(rank - 1) % 2 != 0) {
      throw new InvalidArgument("ops.rope", "rotary embedding", x.shape());
    }
    int d = x.size(rank - 1);
    int heads = x.size(rank - 2);
    int length = x.size(rank - 3);
    float[] in = x.contiguous().data();
    Tensor y = Tensor.zeros(x.shape());
    for (int t = 0; t < d / 2; t++) {
      double theta = Math.pow(base, -2.0 * t / d);
      int a = this == HALF ? t : 2 * t;
      int b = this == HALF ? t + d / 2 : 2 * t + 1;
      for (int row = 0; row < Rows.of(x); row++) {
        int position = firstPosition + row / heads % length;
        float cos = (float) Math.cos(position * theta);
        float sin = direction * (float) Math.sin(position * theta);
        int at = row * d;
        y.data()[at + a] = in[at + a] * cos - in[at + b] * sin;
        y.data()[at + b] = in[at + b] * cos + in[at + a] * sin;
      }
    }
    return y;
  }
}
