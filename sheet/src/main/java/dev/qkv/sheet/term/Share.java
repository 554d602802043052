package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * One head's share of the columns: the part-th of so many equal ones, or of those as wide as the
 * terms that they belong to.
 */
record Share(Term matrix, int part, Term count, List<Term> widths) implements Term {
  @Override
  public List<Term> parts() {
    List<Term> parts = new ArrayList<>(List.of(matrix, count));
    parts.addAll(widths);
    return List.copyOf(parts);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Share(parts.get(0), part, parts.get(1), parts.subList(2, parts.size()));
  }

  @Override
  public Axis rows() {
    return matrix.rows();
  }

  @Override
  public Axis columns() {
    return matrix.columns();
  }

  @Override
  public Shape shape(Shapes shapes) {
    int shares = shapes.count(count);
    Shape shape = shapes.of(matrix);
    if (!widths.isEmpty()) {
      int all = widths.stream().mapToInt(w -> shapes.of(w).columns()).sum();
      Term whole = Term.beside(widths);
      shapes.require(
          all == shape.columns(), "error.shape.columns", whole, matrix, all, shape.columns());
      return new Shape(shape.rows(), shapes.of(widths.get(part - 1)).columns());
    }
    if (part > shares) {
      throw shapes.fault(
          "error.heads.part", shapes.output().name(), part, Shapes.name(count), shares);
    }
    if (shape.columns() % shares != 0) {
      throw shapes.fault(
          "error.heads.divide",
          shapes.output().name(),
          Shapes.name(matrix),
          shape.columns(),
          Shapes.name(count),
          shares);
    }
    return new Shape(shape.rows(), shape.columns() / shares);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    int before = 0;
    for (int k = 0; k < part - 1; k++) {
      before += cells.shape(widths.isEmpty() ? this : widths.get(k)).columns();
    }
    return cells.of(matrix, row, before + column);
  }

  @Override
  public Expr written() {
    return new Expr.Share(matrix.written(), part, count.written());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    if (!(matrix instanceof Quantity whole)) {
      throw new IllegalStateException("a share of " + Shapes.name(matrix));
    }
    to.addShare(whole, part, gradient);
  }
}
