package dev.qkv.ops;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/** A multiple, {@code y = factor·x}. Its gradient is the same multiple of that of y. */
public final class Scale {
  private Scale() {}

  private static final ElementKernel KERNEL = Kernels.elements();
  private static final String NAME = "scale";
  private static final Sweep.Piece FORWARD =
      (of, from, to) ->
          KERNEL.multiple(
              of.data(0), of.at(0, from), of.number(0), of.data(1), of.at(1, from), to - from);

  /**
   * The forward pass; also the backward pass, of the gradient of its output.
   *
   * @param x any shape
   * @param factor any number; 0 times ∞ is NaN
   * @return in the shape of x
   */
  public static Tensor forward(Tensor x, float factor) {
    Tensor y = Tensor.zeros(x.shape());
    forward(x, factor, y);
    return y;
  }

  /**
   * As {@link #forward(Tensor, float)}, into a tensor of the caller's; allocates nothing.
   *
   * @param x any shape
   * @param factor any number
   * @param output receives the multiple, in the shape of x; may be x itself
   * @throws InvalidArgument if its shape differs, its elements do not lie in order, or it overlaps
   *     x
   */
  public static void forward(Tensor x, float factor, Tensor output) {
    Rows.same(NAME, "output", output, x);
    Sweep.of(1).reads(x).writes(NAME, "output", output).with(factor).run(x.elements(), FORWARD);
  }
}
