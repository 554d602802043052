package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The affine map {@code x·W + b}.
 *
 * @param weight W, shape (in, out)
 * @param bias b, shape (out); null for none
 */
public record Linear(Variable weight, @Nullable Variable bias) {
  private static final String NAME = "linear";

  /**
   * A layer from its parts.
   *
   * @throws InvalidArgument if the weight is no matrix, or the bias has another shape
   */
  public Linear {
    Objects.requireNonNull(weight, "weight");
    Checks.rank(NAME, "weight", 2, weight.value());
    if (bias != null) {
      Checks.shape(NAME, "bias", bias.value(), weight.value().size(1));
    }
  }

  /**
   * A new layer: Xavier's weights, bias 0.
   *
   * @param parameters where they are named
   * @param in width of x
   * @param out width of the result
   * @return the layer
   * @throws InvalidArgument if a width is below 1, or a parameter is there already
   */
  public static Linear create(Parameters parameters, int in, int out) {
    return create(parameters, in, out, true);
  }

  /**
   * A new layer: Xavier's weights, bias 0 if it has one.
   *
   * @param parameters where they are named
   * @param in width of x
   * @param out width of the result
   * @param bias whether it has one
   * @return the layer
   * @throws InvalidArgument if a width is below 1, or a parameter is there already
   */
  public static Linear create(Parameters parameters, int in, int out, boolean bias) {
    Checks.atLeast(NAME, "in", 1, in);
    Checks.atLeast(NAME, "out", 1, out);
    return new Linear(
        parameters.xavier("weight", in, out), bias ? parameters.constant("bias", 0, out) : null);
  }

  /**
   * Applies the map.
   *
   * @param x shape (…, in)
   * @return shape (…, out)
   * @throws InvalidArgument if x has another width
   */
  public Variable apply(Variable x) {
    Checks.rows(NAME, x.value(), in());
    Variable product = x.matmul(weight);
    return bias == null ? product : product.plus(bias);
  }

  int in() {
    return weight.value().size(0);
  }

  int out() {
    return weight.value().size(1);
  }
}
