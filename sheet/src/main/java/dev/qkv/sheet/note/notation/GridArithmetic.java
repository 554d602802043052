package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.util.OptionalInt;

/**
 * Arithmetic on numbers and matrices that were read: each result spells all that was read since the
 * place where its text starts.
 */
final class GridArithmetic {
  private static final int LARGEST_POWER = 20;

  /** Stands for ∞ until the minus sign before it is applied. */
  static final Value INFINITY = new Approximate(Double.POSITIVE_INFINITY);

  static final Value EULER = Exact.ONE.exp();

  private final Cursor cursor;

  GridArithmetic(Cursor cursor) {
    this.cursor = cursor;
  }

  Grid plus(Grid left, Grid right, int start) throws Unreadable {
    return left.plus(right, Value::plus, since(start), start);
  }

  Grid minus(Grid left, Grid right, int start) throws Unreadable {
    return left.plus(right, Value::minus, since(start), start);
  }

  Grid times(Grid left, Grid right, int start) throws Unreadable {
    return left.times(right, since(start), start);
  }

  Grid over(Grid left, Grid right, int start) throws Unreadable {
    if (!right.isNumber()) {
      throw cursor.unexpected("expected.number");
    }
    Numeral by = right.number();
    Grid inverse = Grid.number("", -1, Exact.ONE.dividedBy(by.value()), by.decimals(), true);
    if (left.isNumber()) {
      Value quotient = left.number().value().dividedBy(by.value());
      return combined(left, right, quotient, start);
    }
    return left.times(inverse, since(start), start);
  }

  /** 3.0×10⁻² promises what 0.030 promises. */
  Grid scientific(Grid left, Grid power, int start) throws Unreadable {
    Value exponent = single(power);
    Value value = single(left).times(power(Value.of(10), exponent));
    OptionalInt decimals = left.number().decimals();
    return Grid.number(
        since(start),
        start,
        value,
        decimals.isPresent()
            ? OptionalInt.of(decimals.getAsInt() - (int) exponent.toDouble())
            : decimals,
        false);
  }

  Grid negative(Grid of, int start) {
    if (of.isNumber()) {
      Value value = of.number().value();
      return Grid.number(
          since(start),
          start,
          value.equals(INFINITY) ? NegativeInfinity.INSTANCE : value.negate(),
          of.number().decimals(),
          of.written());
    }
    return of.map(Value::negate, since(start), start);
  }

  Grid power(Grid base, Grid exponent, int start) throws Unreadable {
    return combined(base, base, power(single(base), single(exponent)), start);
  }

  Grid root(Grid of, int start) throws Unreadable {
    return combined(of, of, single(of).sqrt(), start);
  }

  Grid exp(Grid of, int start) throws Unreadable {
    return combined(of, of, single(of).exp(), start);
  }

  /** What parentheses enclose; a number is spelled with them. */
  Grid enclosed(Grid inner, int start) {
    return inner.isNumber()
        ? Grid.number(
            since(start), start, inner.number().value(), inner.number().decimals(), inner.written())
        : inner;
  }

  private String since(int start) {
    return cursor.between(start, Math.max(start, cursor.before().end()));
  }

  private Grid combined(Grid left, Grid right, Value value, int start) {
    int decimals =
        Math.max(left.number().decimals().orElse(0), right.number().decimals().orElse(0));
    return Grid.number(
        since(start),
        start,
        value,
        decimals > 0 ? OptionalInt.of(decimals) : OptionalInt.empty(),
        true);
  }

  private Value single(Grid grid) throws Unreadable {
    if (!grid.isNumber()) {
      throw cursor.unexpected("expected.number");
    }
    return grid.number().value();
  }

  private Value power(Value base, Value exponent) throws Unreadable {
    if (base.equals(EULER)) {
      return exponent.exp();
    }
    double times = exponent.toDouble();
    if (times == 0.5) {
      return base.sqrt();
    }
    if (times != Math.rint(times) || Math.abs(times) > LARGEST_POWER) {
      throw cursor.unexpected("expected.power");
    }
    Value result = Exact.ONE;
    for (int i = 0; i < Math.abs(times); i++) {
      result = result.times(base);
    }
    return times < 0 ? Exact.ONE.dividedBy(result) : result;
  }
}
