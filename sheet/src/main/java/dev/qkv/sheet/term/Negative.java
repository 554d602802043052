package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.List;

/** The sign turned, cell by cell. */
record Negative(Term of) implements OfEachCell {
  @Override
  public Term with(List<Term> parts) {
    return parts.getFirst().negated();
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.negative(cells.of(of, row, column));
  }

  @Override
  public Expr written() {
    return new Expr.Negative(of.written());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    of.backward(of, gradient.negated(), to);
  }
}
