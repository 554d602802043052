package dev.qkv.ops;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/** The rectifier, {@code max(x, 0)}, with its gradient. NaN stays NaN. */
public final class Relu {
  private Relu() {}

  private static final ElementKernel KERNEL = Kernels.elements();
  private static final String NAME = "ReLU";
  private static final Sweep.Piece FORWARD =
      (of, from, to) ->
          KERNEL.relu(of.data(0), of.at(0, from), of.data(1), of.at(1, from), to - from);
  private static final Sweep.Piece BACKWARD =
      (of, from, to) ->
          KERNEL.reluBackward(
              of.data(0),
              of.at(0, from),
              of.data(1),
              of.at(1, from),
              of.data(2),
              of.at(2, from),
              to - from);

  /**
   * The forward pass.
   *
   * @param x any shape
   * @return in the shape of x
   */
  public static Tensor forward(Tensor x) {
    Tensor y = Tensor.zeros(x.shape());
    forward(x, y);
    return y;
  }

  /**
   * The forward pass into a tensor of the caller's; allocates nothing.
   *
   * @param x any shape
   * @param output receives the result, in the shape of x; may be x itself
   * @throws InvalidArgument if its shape differs, its elements do not lie in order, or it overlaps
   *     x
   */
  public static void forward(Tensor x, Tensor output) {
    Rows.same(NAME, "output", output, x);
    Sweep.of(1).reads(x).writes(NAME, "output", output).run(x.elements(), FORWARD);
  }

  /**
   * The backward pass: the gradient where y is positive, else 0, also where y is NaN.
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
   * @param dx receives the gradient of x; may be dOutput or y itself
   * @throws InvalidArgument if a shape differs, elements of dx do not lie in order, or it overlaps
   */
  public static void backward(Tensor y, Tensor dOutput, Tensor dx) {
    Rows.same(NAME, "dOutput", dOutput, y);
    Rows.same(NAME, "dx", dx, y);
    Sweep.of(1).reads(y).reads(dOutput).writes(NAME, "dx", dx).run(y.elements(), BACKWARD);
  }
}
