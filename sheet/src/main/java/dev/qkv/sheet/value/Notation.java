package dev.qkv.sheet.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How numbers are written: for a terminal, in TeX or in MathML. This is the one place where a
 * result is rounded.
 *
 * @param digits decimals that a rounded number shows
 * @param markup what it is written in
 */
public record Notation(int digits, Markup markup) {
  private static final BigInteger LARGEST_SHOWN = BigInteger.valueOf(100_000);
  private static final MathContext TWO_DIGITS = new MathContext(2);
  private static final int DECIMAL = 10;
  private static final int LONGEST_WHOLE = 18;
  private static final BigInteger[] UNITS =
      Stream.iterate(BigInteger.ONE, BigInteger.TEN::multiply)
          .limit(Value.DIGITS + 1)
          .toArray(BigInteger[]::new);

  /**
   * A number inside an expression: its closed form where that is short, rounded otherwise.
   *
   * @param value any value
   * @return its text
   */
  public String number(Value value) {
    if (!(value instanceof Exact x)) {
      return rounded(value);
    }
    if (isShort(x)) {
      return decimal(decimal(x));
    }
    return isShown(x) ? surd(x) : rounded(value);
  }

  /**
   * A result: the closed form and, where that is not already a decimal, its rounded value.
   *
   * @param value any value
   * @return {@code "= 1/√2 ≈ 0.7071"} or {@code "≈ 0.7311"} or {@code "= 3"}
   */
  public String result(Value value) {
    return result(value, number(value));
  }

  /**
   * The same for a number that was written before.
   *
   * @param value any value
   * @param number what {@link #number} makes of it
   * @return the result
   */
  public String result(Value value, String number) {
    if (!isClosed(value)) {
      return markup.of("≈ ", "\\approx ", "<mo>≈</mo>") + number;
    }
    boolean decimal = value instanceof NegativeInfinity || (value instanceof Exact x && isShort(x));
    String equals = markup.of("= ", "= ", "<mo>=</mo>");
    return equals + number + (decimal ? "" : about() + rounded(value));
  }

  /**
   * How large a difference is: its first two digits and its order.
   *
   * @param difference a difference
   * @return {@code "1.2e-07"}; {@code "NaN"} for what is no number
   */
  public static String order(double difference) {
    if (!Double.isFinite(difference)) {
      return String.valueOf(difference);
    }
    BigDecimal two = new BigDecimal(difference).round(TWO_DIGITS);
    BigInteger digits = two.unscaledValue().abs();
    int exponent = two.signum() == 0 ? 0 : two.precision() - 1 - two.scale();
    String shown = (digits + "0").substring(0, 2);
    return (two.signum() < 0 ? "-" : "")
        + (two.signum() == 0 ? "0.0" : shown.charAt(0) + "." + shown.charAt(1))
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < DECIMAL ? "0" : "")
        + Math.abs(exponent);
  }

  /**
   * What stands between a closed form and its rounded value.
   *
   * @return an approximate equality sign with what is around it
   */
  public String about() {
    return markup.of(" ≈ ", " \\approx ", "<mo>≈</mo>");
  }

  /**
   * The number rounded half up to {@link #digits} decimals; in scientific form where that would
   * leave nothing but zeros or too many digits to read.
   *
   * @param value any value
   * @return its decimal text
   */
  public String rounded(Value value) {
    if (!value.isFinite()) {
      return value instanceof NegativeInfinity
          ? signed(true, markup.of("∞", "\\infty", "<mi>∞</mi>"))
          : markup.of("?", "?", "<mtext>?</mtext>");
    }
    BigDecimal number = value.decimal();
    boolean vanishes = vanishes(number);
    if (!vanishes && !isLong(number)) {
      return decimal(number.setScale(digits, RoundingMode.HALF_UP));
    }
    BigDecimal few = number.round(new MathContext(vanishes ? 3 : digits + 1)).abs();
    int exponent = few.precision() - few.scale() - 1;
    String mantissa = few.scaleByPowerOfTen(-exponent).toPlainString();
    String power = Integer.toString(exponent);
    return signed(
        number.signum() < 0,
        markup.of(
            mantissa + "e" + power.replace('-', '−'),
            mantissa + "\\cdot10^{" + power + "}",
            "<mn>"
                + mantissa
                + "</mn><mo>·</mo><msup><mn>10</mn><mn>"
                + power.replace('-', '−')
                + "</mn></msup>"));
  }

  /** How a number looks, which decides about brackets around it. */
  public enum Form {
    /** With a minus in front. */
    NEGATIVE,
    /** One number over another, as 2/3 and 1/√2. */
    FRACTION,
    /** Several signs in a row, as 2√2 and 1.2·10⁻⁵. */
    RUN,
    /** A root alone. */
    ROOT,
    /** Digits. */
    PLAIN
  }

  /**
   * How a number looks.
   *
   * @param value any value
   * @return its form
   */
  public Form form(Value value) {
    if (value.signum() < 0) {
      return Form.NEGATIVE;
    }
    if (!(value instanceof Exact x) || isShort(x) || !isShown(x)) {
      return number(value).contains("e") || number(value).contains("cdot") ? Form.RUN : Form.PLAIN;
    }
    if (!x.coefficient().getDenominator().equals(BigInteger.ONE)) {
      return Form.FRACTION;
    }
    return x.coefficient().getNumerator().equals(BigInteger.ONE) ? Form.ROOT : Form.RUN;
  }

  private boolean isClosed(Value value) {
    return value instanceof NegativeInfinity
        || (value instanceof Exact x && (isShort(x) || isShown(x)));
  }

  /** An integer, or a decimal no longer than what rounding would show; not too long to read. */
  private boolean isShort(Exact x) {
    BigInteger denominator = x.coefficient().getDenominator();
    if (!x.isRational()) {
      return false;
    }
    boolean whole = denominator.equals(BigInteger.ONE);
    if (!whole && unit().mod(denominator).signum() != 0) {
      return false;
    }
    BigInteger numerator = x.coefficient().getNumerator();
    int bits = numerator.bitLength() - denominator.bitLength();
    return bits < LONGEST_WHOLE * 3 || !isLong(decimal(x));
  }

  /** A short number's digits. */
  private BigDecimal decimal(Exact x) {
    BigInteger denominator = x.coefficient().getDenominator();
    BigInteger numerator = x.coefficient().getNumerator();
    return denominator.equals(BigInteger.ONE)
        ? new BigDecimal(numerator)
        : new BigDecimal(numerator.multiply(unit().divide(denominator)), digits)
            .stripTrailingZeros();
  }

  private BigInteger unit() {
    return digits < UNITS.length ? UNITS[digits] : BigInteger.TEN.pow(digits);
  }

  private String decimal(BigDecimal number) {
    String text = number.abs().toPlainString();
    return signed(number.signum() < 0, markup.of(text, text, "<mn>" + text + "</mn>"));
  }

  private String signed(boolean negative, String text) {
    return negative ? markup.of("−", "-", "<mo>−</mo>") + text : text;
  }

  /**
   * Whether all decimals that are shown are zeros. For numbers far below them the places of the
   * digits tell: to round e^−10000 would mean to divide by 10^4343.
   */
  private boolean vanishes(BigDecimal number) {
    if (number.signum() == 0) {
      return false;
    }
    boolean farBelow = number.precision() - number.scale() < -digits;
    return farBelow || number.setScale(digits, RoundingMode.HALF_UP).signum() == 0;
  }

  /** Whether there are too many digits before the point to read. */
  private static boolean isLong(BigDecimal number) {
    return number.precision() - number.scale() > LONGEST_WHOLE;
  }

  private static boolean isShown(Exact x) {
    return x.coefficient().getNumerator().abs().compareTo(LARGEST_SHOWN) < 0
        && x.coefficient().getDenominator().compareTo(LARGEST_SHOWN) < 0
        && x.radicand().compareTo(LARGEST_SHOWN) < 0;
  }

  /** p·√n/q, written p/(r√n) where n divides q, as hand work does. */
  private String surd(Exact x) {
    BigInteger p = x.coefficient().getNumerator();
    BigInteger q = x.coefficient().getDenominator();
    BigInteger n = x.radicand();
    boolean negative = p.signum() < 0;
    boolean rootBelow = !x.isRational() && q.mod(n).signum() == 0;
    String above = times(p.abs(), rootBelow ? BigInteger.ONE : n);
    BigInteger rest = rootBelow ? q.divide(n) : q;
    String below = times(rest, rootBelow ? n : BigInteger.ONE);
    if (q.equals(BigInteger.ONE)) {
      return signed(negative, above);
    }
    boolean brackets = rootBelow && !rest.equals(BigInteger.ONE);
    return signed(
        negative,
        markup.of(
            above + "/" + (brackets ? "(" + below + ")" : below),
            "\\frac{" + above + "}{" + below + "}",
            "<mfrac><mrow>" + above + "</mrow><mrow>" + below + "</mrow></mfrac>"));
  }

  /** r·√n, without a factor or a root of 1. */
  private String times(BigInteger r, BigInteger n) {
    String number = markup.of(r + "", r + "", "<mn>" + r + "</mn>");
    if (n.equals(BigInteger.ONE)) {
      return number;
    }
    String root = markup.of("√" + n, "\\sqrt{" + n + "}", "<msqrt><mn>" + n + "</mn></msqrt>");
    return r.equals(BigInteger.ONE) ? root : number + root;
  }

  /**
   * A matrix: {@code [1 2; 3 4]} on one line, a TeX environment, or a MathML table.
   *
   * @param matrix any matrix
   * @return its text; a scalar as a bare number
   */
  public String matrix(Matrix matrix) {
    if (matrix.rows() == 1 && matrix.columns() == 1) {
      return number(matrix.scalar());
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < matrix.rows(); i++) {
      text.append(i == 0 ? "" : markup.of("; ", "\\\\", ""));
      text.append(
          matrix.row(i).stream()
              .map(v -> markup.of(number(v), number(v), "<mtd>" + number(v) + "</mtd>"))
              .collect(
                  Collectors.joining(
                      markup.of(" ", "&", ""),
                      markup.of("", "", "<mtr>"),
                      markup.of("", "", "</mtr>"))));
    }
    return markup.of("[", "\\begin{bmatrix}", "<mrow><mo>[</mo><mtable>")
        + text
        + markup.of("]", "\\end{bmatrix}", "</mtable><mo>]</mo></mrow>");
  }
}
