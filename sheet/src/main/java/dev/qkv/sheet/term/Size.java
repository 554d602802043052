package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The number of rows or of columns of a matrix; it depends on none of its cells.
 *
 * @param others matrices that have as many columns
 */
record Size(Term of, boolean ofRows, List<Term> others) implements Term {
  private static final Symbol LENGTH =
      new Symbol("len", "\\operatorname{len}", "<mi>len</mi><mo>⁡</mo>");
  private static final Symbol WIDTH = new Symbol("dim", "\\dim", "<mi>dim</mi><mo>⁡</mo>");

  @Override
  public List<Term> parts() {
    List<Term> parts = new ArrayList<>(List.of(of));
    parts.addAll(others);
    return List.copyOf(parts);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Size(parts.getFirst(), ofRows, parts.subList(1, parts.size()));
  }

  @Override
  public Axis rows() {
    return Axis.ONE;
  }

  @Override
  public Axis columns() {
    return Axis.ONE;
  }

  @Override
  public Shape shape(Shapes shapes) {
    int columns = shapes.of(of).columns();
    for (Term other : others) {
      int got = shapes.of(other).columns();
      shapes.require(got == columns, "error.shape.columns", of, other, columns, got);
    }
    return Shape.ONE;
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    Shape shape = cells.shape(of);
    return cells.number(Value.of(ofRows ? shape.rows() : shape.columns()));
  }

  @Override
  public Expr written() {
    return new Expr.Over(ofRows ? LENGTH : WIDTH, of.written());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    // A size does not change with the numbers.
  }
}
