package dev.qkv.ops;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * A step of Adam with decoupled weight decay, in one pass over memory.
 *
 * <pre>
 * m ← β₁m + (1 − β₁)g      v ← β₂v + (1 − β₂)g²
 * p ← keep·p − size·m / (root·√v + ε)
 * </pre>
 *
 * <p>Source: Loshchilov and Hutter, Decoupled weight decay regularization, 2019.
 */
public final class Adam {
  private Adam() {}

  /**
   * The numbers of a step; any will do.
   *
   * @param beta1 how slowly the mean of the gradients forgets
   * @param beta2 how slowly the mean of their squares forgets
   * @param keep what decay leaves of a parameter, 1 − ηλ
   * @param size of the step, η/(1 − β₁ᵗ)
   * @param root on √v, 1/√(1 − β₂ᵗ)
   * @param epsilon added to the root
   */
  public record Step(float beta1, float beta2, float keep, float size, float root, float epsilon) {}

  private static final ElementKernel KERNEL = Kernels.elements();
  private static final String NAME = "Adam";
  private static final Sweep.Piece STEP =
      (of, from, to) ->
          KERNEL.adam(
              of.data(1),
              of.at(1, from),
              of.data(0),
              of.at(0, from),
              of.data(2),
              of.at(2, from),
              of.data(3),
              of.at(3, from),
              to - from,
              of.number(0),
              of.number(1),
              of.number(2),
              of.number(3),
              of.number(4),
              of.number(5));

  /**
   * Changes parameters and both means in place; allocates nothing.
   *
   * @param p parameters, any shape
   * @param g their gradients, in the same shape
   * @param m means of the gradients, in the same shape
   * @param v means of the squares of the gradients, in the same shape
   * @param step its numbers
   * @throws InvalidArgument if a shape differs, elements of p, m or v do not lie in order, or they
   *     overlap
   */
  public static void step(Tensor p, Tensor g, Tensor m, Tensor v, Step step) {
    Rows.same(NAME, "g", g, p);
    Rows.same(NAME, "m", m, p);
    Rows.same(NAME, "v", v, p);
    Sweep.of(1)
        .reads(g)
        .writes(NAME, "p", p)
        .writes(NAME, "m", m)
        .writes(NAME, "v", v)
        .with(step.beta1())
        .with(step.beta2())
        .with(step.keep())
        .with(step.size())
        .with(step.root())
        .with(step.epsilon())
        .run(p.elements(), STEP);
  }
}
