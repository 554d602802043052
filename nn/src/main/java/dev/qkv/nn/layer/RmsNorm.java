package dev.qkv.nn.layer;

import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * Normalisation by the root mean square.
 *
 * @param gamma gain, shape (width)
 * @param epsilon added to the mean square
 */
public record RmsNorm(Variable gamma, float epsilon) implements Norm {
  private static final String NAME = "RMS norm";

  /**
   * A layer from its parts.
   *
   * @throws InvalidArgument if the gain has more than one axis, or ε is negative or not finite
   */
  public RmsNorm {
    Objects.requireNonNull(gamma, "gamma");
    Checks.rank(NAME, "gamma", 1, gamma.value());
    Checks.finite(NAME, "epsilon", epsilon);
  }

  @Override
  public Variable apply(Variable x) {
    Checks.rows(NAME, x.value(), width());
    return x.rmsNorm(gamma, epsilon);
  }

  @Override
  public int width() {
    return gamma.value().size(0);
  }
}
