package dev.qkv.nn.layer;

import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;

/**
 * Keys and values of one attention, projected and ready to be attended to any number of times; made
 * by {@link MultiHeadAttention#keyValues}.
 *
 * @param keys shape (batch, length, kvHeads, headDim)
 * @param values shape (batch, length, kvHeads, valueDim)
 */
public record KeyValues(Variable keys, Variable values) {
  private static final String NAME = "keys and values";

  /**
   * Keys and values.
   *
   * @throws InvalidArgument if one has another number of axes
   */
  public KeyValues {
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(values, "values");
    Checks.rank(NAME, "keys", 4, keys.value());
    Checks.rank(NAME, "values", 4, values.value());
  }
}
