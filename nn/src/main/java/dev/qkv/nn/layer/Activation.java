package dev.qkv.nn.layer;

import dev.qkv.nn.Variable;
import dev.qkv.ops.Gelu;

/** What stands between the two maps of a feed-forward layer. */
public enum Activation implements Nonlinearity {
  /** max(0, x): the paper. */
  RELU {
    @Override
    public Variable apply(Variable x) {
      return x.relu();
    }
  },
  /** x·Φ(x): BERT. */
  GELU {
    @Override
    public Variable apply(Variable x) {
      return x.gelu(Gelu.ERF);
    }
  },
  /** GELU by tanh: GPT-2. */
  GELU_TANH {
    @Override
    public Variable apply(Variable x) {
      return x.gelu(Gelu.TANH);
    }
  };

  /**
   * Applies it to every number.
   *
   * @param x any shape
   * @return in the shape of x
   */
  public abstract Variable apply(Variable x);
}
