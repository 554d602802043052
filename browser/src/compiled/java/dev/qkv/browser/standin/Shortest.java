package dev.qkv.browser.standin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The text of a double as the JDK writes it: the shortest decimal that is read as the same number,
 * and of several the closest. The compiler's class library sometimes leaves out the last digit.
 */
final class Shortest {
  /** Decimals of so many digits are all different numbers. */
  private static final int ALWAYS = 15;

  private static final int MOST = 17;

  /** Powers of ten that are exact. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Shortest() {}

  static String text(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    boolean negative = number < 0 || (number == 0 && 1 / number < 0);
    double size = Math.abs(number);
    String text =
        size == Double.POSITIVE_INFINITY ? "Infinity" : size == 0 ? "0.0" : written(decimal(size));
    return negative ? "-" + text : text;
  }

  private static BigDecimal decimal(double size) {
    BigDecimal plain = plain(size);
    if (plain != null) {
      return plain;
    }
    BigDecimal exact = new BigDecimal(size);
    long bits = Double.doubleToLongBits(size);
    BigDecimal before = new BigDecimal(Double.longBitsToDouble(bits - 1));
    BigDecimal behind =
        size == Double.MAX_VALUE
            ? exact.add(exact.subtract(before))
            : new BigDecimal(Double.longBitsToDouble(bits + 1));
    Reach reach = new Reach(halfway(before, exact), halfway(exact, behind), (bits & 1) == 0);
    BigDecimal found = reach.shortened(exact, MOST);
    for (int digits = MOST - 1; digits >= 2; digits--) {
      BigDecimal shorter = reach.shortened(exact, digits);
      if (shorter == null) {
        break;
      }
      found = shorter;
    }
    return found == null ? exact : found;
  }

  /** The decimals that are read as one number; with its ends where that is even. */
  private record Reach(BigDecimal from, BigDecimal to, boolean ends) {
    /** One of so many digits, the closest; null where there is none. */
    @Nullable BigDecimal shortened(BigDecimal exact, int digits) {
      BigDecimal closest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (has(closest)) {
        return closest;
      }
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
      return has(above) ? above : null; // below a power of two numbers are closer to each other
    }

    private boolean has(BigDecimal decimal) {
      int low = decimal.compareTo(from);
      int high = decimal.compareTo(to);
      return (low > 0 || (ends && low == 0)) && (high < 0 || (ends && high == 0));
    }
  }

  /** A number of few decimals; null where it may have more. */
  private static @Nullable BigDecimal plain(double size) {
    if (size < 1e-3 || size >= 1e7) {
      return null;
    }
    int scale = ALWAYS;
    for (double power = 1; power <= size; power *= 10) {
      scale--;
    }
    double whole = Math.rint(size * POWERS[scale]);
    return whole / POWERS[scale] == size ? BigDecimal.valueOf((long) whole, scale) : null;
  }

  private static BigDecimal halfway(BigDecimal a, BigDecimal b) {
    return a.add(b).multiply(new BigDecimal("0.5"));
  }

  /** With one digit before the point where it is below 0.001 or at least ten million. */
  private static String written(BigDecimal decimal) {
    String digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    String kept = digits.substring(0, end);
    if (exponent < -3 || exponent >= 7) {
      return kept.charAt(0) + "." + (end > 1 ? kept.substring(1) : "0") + "E" + exponent;
    }
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + kept;
    }
    String padded = kept + "0".repeat(Math.max(0, exponent + 2 - end));
    return padded.substring(0, exponent + 1) + "." + padded.substring(exponent + 1);
  }
}
