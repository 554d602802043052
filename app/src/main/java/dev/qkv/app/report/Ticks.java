package dev.qkv.app.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The round numbers along a scale, from the last one at or below what it must hold to the first one
 * at or above. On a linear scale they are 1, 2 or 5 times a power of ten apart; on a logarithmic
 * one each of them is 1, 2 or 5 times a power of ten.
 *
 * @param values rising, at least two
 */
record Ticks(List<BigDecimal> values) {
  private static final int[] STEPS = {1, 2, 5};
  private static final int FEWEST_DIGITS = -5;
  private static final int MOST_DIGITS = 6;

  /** Of a linear scale: the finest that has at most so many. */
  static Ticks linear(double least, double most, int limit) {
    BigDecimal low = BigDecimal.valueOf(least);
    BigDecimal high = BigDecimal.valueOf(most > least ? most : least + 1);
    int power = exponent(high.subtract(low).doubleValue()) - 2;
    for (int i = 0; ; i++) {
      BigDecimal step =
          BigDecimal.valueOf(STEPS[i % STEPS.length]).scaleByPowerOfTen(power + i / STEPS.length);
      BigDecimal first = low.divide(step, 0, RoundingMode.FLOOR);
      BigDecimal last = high.divide(step, 0, RoundingMode.CEILING);
      if (last.subtract(first).intValueExact() < limit) {
        return new Ticks(
            Stream.iterate(first, n -> n.compareTo(last) <= 0, n -> n.add(BigDecimal.ONE))
                .map(n -> n.multiply(step))
                .toList());
      }
    }
  }

  /** Of a logarithmic scale of positive numbers; where there would be too many, powers of ten. */
  static Ticks logarithmic(double least, double most, int limit) {
    BigDecimal low = BigDecimal.valueOf(least);
    BigDecimal high = BigDecimal.valueOf(most);
    List<BigDecimal> all = new ArrayList<>();
    for (int power = exponent(least); all.isEmpty() || all.getLast().compareTo(high) < 0; power++) {
      for (int step : STEPS) {
        BigDecimal value = BigDecimal.valueOf(step).scaleByPowerOfTen(power);
        if (all.size() == 1 && value.compareTo(low) <= 0) {
          all.clear();
        }
        if (all.size() < 2 || all.getLast().compareTo(high) < 0) {
          all.add(value);
        }
      }
    }
    return new Ticks(all.size() <= limit ? all : decades(least, most, limit));
  }

  private static List<BigDecimal> decades(double least, double most, int limit) {
    int first = exponent(least);
    int last = exponent(most) + 1;
    int apart = Math.max(1, Math.ceilDiv(last - first, limit - 1));
    return Stream.iterate(first, p -> p < last + apart, p -> p + apart)
        .map(BigDecimal.ONE::scaleByPowerOfTen)
        .toList();
  }

  private static int exponent(double size) {
    BigDecimal exact = BigDecimal.valueOf(size);
    return exact.precision() - exact.scale() - 1;
  }

  double least() {
    return values.getFirst().doubleValue();
  }

  double most() {
    return values.getLast().doubleValue();
  }

  /** A tick as it is read, with no digit that says nothing. */
  static String label(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal plain = value.stripTrailingZeros();
    int power = plain.precision() - plain.scale() - 1;
    return power < FEWEST_DIGITS || power > MOST_DIGITS
        ? plain.toString().replace("E+", "e").replace("E", "e")
        : plain.toPlainString();
  }
}
