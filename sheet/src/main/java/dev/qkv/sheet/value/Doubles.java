package dev.qkv.sheet.value;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Matrices of one shape in float64, one behind the other. */
public final class Doubles {
  private final int batch;
  private final int rows;
  private final int columns;
  private final double[] cells;

  /**
   * Matrices over an array, which is not copied.
   *
   * @param batch how many matrices, at least 1
   * @param rows at least 1
   * @param columns at least 1
   * @param cells matrix by matrix, row by row
   */
  public Doubles(int batch, int rows, int columns, double[] cells) {
    if (cells.length != (long) batch * rows * columns) {
      throw new IllegalArgumentException(
          "doubles: cells has length "
              + cells.length
              + ", expected "
              + batch
              + "·"
              + rows
              + "·"
              + columns);
    }
    this.batch = batch;
    this.rows = rows;
    this.columns = columns;
    this.cells = cells;
  }

  /**
   * A matrix in float64.
   *
   * @param matrix any matrix
   * @return its nearest doubles
   */
  public static Doubles of(Matrix matrix) {
    double[] cells = new double[matrix.rows() * matrix.columns()];
    for (int k = 0; k < cells.length; k++) {
      cells[k] = matrix.at(k / matrix.columns(), k % matrix.columns()).toDouble();
    }
    return new Doubles(1, matrix.rows(), matrix.columns(), cells);
  }

  /**
   * How many matrices there are.
   *
   * @return at least 1
   */
  public int batch() {
    return batch;
  }

  /**
   * The number of rows of each.
   *
   * @return at least 1
   */
  public int rows() {
    return rows;
  }

  /**
   * The number of columns of each.
   *
   * @return at least 1
   */
  public int columns() {
    return columns;
  }

  /**
   * One cell.
   *
   * @param matrix which matrix, from 0; where there is one only, that one
   * @param row from 0
   * @param column from 0
   * @return its number
   */
  public double at(int matrix, int row, int column) {
    return cells[((batch == 1 ? 0 : matrix) * rows + row) * columns + column];
  }

  /**
   * Every cell replaced.
   *
   * @param change what is done to a cell
   * @return matrices of the same shape
   */
  public Doubles map(DoubleUnaryOperator change) {
    return new Doubles(batch, rows, columns, Arrays.stream(cells).map(change).toArray());
  }

  /** Equal shapes and bits. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Doubles d
        && d.batch == batch
        && d.rows == rows
        && d.columns == columns
        && Arrays.equals(d.cells, cells);
  }

  @Override
  public int hashCode() {
    return 31 * columns + Arrays.hashCode(cells);
  }

  /**
   * The matrix products.
   *
   * @param left the left factors
   * @param right the right factors, with as many rows as the left ones have columns; as many
   *     matrices, or one for all
   * @return left·right
   */
  public static Doubles product(Doubles left, Doubles right) {
    int batch = Math.max(left.batch, right.batch);
    double[] result = new double[batch * left.rows * right.columns];
    for (int b = 0; b < batch; b++) {
      int from = left.batch == 1 ? 0 : b * left.rows * left.columns;
      int other = right.batch == 1 ? 0 : b * right.rows * right.columns;
      int to = b * left.rows * right.columns;
      for (int i = 0; i < left.rows; i++) {
        for (int k = 0; k < left.columns; k++) {
          double factor = left.cells[from + i * left.columns + k];
          int row = other + k * right.columns;
          int sum = to + i * right.columns;
          for (int j = 0; j < right.columns; j++) {
            result[sum + j] += factor * right.cells[row + j];
          }
        }
      }
    }
    return new Doubles(batch, left.rows, right.columns, result);
  }
}
