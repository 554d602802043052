package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * The matrix product.
 *
 * @param left the left factor
 * @param right the right factor
 */
public record Product(Term left, Term right) implements Term {
  @Override
  public List<Term> parts() {
    return List.of(left, right);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Product(parts.getFirst(), parts.getLast());
  }

  @Override
  public Axis rows() {
    return left.rows();
  }

  @Override
  public Axis columns() {
    return right.columns();
  }

  /** Said of the matrices themselves, not of their transposes: those are what a worksheet has. */
  @Override
  public Shape shape(Shapes shapes) {
    boolean leftTurned = left instanceof Transpose;
    boolean rightTurned = right instanceof Transpose;
    int expected = shapes.of(left).columns();
    int got = shapes.of(right).rows();
    shapes.require(
        expected == got,
        leftTurned && rightTurned
            ? "error.shape.product.turned"
            : leftTurned
                ? "error.shape.product.rows"
                : rightTurned ? "error.shape.product.columns" : "error.shape.product",
        leftTurned ? ((Transpose) left).matrix() : left,
        rightTurned ? ((Transpose) right).matrix() : right,
        expected,
        got);
    return new Shape(shapes.of(left).rows(), shapes.of(right).columns());
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    int width = cells.shape(left).columns();
    List<R> terms = new ArrayList<>(width);
    for (int k = 0; k < width; k++) {
      terms.add(cells.product(List.of(cells.of(left, row, k), cells.of(right, k, column))));
    }
    return cells.sum(terms);
  }

  @Override
  public Expr written() {
    return new Expr.Product(List.of(left.written(), right.written()), Expr.Times.MATRICES);
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    left.backward(left, gradient.times(right.t()), to);
    right.backward(right, left.t().times(gradient), to);
  }
}
