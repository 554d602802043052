package dev.qkv.sheet.evaluation;

import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.math.RoundingMode;
import java.util.Map;

/**
 * A way of computing with matrices.
 *
 * @param <M> the matrices
 */
public interface Arithmetic<M> {
  /**
   * A given in this arithmetic.
   *
   * @param given numbers as a worksheet has them
   * @return the same numbers
   */
  M given(Matrix given);

  /**
   * Whether it takes so long that only the usual ways of rounding are followed.
   *
   * @return true for exact arithmetic
   */
  boolean isSlow();

  /**
   * The value of an equation's term.
   *
   * @param equation the equation
   * @param known at least its inputs
   * @return its output's numbers
   * @throws dev.qkv.sheet.message.SheetException where shapes do not fit, or a number does not
   *     exist
   */
  M evaluate(Equation equation, Map<Quantity, M> known);

  /**
   * Every cell rounded.
   *
   * @param matrix any matrix
   * @param digits decimals
   * @param mode what is done with a tie
   * @return the rounded matrix
   */
  M rounded(M matrix, int digits, RoundingMode mode);

  /**
   * Whether two matrices of one shape have the same cells.
   *
   * @param one a matrix
   * @param other another
   * @return true if every cell equals the other's
   */
  boolean same(M one, M other);

  /**
   * One cell.
   *
   * @param matrix any matrix
   * @param row from 0
   * @param column from 0
   * @return its value
   */
  Value at(M matrix, int row, int column);

  /**
   * The number of rows.
   *
   * @param matrix any matrix
   * @return at least 1
   */
  int rows(M matrix);

  /**
   * The number of columns.
   *
   * @param matrix any matrix
   * @return at least 1
   */
  int columns(M matrix);
}
