package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.List;

/** The quotient, cell by cell; of counts, such as a width and a number of heads, without a rest. */
record Quotient(Term numerator, Term denominator, boolean whole) implements CellByCell {
  @Override
  public List<Term> parts() {
    return List.of(numerator, denominator);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Quotient(parts.getFirst(), parts.getLast(), whole);
  }

  @Override
  public Shape shape(Shapes shapes) {
    if (whole) {
      shapes.divides(denominator, numerator);
    }
    return CellByCell.super.shape(shapes);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.quotient(
        Broadcast.at(cells, numerator, row, column), Broadcast.at(cells, denominator, row, column));
  }

  @Override
  public Expr written() {
    return new Expr.Quotient(numerator.written(), denominator.written(), true);
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    numerator.backward(numerator, Broadcast.fit(gradient.over(denominator), numerator), to);
    Term below = gradient.by(output).over(denominator);
    denominator.backward(denominator, Broadcast.fit(below, denominator).negated(), to);
  }
}
