package dev.qkv.sheet;

import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an exercise gives and asks.
 *
 * @param givens numbers by quantity, in the order given
 * @param scaling whether scores are divided by √d_k
 * @param masking which keys a query may see
 * @param goals what is asked; empty for everything that can be had
 */
public record Problem(
    Map<Quantity, Matrix> givens, Scaling scaling, Masking masking, List<Quantity> goals) {

  private static final Notation NOTATION = new Notation(4, false);

  /** How scores are scaled. */
  public enum Scaling {
    /** Divided by √d_k. */
    ROOT_D_K,
    /** Left alone. */
    NONE,
    /** Times the given quantity {@code scale}. */
    FACTOR
  }

  /**
   * Copies.
   *
   * @param givens numbers by quantity
   * @param scaling whether scores are divided by √d_k
   * @param masking which keys a query may see
   * @param goals what is asked
   */
  public Problem {
    givens = Collections.unmodifiableMap(new LinkedHashMap<>(givens));
    goals = List.copyOf(goals);
  }

  /**
   * The number of heads: what {@code h} says, else the largest head number among the givens.
   *
   * @return 0 where there are no heads to tell apart
   */
  public int heads() {
    Matrix given = givens.get(Quantities.HEADS);
    if (given != null) {
      double h = given.scalar().toDouble();
      if (!(h >= 1 && h <= Matrix.LARGEST_SIDE) || h != Math.rint(h)) {
        throw new SheetException(
            Message.of("error.heads.number", NOTATION.number(given.scalar()), Matrix.LARGEST_SIDE));
      }
      return h == 1 ? 0 : (int) h;
    }
    return givens.keySet().stream().mapToInt(Problem::head).max().orElse(0);
  }

  private static int head(Quantity quantity) {
    return quantity.name().equals(quantity.concept())
        ? 0
        : Integer.parseInt(quantity.name().substring(quantity.concept().length()));
  }

  /**
   * The same problem with other goals.
   *
   * @param wanted what is asked instead
   * @return the problem
   */
  public Problem asking(List<Quantity> wanted) {
    return new Problem(givens, scaling, masking, wanted);
  }
}
