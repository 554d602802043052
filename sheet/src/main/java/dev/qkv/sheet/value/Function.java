package dev.qkv.sheet.value;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.commons.numbers.gamma.Erf;

/** A function of one number, to {@link Value#WORKING} digits and in float64. */
public enum Function {
  /** e to the number. */
  EXP("exp"),
  /** The natural logarithm; −∞ at 0. */
  LOG("ln"),
  /** The hyperbolic tangent. */
  TANH("tanh"),
  /** The sine of an angle in radians. */
  SIN("sin"),
  /** The cosine of an angle in radians. */
  COS("cos"),
  /** The error function, 2/√π·∫₀ˣ e^(−t²) dt. */
  ERF("erf"),
  /** The number if it is positive, else 0. */
  RELU("relu");

  /** Angles beyond this have lost their digits to whole turns. */
  private static final BigDecimal LARGEST_ANGLE = BigDecimal.valueOf(1_000_000_000);

  /** From here on tanh and erf are ±1 to every digit that is carried. */
  private static final BigDecimal SATURATED = BigDecimal.valueOf(60);

  private static final BigDecimal SATURATED_ERF = BigDecimal.valueOf(12);

  private static final MathContext GUARDED = new MathContext(Value.WORKING.getPrecision() + 10);

  private final String word;

  Function(String word) {
    this.word = word;
  }

  /**
   * How it is written.
   *
   * @return {@code tanh}
   */
  public String word() {
    return word;
  }

  /**
   * The function in float64.
   *
   * @param x any number
   * @return its value; NaN where it has none
   */
  public double of(double x) {
    return switch (this) {
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case TANH -> Math.tanh(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case ERF -> Erf.value(x);
      case RELU -> x < 0 ? 0 : x;
    };
  }

  /**
   * The function of a value.
   *
   * @param x any value
   * @return exact where it is, at 0 and 1 and for the positive part
   * @throws ArithmeticException where it has none
   */
  public Value of(Value x) {
    if (x instanceof Approximate(double number)) {
      return new Approximate(of(number));
    }
    if (this == EXP) {
      return x.exp();
    }
    if (x == NegativeInfinity.INSTANCE) {
      return atNegativeInfinity();
    }
    if (this == RELU) {
      return x.signum() < 0 ? Exact.ZERO : x;
    }
    if (this == LOG) {
      return logarithm(x);
    }
    if (x.signum() == 0) {
      return this == COS ? Exact.ONE : Exact.ZERO;
    }
    return elsewhere(x.decimal());
  }

  private Value atNegativeInfinity() {
    return switch (this) {
      case RELU -> Exact.ZERO;
      case TANH, ERF -> Exact.ONE.negate();
      default -> throw new ArithmeticException("arithmetic.infinity");
    };
  }

  private static Value logarithm(Value x) {
    if (x.signum() == 0) {
      return NegativeInfinity.INSTANCE;
    }
    if (x.signum() < 0) {
      throw new ArithmeticException("arithmetic.logarithm");
    }
    return x.equals(Exact.ONE)
        ? Exact.ZERO
        : new Decimal(BigDecimalMath.log(x.decimal(), Value.WORKING));
  }

  private Value elsewhere(BigDecimal x) {
    boolean saturates = this == TANH || this == ERF;
    BigDecimal limit = this == ERF ? SATURATED_ERF : SATURATED;
    if (saturates && x.abs().compareTo(limit) > 0) {
      return Value.of(x.signum());
    }
    if (!saturates && x.abs().compareTo(LARGEST_ANGLE) > 0) {
      throw new ArithmeticException("arithmetic.angle");
    }
    return new Decimal(
        switch (this) {
          case TANH -> BigDecimalMath.tanh(x, Value.WORKING);
          case SIN -> BigDecimalMath.sin(x, Value.WORKING);
          case COS -> BigDecimalMath.cos(x, Value.WORKING);
          case ERF -> erf(x);
          case EXP, LOG, RELU -> throw new IllegalStateException(word);
        });
  }

  /** erf x = 2/√π·e^(−x²)·Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)), whose terms all have one sign. */
  private static BigDecimal erf(BigDecimal x) {
    BigDecimal square = x.multiply(x, GUARDED);
    BigDecimal doubled = square.add(square);
    BigDecimal term = x;
    BigDecimal sum = x;
    for (int n = 1; term.signum() != 0; n++) {
      term = term.multiply(doubled, GUARDED).divide(BigDecimal.valueOf(2L * n + 1), GUARDED);
      BigDecimal next = sum.add(term, GUARDED);
      if (next.compareTo(sum) == 0) {
        break;
      }
      sum = next;
    }
    BigDecimal scale =
        BigDecimal.valueOf(2).divide(BigDecimalMath.pi(GUARDED).sqrt(GUARDED), GUARDED);
    return sum.multiply(Exponential.of(square.negate(), GUARDED), GUARDED)
        .multiply(scale, Value.WORKING);
  }
}
