package dev.qkv.nn.layer;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * The position-wise feed-forward network, {@code activation(x·W₁ + b₁)·W₂ + b₂}.
 *
 * @param inner the first map
 * @param activation between the maps
 * @param outer the second map
 * @param dropout probability, after the activation
 */
public record FeedForward(Linear inner, Activation activation, Linear outer, float dropout) {
  private static final String NAME = "feed-forward";

  /**
   * A layer from its parts.
   *
   * @throws InvalidArgument if the second map does not lead back from where the first one leads, or
   *     the probability is not in [0, 1)
   */
  public FeedForward {
    Objects.requireNonNull(inner, "inner");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(outer, "outer");
    Checks.shape(NAME, "outer.weight", outer.weight().value(), inner.out(), inner.in());
    Checks.fraction(NAME, "dropout", dropout);
  }

  /**
   * A new layer.
   *
   * @param parameters where its parameters are named
   * @param width of x
   * @param innerWidth between the maps, often four times as wide
   * @param activation between the maps
   * @param dropout probability
   * @return the layer
   * @throws InvalidArgument if a width is below 1, the probability is not in [0, 1), or a parameter
   *     is there already
   */
  public static FeedForward create(
      Parameters parameters, int width, int innerWidth, Activation activation, float dropout) {
    // Before parameters are named: what is refused leaves none behind.
    choices(NAME, width, innerWidth, dropout);
    return new FeedForward(
        Linear.create(parameters.in("inner"), width, innerWidth),
        activation,
        Linear.create(parameters.in("outer"), innerWidth, width),
        dropout);
  }

  static void choices(String layer, int width, int innerWidth, float dropout) {
    Checks.atLeast(layer, "width", 1, width);
    Checks.atLeast(layer, "innerWidth", 1, innerWidth);
    Checks.fraction(layer, "dropout", dropout);
  }

  /**
   * Applies the network to every position.
   *
   * @param x shape (…, width)
   * @param pass training or not
   * @return in the shape of x
   * @throws InvalidArgument if x has another width
   */
  public Variable apply(Variable x, Pass pass) {
    Checks.rows(NAME, x.value(), inner.in());
    return outer.apply(pass.dropout(activation.apply(inner.apply(x)), dropout));
  }
}
