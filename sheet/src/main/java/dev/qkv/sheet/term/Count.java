package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.value.Value;
import java.util.List;

/** The numbers 0, 1, 2 …, each {@code step} times and so many apart, as a column or a row. */
record Count(Term count, boolean column, int step) implements Term {
  @Override
  public List<Term> parts() {
    return List.of(count);
  }

  @Override
  public Term with(List<Term> parts) {
    return new Count(parts.getFirst(), column, step);
  }

  @Override
  public Axis rows() {
    return column ? Axis.QUERY : Axis.ONE;
  }

  @Override
  public Axis columns() {
    return column ? Axis.ONE : Axis.MODEL_DIM;
  }

  @Override
  public Shape shape(Shapes shapes) {
    int length = shapes.count(count);
    return column ? new Shape(length, 1) : new Shape(1, length);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int columnIndex) {
    int place = column ? row : columnIndex;
    return cells.number(Value.of(place - place % step));
  }

  @Override
  public Expr written() {
    return new Expr.Sign(
        column
            ? Symbol.letter("i", "i")
            : new Symbol(
                step + "⌊j/" + step + "⌋",
                step + "\\lfloor j/" + step + "\\rfloor",
                "<mrow><mn>"
                    + step
                    + "</mn><mo>⌊</mo><mi>j</mi><mo>/</mo><mn>"
                    + step
                    + "</mn><mo>⌋</mo></mrow>"));
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    // Positions do not change.
  }
}
