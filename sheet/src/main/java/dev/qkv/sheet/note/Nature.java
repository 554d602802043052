package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.term.Quantity;
import java.util.Set;

/** What exercises start from by its nature, as they do from queries and widths. */
final class Nature {
  /** What exercises start from; everything else can follow from something. */
  private static final Set<Quantity> INPUTS =
      Set.of(
          Quantities.X,
          Quantities.MEMORY,
          Quantities.W_Q,
          Quantities.W_K,
          Quantities.W_V,
          Quantities.W_O,
          Quantities.D_MODEL,
          Quantities.HEADS,
          Quantities.KEY_HEADS,
          Quantities.EPSILON,
          Quantities.GAMMA,
          Quantities.BETA,
          Quantities.TEMPERATURE,
          Quantities.CAP,
          Quantities.SLOPE,
          Quantities.MASK,
          Quantities.W,
          Quantities.INPUT,
          Quantities.W_1,
          Quantities.W_2,
          Quantities.B_1,
          Quantities.B_2,
          Quantities.LABEL,
          Quantities.TARGET,
          Quantities.RATE,
          Quantities.D_FF,
          Quantities.BASE,
          Quantities.SINK,
          Quantities.SCALE,
          Quantities.SECOND_GAMMA,
          Quantities.SECOND_BETA);

  private static final Set<Quantity> PROJECTED = Set.of(Quantities.Q, Quantities.K, Quantities.V);

  private Nature() {}

  /** Whether exercises start from it; everything else follows from something. */
  static boolean isGiven(Quantity quantity) {
    return isInput(quantity) || isProjected(quantity) || isDimension(quantity);
  }

  /** Whether nothing that a sheet knows leads to it. */
  static boolean isInput(Quantity quantity) {
    return INPUTS.contains(quantity.head(0));
  }

  /** Whether it may be given, or made of an input and weights. */
  static boolean isProjected(Quantity quantity) {
    return PROJECTED.contains(quantity.head(0));
  }

  static boolean isDimension(Quantity quantity) {
    return quantity.equals(Quantities.D_K) || quantity.equals(Quantities.TOKENS);
  }
}
