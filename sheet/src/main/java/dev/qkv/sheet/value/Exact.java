package dev.qkv.sheet.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * The closed form {@code coefficient · √radicand}.
 *
 * @param coefficient a rational
 * @param radicand a positive integer without square factors that trial division finds; 1 for a
 *     rational
 */
public record Exact(BigFraction coefficient, BigInteger radicand) implements Value {
  /** Zero. */
  public static final Exact ZERO = new Exact(BigFraction.ZERO);

  /** One. */
  public static final Exact ONE = new Exact(BigFraction.ONE);

  /** Square factors are taken out by trial division up to here; larger ones stay under the root. */
  private static final int LARGEST_TRIAL = 1_000;

  /**
   * Normalises: square factors leave the root, zero is rational.
   *
   * @param coefficient a rational
   * @param radicand a positive integer
   */
  public Exact {
    if (radicand.signum() <= 0) {
      throw new ArithmeticException("arithmetic.root");
    }
    if (coefficient.signum() == 0) {
      radicand = BigInteger.ONE;
    } else if (!radicand.equals(BigInteger.ONE)) {
      BigInteger root = squareFactor(radicand);
      coefficient = coefficient.multiply(root);
      radicand = radicand.divide(root.multiply(root));
    }
  }

  /**
   * A rational.
   *
   * @param rational any rational
   */
  public Exact(BigFraction rational) {
    this(rational, BigInteger.ONE);
  }

  /** The largest r that was found with r² dividing n. */
  private static BigInteger squareFactor(BigInteger n) {
    BigInteger whole = n.sqrt();
    if (whole.multiply(whole).equals(n)) {
      return whole;
    }
    BigInteger root = BigInteger.ONE;
    BigInteger rest = n;
    for (int p = 2; p <= LARGEST_TRIAL; p++) {
      BigInteger square = BigInteger.valueOf((long) p * p);
      if (square.compareTo(rest) > 0) {
        break;
      }
      BigInteger[] quotient = rest.divideAndRemainder(square);
      while (quotient[1].signum() == 0) {
        root = root.multiply(BigInteger.valueOf(p));
        rest = quotient[0];
        quotient = rest.divideAndRemainder(square);
      }
    }
    return root;
  }

  /**
   * Whether there is no root.
   *
   * @return true for a fraction or an integer
   */
  public boolean isRational() {
    return radicand.equals(BigInteger.ONE);
  }

  @Override
  public Value negate() {
    return new Exact(coefficient.negate(), radicand);
  }

  @Override
  public Value sqrt() {
    if (signum() < 0) {
      throw new ArithmeticException("arithmetic.root");
    }
    if (!isRational()) {
      return new Decimal(decimal().sqrt(WORKING));
    }
    if (signum() == 0) {
      return ZERO;
    }
    // √(a/b) = √(ab)/b
    BigInteger denominator = coefficient.getDenominator();
    return new Exact(
        BigFraction.of(BigInteger.ONE, denominator),
        coefficient.getNumerator().multiply(denominator));
  }

  @Override
  public Value exp() {
    return signum() == 0 ? ONE : Decimal.exp(decimal());
  }

  @Override
  public int signum() {
    return coefficient.signum();
  }

  @Override
  public BigDecimal decimal() {
    BigDecimal rational =
        new BigDecimal(coefficient.getNumerator())
            .divide(new BigDecimal(coefficient.getDenominator()), WORKING);
    return isRational()
        ? rational
        : rational.multiply(new BigDecimal(radicand).sqrt(WORKING), WORKING);
  }

  @Override
  public boolean isFinite() {
    return true;
  }

  @Override
  public double toDouble() {
    boolean small =
        isRational()
            && coefficient.getNumerator().bitLength() < Double.PRECISION
            && coefficient.getDenominator().bitLength() < Double.PRECISION;
    return small
        ? coefficient.getNumerator().doubleValue() / coefficient.getDenominator().doubleValue()
        : decimal().doubleValue();
  }

  /** Equal closed forms; written out because every sheet compares numbers. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Exact x
        && x.coefficient.equals(coefficient)
        && x.radicand.equals(radicand);
  }

  @Override
  public int hashCode() {
    return 31 * coefficient.hashCode() + radicand.hashCode();
  }
}
