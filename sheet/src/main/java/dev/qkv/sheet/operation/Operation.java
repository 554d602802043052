package dev.qkv.sheet.operation;

import dev.qkv.sheet.value.Expr;
import dev.qkv.sheet.value.Matrix;

/**
 * The right side of a formula. The only computation is the value of the expressions that it writes
 * out.
 */
public interface Operation {
  /**
   * The output's shape.
   *
   * @param rows number of rows
   * @param columns number of columns
   */
  record Shape(int rows, int columns) {
    static Shape of(Matrix matrix) {
      return new Shape(matrix.rows(), matrix.columns());
    }
  }

  /**
   * The output's shape, after the inputs' shapes were checked.
   *
   * @param in the inputs
   * @return rows and columns
   * @throws dev.qkv.sheet.SheetException if the inputs do not fit together
   */
  Shape shape(Operands in);

  /**
   * One cell, with its numbers substituted.
   *
   * @param in the inputs
   * @param row from 0
   * @param column from 0
   * @return the expression whose value the cell has
   */
  Expr cell(Operands in, int row, int column);

  /** A rule for shapes. */
  @FunctionalInterface
  interface Shapes {
    /**
     * The output's shape.
     *
     * @param in the inputs
     * @return rows and columns
     */
    Shape of(Operands in);
  }

  /** A rule for cells. */
  @FunctionalInterface
  interface Cells {
    /**
     * One cell.
     *
     * @param in the inputs
     * @param row from 0
     * @param column from 0
     * @return its expression
     */
    Expr of(Operands in, int row, int column);
  }

  /**
   * An operation from two rules.
   *
   * @param shapes the shape rule
   * @param cells the cell rule
   * @return the operation
   */
  static Operation of(Shapes shapes, Cells cells) {
    return new Operation() {
      @Override
      public Shape shape(Operands in) {
        return shapes.of(in);
      }

      @Override
      public Expr cell(Operands in, int row, int column) {
        return cells.of(in, row, column);
      }
    };
  }

  /**
   * An operation on each cell of the first input.
   *
   * @param cells the cell rule
   * @return an operation whose output has the first input's shape
   */
  static Operation cellwise(Cells cells) {
    return of(in -> Shape.of(in.matrix(0)), cells);
  }

  /**
   * An operation that makes one number of each row of the first input.
   *
   * @param cells the cell rule
   * @return an operation whose output is a column
   */
  static Operation rowwise(Cells cells) {
    return of(in -> new Shape(in.matrix(0).rows(), 1), cells);
  }
}
