package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import java.util.List;

/** Matrices side by side. */
record Concatenation(List<Term> parts) implements Term {
  @Override
  public Term with(List<Term> others) {
    return new Concatenation(List.copyOf(others));
  }

  @Override
  public Axis rows() {
    return parts.getFirst().rows();
  }

  @Override
  public Axis columns() {
    return parts.getFirst().columns();
  }

  @Override
  public Shape shape(Shapes shapes) {
    Term first = parts.getFirst();
    int rows = shapes.of(first).rows();
    int columns = 0;
    for (Term part : parts) {
      Shape shape = shapes.of(part);
      shapes.require(shape.rows() == rows, "error.shape.rows", first, part, rows, shape.rows());
      columns += shape.columns();
    }
    return new Shape(rows, columns);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    int place = column;
    for (Term part : parts) {
      int width = cells.shape(part).columns();
      if (place < width) {
        return cells.of(part, row, place);
      }
      place -= width;
    }
    throw new IndexOutOfBoundsException(column);
  }

  @Override
  public Expr written() {
    return new Expr.Beside(parts.stream().map(Term::written).toList());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    for (int k = 0; k < parts.size(); k++) {
      Term part = parts.get(k);
      part.backward(part, new Share(gradient, k + 1, Term.of(parts.size()), parts), to);
    }
  }
}
