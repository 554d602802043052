package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import java.util.List;

/** The square root, cell by cell; where it is divided by, it may not be 0. */
record Root(Term of, boolean positive) implements OfEachCell {
  @Override
  public Term with(List<Term> parts) {
    return new Root(parts.getFirst(), positive);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.root(
        cells.of(of, row, column),
        positive ? () -> new SheetException(Message.of("error.norm.singular", row + 1)) : null);
  }

  @Override
  public Expr written() {
    return new Expr.Root(of.written());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    of.backward(of, gradient.over(Term.of(2).by(output)), to);
  }
}
