package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The affine map {@code x·W + b}.
 *
 * @param weight W, shape (in, out)
 * @param bias b, shape (out); null for none
 */
public record Linear(Variable weight, @Nullable Variable bias) {
  /**
   * A new layer: Xavier's weights, bias 0.
   *
   * @param parameters where they are named
   * @param in width of x
   * @param out width of the result
   * @return the layer
   */
  public static Linear create(Parameters parameters, int in, int out) {
    return new Linear(parameters.xavier("weight", in, out), parameters.constant("bias", 0, out));
  }

  /**
   * Applies the map.
   *
   * @param x shape (…, in)
   * @return shape (…, out)
   */
  public Variable apply(Variable x) {
    Variable product = x.matmul(weight);
    return bias == null ? product : product.plus(bias);
  }
}
