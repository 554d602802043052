package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.value.Exact;
import java.util.ArrayList;
import java.util.List;

/** One term where a condition holds, another elsewhere. */
record Select(Condition condition, Term yes, Term no, List<Term> like) implements Term {
  @Override
  public List<Term> parts() {
    List<Term> parts = new ArrayList<>(List.of(yes, no));
    parts.addAll(like);
    parts.addAll(condition.parts());
    return List.copyOf(parts);
  }

  @Override
  public Term with(List<Term> parts) {
    int shaped = 2 + like.size();
    return new Select(
        condition.with(parts.subList(shaped, parts.size())),
        parts.get(0),
        parts.get(1),
        List.copyOf(parts.subList(2, shaped)));
  }

  private List<Term> shaping() {
    List<Term> terms = new ArrayList<>(like);
    terms.add(yes);
    terms.add(no);
    terms.addAll(condition.parts());
    return terms;
  }

  @Override
  public Axis rows() {
    return Broadcast.rows(shaping());
  }

  @Override
  public Axis columns() {
    return Broadcast.columns(shaping());
  }

  @Override
  public Shape shape(Shapes shapes) {
    Shape shape = Broadcast.shape(shapes, shaping());
    condition.check(shapes, shape);
    return shape;
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    boolean holds = condition.holds(cells, cells.shape(this), row, column);
    R chosen = Broadcast.at(cells, holds ? yes : no, row, column);
    return cells.chosen(chosen, condition, row, column);
  }

  @Override
  public Expr written() {
    return new Expr.Cases(yes.written(), condition.symbol(), no.written(), condition.opposite());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    Term nothing = Term.of(Exact.ZERO);
    if (!(yes instanceof Constant)) {
      Term taken = new Select(condition, gradient, nothing, List.of());
      yes.backward(yes, Broadcast.fit(taken, yes), to);
    }
    if (!(no instanceof Constant)) {
      Term taken = new Select(condition, nothing, gradient, List.of());
      no.backward(no, Broadcast.fit(taken, no), to);
    }
  }
}
