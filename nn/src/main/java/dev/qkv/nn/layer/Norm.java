package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;

/** Normalisation of rows. */
public sealed interface Norm permits LayerNorm, RmsNorm {
  /** ε of PyTorch. */
  float USUAL_EPSILON = 1e-5f;

  /**
   * A new layer: gain 1, shift 0, ε 10⁻⁵.
   *
   * @param parameters where they are named
   * @param kind which
   * @param width of x
   * @return the layer
   * @throws InvalidArgument if the width is below 1, or a parameter is there already
   */
  static Norm create(Parameters parameters, NormKind kind, int width) {
    Checks.atLeast("norm", "width", 1, width);
    return switch (kind) {
      case LAYER ->
          new LayerNorm(
              parameters.constant("gamma", 1, width),
              parameters.constant("beta", 0, width),
              USUAL_EPSILON);
      case RMS -> new RmsNorm(parameters.constant("gamma", 1, width), USUAL_EPSILON);
    };
  }

  /**
   * Normalises rows.
   *
   * @param x shape (…, width)
   * @return in the shape of x
   * @throws InvalidArgument if x has another width
   */
  Variable apply(Variable x);

  /**
   * The width of x.
   *
   * @return and of the result
   */
  int width();
}
