package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.ArrayList;
import java.util.List;

/** The product cell by cell; with a number, every cell times the number. */
record Hadamard(List<Term> factors) implements CellByCell {
  static Term of(List<Term> factors) {
    List<Term> flat = new ArrayList<>();
    for (Term factor : factors) {
      if (factor instanceof Hadamard(List<Term> inner)) {
        flat.addAll(inner);
      } else {
        flat.add(factor);
      }
    }
    return new Hadamard(List.copyOf(Broadcast.simplified(flat)));
  }

  @Override
  public List<Term> parts() {
    return factors;
  }

  @Override
  public Term with(List<Term> parts) {
    return of(parts);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.product(Broadcast.at(cells, factors, row, column));
  }

  @Override
  public Expr written() {
    boolean number =
        factors.stream().anyMatch(f -> f.rows() == Axis.ONE && f.columns() == Axis.ONE);
    return new Expr.Product(
        factors.stream().map(Term::written).toList(),
        number ? Expr.Times.MATRICES : Expr.Times.CELLS);
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    for (int k = 0; k < factors.size(); k++) {
      List<Term> others = new ArrayList<>(factors);
      others.set(k, gradient);
      Term factor = factors.get(k);
      factor.backward(factor, Broadcast.fit(of(others), factor), to);
    }
  }
}
