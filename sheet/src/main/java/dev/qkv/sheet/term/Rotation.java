package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.List;

/** Each pair of neighbouring columns turned by a right angle, or turned back. */
record Rotation(Term of, boolean back) implements Term {
  @Override
  public List<Term> parts() {
    return List.of(of);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Rotation(parts.getFirst(), back);
  }

  @Override
  public Axis rows() {
    return of.rows();
  }

  @Override
  public Axis columns() {
    return of.columns();
  }

  @Override
  public Shape shape(Shapes shapes) {
    Shape shape = shapes.of(of);
    if (shape.columns() % 2 != 0) {
      throw shapes.fault(
          "error.shape.pairs", shapes.output().name(), Shapes.name(of), shape.columns());
    }
    return shape;
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    R other = cells.of(of, row, column ^ 1);
    boolean first = column % 2 == 0;
    return first == back ? other : cells.negative(other);
  }

  @Override
  public Expr written() {
    return new Expr.Call(back ? "unturn" : "turn", List.of(of.written()));
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    of.backward(of, new Rotation(gradient, !back), to);
  }
}
