package dev.qkv.sheet.exercise;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.numbers.fraction.BigFraction;

/** Numbers as somebody writes them down: rounded to some decimals. */
final class WrittenAnswer {
  private WrittenAnswer() {}

  /** What is claimed for a quantity: the whole; or cell by cell, where some number is none. */
  static List<Claim.Numbers> of(Quantity quantity, Doubles numbers, int decimals) {
    List<List<Numeral>> whole = new ArrayList<>();
    List<Claim.Numbers> cells = new ArrayList<>();
    boolean complete = true;
    for (int i = 0; i < numbers.rows(); i++) {
      List<Numeral> row = new ArrayList<>();
      for (int j = 0; j < numbers.columns(); j++) {
        double x = numbers.at(0, i, j);
        if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
          complete = false;
          continue;
        }
        row.add(numeral(x, decimals));
        cells.add(
            claim(
                quantity,
                List.of(List.of(row.getLast())),
                OptionalInt.of(i + 1),
                OptionalInt.of(j + 1)));
      }
      whole.add(row);
    }
    return complete
        ? List.of(claim(quantity, whole, OptionalInt.empty(), OptionalInt.empty()))
        : cells;
  }

  private static Claim.Numbers claim(
      Quantity quantity, List<List<Numeral>> numbers, OptionalInt row, OptionalInt column) {
    return new Claim.Numbers(quantity, numbers, row, column, 1, quantity.name());
  }

  private static Numeral numeral(double x, int decimals) {
    if (x == Double.NEGATIVE_INFINITY) {
      return new Numeral("-inf", -1, NegativeInfinity.INSTANCE, OptionalInt.empty());
    }
    BigDecimal rounded =
        BigDecimal.valueOf(FloatArithmetic.round(x, decimals, RoundingMode.HALF_UP))
            .setScale(decimals, RoundingMode.HALF_UP);
    return new Numeral(rounded.toPlainString(), -1, exact(rounded), OptionalInt.of(decimals));
  }

  /** A decimal as a fraction. */
  static Value exact(BigDecimal decimal) {
    return new Exact(
        BigFraction.of(decimal.unscaledValue(), BigInteger.TEN.pow(Math.max(0, decimal.scale()))));
  }
}
