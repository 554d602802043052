package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.List;

/** A number, a row or a column, standing for every cell of something else's shape. */
record Spread(Term of, Term shaped) implements Term {
  @Override
  public List<Term> parts() {
    return List.of(of, shaped);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Spread(parts.getFirst(), parts.getLast());
  }

  @Override
  public Axis rows() {
    return Broadcast.rows(List.of(shaped, of));
  }

  @Override
  public Axis columns() {
    return Broadcast.columns(List.of(shaped, of));
  }

  @Override
  public Shape shape(Shapes shapes) {
    return Broadcast.shape(shapes, List.of(shaped, of));
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return Broadcast.at(cells, of, row, column);
  }

  @Override
  public Expr written() {
    return of.written();
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    of.backward(of, Broadcast.fit(gradient, of), to);
  }
}
