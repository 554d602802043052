package dev.qkv.sheet.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** The binary operations: exact while the closed form lasts, decimal after that. */
final class Arithmetic {
  /** Beyond this size a closed form tells a reader nothing and only costs time. */
  private static final int LARGEST_EXACT_BITS = 1_024;

  /** Whole exponents up to here are multiplied out. */
  private static final int LARGEST_POWER = 64;

  private Arithmetic() {}

  static Value plus(Value a, Value b) {
    if (a instanceof Approximate x && b instanceof Approximate y) {
      return new Approximate(x.number() + y.number());
    }
    if (a == NegativeInfinity.INSTANCE || b == NegativeInfinity.INSTANCE) {
      return NegativeInfinity.INSTANCE;
    }
    if (a instanceof Approximate || b instanceof Approximate) {
      return new Approximate(a.toDouble() + b.toDouble());
    }
    if (a.signum() == 0) {
      return b;
    }
    if (b.signum() == 0) {
      return a;
    }
    if (a instanceof Exact x && b instanceof Exact y) {
      BigFraction ratio = commonRoot(x, y);
      if (ratio != null) {
        return bounded(
            new Exact(x.coefficient().add(y.coefficient().multiply(ratio)), x.radicand()));
      }
    }
    return new Decimal(a.decimal().add(b.decimal(), Value.WORKING));
  }

  /** The rational r with √y.radicand = r·√x.radicand, or null where there is none. */
  private static @Nullable BigFraction commonRoot(Exact x, Exact y) {
    if (x.radicand().equals(y.radicand())) {
      return BigFraction.ONE;
    }
    BigInteger product = x.radicand().multiply(y.radicand());
    BigInteger root = product.sqrt();
    return root.multiply(root).equals(product) ? BigFraction.of(root, x.radicand()) : null;
  }

  static Value times(Value a, Value b) {
    if (a instanceof Approximate x && b instanceof Approximate y) {
      return new Approximate(x.number() * y.number());
    }
    if (a == NegativeInfinity.INSTANCE || b == NegativeInfinity.INSTANCE) {
      Value other = a == NegativeInfinity.INSTANCE ? b : a;
      if (other.signum() <= 0) {
        throw new ArithmeticException("arithmetic.infinity");
      }
      return NegativeInfinity.INSTANCE;
    }
    if (a instanceof Approximate || b instanceof Approximate) {
      return new Approximate(a.toDouble() * b.toDouble());
    }
    if (a instanceof Exact x && b instanceof Exact y) {
      return bounded(
          new Exact(
              x.coefficient().multiply(y.coefficient()), x.radicand().multiply(y.radicand())));
    }
    if (a.signum() == 0 || b.signum() == 0) {
      return Exact.ZERO;
    }
    return new Decimal(a.decimal().multiply(b.decimal(), Value.WORKING));
  }

  static Value divide(Value a, Value b) {
    if (b == NegativeInfinity.INSTANCE) {
      throw new ArithmeticException("arithmetic.infinity");
    }
    if (a instanceof Approximate || b instanceof Approximate) {
      return new Approximate(a.toDouble() / b.toDouble());
    }
    if (b.signum() == 0) {
      throw new ArithmeticException("arithmetic.zero");
    }
    if (b instanceof Exact y) {
      // 1/(c√n) = √n/(cn)
      BigFraction inverse = y.coefficient().multiply(y.radicand()).reciprocal();
      return times(a, new Exact(inverse, y.radicand()));
    }
    if (a == NegativeInfinity.INSTANCE) {
      return times(a, b);
    }
    return a.signum() == 0
        ? Exact.ZERO
        : new Decimal(a.decimal().divide(b.decimal(), Value.WORKING));
  }

  /** By repeated multiplication for a small whole exponent, else e^(exponent·ln base). */
  static Value power(Value base, Value exponent) {
    if (base instanceof Approximate || exponent instanceof Approximate) {
      return new Approximate(Math.pow(base.toDouble(), exponent.toDouble()));
    }
    if (exponent == NegativeInfinity.INSTANCE) {
      if (base.compare(Exact.ONE) <= 0) {
        throw new ArithmeticException("arithmetic.infinity");
      }
      return Exact.ZERO;
    }
    double whole = exponent.toDouble();
    if (exponent instanceof Exact
        && whole == Math.rint(whole)
        && Math.abs(whole) <= LARGEST_POWER) {
      Value result = Exact.ONE;
      for (int k = 0; k < Math.abs(whole); k++) {
        result = times(result, base);
      }
      return whole < 0 ? divide(Exact.ONE, result) : result;
    }
    if (exponent instanceof Exact half
        && half.times(Value.of(2)) instanceof Exact doubled
        && doubled.isRational()
        && doubled.coefficient().getDenominator().equals(BigInteger.ONE)) {
      return power(base.sqrt(), doubled);
    }
    return Function.LOG.of(base).times(exponent).exp();
  }

  static int compare(Value a, Value b) {
    boolean aMasked = a == NegativeInfinity.INSTANCE;
    boolean bMasked = b == NegativeInfinity.INSTANCE;
    if (aMasked || bMasked) {
      return Boolean.compare(bMasked, aMasked);
    }
    if (a instanceof Approximate || b instanceof Approximate) {
      return Double.compare(a.toDouble(), b.toDouble());
    }
    if (a instanceof Exact x && b instanceof Exact y) {
      if (x.signum() != y.signum()) {
        return Integer.compare(x.signum(), y.signum());
      }
      return x.signum() * square(x).compareTo(square(y));
    }
    BigDecimal difference = a.decimal().subtract(b.decimal(), Value.WORKING);
    return difference.signum();
  }

  private static BigFraction square(Exact x) {
    return x.coefficient().multiply(x.coefficient()).multiply(x.radicand());
  }

  /** The closed form, or its decimals where it has grown too long to tell a reader anything. */
  static Value bounded(Exact x) {
    boolean small =
        x.coefficient().getNumerator().bitLength() <= LARGEST_EXACT_BITS
            && x.coefficient().getDenominator().bitLength() <= LARGEST_EXACT_BITS
            && x.radicand().bitLength() <= LARGEST_EXACT_BITS;
    return small ? x : new Decimal(x.decimal());
  }
}
