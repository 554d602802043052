package dev.qkv.sheet.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * One number of a sheet. Arithmetic stays {@link Exact} while a closed form rational·√integer
 * exists and falls back to a {@link Decimal} of {@link #WORKING} digits; an {@link Approximate}
 * makes every result approximate. {@link NegativeInfinity} is the masked score.
 */
public sealed interface Value permits Exact, Decimal, Approximate, NegativeInfinity {
  /** Significant digits promised to a reader, as in IEEE decimal128. */
  int DIGITS = 34;

  /** Arithmetic carries guard digits beyond {@link #DIGITS}, so that cancellation has room. */
  MathContext WORKING = new MathContext(DIGITS + 16, RoundingMode.HALF_EVEN);

  /**
   * A whole number.
   *
   * @param number any integer
   * @return the exact value
   */
  static Value of(long number) {
    return new Exact(BigFraction.of(number));
  }

  /**
   * A decimal taken at its word: 0.1 is one tenth.
   *
   * @param number any decimal
   * @return the exact value
   */
  static Value of(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return new Exact(
        plain.scale() <= 0
            ? BigFraction.of(plain.toBigIntegerExact())
            : BigFraction.of(plain.unscaledValue(), BigInteger.TEN.pow(plain.scale())));
  }

  /**
   * The sum. A masked score plus a finite number stays masked.
   *
   * @param other the other term
   * @return {@code this + other}
   */
  default Value plus(Value other) {
    return Arithmetic.plus(this, other);
  }

  /**
   * The difference.
   *
   * @param other what is taken away; finite
   * @return {@code this − other}
   * @throws ArithmeticException if {@code other} is −∞
   */
  default Value minus(Value other) {
    return Arithmetic.plus(this, other.negate());
  }

  /**
   * The product. −∞ times a positive number stays −∞.
   *
   * @param other the other factor
   * @return {@code this · other}
   * @throws ArithmeticException if −∞ meets zero or a negative number
   */
  default Value times(Value other) {
    return Arithmetic.times(this, other);
  }

  /**
   * The quotient.
   *
   * @param other the divisor; finite
   * @return {@code this / other}
   * @throws ArithmeticException if the divisor is zero or −∞
   */
  default Value dividedBy(Value other) {
    return Arithmetic.divide(this, other);
  }

  /**
   * The power.
   *
   * @param exponent to what
   * @return {@code this^exponent}, exact for a small whole exponent of an exact number
   * @throws ArithmeticException where it does not exist, or is too large to write
   */
  default Value power(Value exponent) {
    return Arithmetic.power(this, exponent);
  }

  /**
   * The number with its sign turned.
   *
   * @return {@code −this}
   * @throws ArithmeticException for −∞
   */
  Value negate();

  /**
   * The principal square root.
   *
   * @return {@code √this}
   * @throws ArithmeticException if the number is negative
   */
  Value sqrt();

  /**
   * The exponential; 0 for −∞ and for anything below −10⁶.
   *
   * @return {@code e^this}
   */
  Value exp();

  /**
   * The sign.
   *
   * @return −1, 0 or 1
   */
  int signum();

  /**
   * The number to at least {@link #DIGITS} significant digits.
   *
   * @return a decimal
   * @throws ArithmeticException for −∞ and for an approximation that is not a number
   */
  BigDecimal decimal();

  /**
   * The nearest float64.
   *
   * @return a double
   */
  double toDouble();

  /**
   * Whether this is a finite number.
   *
   * @return false for −∞ and for an approximation that overflowed or has no value
   */
  boolean isFinite();

  /**
   * Numerical order; −∞ comes first.
   *
   * @param other the other number
   * @return negative, zero or positive
   */
  default int compare(Value other) {
    return Arithmetic.compare(this, other);
  }
}
