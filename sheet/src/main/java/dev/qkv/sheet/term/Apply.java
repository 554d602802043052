package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Function;
import java.util.List;

/** A function, cell by cell. */
record Apply(Function function, Term of) implements OfEachCell {
  private static final Term ONE = Term.of(1);

  @Override
  public Term with(List<Term> parts) {
    return new Apply(function, parts.getFirst());
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.apply(function, cells.of(of, row, column));
  }

  @Override
  public boolean isCostly() {
    return function != Function.RELU;
  }

  @Override
  public Expr written() {
    return function == Function.EXP
        ? Expr.exponential(of.written())
        : new Expr.Call(function.word(), List.of(of.written()));
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    Term slope =
        switch (function) {
          case EXP -> gradient.by(output);
          case LOG -> gradient.over(of);
          case TANH -> gradient.by(ONE.minus(output.squared()));
          case SIN -> gradient.by(of.apply(Function.COS));
          case COS -> gradient.by(of.apply(Function.SIN)).negated();
          case ERF -> gradient.by(of.squared().negated().exp()).by(Term.of(2)).over(rootOfPi());
          case RELU -> gradient.where(Condition.positive(of), Term.of(Exact.ZERO));
        };
    of.backward(of, slope, to);
  }

  /** √π to every digit that decimals carry: the derivative of erf is 2/√π·e^(−x²). */
  private static Term rootOfPi() {
    return Term.of(dev.qkv.sheet.value.Decimal.pi().sqrt());
  }
}
