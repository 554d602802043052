package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of some matrices of one shape, read row by row and one matrix after the other, laid
 * out anew in as many rows: what becomes of heads that are split or joined by a reshape alone. It
 * only stands in mistakes, and no gradient goes through it.
 */
record View(List<Term> matrices, int part, Term count) implements Term {
  @Override
  public List<Term> parts() {
    List<Term> parts = new ArrayList<>(matrices);
    parts.add(count);
    return List.copyOf(parts);
  }

  @Override
  public Term with(List<Term> parts) {
    return new View(parts.subList(0, parts.size() - 1), part, parts.getLast());
  }

  @Override
  public Axis rows() {
    return matrices.getFirst().rows();
  }

  @Override
  public Axis columns() {
    return matrices.getFirst().columns();
  }

  @Override
  public Shape shape(Shapes shapes) {
    Term first = matrices.getFirst();
    Shape one = shapes.of(first);
    for (Term other : matrices) {
      Shape shape = shapes.of(other);
      shapes.require(
          shape.equals(one), "error.shape.columns", first, other, one.columns(), shape.columns());
    }
    int shares = shapes.count(count);
    int all = one.columns() * matrices.size();
    if (all % shares != 0) {
      throw shapes.fault(
          "error.heads.divide",
          shapes.output().name(),
          Shapes.name(first),
          all,
          Shapes.name(count),
          shares);
    }
    return new Shape(one.rows(), all / shares);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    Shape own = cells.shape(this);
    Shape one = cells.shape(matrices.getFirst());
    int place = ((part - 1) * own.rows() + row) * own.columns() + column;
    int size = one.rows() * one.columns();
    int within = place % size;
    Term matrix = matrices.get(place / size);
    return cells.of(matrix, within / one.columns(), within % one.columns());
  }

  @Override
  public Expr written() {
    List<Expr> of = new ArrayList<>(matrices.stream().map(Term::written).toList());
    if (matrices.size() == 1) {
      return new Expr.Share(new Expr.Call("reshape", of), part, count.written());
    }
    return new Expr.Call("reshape", of);
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    throw new IllegalStateException("the gradient of a mistake: reshape");
  }
}
