package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
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
public record Norm(Variable gamma, Variable beta, float epsilon) {
  /** ε of PyTorch. */
  public static final float USUAL_EPSILON = 1e-5f;

  private static final String NAME = "norm";

  /**
   * A layer from its parts.
   *
   * @throws InvalidArgument if the gain has more than one axis, the shift another shape than the
   *     gain, or ε is negative or not finite
   */
  public Norm {
    Objects.requireNonNull(gamma, "gamma");
    Objects.requireNonNull(beta, "beta");
    Checks.rank(NAME, "gamma", 1, gamma.value());
    Checks.shape(NAME, "beta", beta.value(), gamma.value().shape());
    Checks.finite(NAME, "epsilon", epsilon);
  }

  /**
   * A new layer: gain 1, shift 0.
   *
   * @param parameters where they are named
   * @param width of x
   * @return the layer
   * @throws InvalidArgument if the width is below 1, or a parameter is there already
   */
  public static Norm create(Parameters parameters, int width) {
    Checks.atLeast(NAME, "width", 1, width);
    return new Norm(
        parameters.constant("gamma", 1, width),
        parameters.constant("beta", 0, width),
        USUAL_EPSILON);
  }

  /**
   * Normalises rows.
   *
   * @param x shape (…, width)
   * @return in the shape of x
   * @throws InvalidArgument if x has another width
   */
  public Variable apply(Variable x) {
    Checks.rows(NAME, x.value(), width());
    return x.layerNorm(gamma, beta, epsilon);
  }

  int width() {
    return gamma.value().size(0);
  }
}
