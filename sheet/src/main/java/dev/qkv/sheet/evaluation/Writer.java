package dev.qkv.sheet.evaluation;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Condition;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Estimate;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Function;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes out the cells of an equation's result with the numbers that they come from. */
public final class Writer extends Readings<Expr> {
  /**
   * A writer.
   *
   * @param equation the equation
   * @param known at least its inputs
   */
  public Writer(Equation equation, Map<Quantity, Matrix> known) {
    super(equation, known);
  }

  /**
   * What stands behind one cell.
   *
   * @param row from 0
   * @param column from 0
   * @return the equation's right side with its numbers
   */
  public Expr cell(int row, int column) {
    return result(row, column);
  }

  @Override
  Expr input(Quantity quantity, int row, int column, Value value) {
    return new Expr.Input(quantity.name(), row, column, value);
  }

  @Override
  public Expr number(Value value) {
    return new Expr.Num(value);
  }

  @Override
  public Expr sum(List<Expr> terms) {
    return terms.size() == 1 ? terms.getFirst() : new Expr.Sum(terms);
  }

  @Override
  public Expr difference(Expr left, Expr right) {
    return new Expr.Difference(left, right);
  }

  @Override
  public Expr negative(Expr of) {
    return new Expr.Negative(of);
  }

  @Override
  public Expr product(List<Expr> factors) {
    return new Expr.Product(factors, Expr.Times.NUMBERS);
  }

  @Override
  public Expr quotient(Expr numerator, Expr denominator) {
    return new Expr.Quotient(numerator, denominator, false);
  }

  @Override
  public Expr power(Expr base, Expr exponent) {
    return new Expr.Power(base, exponent);
  }

  @Override
  public Expr root(Expr radicand, @Nullable Supplier<SheetException> unlessPositive) {
    return new Expr.Root(radicand);
  }

  @Override
  public Expr apply(Function function, Expr of) {
    return function == Function.EXP
        ? Expr.exponential(of)
        : new Expr.Call(function.word(), List.of(of));
  }

  @Override
  public Expr largest(List<Expr> of, Supplier<SheetException> ifNothing) {
    return new Expr.Call("max", of);
  }

  @Override
  public Expr smallest(List<Expr> of) {
    return new Expr.Call("min", of);
  }

  @Override
  public Expr chosen(Expr chosen, Condition condition, int row, int column) {
    return chosen;
  }

  @Override
  public Expr estimate(List<Expr> of, Estimate estimate) {
    double[] numbers =
        of.stream()
            .mapToDouble(e -> e instanceof Expr.Input input ? input.value().toDouble() : Double.NaN)
            .toArray();
    return new Expr.Num(new Approximate(estimate.of(numbers)));
  }
}
