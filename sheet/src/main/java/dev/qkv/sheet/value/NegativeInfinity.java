package dev.qkv.sheet.value;

import java.math.BigDecimal;

/** The score of a position that may not be attended. */
public enum NegativeInfinity implements Value {
  /** −∞. */
  INSTANCE;

  @Override
  public Value negate() {
    throw new ArithmeticException("arithmetic.infinity");
  }

  @Override
  public Value sqrt() {
    throw new ArithmeticException("arithmetic.infinity");
  }

  @Override
  public Value exp() {
    return Exact.ZERO;
  }

  @Override
  public int signum() {
    return -1;
  }

  @Override
  public BigDecimal decimal() {
    throw new ArithmeticException("arithmetic.infinity");
  }

  @Override
  public boolean isFinite() {
    return false;
  }

  @Override
  public double toDouble() {
    return Double.NEGATIVE_INFINITY;
  }
}
