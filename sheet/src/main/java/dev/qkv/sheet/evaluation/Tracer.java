package dev.qkv.sheet.evaluation;

import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Condition;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Estimate;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Shape;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Function;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Names the cells that a cell of an equation's result was computed from. */
public final class Tracer extends Readings<Set<Tracer.Source>> {
  /**
   * A cell of an input.
   *
   * @param quantity the input
   * @param row from 0
   * @param column from 0
   * @param value its value
   */
  public record Source(Quantity quantity, int row, int column, Value value) {}

  /**
   * A tracer.
   *
   * @param equation the equation
   * @param known at least its inputs
   */
  public Tracer(Equation equation, Map<Quantity, Matrix> known) {
    super(equation, known);
  }

  /**
   * The cells that one cell was computed from.
   *
   * @param row from 0
   * @param column from 0
   * @return cells of the equation's inputs, each once, in the order of the formula
   */
  public Set<Source> cell(int row, int column) {
    return result(row, column);
  }

  @Override
  Set<Source> input(Quantity quantity, int row, int column, Value value) {
    return Set.of(new Source(quantity, row, column, value));
  }

  @Override
  public Set<Source> number(Value value) {
    return Set.of();
  }

  @Override
  public Set<Source> sum(List<Set<Source>> terms) {
    Set<Source> all = new LinkedHashSet<>();
    terms.forEach(all::addAll);
    return all;
  }

  @Override
  public Set<Source> difference(Set<Source> left, Set<Source> right) {
    return sum(List.of(left, right));
  }

  @Override
  public Set<Source> negative(Set<Source> of) {
    return of;
  }

  @Override
  public Set<Source> product(List<Set<Source>> factors) {
    return sum(factors);
  }

  @Override
  public Set<Source> quotient(Set<Source> numerator, Set<Source> denominator) {
    return sum(List.of(numerator, denominator));
  }

  @Override
  public Set<Source> power(Set<Source> base, Set<Source> exponent) {
    return sum(List.of(base, exponent));
  }

  @Override
  public Set<Source> root(Set<Source> radicand, @Nullable Supplier<SheetException> unlessPositive) {
    return radicand;
  }

  @Override
  public Set<Source> apply(Function function, Set<Source> of) {
    return of;
  }

  @Override
  public Set<Source> largest(List<Set<Source>> of, Supplier<SheetException> ifNothing) {
    return sum(of);
  }

  @Override
  public Set<Source> smallest(List<Set<Source>> of) {
    return sum(of);
  }

  @Override
  public Set<Source> chosen(Set<Source> chosen, Condition condition, int row, int column) {
    Set<Source> all = new LinkedHashSet<>(chosen);
    for (Term part : condition.parts()) {
      Shape shape = shape(part);
      all.addAll(of(part, shape.rows() == 1 ? 0 : row, shape.columns() == 1 ? 0 : column));
    }
    return all;
  }

  @Override
  public Set<Source> estimate(List<Set<Source>> of, Estimate estimate) {
    return sum(of);
  }
}
