package dev.qkv.nn.layer;

import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.ops.Rope;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * Rotary positions: queries and keys are turned by their position, so that scores see distances.
 *
 * @param style which components make a pair
 * @param base of the angles, usually 10000
 */
public record Rotary(Rope style, double base) {
  private static final String NAME = "rotary positions";

  /**
   * Rotary positions.
   *
   * @throws InvalidArgument if the base is below 1
   */
  public Rotary {
    Objects.requireNonNull(style, "style");
    Checks.atLeast(NAME, "base", 1, base);
  }

  /**
   * Turns queries or keys.
   *
   * @param x shape (batch, length, heads, headDim)
   * @param firstPosition position of the first row of the length axis
   * @return in the shape of x
   * @throws InvalidArgument if headDim is odd, or x has another number of axes
   */
  public Variable apply(Variable x, int firstPosition) {
    int[] shape = x.value().shape();
    Checks.rank(NAME, "x", 4, x.value());
    return x.rope(style.table(firstPosition, shape[1], shape[3], base), firstPosition);
  }
}
