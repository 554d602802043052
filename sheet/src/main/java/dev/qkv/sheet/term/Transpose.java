package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.List;

/** The transposed matrix. */
record Transpose(Term matrix) implements Term {
  @Override
  public List<Term> parts() {
    return List.of(matrix);
  }

  @Override
  public Term with(List<Term> parts) {
    return parts.getFirst().t();
  }

  @Override
  public Axis rows() {
    return matrix.columns();
  }

  @Override
  public Axis columns() {
    return matrix.rows();
  }

  @Override
  public Shape shape(Shapes shapes) {
    Shape shape = shapes.of(matrix);
    return new Shape(shape.columns(), shape.rows());
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.of(matrix, column, row);
  }

  @Override
  public Expr written() {
    return new Expr.Transposed(matrix.written());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    matrix.backward(matrix, gradient.t(), to);
  }
}
