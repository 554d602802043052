package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A number that stands in the formula, perhaps by a name such as π. */
record Constant(Value value, @Nullable Symbol name) implements Term {
  @Override
  public List<Term> parts() {
    return List.of();
  }

  @Override
  public Term with(List<Term> parts) {
    return this;
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
    return Shape.ONE;
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.number(value);
  }

  @Override
  public Expr written() {
    return name == null ? new Expr.Num(value) : new Expr.Sign(name);
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    // A constant does not change.
  }
}
