package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.ArrayList;
import java.util.List;

/** The sum, cell by cell. */
record Sum(List<Term> terms) implements CellByCell {
  /** Sums within sums are one sum. */
  static Term of(List<Term> terms) {
    List<Term> flat = new ArrayList<>();
    for (Term term : terms) {
      if (term instanceof Sum(List<Term> inner)) {
        flat.addAll(inner);
      } else {
        flat.add(term);
      }
    }
    return flat.size() == 1 ? flat.getFirst() : new Sum(List.copyOf(Broadcast.simplified(flat)));
  }

  @Override
  public List<Term> parts() {
    return terms;
  }

  @Override
  public Term with(List<Term> parts) {
    return of(parts);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.sum(Broadcast.at(cells, terms, row, column));
  }

  @Override
  public Expr written() {
    return new Expr.Sum(terms.stream().map(Term::written).toList());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    for (Term term : terms) {
      term.backward(term, Broadcast.fit(gradient, term), to);
    }
  }
}
