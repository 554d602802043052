package dev.qkv.nn.layer;

import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * A gated feed-forward network, {@code nonlinearity(x·W_gate, x·W_up)·W_down}, with biases where
 * its maps have them.
 *
 * <p>Source: Shazeer, GLU variants improve transformer, 2020.
 *
 * @param gate the map that lets through
 * @param up the map that is let through
 * @param nonlinearity how
 * @param down the map back
 * @param dropout probability, before the map back
 */
public record GatedFeedForward(
    Linear gate, Linear up, Gate nonlinearity, Linear down, float dropout) implements FeedForward {
  /**
   * A layer from its parts.
   *
   * @throws InvalidArgument if the second map leads elsewhere than the first, the third does not
   *     lead back, or the probability is not in [0, 1)
   */
  public GatedFeedForward {
    Objects.requireNonNull(gate, "gate");
    Objects.requireNonNull(up, "up");
    Objects.requireNonNull(nonlinearity, "nonlinearity");
    Objects.requireNonNull(down, "down");
    Checks.shape(NAME, "up.weight", up.weight().value(), gate.in(), gate.out());
    Checks.shape(NAME, "down.weight", down.weight().value(), gate.out(), gate.in());
    Checks.fraction(NAME, "dropout", dropout);
  }

  @Override
  public Variable apply(Variable x, Pass pass) {
    Checks.rows(NAME, x.value(), gate.in());
    Variable inner = nonlinearity.apply(gate.apply(x), up.apply(x));
    return down.apply(pass.dropout(inner, dropout));
  }

  @Override
  public int width() {
    return gate.in();
  }
}
