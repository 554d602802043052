package dev.qkv.sheet.audit;

import java.util.List;

/**
 * Arithmetic that is written out on the way to numbers, as in {@code (2·0 + 1·1)/√2 = 1/√2 ≈ 0.71}:
 * what stands between its relation signs.
 *
 * @param links the links, in order
 */
public record Working(List<Link> links) {
  /** No arithmetic at all. */
  public static final Working NONE = new Working(List.of());

  /**
   * One link: an expression for each cell.
   *
   * @param text how it is written
   * @param about whether the sign before it says that it is rounded
   * @param cells the expressions, row by row
   */
  public record Link(String text, boolean about, List<List<Part>> cells) {}

  /**
   * The expression for one cell.
   *
   * @param amount what it comes to
   * @param products the products that it adds up, what the whole is divided by left out
   * @param literal whether it is nothing but a number
   */
  public record Part(Amount amount, List<Product> products, boolean literal) {}

  /**
   * One product.
   *
   * @param factors its factors
   */
  public record Product(List<Factor> factors) {}

  /**
   * One factor.
   *
   * @param text how it is written
   * @param amount what it comes to
   */
  public record Factor(String text, Amount amount) {}

  /**
   * What numbers that were rounded as they were written may come to.
   *
   * @param low the least
   * @param high the most; NaN, like the least, for what is left open
   * @param unit one unit of the last digit of a decimal; 0 for what is exact
   */
  public record Amount(double low, double high, double unit) {
    /** A question mark. */
    public static final Amount OPEN = new Amount(Double.NaN, Double.NaN, 0);

    /**
     * A number as it is written.
     *
     * @param number its value
     * @param unit one unit of its last digit; 0 for a whole number
     * @return it, and what rounds to it
     */
    public static Amount of(double number, double unit) {
      return new Amount(number - unit / 2, number + unit / 2, unit);
    }

    /**
     * Whether anything is known.
     *
     * @return false for a question mark and what depends on one
     */
    public boolean isKnown() {
      return Double.isFinite(low) && Double.isFinite(high);
    }

    /**
     * The middle.
     *
     * @return the number as written
     */
    public double middle() {
      return (low + high) / 2;
    }

    /**
     * The sum.
     *
     * @param other another
     * @return this + other
     */
    public Amount plus(Amount other) {
      return new Amount(low + other.low, high + other.high, 0);
    }

    /**
     * The sign turned.
     *
     * @return −this
     */
    public Amount negated() {
      return new Amount(-high, -low, unit);
    }

    /**
     * The product.
     *
     * @param other another
     * @return this·other
     */
    public Amount times(Amount other) {
      double[] corners = {low * other.low, low * other.high, high * other.low, high * other.high};
      return of(corners);
    }

    /**
     * The quotient.
     *
     * @param other another
     * @return this/other; open where that may be 0
     */
    public Amount over(Amount other) {
      if (!(other.low > 0 || other.high < 0)) {
        return OPEN;
      }
      double[] corners = {low / other.low, low / other.high, high / other.low, high / other.high};
      return of(corners);
    }

    private static Amount of(double... corners) {
      double least = corners[0];
      double most = corners[0];
      for (double corner : corners) {
        least = Math.min(least, corner);
        most = Math.max(most, corner);
      }
      return new Amount(least, most, 0);
    }

    /**
     * The square root.
     *
     * @return √this; open below 0
     */
    public Amount root() {
      return high < 0 ? OPEN : new Amount(Math.sqrt(Math.max(0, low)), Math.sqrt(high), 0);
    }

    /**
     * The exponential.
     *
     * @return e^this
     */
    public Amount exp() {
      return new Amount(Math.exp(low), Math.exp(high), 0);
    }
  }
}
