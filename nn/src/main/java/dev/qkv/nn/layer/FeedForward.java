package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;

/**
 * The position-wise feed-forward network, {@code activation(x·W₁ + b₁)·W₂ + b₂}.
 *
 * @param inner the first map
 * @param activation between the maps
 * @param outer the second map
 * @param dropout probability, after the activation
 */
public record FeedForward(Linear inner, Activation activation, Linear outer, float dropout) {
  /**
   * A new layer.
   *
   * @param parameters where its parameters are named
   * @param width of x
   * @param innerWidth between the maps, often four times as wide
   * @param activation between the maps
   * @param dropout probability
   * @return the layer
   */
  public static FeedForward create(
      Parameters parameters, int width, int innerWidth, Activation activation, float dropout) {
    return new FeedForward(
        Linear.create(parameters.in("inner"), width, innerWidth),
        activation,
        Linear.create(parameters.in("outer"), innerWidth, width),
        dropout);
  }

  /**
   * Applies the network to every position.
   *
   * @param x shape (…, width)
   * @param pass training or not
   * @return in the shape of x
   */
  public Variable apply(Variable x, Pass pass) {
    return outer.apply(pass.dropout(activation.apply(inner.apply(x)), dropout));
  }
}
