package dev.qkv.sheet.audit;

import dev.qkv.sheet.evaluation.Arithmetic;
import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One right way of arriving at a quantity, and where it ends for those who round along it.
 *
 * @param <M> matrices
 */
final class Way<M> {
  /** Two ways that differ by less than this, for their size, are one. */
  private static final double SAME = 1e-9;

  /** Paths end at most this many times as far away as the first ones do. */
  private static final BigDecimal FAR = new BigDecimal(4);

  private final Arithmetic<M> arithmetic;
  private final int decimals;
  private final M unrounded;
  private final Set<M> ends = new LinkedHashSet<>();

  Way(Arithmetic<M> arithmetic, int decimals, M unrounded) {
    this.arithmetic = arithmetic;
    this.decimals = decimals;
    this.unrounded = unrounded;
    ends.add(unrounded);
  }

  void end(M end) {
    ends.add(end);
  }

  /** Whether another unrounded result is this one's, to rounding. */
  boolean comesTo(M other) {
    for (int i = 0; i < arithmetic.rows(unrounded); i++) {
      for (int j = 0; j < arithmetic.columns(unrounded); j++) {
        if (!isSame(unrounded(i, j), arithmetic.at(other, i, j))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether two numbers are the same, to rounding in float64; what does not exist is the same. */
  static boolean isSame(Value one, Value other) {
    double a = one.toDouble();
    double b = other.toDouble();
    return Double.compare(a, b) == 0
        || (Double.isFinite(a - b)
            && Math.abs(a - b) <= SAME * Math.max(1, Math.max(Math.abs(a), Math.abs(b))));
  }

  /** Whether the result has a cell. */
  boolean has(int row, int column) {
    return row < arithmetic.rows(unrounded) && column < arithmetic.columns(unrounded);
  }

  /** One cell with nothing rounded. */
  Value unrounded(int row, int column) {
    return arithmetic.at(unrounded, row, column);
  }

  /**
   * Whether it is worth following the other paths to see if one leads to a number: the first paths
   * end near it, as far as rounding carries.
   */
  boolean comesNear(int row, int column, BigDecimal number) {
    return reach(row, column)
        .map(
            r ->
                r.contains(
                    number,
                    r.high()
                        .subtract(r.low())
                        .add(BigDecimal.ONE.movePointLeft(decimals))
                        .multiply(FAR)))
        .orElse(true);
  }

  /**
   * The interval of one cell.
   *
   * @param row from 0
   * @param column from 0
   * @return the interval, or nothing where the cell is −∞ or has no value
   */
  Optional<Interval> reach(int row, int column) {
    Interval reach = null;
    for (M end : ends) {
      Value value = arithmetic.at(end, row, column);
      if (value.isFinite()) {
        Interval here = rounded(value);
        reach = reach == null ? here : reach.and(here);
      }
    }
    return Optional.ofNullable(reach);
  }

  /** A value and what it is rounded to, its ties either way. */
  private Interval rounded(Value value) {
    BigDecimal number = value.decimal();
    BigDecimal up;
    BigDecimal down;
    if (value instanceof Approximate(double x)) {
      up = BigDecimal.valueOf(FloatArithmetic.round(x, decimals, RoundingMode.HALF_UP));
      down = BigDecimal.valueOf(FloatArithmetic.round(x, decimals, RoundingMode.HALF_DOWN));
    } else {
      up = number.setScale(decimals, RoundingMode.HALF_UP);
      down = number.setScale(decimals, RoundingMode.HALF_DOWN);
    }
    return new Interval(number, number).and(up).and(down);
  }
}
