package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.List;

/** A number estimated from others, in the shape of the first; no gradient goes through it. */
record Sample(List<Term> parts, Estimate estimate) implements Term {
  @Override
  public Term with(List<Term> others) {
    return new Sample(List.copyOf(others), estimate);
  }

  @Override
  public Axis rows() {
    return parts.getFirst().rows();
  }

  @Override
  public Axis columns() {
    return parts.getFirst().columns();
  }

  @Override
  public Shape shape(Shapes shapes) {
    return Broadcast.shape(shapes, parts);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.estimate(Broadcast.at(cells, parts, row, column), estimate);
  }

  @Override
  public Expr written() {
    return new Expr.Sign(estimate.formula());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    // An estimate is not differentiated.
  }
}
