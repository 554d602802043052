package dev.qkv.sheet.value;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;

/**
 * A number without a closed form, to {@link Value#WORKING} digits.
 *
 * @param decimal the digits
 */
public record Decimal(BigDecimal decimal) implements Value {
  private static final BigDecimal UNDERFLOW = BigDecimal.valueOf(-1_000_000);
  private static final BigDecimal OVERFLOW = BigDecimal.valueOf(1_000_000);

  /**
   * π.
   *
   * @return its digits
   */
  public static Value pi() {
    return new Decimal(BigDecimalMath.pi(WORKING));
  }

  @Override
  public Value negate() {
    return new Decimal(decimal.negate());
  }

  @Override
  public Value sqrt() {
    if (decimal.signum() < 0) {
      throw new ArithmeticException("arithmetic.root");
    }
    return new Decimal(decimal.sqrt(WORKING));
  }

  @Override
  public Value exp() {
    return exp(decimal);
  }

  /** e^x of any decimal: also what an {@link Exact} other than zero falls back to. */
  static Value exp(BigDecimal x) {
    if (x.signum() == 0) {
      return Exact.ONE;
    }
    if (x.compareTo(UNDERFLOW) < 0) {
      return Exact.ZERO;
    }
    if (x.compareTo(OVERFLOW) > 0) {
      throw new ArithmeticException("arithmetic.overflow");
    }
    return new Decimal(Exponential.of(x, WORKING));
  }

  @Override
  public int signum() {
    return decimal.signum();
  }

  @Override
  public boolean isFinite() {
    return true;
  }

  @Override
  public double toDouble() {
    return decimal.doubleValue();
  }
}
