package dev.qkv.ops;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.Tensor;

/** The sum of squares, {@code Σ x²}, in float64: the square of the Euclidean norm. */
public final class SquareSum {
  private SquareSum() {}

  private static final ElementKernel KERNEL = Kernels.elements();
  private static final Sweep.Term SQUARES =
      (of, from, to) -> KERNEL.squares(of.data(0), of.at(0, from), to - from);

  /**
   * The sum. It cannot overflow: it is finite where every number is.
   *
   * @param x any shape
   * @return 0 without numbers; the same bits for every number of threads
   */
  public static double of(Tensor x) {
    return Sweep.of(1).reads(x).total(x.elements(), SQUARES);
  }
}
