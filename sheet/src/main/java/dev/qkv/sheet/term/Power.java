package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.value.Function;
import dev.qkv.sheet.value.Value;
import java.util.List;

/** The power, cell by cell. */
record Power(Term base, Term exponent) implements CellByCell {
  @Override
  public List<Term> parts() {
    return List.of(base, exponent);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Power(parts.getFirst(), parts.getLast());
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.power(
        Broadcast.at(cells, base, row, column), Broadcast.at(cells, exponent, row, column));
  }

  @Override
  public Expr written() {
    return new Expr.Power(base.written(), exponent.written());
  }

  /** For a square 2·x, else the general rules for base and exponent. */
  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    boolean square = exponent.equals(Term.of(2));
    Term lower = square ? base : base.power(exponent.minus(Term.of(1)));
    base.backward(base, Broadcast.fit(gradient.by(exponent).by(lower), base), to);
    if (!(exponent instanceof Constant)) {
      Term rate =
          base instanceof Constant(Value number, var name)
              ? Term.of(Function.LOG.of(number))
              : base.apply(Function.LOG);
      exponent.backward(exponent, Broadcast.fit(gradient.by(output).by(rate), exponent), to);
    }
  }
}
