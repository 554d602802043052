package dev.qkv.sheet;

import dev.qkv.sheet.operation.Operands;
import dev.qkv.sheet.value.Expr;
import dev.qkv.sheet.value.Matrix;

/**
 * A formula that was fired.
 *
 * @param formula the formula
 * @param operands its inputs with their numbers
 * @param result its output's numbers
 */
public record Step(Formula formula, Operands operands, Matrix result) {
  /**
   * What stands behind one cell of the result.
   *
   * @param row from 0
   * @param column from 0
   * @return the expression with its numbers
   */
  public Expr cell(int row, int column) {
    return formula.operation().cell(operands, row, column);
  }
}
