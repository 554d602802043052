package dev.qkv.nn.layer;

import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.InvalidArgument;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What stands around each sublayer f of a block: {@code x + dropout(f(norm(x)))} or {@code norm(x +
 * dropout(f(x)))}.
 *
 * @param norm of the sublayer
 * @param place where it normalises
 * @param dropout probability, after the sublayer
 */
public record Residual(Norm norm, NormPlace place, float dropout) {
  private static final String NAME = "residual";

  /**
   * A connection from its parts.
   *
   * @throws InvalidArgument if the probability is not in [0, 1)
   */
  public Residual {
    Objects.requireNonNull(norm, "norm");
    Objects.requireNonNull(place, "place");
    Checks.fraction(NAME, "dropout", dropout);
  }

  /**
   * Applies a sublayer.
   *
   * @param x shape (…, width)
   * @param pass training or not
   * @param sublayer gives the shape that it takes
   * @return in the shape of x
   * @throws InvalidArgument if x has another width than the norm, or the sublayer gives another
   *     shape
   */
  public Variable apply(Variable x, Pass pass, UnaryOperator<Variable> sublayer) {
    return switch (place) {
      case PRE -> x.plus(pass.dropout(sublayer.apply(norm.apply(x)), dropout));
      case POST -> norm.apply(x.plus(pass.dropout(sublayer.apply(x), dropout)));
    };
  }

  /** That a block's width is the norm's. */
  void fits(String block, String part, int width) {
    Checks.width(block, part, norm.width(), "attentionResidual.norm", width);
  }
}
