package dev.qkv.nn.layer;

import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * The paper's feed-forward network, {@code activation(x·W₁ + b₁)·W₂ + b₂}.
 *
 * @param inner the first map
 * @param activation between the maps
 * @param outer the second map
 * @param dropout probability, after the activation
 */
public record PlainFeedForward(Linear inner, Activation activation, Linear outer, float dropout)
    implements FeedForward {
  /**
   * A layer from its parts.
   *
   * @throws InvalidArgument if the second map does not lead back from where the first one leads, or
   *     the probability is not in [0, 1)
   */
  public PlainFeedForward {
    Objects.requireNonNull(inner, "inner");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(outer, "outer");
    Checks.shape(NAME, "outer.weight", outer.weight().value(), inner.out(), inner.in());
    Checks.fraction(NAME, "dropout", dropout);
  }

  @Override
  public Variable apply(Variable x, Pass pass) {
    Checks.rows(NAME, x.value(), inner.in());
    return outer.apply(pass.dropout(activation.apply(inner.apply(x)), dropout));
  }

  @Override
  public int width() {
    return inner.in();
  }
}
