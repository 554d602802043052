package dev.qkv.ops;

import dev.qkv.attention.Dropout;
import dev.qkv.kernel.DropoutKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.kernel.Philox;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * Dropout of single numbers; those that stay are multiplied by 1/(1 − p). The draws depend on the
 * seed and the place alone, so that the backward pass makes them again and nothing is saved, and
 * that they are the same for every number of threads.
 */
public final class ElementDropout {
  private static final DropoutKernel KERNEL = Kernels.dropout();
  private static final String NAME = "dropout";
  private static final Sweep.Piece DROP =
      (of, from, to) -> {
        Dropout dropout = of.dropout();
        KERNEL.dropAdjacent(
            of.data(0),
            of.at(0, from),
            of.data(1),
            of.at(1, from),
            from,
            to - from,
            dropout.seed(),
            Philox.bound(dropout.probability()),
            dropout.rescale());
      };

  private ElementDropout() {}

  /**
   * The forward pass; also the backward pass, of the gradient of its output.
   *
   * @param x any shape
   * @param dropout probability and seed
   * @return in the shape of x
   */
  public static Tensor apply(Tensor x, Dropout dropout) {
    Tensor y = Tensor.zeros(x.shape());
    apply(x, dropout, y);
    return y;
  }

  /**
   * Either pass into a tensor of the caller's; allocates nothing.
   *
   * @param x any shape
   * @param dropout probability and seed
   * @param output receives the result, in the shape of x; may be x itself
   * @throws InvalidArgument if its shape differs, its elements do not lie in order, or it overlaps
   *     x
   */
  public static void apply(Tensor x, Dropout dropout, Tensor output) {
    Rows.same(NAME, "output", output, x);
    Sweep.of(1).reads(x).writes(NAME, "output", output).with(dropout).run(x.elements(), DROP);
  }
}
