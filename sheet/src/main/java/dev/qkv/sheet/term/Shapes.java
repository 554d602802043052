package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Pen;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Notation;
import java.util.IdentityHashMap;

/** The shapes of a formula's parts, and what is said where they do not fit together. */
public final class Shapes {
  /** What is known about quantities before a formula is evaluated. */
  public interface Known {
    /**
     * A quantity's shape.
     *
     * @param quantity one that is known
     * @return rows and columns
     */
    Shape shape(Quantity quantity);

    /**
     * A number that decides about a shape, such as a number of heads.
     *
     * @param number a term of one cell
     * @return its value
     */
    double number(Term number);

    /**
     * A number of a column that has to make sense.
     *
     * @param column a term of one column
     * @param row from 0
     * @return its value
     */
    double number(Term column, int row);
  }

  /** A count that decides about a shape is at most this. */
  private static final int LARGEST_COUNT = 1_000_000;

  private final Quantity output;
  private final Known known;
  private final IdentityHashMap<Term, Shape> shapes = new IdentityHashMap<>();

  /**
   * Shapes in a formula.
   *
   * @param output what the formula computes, for messages
   * @param known what is known
   */
  public Shapes(Quantity output, Known known) {
    this.output = output;
    this.known = known;
  }

  /**
   * A part's shape.
   *
   * @param term the formula or a part of it
   * @return rows and columns
   * @throws SheetException naming formula, parts and shapes, where they do not fit together
   */
  public Shape of(Term term) {
    Shape shape = shapes.get(term);
    if (shape == null) {
      shape = term instanceof Quantity quantity ? known.shape(quantity) : term.shape(this);
      shapes.put(term, shape);
    }
    return shape;
  }

  /** A whole number from 1 that decides about a shape. */
  int count(Term number) {
    double count = known.number(number);
    if (!(count >= 1 && count <= LARGEST_COUNT) || count != Math.rint(count)) {
      throw new SheetException(
          Message.of("error.whole", output.name(), name(number), LARGEST_COUNT, written(count)));
    }
    return (int) count;
  }

  /** The rule that a count is a multiple of another. */
  void divides(Term divisor, Term whole) {
    double number = known.number(whole);
    if (number != Math.rint(number) || number % count(divisor) != 0) {
      throw fault(
          "error.heads.divide",
          output.name(),
          name(whole),
          written(number),
          name(divisor),
          count(divisor));
    }
  }

  double number(Term column, int row) {
    return known.number(column, row);
  }

  static String written(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  /** A rule about two parts' sizes. */
  void require(boolean holds, String rule, Term first, Term second, Object expected, Object got) {
    if (!holds) {
      throw new SheetException(
          Message.of(
              rule,
              output.name(),
              name(first),
              of(first),
              name(second),
              of(second),
              expected,
              got));
    }
  }

  SheetException fault(String rule, Object... arguments) {
    return new SheetException(Message.of(rule, arguments));
  }

  Quantity output() {
    return output;
  }

  /** What messages call a part: a worksheet's name for a quantity, its text for a formula. */
  static String name(Term term) {
    return term instanceof Quantity quantity
        ? quantity.name()
        : new Pen(new Notation(4, Markup.PLAIN)).write(term.written());
  }
}
