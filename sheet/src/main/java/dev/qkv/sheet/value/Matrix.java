package dev.qkv.sheet.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** A small immutable matrix; a scalar is 1 × 1. */
public final class Matrix {
  /** The largest side: a sheet is for problems that somebody reads. */
  public static final int LARGEST_SIDE = 64;

  private final int rows;
  private final int columns;
  private final Value[] cells;

  private Matrix(int rows, int columns, Value[] cells) {
    this.rows = rows;
    this.columns = columns;
    this.cells = cells;
  }

  /** A cell's value from its position, both from 0. */
  @FunctionalInterface
  public interface Cells {
    /**
     * The cell.
     *
     * @param row from 0
     * @param column from 0
     * @return its value
     */
    Value at(int row, int column);
  }

  /**
   * A matrix by rule.
   *
   * @param rows at least 1
   * @param columns at least 1
   * @param cells the rule
   * @return the matrix
   */
  public static Matrix of(int rows, int columns, Cells cells) {
    Value[] values = new Value[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[i * columns + j] = cells.at(i, j);
      }
    }
    return new Matrix(rows, columns, values);
  }

  /**
   * A matrix from its rows.
   *
   * @param rows rows of one length, at least one of at least one value
   * @return the matrix
   */
  public static Matrix ofRows(List<List<Value>> rows) {
    return of(rows.size(), rows.getFirst().size(), (i, j) -> rows.get(i).get(j));
  }

  /**
   * A 1 × 1 matrix.
   *
   * @param value its cell
   * @return the matrix
   */
  public static Matrix scalar(Value value) {
    return of(1, 1, (i, j) -> value);
  }

  /**
   * The number of rows.
   *
   * @return at least 1
   */
  public int rows() {
    return rows;
  }

  /**
   * The number of columns.
   *
   * @return at least 1
   */
  public int columns() {
    return columns;
  }

  /**
   * One cell.
   *
   * @param row from 0
   * @param column from 0
   * @return its value
   */
  public Value at(int row, int column) {
    return cells[row * columns + column];
  }

  /**
   * The one cell of a scalar.
   *
   * @return its value
   */
  public Value scalar() {
    return cells[0];
  }

  /**
   * One row.
   *
   * @param row from 0
   * @return its values, left to right
   */
  public List<Value> row(int row) {
    return line(columns, j -> at(row, j));
  }

  /**
   * One column.
   *
   * @param column from 0
   * @return its values, top to bottom
   */
  public List<Value> column(int column) {
    return line(rows, i -> at(i, column));
  }

  private static List<Value> line(int length, IntFunction<Value> cell) {
    List<Value> line = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      line.add(cell.apply(i));
    }
    return List.copyOf(line);
  }

  /**
   * Every cell replaced.
   *
   * @param change what is done to a cell
   * @return a matrix of the same shape
   */
  public Matrix map(UnaryOperator<Value> change) {
    return of(rows, columns, (i, j) -> change.apply(at(i, j)));
  }

  /**
   * Rows and columns exchanged.
   *
   * @return the transposed matrix
   */
  public Matrix transposed() {
    Value[] turned = new Value[cells.length];
    for (int k = 0; k < cells.length; k++) {
      turned[k % columns * rows + k / columns] = cells[k];
    }
    return new Matrix(/* rows= */ columns, /* columns= */ rows, turned);
  }

  /**
   * Whether the other matrix has as many rows and columns.
   *
   * @param other another matrix
   * @return true for equal shapes
   */
  public boolean sameShape(Matrix other) {
    return rows == other.rows && columns == other.columns;
  }

  /**
   * The shape as text.
   *
   * @return rows × columns
   */
  public String shape() {
    return rows + "×" + columns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix m && sameShape(m) && Arrays.equals(cells, m.cells);
  }

  @Override
  public int hashCode() {
    return 31 * columns + Arrays.hashCode(cells);
  }

  @Override
  public String toString() {
    return shape() + Arrays.toString(cells);
  }
}
