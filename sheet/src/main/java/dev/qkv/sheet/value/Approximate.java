package dev.qkv.sheet.value;

import java.math.BigDecimal;

/**
 * A float64, for evaluations that are repeated many times (rounding paths, candidate mistakes) and
 * for sampled numbers.
 *
 * @param number the number; NaN stands for a result that does not exist
 */
public record Approximate(double number) implements Value {
  @Override
  public Value negate() {
    return new Approximate(-number);
  }

  @Override
  public Value sqrt() {
    return new Approximate(Math.sqrt(number));
  }

  @Override
  public Value exp() {
    return new Approximate(Math.exp(number));
  }

  @Override
  public int signum() {
    return (int) Math.signum(number);
  }

  @Override
  public BigDecimal decimal() {
    if (!Double.isFinite(number)) {
      throw new ArithmeticException("arithmetic.other");
    }
    return BigDecimal.valueOf(number);
  }

  @Override
  public boolean isFinite() {
    return Double.isFinite(number);
  }

  @Override
  public double toDouble() {
    return number;
  }

  /** Equal bits; written out because rounding paths compare numbers a lot. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Approximate x && Double.compare(x.number, number) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(number);
  }
}
