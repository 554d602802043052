package dev.qkv.sheet.operation;

import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Expr;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;

/** What is assumed where a worksheet says nothing. */
public final class Defaults {
  private static final Value USUAL_EPSILON = Value.of(new BigDecimal("1e-5"));

  private Defaults() {}

  /**
   * A fixed number, whatever the input.
   *
   * @param value the number
   * @return the operation
   */
  public static Operation constant(Value value) {
    return Operation.of(in -> new Operation.Shape(1, 1), (in, i, j) -> Expr.of(value));
  }

  /**
   * LayerNorm's ε from the variances: 0, as "mean 0 and variance 1" says, unless a variance is 0
   * and only a positive ε gives an answer.
   *
   * @return the operation
   */
  public static Operation epsilon() {
    return Operation.of(
        in -> new Operation.Shape(1, 1),
        (in, i, j) ->
            Expr.of(
                in.matrix(0).column(0).stream().anyMatch(v -> v.signum() == 0)
                    ? USUAL_EPSILON
                    : Exact.ZERO));
  }
}
