package dev.qkv.sheet.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The numbers that honest work can arrive at.
 *
 * @param low the smallest
 * @param high the largest
 */
public record Interval(BigDecimal low, BigDecimal high) {
  Interval and(Interval other) {
    return and(other.low).and(other.high);
  }

  Interval and(BigDecimal number) {
    return new Interval(low.min(number), high.max(number));
  }

  /** The interval, and what its ends are rounded to. */
  Interval rounded(int decimals) {
    return and(low.setScale(decimals, RoundingMode.HALF_UP))
        .and(high.setScale(decimals, RoundingMode.HALF_UP));
  }

  boolean contains(BigDecimal number, BigDecimal slack) {
    return number.compareTo(low.subtract(slack)) >= 0 && number.compareTo(high.add(slack)) <= 0;
  }
}
