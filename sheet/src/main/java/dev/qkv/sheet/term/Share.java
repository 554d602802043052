package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.List;

/** One head's share of the columns: the part-th of so many equal ones. */
record Share(Term matrix, int part, Term count) implements Term {
  @Override
  public List<Term> parts() {
    return List.of(matrix, count);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Share(parts.getFirst(), part, parts.getLast());
  }

  @Override
  public Axis rows() {
    return matrix.rows();
  }

  @Override
  public Axis columns() {
    return matrix.columns();
  }

  @Override
  public Shape shape(Shapes shapes) {
    int shares = shapes.count(count);
    Shape shape = shapes.of(matrix);
    if (shape.columns() % shares != 0) {
      throw shapes.fault(
          "error.heads.divide",
          shapes.output().name(),
          Shapes.name(matrix),
          shape.columns(),
          Shapes.name(count),
          shares);
    }
    return new Shape(shape.rows(), shape.columns() / shares);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.of(matrix, row, (part - 1) * cells.shape(this).columns() + column);
  }

  @Override
  public Expr written() {
    return new Expr.Share(matrix.written(), part, count.written());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    if (!(matrix instanceof Quantity whole)) {
      throw new IllegalStateException("a share of " + Shapes.name(matrix));
    }
    to.addShare(whole, part, gradient);
  }
}
