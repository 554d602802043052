package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.value.Matrix;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A quantity of the formula sheet; in a term, an input.
 *
 * @param concept its name in a worksheet, without a head: {@code Q}, {@code d_k}, {@code dW_Q}
 * @param head which head's, from 1; 0 where heads are not told apart
 * @param name its name in a worksheet: {@code d_k}, {@code Z1}
 * @param sign its symbol, without a head
 * @param rows what a row stands for
 * @param columns what a column stands for
 * @param of what it is the gradient with respect to; null for what is no gradient
 */
public record Quantity(
    String concept,
    int head,
    String name,
    Symbol sign,
    Axis rows,
    Axis columns,
    @Nullable Quantity of)
    implements Term {
  /** What the name of a gradient starts with. */
  private static final String GRADIENT = "d";

  /**
   * A quantity of all heads, or where heads are not told apart.
   *
   * @param name its name in a worksheet
   * @param sign its symbol
   * @param rows what a row stands for
   * @param columns what a column stands for
   * @return the quantity
   */
  public static Quantity of(String name, Symbol sign, Axis rows, Axis columns) {
    return new Quantity(name, 0, name, sign, rows, columns, null);
  }

  private static String named(String concept, int head) {
    return head == 0 ? concept : concept + head;
  }

  /**
   * The same quantity in one head.
   *
   * @param number from 1; 0 for the quantity of all heads
   * @return {@code Q} becomes {@code Q1}
   */
  public Quantity head(int number) {
    return number == head
        ? this
        : new Quantity(
            concept,
            number,
            named(concept, number),
            sign,
            rows,
            columns,
            of == null ? null : of.head(number));
  }

  /**
   * The gradient of the loss with respect to it.
   *
   * @return {@code Q} becomes {@code dQ}
   */
  public Quantity gradient() {
    return new Quantity(
        GRADIENT + concept, head, GRADIENT + name, sign.gradient(), rows, columns, this);
  }

  /**
   * What it is the gradient with respect to.
   *
   * @return Q for dQ; nothing for what is no gradient
   */
  public Optional<Quantity> differentiated() {
    return Optional.ofNullable(of);
  }

  /**
   * Whether another quantity is the same, apart from the head.
   *
   * @param other another quantity
   * @return true for Q1 and Q2
   */
  public boolean sameConcept(Quantity other) {
    return concept.equals(other.concept);
  }

  /**
   * Whether it is the gradient of something.
   *
   * @return true for dQ
   */
  public boolean isGradient() {
    return of != null;
  }

  private Symbol shown() {
    return head == 0 ? sign : sign.head(head);
  }

  /**
   * How a terminal shows it.
   *
   * @return {@code √d_k}, {@code ∂L/∂Q}
   */
  public String symbol() {
    return shown().plain();
  }

  /**
   * Its TeX.
   *
   * @return {@code \sqrt{d_k}}
   */
  public String tex() {
    return shown().tex();
  }

  /**
   * One of its cells.
   *
   * @param row from 1
   * @param column from 1
   * @param numbers its numbers
   * @return S₁₂; the bare symbol for a single number
   */
  public Symbol cell(int row, int column, Matrix numbers) {
    if (isSingle(numbers)) {
      return shown();
    }
    return shown()
        .at(
            columns == Axis.ONE ? row : rows == Axis.ONE ? 0 : row,
            columns == Axis.ONE ? 0 : column);
  }

  /**
   * Whether it is a single number.
   *
   * @return true for ε and the like
   */
  public boolean isScalar() {
    return rows == Axis.ONE && columns == Axis.ONE;
  }

  /**
   * What it is, in words.
   *
   * @return a message
   */
  public Message label() {
    return of == null
        ? Message.of("quantity." + concept)
        : Message.of("quantity.gradient", of.label());
  }

  /**
   * Whether there is nothing to index: the quantity is a number, or a list of cases with one case.
   *
   * @param numbers its numbers
   * @return true for d_k = 2
   */
  public boolean isSingle(Matrix numbers) {
    return isScalar() || (rows == Axis.ONE && numbers.rows() == 1 && numbers.columns() == 1);
  }

  /**
   * What it is, with the shape and the axes of its numbers.
   *
   * @param numbers its numbers
   * @param locale the language
   * @return {@code scores 2×3 (query × key)}
   */
  public String describe(Matrix numbers, Locale locale) {
    String words = label().in(locale);
    return isSingle(numbers)
        ? words
        : words
            + "  "
            + numbers.shape()
            + " ("
            + rows.label().in(locale)
            + " × "
            + columns.label().in(locale)
            + ")";
  }

  @Override
  public List<Term> parts() {
    return List.of();
  }

  @Override
  public Term with(List<Term> parts) {
    return this;
  }

  @Override
  public Shape shape(Shapes shapes) {
    return shapes.of(this);
  }

  @Override
  public <R> R cell(Cells<R> cells, int row, int column) {
    return cells.of(this, row, column);
  }

  @Override
  public Expr written() {
    return new Expr.Sign(shown());
  }

  @Override
  public void backward(Term output, Term gradient, Adjoints to) {
    to.add(this, gradient);
  }

  /** Two are the same if their names are; written out because plans look quantities up a lot. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Quantity q && q.head == head && q.concept.equals(concept);
  }

  @Override
  public int hashCode() {
    return concept.hashCode() + head;
  }

  @Override
  public String toString() {
    return name();
  }
}
