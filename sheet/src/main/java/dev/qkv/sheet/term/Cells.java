package dev.qkv.sheet.term;

import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.value.Function;
import dev.qkv.sheet.value.Value;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with single cells. A term says once how one of its cells comes about; whether
 * that is computed, written out or traced is decided by what the cells are.
 *
 * @param <R> a number, an expression, a set of cells
 */
public interface Cells<R> {
  /**
   * A cell of a part.
   *
   * @param part a part of the term
   * @param row from 0
   * @param column from 0
   * @return the cell
   */
  R of(Term part, int row, int column);

  /**
   * A part's shape.
   *
   * @param part a part of the term, or the term
   * @return rows and columns
   */
  Shape shape(Term part);

  /**
   * The value of a part's cell, on which a condition depends.
   *
   * @param part a part of the term
   * @param row from 0
   * @param column from 0
   * @return its value
   */
  Value value(Term part, int row, int column);

  /**
   * A number that stands in the formula.
   *
   * @param value the number
   * @return it
   */
  R number(Value value);

  /**
   * A sum.
   *
   * @param terms one or more
   * @return {@code a + b + …}
   */
  R sum(List<R> terms);

  /**
   * A difference.
   *
   * @param left the minuend
   * @param right the subtrahend
   * @return {@code left − right}
   */
  R difference(R left, R right);

  /**
   * The sign turned.
   *
   * @param of a number
   * @return {@code −of}
   */
  R negative(R of);

  /**
   * A product.
   *
   * @param factors one or more
   * @return {@code a·b·…}
   */
  R product(List<R> factors);

  /**
   * A quotient.
   *
   * @param numerator above the line
   * @param denominator below it
   * @return {@code numerator/denominator}
   */
  R quotient(R numerator, R denominator);

  /**
   * A power.
   *
   * @param base what is raised
   * @param exponent to what
   * @return {@code base^exponent}
   */
  R power(R base, R exponent);

  /**
   * A square root.
   *
   * @param radicand what stands under the root
   * @param unlessPositive what is wrong where the root would be 0; null where it may be
   * @return {@code √radicand}
   */
  R root(R radicand, @Nullable Supplier<SheetException> unlessPositive);

  /**
   * A function of a number.
   *
   * @param function which
   * @param of the number
   * @return its value
   */
  R apply(Function function, R of);

  /**
   * The largest of several.
   *
   * @param of one or more
   * @param ifNothing what is wrong where all are −∞
   * @return the maximum
   */
  R largest(List<R> of, Supplier<SheetException> ifNothing);

  /**
   * The smallest of several.
   *
   * @param of one or more
   * @return the minimum
   */
  R smallest(List<R> of);

  /**
   * A number that was chosen by a condition.
   *
   * @param chosen the number
   * @param condition what it depended on
   * @param row from 0
   * @param column from 0
   * @return the number
   */
  R chosen(R chosen, Condition condition, int row, int column);

  /**
   * A number estimated from others.
   *
   * @param of the numbers that it depends on
   * @param estimate how
   * @return the estimate
   */
  R estimate(List<R> of, Estimate estimate);
}
