package dev.qkv.sheet.evaluation;

import dev.qkv.sheet.term.Cells;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Shape;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.Map;

/**
 * Something read off an equation that was evaluated, cell by cell, down to the cells of its inputs.
 *
 * @param <R> what is read
 */
abstract class Readings<R> implements Cells<R> {
  private final Equation equation;
  private final ExactArithmetic.Values values;

  Readings(Equation equation, Map<Quantity, Matrix> known) {
    this.equation = equation;
    this.values = new ExactArithmetic.Values(equation, known);
  }

  /** What a cell of an input reads as. */
  abstract R input(Quantity quantity, int row, int column, Value value);

  /** What a cell of the equation's result reads as. */
  final R result(int row, int column) {
    return of(equation.term(), row, column);
  }

  @Override
  public final R of(Term part, int row, int column) {
    return part instanceof Quantity quantity
        ? input(quantity, row, column, values.of(part, row, column))
        : part.cell(this, row, column);
  }

  @Override
  public final Shape shape(Term part) {
    return values.shape(part);
  }

  @Override
  public final Value value(Term part, int row, int column) {
    return values.value(part, row, column);
  }
}
