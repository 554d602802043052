package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import java.util.List;

/** The square root, cell by cell; where it is divided by, it may not be 0. */
record Root(Term radicand, boolean positive) implements Term {
  @Override
  public List<Term> parts() {
    return List.of(radicand);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Root(parts.getFirst(), positive);
  }

  @Override
  public Axis rows() {
    return radicand.rows();
  }

  @Override
  public Axis columns() {
    return radicand.columns();
  }

  @Override
  public Shape shape(Shapes shapes) {
    return shapes.of(radicand);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.root(
        cells.of(radicand, row, column),
        positive ? () -> new SheetException(Message.of("error.norm.singular", row + 1)) : null);
  }

  @Override
  public Expr written() {
    return new Expr.Root(radicand.written());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    radicand.backward(radicand, gradient.over(Term.of(2).by(output)), to);
  }
}
