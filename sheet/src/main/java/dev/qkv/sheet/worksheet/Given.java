package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Numeral;
import java.util.List;

/**
 * Numbers that an exercise gives.
 *
 * @param quantity what they are
 * @param numbers the numbers, row by row
 * @param line line of the worksheet
 */
public record Given(Quantity quantity, List<List<Numeral>> numbers, int line) {
  /**
   * The numbers as a matrix.
   *
   * @return their values
   */
  public Matrix matrix() {
    return Matrix.ofRows(
        numbers.stream().map(row -> row.stream().map(Numeral::value).toList()).toList());
  }

  /**
   * Whether a mask is written with 1 for what may be attended and 0 for what may not.
   *
   * @return true if there are only zeros and ones and at least one 1
   */
  public boolean isKeepMask() {
    List<Numeral> cells = numbers.stream().flatMap(List::stream).toList();
    return cells.stream().allMatch(n -> n.value().equals(Exact.ZERO) || n.value().equals(Exact.ONE))
        && cells.stream().anyMatch(n -> n.value().equals(Exact.ONE));
  }

  /** The additive mask: 0 where attention is kept, −∞ elsewhere. */
  Matrix additiveMask() {
    return isKeepMask()
        ? matrix().map(v -> v.equals(Exact.ONE) ? Exact.ZERO : NegativeInfinity.INSTANCE)
        : matrix();
  }
}
