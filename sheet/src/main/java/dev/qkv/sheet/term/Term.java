package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Function;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The right side of a formula. Its shape rule, its text, its cells, its values in every arithmetic
 * and its gradient follow from it and nothing else.
 *
 * <p>Operations cell by cell take operands of one shape; a quantity with one row or one column by
 * its nature (a row's largest, a gain, a number) stands for every row or column.
 */
public sealed interface Term
    permits Quantity,
        Constant,
        Size,
        Count,
        Position,
        Product,
        Transpose,
        CellByCell,
        OfEachCell,
        Reduce,
        Concatenation,
        Share,
        View,
        Rotation,
        Select,
        Spread,
        Sample {
  /**
   * What it is made of.
   *
   * @return terms, in the order of the formula; none for an input or a constant
   */
  List<Term> parts();

  /**
   * The same operation on other parts.
   *
   * @param parts as many as there are
   * @return the term
   */
  Term with(List<Term> parts);

  /**
   * What a row of it stands for.
   *
   * @return {@link Axis#ONE} where it has one row by its nature
   */
  Axis rows();

  /**
   * What a column of it stands for.
   *
   * @return {@link Axis#ONE} where it has one column by its nature
   */
  Axis columns();

  /**
   * Its shape.
   *
   * @param shapes the shapes of its parts
   * @return rows and columns
   * @throws dev.qkv.sheet.message.SheetException if its parts do not fit together
   */
  Shape shape(Shapes shapes);

  /**
   * How one of its cells comes about.
   *
   * @param cells the cells of its parts, and what can be done with them
   * @param row from 0
   * @param column from 0
   * @param <R> what a cell is
   * @return the cell
   */
  <R> R cell(Cells<R> cells, int row, int column);

  /**
   * It, in symbols.
   *
   * @return the right side of a formula
   */
  Expr written();

  /**
   * What its gradient contributes to the gradients of its inputs.
   *
   * @param output what has its value: the formula's output, or itself
   * @param gradient the gradient of the loss with respect to it
   * @param to where the contributions go
   */
  void backward(Term output, Term gradient, Adjoints to);

  /**
   * Whether one of its cells takes long in exact arithmetic, so that cells are worth sharing out.
   *
   * @return true for functions to many digits
   */
  default boolean isCostly() {
    return false;
  }

  /**
   * The quantities in it.
   *
   * @return in the order of the formula, each once
   */
  default List<Quantity> inputs() {
    Set<Quantity> inputs = new LinkedHashSet<>();
    collect(this, inputs);
    return List.copyOf(inputs);
  }

  private static void collect(Term term, Set<Quantity> inputs) {
    if (term instanceof Quantity quantity) {
      inputs.add(quantity);
    }
    for (Term part : term.parts()) {
      collect(part, inputs);
    }
  }

  /**
   * The term with other quantities in place of some.
   *
   * @param change what each becomes
   * @return the term
   */
  default Term map(UnaryOperator<Quantity> change) {
    if (this instanceof Quantity quantity) {
      return change.apply(quantity);
    }
    List<Term> changed = new ArrayList<>(parts().size());
    for (Term part : parts()) {
      changed.add(part.map(change));
    }
    return with(changed);
  }

  /**
   * A number.
   *
   * @param value the number
   * @return the term
   */
  static Term of(Value value) {
    return new Constant(value, null);
  }

  /**
   * A number that formulas call by a name.
   *
   * @param name how it is written
   * @param value the number
   * @return the term
   */
  static Term named(Symbol name, Value value) {
    return new Constant(value, name);
  }

  /**
   * A whole number.
   *
   * @param number the number
   * @return the term
   */
  static Term of(long number) {
    return of(Value.of(number));
  }

  /**
   * The matrix product.
   *
   * @param right the right factor
   * @return this·right
   */
  default Term times(Term right) {
    return new Product(this, right);
  }

  /**
   * The transposed matrix.
   *
   * @return thisᵀ; a product is turned around, (ab)ᵀ = bᵀaᵀ
   */
  default Term t() {
    if (this instanceof Transpose(Term matrix)) {
      return matrix;
    }
    return this instanceof Product(Term left, Term right)
        ? new Product(right.t(), left.t())
        : new Transpose(this);
  }

  /**
   * The sum, cell by cell.
   *
   * @param right the other term
   * @return this + right
   */
  default Term plus(Term right) {
    return Sum.of(List.of(this, right));
  }

  /**
   * The difference, cell by cell.
   *
   * @param right what is taken away
   * @return this − right
   */
  default Term minus(Term right) {
    return new Difference(this, right);
  }

  /**
   * The sign turned.
   *
   * @return −this
   */
  default Term negated() {
    return this instanceof Negative(Term of) ? of : new Negative(this);
  }

  /**
   * The product cell by cell.
   *
   * @param right the other factor
   * @return this∘right
   */
  default Term by(Term right) {
    return Hadamard.of(List.of(this, right));
  }

  /**
   * The quotient, cell by cell.
   *
   * @param divisor what it is divided by
   * @return this / divisor
   */
  default Term over(Term divisor) {
    return new Quotient(this, divisor, false);
  }

  /**
   * The quotient of two counts.
   *
   * @param divisor what it is divided by
   * @return this / divisor, an error where there is a rest
   */
  default Term shared(Term divisor) {
    return new Quotient(this, divisor, true);
  }

  /**
   * The power, cell by cell.
   *
   * @param exponent to what
   * @return this^exponent
   */
  default Term power(Term exponent) {
    return new Power(this, exponent);
  }

  /**
   * The square, cell by cell.
   *
   * @return this²
   */
  default Term squared() {
    return power(of(2));
  }

  /**
   * The square root, cell by cell.
   *
   * @return √this
   */
  default Term root() {
    return new Root(this, false);
  }

  /**
   * The square root of something to divide by.
   *
   * @return √this, an error that names the row where it is 0
   */
  default Term positiveRoot() {
    return new Root(this, true);
  }

  /**
   * A function, cell by cell.
   *
   * @param function which
   * @return function(this)
   */
  default Term apply(Function function) {
    return new Apply(function, this);
  }

  /**
   * The exponential, cell by cell.
   *
   * @return e^this
   */
  default Term exp() {
    return apply(Function.EXP);
  }

  /**
   * One number for each row, for each column or for all.
   *
   * @param kind what is done
   * @param along along what
   * @return the term
   */
  default Term reduce(Reduce.Kind kind, Reduce.Along along) {
    return new Reduce(kind, along, this);
  }

  /**
   * The sum of each row.
   *
   * @return Σ_j this
   */
  default Term rowSum() {
    return reduce(Reduce.Kind.SUM, Reduce.Along.ROW);
  }

  /**
   * The largest of each row.
   *
   * @return max_j this
   */
  default Term rowMax() {
    return reduce(Reduce.Kind.MAX, Reduce.Along.ROW);
  }

  /**
   * The mean of each row.
   *
   * @return (1/c)·Σ_j this
   */
  default Term rowMean() {
    return reduce(Reduce.Kind.MEAN, Reduce.Along.ROW);
  }

  /**
   * The sum of all cells.
   *
   * @return Σ this
   */
  default Term sum() {
    return reduce(Reduce.Kind.SUM, Reduce.Along.ALL);
  }

  /**
   * The number of columns.
   *
   * @return dim this
   */
  default Term width() {
    return new Size(this, false, List.of());
  }

  /**
   * The number of columns that several matrices have.
   *
   * @param alike one or more
   * @return dim of the first, an error where another is of another width
   */
  static Term width(List<? extends Term> alike) {
    return new Size(alike.getFirst(), false, List.copyOf(alike.subList(1, alike.size())));
  }

  /**
   * The number of rows.
   *
   * @return len this
   */
  default Term length() {
    return new Size(this, true, List.of());
  }

  /**
   * One head's share of the columns.
   *
   * @param part which, from 1
   * @param parts how many there are
   * @return this[·, part/parts]
   */
  default Term share(int part, Term parts) {
    return new Share(this, part, parts, List.of());
  }

  /**
   * Matrices side by side.
   *
   * @param parts one or more
   * @return [a ‖ b ‖ …]
   */
  static Term beside(List<? extends Term> parts) {
    return new Concatenation(List.copyOf(parts));
  }

  /**
   * Pairs of columns turned by a right angle, as rotary positions need them.
   *
   * @return (−x₂, x₁, −x₄, x₃, …)
   */
  default Term turned() {
    return new Rotation(this, false);
  }

  /**
   * This where a condition holds, something else elsewhere.
   *
   * @param condition on row, column and values
   * @param otherwise what stands elsewhere
   * @return the term
   */
  default Term where(Condition condition, Term otherwise) {
    return new Select(condition, this, otherwise, List.of());
  }

  /**
   * The same in the shape of something else.
   *
   * @param like what has the shape
   * @return the term
   */
  default Term like(Term like) {
    return new Spread(this, like);
  }

  /**
   * A mask in the shape of scores: 0 where a condition holds, −∞ elsewhere.
   *
   * @param condition which positions may be attended
   * @param scores what has the shape
   * @return the term
   */
  static Term mask(Condition condition, Term scores) {
    return new Select(condition, of(Exact.ZERO), of(NegativeInfinity.INSTANCE), List.of(scores));
  }

  /**
   * The numbers 0, 1, 2 … as a column or a row.
   *
   * @param count how many
   * @param column whether they stand below each other
   * @param step each stands this many times, as in 0, 0, 2, 2 for 2
   * @return the term
   */
  static Term count(Term count, boolean column, int step) {
    return new Count(count, column, step);
  }

  /**
   * The numbers of matrices laid out anew, as a reshape does that moves no axis.
   *
   * @param matrices of one shape, read one after the other, row by row
   * @param part which piece of the result, from 1
   * @param count how many pieces there are
   * @return a matrix with as many rows as each of them
   */
  static Term view(List<? extends Term> matrices, int part, Term count) {
    return new View(List.copyOf(matrices), part, count);
  }

  /**
   * How far a key lies ahead of a query: j − i, counted from the last where bottom-right.
   *
   * @param scores what has the shape
   * @param alignment where the diagonal lies
   * @return the term
   */
  static Term distance(Term scores, Alignment alignment) {
    return new Position(scores, alignment);
  }

  /**
   * An estimate in the shape of the first of its numbers.
   *
   * @param estimate how
   * @param numbers what it depends on
   * @return the term
   */
  static Term sample(Estimate estimate, List<? extends Term> numbers) {
    return new Sample(List.copyOf(numbers), estimate);
  }
}
