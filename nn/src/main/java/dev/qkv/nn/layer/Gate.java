package dev.qkv.nn.layer;

import dev.qkv.nn.Variable;
import dev.qkv.tensor.InvalidArgument;

/** How one map of a feed-forward network lets another through. */
public enum Gate implements Nonlinearity {
  /** SiLU(gate)·up, with SiLU(x) = x/(1 + e⁻ˣ): Llama. */
  SWIGLU {
    @Override
    public Variable apply(Variable gate, Variable up) {
      return gate.swiGlu(up);
    }
  };

  /**
   * Applies it to every number.
   *
   * @param gate any shape
   * @param up what is let through, in the shape of the gate
   * @return in that shape
   * @throws InvalidArgument if the shapes differ
   */
  public abstract Variable apply(Variable gate, Variable up);
}
