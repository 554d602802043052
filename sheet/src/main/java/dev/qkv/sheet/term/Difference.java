package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.List;

/** The difference, cell by cell. */
record Difference(Term left, Term right) implements CellByCell {
  @Override
  public List<Term> parts() {
    return List.of(left, right);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Difference(parts.getFirst(), parts.getLast());
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.difference(
        Broadcast.at(cells, left, row, column), Broadcast.at(cells, right, row, column));
  }

  @Override
  public Expr written() {
    return new Expr.Difference(left.written(), right.written());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    left.backward(left, Broadcast.fit(gradient, left), to);
    right.backward(right, Broadcast.fit(gradient, right).negated(), to);
  }
}
