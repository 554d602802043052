package dev.qkv.ops;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * The Gaussian error linear unit, {@code x·Φ(x)}, with its gradient.
 *
 * <p>Φ is the normal distribution; the other form is {@code ½x(1 + tanh(√(2/π)(x + 0.044715x³)))}.
 * The error of Φ is at most 2.5e-7, and that of its derivative 5e-7. At −∞ both forms are −∞·0,
 * NaN. Source: Hendrycks and Gimpel, Gaussian error linear units, 2016.
 */
public enum Gelu {
  /** By the normal distribution: the definition. */
  ERF,
  /** By tanh: what GPT-2 and BERT's first release use. */
  TANH;

  private static final ElementKernel KERNEL = Kernels.elements();
  private static final String NAME = "GELU";
  private static final Sweep.Piece ERF_FORWARD =
      (of, from, to) ->
          KERNEL.gelu(of.data(0), of.at(0, from), of.data(1), of.at(1, from), to - from);
  private static final Sweep.Piece ERF_BACKWARD =
      (of, from, to) ->
          KERNEL.geluBackward(
              of.data(0),
              of.at(0, from),
              of.data(1),
              of.at(1, from),
              of.data(2),
              of.at(2, from),
              to - from);
  private static final Sweep.Piece TANH_FORWARD =
      (of, from, to) ->
          KERNEL.geluTanh(of.data(0), of.at(0, from), of.data(1), of.at(1, from), to - from);
  private static final Sweep.Piece TANH_BACKWARD =
      (of, from, to) ->
          KERNEL.geluTanhBackward(
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
   * @return x·Φ(x), in the shape of x
   */
  public Tensor forward(Tensor x) {
    Tensor y = Tensor.zeros(x.shape());
    forward(x, y);
    return y;
  }

  /**
   * The forward pass into a tensor of the caller's; allocates nothing.
   *
   * @param x any shape
   * @param output receives x·Φ(x), in the shape of x; may be x itself
   * @throws InvalidArgument if its shape differs, its elements do not lie in order, or it overlaps
   *     x
   */
  public void forward(Tensor x, Tensor output) {
    Rows.same(NAME, "output", output, x);
    Sweep.of(1)
        .reads(x)
        .writes(NAME, "output", output)
        .run(x.elements(), this == ERF ? ERF_FORWARD : TANH_FORWARD);
  }

  /**
   * The backward pass.
   *
   * @param x as given to {@link #forward(Tensor)}
   * @param dOutput gradient of the output, in its shape
   * @return gradient of x
   */
  public Tensor backward(Tensor x, Tensor dOutput) {
    Tensor dx = Tensor.zeros(x.shape());
    backward(x, dOutput, dx);
    return dx;
  }

  /**
   * The backward pass into a tensor of the caller's; allocates nothing.
   *
   * @param x as given to {@link #forward(Tensor)}
   * @param dOutput gradient of the output, in its shape
   * @param dx receives the gradient of x; may be dOutput itself
   * @throws InvalidArgument if a shape differs, elements of dx do not lie in order, or it overlaps
   */
  public void backward(Tensor x, Tensor dOutput, Tensor dx) {
    Rows.same(NAME, "dOutput", dOutput, x);
    Rows.same(NAME, "dx", dx, x);
    Sweep.of(1)
        .reads(x)
        .reads(dOutput)
        .writes(NAME, "dx", dx)
        .run(x.elements(), this == ERF ? ERF_BACKWARD : TANH_BACKWARD);
  }
}
