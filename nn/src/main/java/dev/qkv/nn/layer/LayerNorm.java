package dev.qkv.nn.layer;

import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * Layer normalisation.
 *
 * @param gamma gain, shape (width)
 * @param beta shift, shape (width)
 * @param epsilon added to the variance
 */
public record LayerNorm(Variable gamma, Variable beta, float epsilon) implements Norm {
  private static final String NAME = "layer norm";

  /**
   * A layer from its parts.
   *
   * @throws InvalidArgument if the gain has more than one axis, the shift another shape than the
   *     gain, or ε is negative or not finite
   */
  public LayerNorm {
    Objects.requireNonNull(gamma, "gamma");
    Objects.requireNonNull(beta, "beta");
    Checks.rank(NAME, "gamma", 1, gamma.value());
    Checks.shape(NAME, "beta", beta.value(), gamma.value().shape());
    Checks.finite(NAME, "epsilon", epsilon);
  }

  @Override
  public Variable apply(Variable x) {
    Checks.rows(NAME, x.value(), width());
    return x.layerNorm(gamma, beta, epsilon);
  }

  @Override
  public int width() {
    return gamma.value().size(0);
  }
}
