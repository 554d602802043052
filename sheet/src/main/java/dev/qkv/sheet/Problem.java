package dev.qkv.sheet;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an exercise gives and asks.
 *
 * @param givens numbers by quantity, in the order given
 * @param choices what is said in words
 * @param goals what is asked; empty for everything that can be had
 */
public record Problem(Map<Quantity, Matrix> givens, Choices choices, List<Quantity> goals) {

  /** More heads than any model has. */
  private static final int LARGEST_HEADS = 128;

  private static final Notation NOTATION = new Notation(4, Markup.PLAIN);

  /**
   * Copies; what is one row by its nature, such as a gain, may be given as a column, and the other
   * way round.
   *
   * @param givens numbers by quantity
   * @param choices what is said in words
   * @param goals what is asked
   */
  public Problem {
    Map<Quantity, Matrix> copy = new LinkedHashMap<>();
    givens.forEach((quantity, numbers) -> copy.put(quantity, laid(quantity, numbers)));
    givens = Collections.unmodifiableMap(copy);
    goals = List.copyOf(goals);
  }

  private static Matrix laid(Quantity quantity, Matrix numbers) {
    boolean row = quantity.rows() == Axis.ONE && quantity.columns() != Axis.ONE;
    boolean column = quantity.rows() != Axis.ONE && quantity.columns() == Axis.ONE;
    boolean turned =
        (row && numbers.columns() == 1 && numbers.rows() > 1)
            || (column && numbers.rows() == 1 && numbers.columns() > 1);
    return turned ? numbers.transposed() : numbers;
  }

  /**
   * The number of heads: what {@code h} says, else the largest head number among the givens.
   *
   * @return 0 where there are no heads to tell apart
   * @throws SheetException if h is not a small whole number
   */
  public int heads() {
    return count(
        Quantities.HEADS, givens.keySet().stream().mapToInt(Quantity::head).max().orElse(0));
  }

  /**
   * The number of heads of keys and values.
   *
   * @return as many as of queries, unless {@code h_kv} says otherwise
   * @throws SheetException if h_kv is not a small whole number that divides h
   */
  public int keyHeads() {
    int heads = heads();
    Matrix given = givens.get(Quantities.KEY_HEADS);
    int keyHeads = given == null ? heads : count(Quantities.KEY_HEADS, 1);
    if (heads > 0 && heads % keyHeads != 0) {
      throw new SheetException(
          Message.of("error.heads.shared", heads, Quantities.KEY_HEADS.name(), keyHeads));
    }
    return keyHeads;
  }

  private int count(Quantity quantity, int otherwise) {
    Matrix given = givens.get(quantity);
    if (given == null) {
      return otherwise;
    }
    double h = given.scalar().toDouble();
    if (!(h >= 1 && h <= LARGEST_HEADS) || h != Math.rint(h)) {
      throw new SheetException(
          Message.of(
              "error.heads.number",
              quantity.name(),
              NOTATION.number(given.scalar()),
              LARGEST_HEADS));
    }
    return h == 1 && otherwise == 0 ? 0 : (int) h;
  }

  /**
   * Whether a quantity is given.
   *
   * @param quantity any quantity
   * @return true if there are numbers for it
   */
  public boolean gives(Quantity quantity) {
    return givens.containsKey(quantity);
  }

  /**
   * The same problem with other goals.
   *
   * @param wanted what is asked instead
   * @return the problem
   */
  public Problem asking(List<Quantity> wanted) {
    return new Problem(givens, choices, wanted);
  }
}
