package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;

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

  /**
   * A new layer: gain 1, shift 0.
   *
   * @param parameters where they are named
   * @param width of x
   * @return the layer
   */
  public static Norm create(Parameters parameters, int width) {
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
   */
  public Variable apply(Variable x) {
    return x.layerNorm(gamma, beta, epsilon);
  }
}
