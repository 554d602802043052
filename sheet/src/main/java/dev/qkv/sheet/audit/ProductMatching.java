package dev.qkv.sheet.audit;

import dev.qkv.sheet.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which written product is which of a cell's own: in any order, factors in any order, rounded, or
 * shortened to what the product comes to.
 */
final class ProductMatching {
  /** A factor may come from numbers that were rounded before: so much of it may be off. */
  private static final double ROUNDED = 0.02;

  private final List<Working.Product> written;
  private final double[][] own;

  /** The written product that each of the cell's own is; −1 for none. */
  private final int[] matched;

  ProductMatching(List<Working.Product> written, Value[][] own) {
    this.written = written;
    this.own = new double[own.length][];
    for (int k = 0; k < own.length; k++) {
      this.own[k] = new double[] {own[k][0].toDouble(), own[k][1].toDouble()};
    }
    this.matched = new int[own.length];
    Arrays.fill(matched, -1);
    for (int w = 0; w < written.size(); w++) {
      if (isKnown(w)) {
        match(w, new boolean[own.length]);
      }
    }
  }

  /** Finds a place for a written product; others may move for it. */
  private boolean match(int w, boolean[] tried) {
    for (int step = 0; step < own.length; step++) {
      int k = (w + step) % own.length;
      if (!tried[k] && isSame(w, k)) {
        tried[k] = true;
        if (matched[k] < 0 || match(matched[k], tried)) {
          matched[k] = w;
          return true;
        }
      }
    }
    return false;
  }

  private boolean isKnown(int w) {
    return written.get(w).factors().stream().allMatch(f -> f.amount().isKnown());
  }

  private boolean isSame(int w, int k) {
    List<Working.Factor> factors = written.get(w).factors();
    Working.Amount first = factors.getFirst().amount();
    Working.Amount last = factors.getLast().amount();
    double a = own[k][0];
    double b = own[k][1];
    if (factors.size() == 1) {
      return isNear(first, a * b);
    }
    boolean straight = isSize(first, a) && isSize(last, b);
    boolean crossed = isSize(first, b) && isSize(last, a);
    double sign = first.middle() * last.middle();
    boolean signs = sign * a * b >= 0;
    return (straight || crossed) && signs;
  }

  /** Whether an amount is a number but for its sign, which may stand at the other factor. */
  private static boolean isSize(Working.Amount amount, double number) {
    return isNear(amount, number) || isNear(amount, -number);
  }

  private static boolean isNear(Working.Amount amount, double number) {
    double off = Math.abs(amount.middle() - number);
    return off <= 1e-9 + 1.5 * amount.unit() + ROUNDED * Math.abs(number) * rounded(amount);
  }

  private static double rounded(Working.Amount amount) {
    return amount.unit() > 0 || amount.high() > amount.low() ? 1 : 0;
  }

  /**
   * The cell's own product that stands wrong where a written one is: that one is none of the
   * cell's, shares a factor with it, and all others are the cell's.
   *
   * @return its number from 0; −1 where the written product may be right
   */
  int meant(int w) {
    boolean two = written.get(w).factors().size() == 2;
    if (!two || !isWrong(w)) {
      return -1;
    }
    int wrong = 0;
    for (int other = 0; other < written.size(); other++) {
      wrong += isWrong(other) ? 1 : 0;
    }
    int k = free(w);
    return wrong == 1 && k >= 0 && shares(w, k) ? k : -1;
  }

  private boolean isWrong(int w) {
    return isKnown(w) && Arrays.stream(matched).noneMatch(m -> m == w);
  }

  /** The place of a product among the cell's own that nothing has taken: its own, or the last. */
  private int free(int w) {
    if (matched[w] < 0) {
      return w;
    }
    int[] free = IntStream.range(0, own.length).filter(k -> matched[k] < 0).toArray();
    return free.length == 1 ? free[0] : -1;
  }

  private boolean shares(int w, int k) {
    Working.Amount first = written.get(w).factors().getFirst().amount();
    Working.Amount last = written.get(w).factors().getLast().amount();
    return isNear(first, own[k][0])
        || isNear(last, own[k][1])
        || isNear(first, own[k][1])
        || isNear(last, own[k][0]);
  }
}
