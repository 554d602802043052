package dev.qkv.ops;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * The gated unit {@code SiLU(gate)∘up} with {@code SiLU(x) = x·σ(x)}, with its gradients. With up
 * of ones it is SiLU.
 *
 * <p>Source: Shazeer, GLU variants improve transformer, 2020.
 */
public final class SwiGlu {
  private SwiGlu() {}

  /**
   * The gradients.
   *
   * @param gate of the gate
   * @param up of the other factor
   */
  public record Gradients(Tensor gate, Tensor up) {}

  private static final ElementKernel KERNEL = Kernels.elements();
  private static final String NAME = "SwiGLU";
  private static final Sweep.Piece FORWARD =
      (of, from, to) ->
          KERNEL.swiGlu(
              of.data(0),
              of.at(0, from),
              of.data(1),
              of.at(1, from),
              of.data(2),
              of.at(2, from),
              to - from);
  private static final Sweep.Piece SILU =
      (of, from, to) ->
          KERNEL.silu(of.data(0), of.at(0, from), of.data(1), of.at(1, from), to - from);
  private static final Sweep.Piece BACKWARD =
      (of, from, to) ->
          KERNEL.swiGluBackward(
              of.data(0),
              of.at(0, from),
              of.data(1),
              of.at(1, from),
              of.data(2),
              of.at(2, from),
              of.data(3),
              of.at(3, from),
              of.data(4),
              of.at(4, from),
              to - from);

  /**
   * The forward pass.
   *
   * @param gate any shape
   * @param up the same shape
   * @return in the same shape
   */
  public static Tensor forward(Tensor gate, Tensor up) {
    Tensor y = Tensor.zeros(gate.shape());
    forward(gate, up, y);
    return y;
  }

  /**
   * The forward pass into a tensor of the caller's; allocates nothing.
   *
   * @param gate any shape
   * @param up the same shape
   * @param output receives the result, in the same shape; may be gate or up itself
   * @throws InvalidArgument if a shape differs, elements of the output do not lie in order, or it
   *     overlaps
   */
  public static void forward(Tensor gate, Tensor up, Tensor output) {
    Rows.same(NAME, "up", up, gate);
    Rows.same(NAME, "output", output, gate);
    Sweep.of(1).reads(gate).reads(up).writes(NAME, "output", output).run(gate.elements(), FORWARD);
  }

  /**
   * SiLU alone.
   *
   * @param x any shape
   * @return x·σ(x), in the shape of x; at −∞ it is −∞·0, NaN
   */
  public static Tensor silu(Tensor x) {
    Tensor y = Tensor.zeros(x.shape());
    silu(x, y);
    return y;
  }

  /**
   * SiLU alone into a tensor of the caller's; allocates nothing.
   *
   * @param x any shape
   * @param output receives x·σ(x), in the shape of x; may be x itself
   * @throws InvalidArgument if its shape differs, its elements do not lie in order, or it overlaps
   *     x
   */
  public static void silu(Tensor x, Tensor output) {
    Rows.same("SiLU", "output", output, x);
    Sweep.of(1).reads(x).writes("SiLU", "output", output).run(x.elements(), SILU);
  }

  /**
   * The backward pass: SiLU′ = σ·(1 + x·(1 − σ)).
   *
   * @param gate as given to {@link #forward(Tensor, Tensor)}
   * @param up as given to {@link #forward(Tensor, Tensor)}
   * @param dOutput gradient of the output, in its shape
   * @return the gradients
   */
  public static Gradients backward(Tensor gate, Tensor up, Tensor dOutput) {
    Gradients gradients = new Gradients(Tensor.zeros(gate.shape()), Tensor.zeros(gate.shape()));
    backward(gate, up, dOutput, gradients);
    return gradients;
  }

  /**
   * The backward pass into tensors of the caller's; allocates nothing.
   *
   * @param gate as given to {@link #forward(Tensor, Tensor)}
   * @param up as given to {@link #forward(Tensor, Tensor)}
   * @param dOutput gradient of the output, in its shape
   * @param into receives the gradients
   * @throws InvalidArgument if a shape differs, elements of a gradient do not lie in order, or it
   *     overlaps
   */
  public static void backward(Tensor gate, Tensor up, Tensor dOutput, Gradients into) {
    Rows.same(NAME, "up", up, gate);
    Rows.same(NAME, "dOutput", dOutput, gate);
    Rows.same(NAME, "dGate", into.gate(), gate);
    Rows.same(NAME, "dUp", into.up(), gate);
    Sweep.of(1)
        .reads(gate)
        .reads(up)
        .reads(dOutput)
        .writes(NAME, "dGate", into.gate())
        .writes(NAME, "dUp", into.up())
        .run(gate.elements(), BACKWARD);
  }
}
