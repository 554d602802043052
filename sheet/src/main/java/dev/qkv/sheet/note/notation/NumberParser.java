package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.note.notation.Token.Kind;
import java.math.BigDecimal;
import java.util.OptionalInt;

/** Reads numbers and arithmetic on numbers: fractions, roots, powers, −∞. */
public final class NumberParser {
  private static final int LONGEST_NUMBER = 200;
  private static final int LARGEST_POWER = 20;
  private static final int DEEPEST = 60;

  /** Stands for ∞ until the minus sign before it is applied. */
  private static final Value INFINITY = new Approximate(Double.POSITIVE_INFINITY);

  private static final Value EULER = Exact.ONE.exp();

  /** A number and the decimals that its spelling promises. */
  private record Scalar(Value value, OptionalInt decimals) {}

  private final Cursor cursor;
  private int depth;

  /** Inside a bracketed row, a space before a sign and none behind it start a new cell. */
  private boolean inRow;

  public NumberParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Reads a number in a bracketed row. */
  public Numeral cell() throws Unreadable {
    inRow = true;
    try {
      return numeral();
    } finally {
      inRow = false;
    }
  }

  /** Reads a number or an expression of numbers. */
  public Numeral numeral() throws Unreadable {
    cursor.skipSpace();
    int start = cursor.peek().start();
    Scalar scalar;
    try {
      scalar = sum();
    } catch (ArithmeticException e) {
      throw new Unreadable(
          Message.of(
              "error.number.arithmetic",
              cursor.between(start, cursor.peek().start()),
              Message.of(e)),
          start);
    }
    if (scalar.value() instanceof Approximate) {
      throw new Unreadable(Message.of("error.infinity"), start);
    }
    return new Numeral(
        cursor.between(start, cursor.before().end()), start, scalar.value(), scalar.decimals());
  }

  private Scalar sum() throws Unreadable {
    if (++depth > DEEPEST) {
      throw cursor.unexpected("expected.shallow");
    }
    Scalar left = product();
    while (true) {
      int mark = cursor.mark();
      boolean spaced = cursor.skipSpace();
      Token sign = cursor.peek();
      boolean operator = sign.is("+") || sign.is("-");
      if (!operator || (inRow && spaced && cursor.peek(1).kind() != Kind.SPACE)) {
        cursor.back(mark);
        depth--;
        return left;
      }
      cursor.take();
      Scalar right = product();
      left =
          combine(
              left,
              right,
              sign.is("+") ? left.value().plus(right.value()) : left.value().minus(right.value()));
    }
  }

  private Scalar product() throws Unreadable {
    Scalar left = factor();
    while (true) {
      int mark = cursor.mark();
      boolean spaced = cursor.skipSpace();
      Token sign = cursor.peek();
      if (sign.is("·") || sign.is("×")) {
        cursor.take();
        Scalar right = factor();
        left = combine(left, right, left.value().times(right.value()));
      } else if (sign.is("/") || sign.is("÷")) {
        cursor.take();
        Scalar right = factor();
        left = combine(left, right, left.value().dividedBy(right.value()));
      } else if (startsFactor(sign) && !spaced) {
        Scalar right = factor();
        left = combine(left, right, left.value().times(right.value()));
      } else {
        cursor.back(mark);
        return left;
      }
    }
  }

  /** What may follow a number directly, as in 2√3. */
  private static boolean startsFactor(Token token) {
    return token.is("√") || token.isWord("\\sqrt") || token.isWord("sqrt");
  }

  /** Decimals in an expression make its value approximate; whole numbers do not. */
  private static Scalar combine(Scalar left, Scalar right, Value value) {
    int decimals = Math.max(left.decimals().orElse(0), right.decimals().orElse(0));
    return new Scalar(value, decimals > 0 ? OptionalInt.of(decimals) : OptionalInt.empty());
  }

  private static Scalar of(Scalar inner, Value value) {
    return combine(inner, inner, value);
  }

  private Scalar factor() throws Unreadable {
    cursor.skipSpace();
    if (cursor.peek().is("+")) {
      cursor.take();
      return factor();
    }
    if (cursor.peek().is("-")) {
      cursor.take();
      Scalar inner = factor();
      return new Scalar(
          inner.value().equals(INFINITY) ? NegativeInfinity.INSTANCE : inner.value().negate(),
          inner.decimals());
    }
    Scalar base = primary();
    while (cursor.peek().is("^") || cursor.peek().is("²")) {
      boolean square = cursor.take().is("²");
      Value exponent = square ? Value.of(2) : argument().value();
      base = of(base, power(base.value(), exponent));
    }
    return base;
  }

  private Value power(Value base, Value exponent) throws Unreadable {
    if (base.equals(EULER)) {
      return exponent.exp();
    }
    double times = exponent.toDouble();
    if (times != Math.rint(times) || Math.abs(times) > LARGEST_POWER) {
      throw cursor.unexpected("expected.power");
    }
    Value result = Exact.ONE;
    for (int i = 0; i < Math.abs(times); i++) {
      result = result.times(base);
    }
    return times < 0 ? Exact.ONE.dividedBy(result) : result;
  }

  private Scalar primary() throws Unreadable {
    Token token = cursor.peek();
    if (token.kind() == Kind.NUMBER) {
      cursor.take();
      return literal(token);
    }
    if (token.is("(") || token.is("{")) {
      return argument();
    }
    boolean symbol = token.kind() == Kind.SYMBOL || token.kind() == Kind.WORD;
    switch (symbol ? token.text() : "") {
      case "√", "sqrt", "\\sqrt" -> {
        cursor.take();
        Scalar inner = argument();
        return of(inner, inner.value().sqrt());
      }
      case "exp", "\\exp" -> {
        cursor.take();
        Scalar inner = argument();
        return of(inner, inner.value().exp());
      }
      case "\\frac", "\\tfrac", "\\dfrac" -> {
        cursor.take();
        Scalar above = texArgument();
        Scalar below = texArgument();
        return combine(above, below, above.value().dividedBy(below.value()));
      }
      case "e" -> {
        cursor.take();
        return new Scalar(EULER, OptionalInt.empty());
      }
      case "∞", "inf", "Inf", "infinity" -> {
        cursor.take();
        return new Scalar(INFINITY, OptionalInt.empty());
      }
      default -> throw cursor.unexpected("expected.number");
    }
  }

  private Scalar literal(Token token) throws Unreadable {
    String digits = token.text();
    if (digits.length() > LONGEST_NUMBER) {
      throw new Unreadable(
          Message.of("error.number.long", digits.length(), LONGEST_NUMBER), token.start());
    }
    int point = digits.indexOf('.');
    int decimals = point < 0 ? 0 : digits.length() - point - 1;
    BigDecimal number = new BigDecimal(digits);
    if (cursor.peek().isWord("e") || cursor.peek().isWord("E")) {
      boolean signed = cursor.peek(1).is("-") || cursor.peek(1).is("+");
      Token power = cursor.peek(signed ? 2 : 1);
      if (power.kind() == Kind.NUMBER && power.text().matches("\\d{1,3}")) {
        int exponent = Integer.parseInt(power.text());
        exponent = cursor.peek(1).is("-") ? -exponent : exponent;
        cursor.take();
        cursor.take();
        if (signed) {
          cursor.take();
        }
        number = number.scaleByPowerOfTen(exponent);
        decimals -= exponent; // 3.15e6 promises ten thousands
      }
    }
    return new Scalar(Value.of(number), OptionalInt.of(decimals));
  }

  /** {@code (…)}, {@code {…}}, or the single thing that follows. */
  private Scalar argument() throws Unreadable {
    cursor.skipSpace();
    Token open = cursor.peek();
    if (!open.is("(") && !open.is("{")) {
      return open.is("-") ? factor() : primary();
    }
    cursor.take();
    boolean outer = inRow;
    inRow = false;
    Scalar inner = sum();
    inRow = outer;
    cursor.require(open.is("(") ? ")" : "}");
    return inner;
  }

  /** TeX takes one digit where braces are left out: {@code \frac12} is a half. */
  private Scalar texArgument() throws Unreadable {
    cursor.skipSpace();
    Token token = cursor.peek();
    if (token.kind() != Kind.NUMBER || token.text().length() == 1) {
      return argument();
    }
    cursor.replace(
        new Token(Kind.NUMBER, token.text().substring(1), token.start() + 1, token.end()));
    return new Scalar(Value.of(Long.parseLong(token.text().substring(0, 1))), OptionalInt.of(0));
  }
}
