package dev.qkv.ops;

import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/** Softmax over the last axis, with its gradient. */
public final class Softmax {
  private Softmax() {}

  private static final String NAME = "softmax";
  private static final Sweep.Piece FORWARD =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          Kernels.rows(of.width())
              .softmax(of.data(0), of.at(0, row), of.data(1), of.at(1, row), of.width());
        }
      };
  private static final Sweep.Piece BACKWARD =
      (of, from, to) -> {
        for (int row = from; row < to; row++) {
          Kernels.rows(of.width())
              .softmaxBackward(
                  of.data(0),
                  of.at(0, row),
                  of.data(1),
                  of.at(1, row),
                  of.data(2),
                  of.at(2, row),
                  of.width());
        }
      };

  /**
   * {@code y_j = e^(x_j − max x) / Σ e^(x − max x)} for each row.
   *
   * @param x any shape of rank 1 or more; −∞ gives 0, and a row of nothing else gives zeros
   * @return weights, in the shape of x
   */
  public static Tensor forward(Tensor x) {
    Tensor y = Tensor.zeros(x.shape());
    forward(x, y);
    return y;
  }

  /**
   * As {@link #forward(Tensor)}, into a tensor of the caller's; allocates nothing.
   *
   * @param x any shape of rank 1 or more
   * @param output receives the weights, in the shape of x; may be x itself
   * @throws InvalidArgument if its shape differs, its elements do not lie in order, or it overlaps
   *     x
   */
  public static void forward(Tensor x, Tensor output) {
    int width = Rows.width(NAME, x);
    Rows.same(NAME, "output", output, x);
    Sweep.of(width).reads(x).writes(NAME, "output", output).run(Rows.of(x), FORWARD);
  }

  /**
   * The backward pass: {@code dx = y∘(dy − Σ y∘dy)}.
   *
   * @param y what {@link #forward(Tensor)} returned
   * @param dOutput gradient of y, in its shape
   * @return gradient of x
   */
  public static Tensor backward(Tensor y, Tensor dOutput) {
    Tensor dx = Tensor.zeros(y.shape());
    backward(y, dOutput, dx);
    return dx;
  }

  /**
   * The backward pass into a tensor of the caller's; allocates nothing.
   *
   * @param y what {@link #forward(Tensor)} returned
   * @param dOutput gradient of y, in its shape
   * @param dx receives the gradient of x; may be dOutput itself
   * @throws InvalidArgument if a shape differs, elements of dx do not lie in order, or it overlaps
   */
  public static void backward(Tensor y, Tensor dOutput, Tensor dx) {
    int width = Rows.width(NAME, y);
    Rows.same(NAME, "dOutput", dOutput, y);
    Rows.same(NAME, "dx", dx, y);
    Sweep.of(width).reads(y).reads(dOutput).writes(NAME, "dx", dx).run(Rows.of(y), BACKWARD);
  }
}
