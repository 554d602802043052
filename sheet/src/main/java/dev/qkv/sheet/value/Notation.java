package dev.qkv.sheet.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How numbers are written: for a terminal, in TeX or in MathML. This is the one place where a
 * result is rounded.
 *
 * @param digits decimals that a rounded number shows
 * @param markup what it is written in
 */
public record Notation(int digits, Markup markup) {
  private static final BigInteger LARGEST_SHOWN = BigInteger.valueOf(100_000);
  private static final int LONGEST_WHOLE = 18;

  /**
   * A number inside an expression: its closed form where that is short, rounded otherwise.
   *
   * @param value any value
   * @return its text
   */
  public String number(Value value) {
    return closed(value).orElseGet(() -> rounded(value));
  }

  /**
   * A result: the closed form and, where that is not already a decimal, its rounded value.
   *
   * @param value any value
   * @return {@code "= 1/√2 ≈ 0.7071"} or {@code "≈ 0.7311"} or {@code "= 3"}
   */
  public String result(Value value) {
    Optional<String> closed = closed(value);
    String about = markup.of("≈ ", "\\approx ", "<mo>≈</mo>") + rounded(value);
    if (closed.isEmpty()) {
      return about;
    }
    boolean plainDecimal =
        value instanceof NegativeInfinity || (value instanceof Exact x && terminates(x));
    String equals = markup.of("= ", "= ", "<mo>=</mo>");
    return equals + closed.get() + (plainDecimal ? "" : markup.of(" ", " ", "") + about);
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
    BigDecimal rounded = number.setScale(digits, RoundingMode.HALF_UP);
    boolean vanishes = rounded.signum() == 0 && number.signum() != 0;
    if (!vanishes && !isLong(number)) {
      return decimal(rounded);
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

  /**
   * Whether a number is written with a minus in front.
   *
   * @param value any value
   * @return true for −∞ as well
   */
  public static boolean isNegative(Value value) {
    return value.signum() < 0;
  }

  /**
   * Whether a number is written as one number over another.
   *
   * @param value any value
   * @return true for 2/3 and 1/√2, not for 0.5 where that fits the digits
   */
  public boolean isFraction(Value value) {
    return value instanceof Exact x
        && !(terminates(x) && !isLong(x.decimal()))
        && shown(x)
        && !x.coefficient().getDenominator().equals(BigInteger.ONE);
  }

  private Optional<String> closed(Value value) {
    if (value instanceof NegativeInfinity) {
      return Optional.of(rounded(value));
    }
    if (value instanceof Exact x && terminates(x) && !isLong(x.decimal())) {
      return Optional.of(decimal(x.decimal().stripTrailingZeros()));
    }
    return value instanceof Exact x && shown(x) ? Optional.of(surd(x)) : Optional.empty();
  }

  private String decimal(BigDecimal number) {
    String text = number.abs().toPlainString();
    return signed(number.signum() < 0, markup.of(text, text, "<mn>" + text + "</mn>"));
  }

  private String signed(boolean negative, String text) {
    return negative ? markup.of("−", "-", "<mo>−</mo>") + text : text;
  }

  /** Whether there are too many digits before the point to read. */
  private static boolean isLong(BigDecimal number) {
    return number.precision() - number.scale() > LONGEST_WHOLE;
  }

  /** An integer, or a decimal no longer than what rounding would show. */
  private boolean terminates(Exact x) {
    BigInteger denominator = x.coefficient().getDenominator();
    return x.isRational()
        && (denominator.equals(BigInteger.ONE)
            || BigInteger.TEN.pow(digits).mod(denominator).signum() == 0);
  }

  private static boolean shown(Exact x) {
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
