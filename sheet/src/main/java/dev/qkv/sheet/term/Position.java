package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.value.Value;
import java.util.List;

/** How far a key lies ahead of a query: j − i, counted from the last query where bottom-right. */
record Position(Term scores, Alignment alignment) implements Term {
  @Override
  public List<Term> parts() {
    return List.of(scores);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Position(parts.getFirst(), alignment);
  }

  @Override
  public Axis rows() {
    return scores.rows();
  }

  @Override
  public Axis columns() {
    return scores.columns();
  }

  @Override
  public Shape shape(Shapes shapes) {
    Shape shape = shapes.of(scores);
    alignment.check("error.slope.alignment", shapes, shape);
    return shape;
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.number(Value.of(column - row - alignment.shift(cells.shape(scores))));
  }

  @Override
  public Expr written() {
    String shift = alignment == Alignment.BOTTOM_RIGHT ? " − (n_K − n_Q)" : "";
    String tex = alignment == Alignment.BOTTOM_RIGHT ? "-(n_K-n_Q)" : "";
    String mathml =
        alignment == Alignment.BOTTOM_RIGHT
            ? "<mo>−</mo><mo>(</mo><msub><mi>n</mi><mi>K</mi></msub><mo>−</mo>"
                + "<msub><mi>n</mi><mi>Q</mi></msub><mo>)</mo>"
            : "";
    return new Expr.Sign(
        new Symbol("j − i" + shift, "j-i" + tex, "<mi>j</mi><mo>−</mo><mi>i</mi>" + mathml));
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    // Positions do not change.
  }
}
