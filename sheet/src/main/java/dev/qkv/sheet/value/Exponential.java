package dev.qkv.sheet.value;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * e^x in integers: x = k·ln 2 + r, then e^r from the series at r/2^8, squared eight times. Softmax
 * takes nothing as often, and a series of decimals rounds at every step: this takes a tenth of the
 * time, and in browsers, whose decimals are slow, a twentieth.
 */
final class Exponential {
  /** Bits behind the point: 60 digits, twenty for x in the millions, and room for what is lost. */
  private static final int POINT = 288;

  private static final int MOST_DIGITS = 60;
  private static final int HALVINGS = 8;

  /** (ln 2 / 2^8)^n / n! is less than a unit of the last bit from here on. */
  private static final int TERMS = 25;

  /** Powers of two up to this are written out; larger ones are decimals. */
  private static final int WRITTEN = 4096;

  private static final double DIGITS_OF_A_BIT = Math.log10(2);
  private static final MathContext GUARDED = new MathContext(MOST_DIGITS + 15);
  private static final BigInteger ONE = BigInteger.ONE.shiftLeft(POINT);
  private static final BigInteger LOG_2 =
      fixed(BigDecimalMath.log(BigDecimal.valueOf(2), new MathContext(MOST_DIGITS * 2)));

  private Exponential() {}

  /**
   * e^x.
   *
   * @param x up to some millions
   * @param digits at most 60 of them
   * @return rounded to so many digits
   */
  static BigDecimal of(BigDecimal x, MathContext digits) {
    BigInteger[] parts = fixed(x).divideAndRemainder(LOG_2);
    BigInteger mantissa = series(parts[1]);
    int power = parts[0].intValueExact() - POINT;
    if (Math.abs(power) > WRITTEN) {
      return new BigDecimal(mantissa)
          .multiply(BigDecimal.valueOf(2).pow(power, GUARDED), GUARDED)
          .round(digits);
    }
    int scale = Math.max(0, GUARDED.getPrecision() - (int) ((POINT + power) * DIGITS_OF_A_BIT));
    return new BigDecimal(mantissa.multiply(BigInteger.TEN.pow(scale)).shiftLeft(power), scale)
        .round(digits);
  }

  private static BigInteger fixed(BigDecimal x) {
    BigInteger shifted = x.unscaledValue().shiftLeft(POINT);
    return x.scale() >= 0
        ? shifted.divide(BigInteger.TEN.pow(x.scale()))
        : shifted.multiply(BigInteger.TEN.pow(-x.scale()));
  }

  /** e^r for r between −ln 2 and ln 2. */
  private static BigInteger series(BigInteger r) {
    BigInteger small = r.shiftRight(HALVINGS);
    BigInteger sum = ONE;
    for (int n = TERMS; n > 0; n--) {
      sum = ONE.add(small.multiply(sum).shiftRight(POINT).divide(BigInteger.valueOf(n)));
    }
    for (int i = 0; i < HALVINGS; i++) {
      sum = sum.multiply(sum).shiftRight(POINT);
    }
    return sum;
  }
}
