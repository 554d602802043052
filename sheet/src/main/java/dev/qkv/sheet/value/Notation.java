package dev.qkv.sheet.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How numbers and expressions are written, for a terminal or in TeX. This is the one place where a
 * result is rounded.
 *
 * @param digits decimals that a rounded number shows
 * @param tex TeX instead of plain characters
 */
public record Notation(int digits, boolean tex) {
  private static final int LARGEST_SHOWN = 100_000;
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
    String about = (tex ? "\\approx " : "≈ ") + rounded(value);
    if (closed.isEmpty()) {
      return about;
    }
    boolean plainDecimal =
        value instanceof NegativeInfinity || (value instanceof Exact x && terminates(x));
    return "= " + closed.get() + (plainDecimal ? "" : " " + about);
  }

  /**
   * What stands behind one cell: its expression, then its result where that says more.
   *
   * @param expression the right side with its numbers
   * @param value what it comes to
   * @return {@code "(2·0 + 1·1)/√2 = 1/√2 ≈ 0.7071"}
   */
  public String equation(Expr expression, Value value) {
    String shown = expression.in(this);
    String result = result(value);
    if (result.equals("= " + shown)) {
      return shown;
    }
    String repeated = "= " + shown + " ";
    return shown
        + " "
        + (result.startsWith(repeated) ? result.substring(repeated.length()) : result);
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
      return value instanceof NegativeInfinity ? infinity() : "?";
    }
    BigDecimal number = value.decimal();
    BigDecimal rounded = number.setScale(digits, RoundingMode.HALF_UP);
    boolean vanishes = rounded.signum() == 0 && number.signum() != 0;
    if (vanishes || isLong(number)) {
      BigDecimal few = number.round(new MathContext(vanishes ? 3 : digits + 1));
      int exponent = few.precision() - few.scale() - 1;
      String mantissa = minus(few.scaleByPowerOfTen(-exponent).toPlainString());
      return tex
          ? mantissa + "\\cdot10^{" + exponent + "}"
          : mantissa + "e" + minus(String.valueOf(exponent));
    }
    return minus(rounded.toPlainString());
  }

  private Optional<String> closed(Value value) {
    if (value instanceof NegativeInfinity) {
      return Optional.of(infinity());
    }
    if (value instanceof Exact x && terminates(x) && !isLong(x.decimal())) {
      return Optional.of(minus(x.decimal().stripTrailingZeros().toPlainString()));
    }
    return value instanceof Exact x && shown(x) ? Optional.of(surd(x)) : Optional.empty();
  }

  /** Whether there are too many digits before the point to read. */
  private static boolean isLong(BigDecimal number) {
    return number.precision() - number.scale() > LONGEST_WHOLE;
  }

  /** An integer, or a decimal no longer than what rounding would show. */
  private boolean terminates(Exact x) {
    return x.isRational()
        && BigInteger.TEN.pow(digits).mod(x.coefficient().getDenominator()).signum() == 0;
  }

  private static boolean shown(Exact x) {
    BigInteger limit = BigInteger.valueOf(LARGEST_SHOWN);
    return x.coefficient().getNumerator().abs().compareTo(limit) < 0
        && x.coefficient().getDenominator().compareTo(limit) < 0
        && x.radicand().compareTo(limit) < 0;
  }

  /** p·√n/q, written p/(r√n) where n divides q, as hand work does. */
  private String surd(Exact x) {
    BigInteger p = x.coefficient().getNumerator();
    BigInteger q = x.coefficient().getDenominator();
    BigInteger n = x.radicand();
    String sign = p.signum() < 0 ? sign() : "";
    p = p.abs();
    String above = p.toString();
    String below = q.toString();
    if (!x.isRational()) {
      String root = tex ? "\\sqrt{" + n + "}" : "√" + n;
      if (q.mod(n).signum() == 0) {
        BigInteger rest = q.divide(n);
        below = rest.equals(BigInteger.ONE) ? root : rest + root;
      } else {
        above = p.equals(BigInteger.ONE) ? root : p + root;
      }
    }
    if (below.equals("1")) {
      return sign + above;
    }
    if (tex) {
      return sign + "\\frac{" + above + "}{" + below + "}";
    }
    boolean brackets = below.contains("√") && !below.startsWith("√");
    return sign + above + "/" + (brackets ? "(" + below + ")" : below);
  }

  private String infinity() {
    return tex ? "-\\infty" : "−∞";
  }

  private String sign() {
    return tex ? "-" : "−";
  }

  private String minus(String number) {
    return tex ? number : number.replace('-', '−');
  }

  /** Plain characters or TeX, whichever this notation writes. */
  String of(String plain, String inTex) {
    return tex ? inTex : plain;
  }

  /** Parts with an operator between them, each in brackets where it holds less tightly. */
  String join(List<Expr> parts, int strength, String operator, String texOperator) {
    return parts.stream()
        .map(p -> within(p, strength))
        .collect(Collectors.joining(of(operator, texOperator)));
  }

  /** A part, in brackets where it holds less tightly than what is around it. */
  String within(Expr part, int strength) {
    String text = part.in(this);
    return part.strength(this) < strength ? of("(", "\\left(") + text + of(")", "\\right)") : text;
  }

  /** How tightly a written number holds together. */
  int strength(Value value) {
    String text = number(value);
    if (text.startsWith(sign())) {
      return 0;
    }
    return text.contains("/") ? Expr.PRODUCT : Expr.ATOM;
  }

  /**
   * A matrix on one line: {@code [1 2; 3 4]}, or a TeX environment.
   *
   * @param matrix any matrix
   * @return its text; a scalar as a bare number
   */
  public String matrix(Matrix matrix) {
    if (matrix.rows() == 1 && matrix.columns() == 1) {
      return number(matrix.scalar());
    }
    StringBuilder text = new StringBuilder(tex ? "\\begin{bmatrix}" : "[");
    for (int i = 0; i < matrix.rows(); i++) {
      text.append(i == 0 ? "" : tex ? "\\\\" : "; ");
      text.append(
          matrix.row(i).stream().map(this::number).collect(Collectors.joining(tex ? "&" : " ")));
    }
    return text.append(tex ? "\\end{bmatrix}" : "]").toString();
  }
}
