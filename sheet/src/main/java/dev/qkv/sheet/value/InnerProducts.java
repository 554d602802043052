package dev.qkv.sheet.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products of values. Rows of rationals are brought to one denominator, and rows of decimals
 * to one scale, once for the whole product; what is left in the inner loop are integers. The result
 * is what sum and product of the values give: exact for rationals, and for decimals without the
 * rounding of each term.
 */
public final class InnerProducts {
  /** Decimals that lie farther apart than this many digits are added one by one. */
  private static final int WIDEST_SPREAD = 400;

  private InnerProducts() {}

  /**
   * The product of two matrices.
   *
   * @param left the left factor
   * @param right the right factor, with as many rows as the left one has columns
   * @return left·right
   */
  public static Matrix product(Matrix left, Matrix right) {
    Scaled[] rows = new Scaled[left.rows()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Scaled.of(left.row(i));
    }
    Scaled[] columns = new Scaled[right.columns()];
    for (int j = 0; j < columns.length; j++) {
      columns[j] = Scaled.of(right.column(j));
    }
    return Matrix.of(rows.length, columns.length, (i, j) -> inner(rows[i], columns[j]));
  }

  private static Value inner(Scaled left, Scaled right) {
    if (left.numerators == null || right.numerators == null) {
      return inner(left.values, right.values);
    }
    BigInteger sum = BigInteger.ZERO;
    if (left.small != null && right.small != null) {
      long total = 0;
      for (int k = 0; k < left.small.length; k++) {
        total += (long) left.small[k] * right.small[k];
      }
      sum = BigInteger.valueOf(total);
    } else {
      for (int k = 0; k < left.numerators.length; k++) {
        if (left.numerators[k].signum() != 0 && right.numerators[k].signum() != 0) {
          sum = sum.add(left.numerators[k].multiply(right.numerators[k]));
        }
      }
    }
    if (left.rational && right.rational) {
      return Arithmetic.bounded(
          new Exact(BigFraction.of(sum, left.denominator.multiply(right.denominator))));
    }
    if (sum.signum() == 0) {
      return Exact.ZERO;
    }
    BigDecimal number = new BigDecimal(sum, left.scale + right.scale);
    BigInteger denominator = left.denominator.multiply(right.denominator);
    return new Decimal(
        denominator.equals(BigInteger.ONE)
            ? number.round(Value.WORKING)
            : number.divide(new BigDecimal(denominator), Value.WORKING));
  }

  private static Value inner(List<Value> left, List<Value> right) {
    Value sum = left.getFirst().times(right.getFirst());
    for (int k = 1; k < left.size(); k++) {
      sum = sum.plus(left.get(k).times(right.get(k)));
    }
    return sum;
  }

  /** A row as integers over one denominator or to one scale; without integers where that fails. */
  private static final class Scaled {
    /** Products of two of these, added up as often as a sheet is wide, stay below 2⁶³. */
    private static final int SMALL_BITS = 27;

    private final List<Value> values;
    private final boolean rational;
    private final BigInteger @Nullable [] numerators;
    private final int @Nullable [] small;
    private final BigInteger denominator;
    private final int scale;

    private Scaled(
        List<Value> values,
        boolean rational,
        BigInteger @Nullable [] numerators,
        BigInteger denominator,
        int scale) {
      this.values = values;
      this.rational = rational;
      this.numerators = numerators;
      this.denominator = denominator;
      this.scale = scale;
      this.small = numerators == null ? null : small(numerators);
    }

    static Scaled of(List<Value> values) {
      boolean rational = values.stream().allMatch(v -> v instanceof Exact x && x.isRational());
      if (rational) {
        return rational(values);
      }
      boolean plain = values.stream().allMatch(v -> v instanceof Decimal || isWhole(v));
      Scaled scaled = plain ? decimal(values) : null;
      return scaled == null ? new Scaled(values, false, null, BigInteger.ONE, 0) : scaled;
    }

    /** Whole numbers among decimals: the zeros and ones of softmax. */
    private static boolean isWhole(Value value) {
      return value instanceof Exact x
          && x.isRational()
          && x.coefficient().getDenominator().equals(BigInteger.ONE);
    }

    private static Scaled rational(List<Value> values) {
      BigInteger common = BigInteger.ONE;
      for (Value value : values) {
        BigInteger d = ((Exact) value).coefficient().getDenominator();
        if (!common.equals(d)) {
          common = common.divide(common.gcd(d)).multiply(d);
        }
      }
      BigInteger[] numerators = new BigInteger[values.size()];
      for (int k = 0; k < numerators.length; k++) {
        BigFraction fraction = ((Exact) values.get(k)).coefficient();
        numerators[k] =
            common.equals(fraction.getDenominator())
                ? fraction.getNumerator()
                : fraction.getNumerator().multiply(common.divide(fraction.getDenominator()));
      }
      return new Scaled(values, true, numerators, common, 0);
    }

    private static @Nullable Scaled decimal(List<Value> values) {
      int finest = 0;
      int coarsest = Integer.MAX_VALUE;
      for (Value value : values) {
        if (value.signum() != 0) {
          int scale = value instanceof Decimal d ? d.decimal().scale() : 0;
          finest = Math.max(finest, scale);
          coarsest = Math.min(coarsest, scale);
        }
      }
      if (coarsest != Integer.MAX_VALUE && finest - coarsest > WIDEST_SPREAD) {
        return null;
      }
      BigInteger[] numerators = new BigInteger[values.size()];
      for (int k = 0; k < numerators.length; k++) {
        numerators[k] =
            values.get(k).signum() == 0
                ? BigInteger.ZERO
                : values.get(k).decimal().setScale(finest).unscaledValue();
      }
      return new Scaled(values, false, numerators, BigInteger.ONE, finest);
    }

    private static int @Nullable [] small(BigInteger[] numbers) {
      int[] small = new int[numbers.length];
      for (int k = 0; k < small.length; k++) {
        if (numbers[k].bitLength() > SMALL_BITS) {
          return null;
        }
        small[k] = numbers[k].intValue();
      }
      return small;
    }
  }
}
