package dev.qkv.sheet.audit;

import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Something that an answer says. */
public sealed interface Claim {
  /**
   * Where it stands.
   *
   * @return line of the worksheet, from 1
   */
  int line();

  /**
   * How it was written.
   *
   * @return its text
   */
  String text();

  /**
   * Numbers for a quantity, or for some of its cells.
   *
   * @param quantity what they are claimed to be
   * @param numbers the numbers, row by row
   * @param row the row, from 1, that a single cell or row is for; empty for all
   * @param column the column, from 1, that a single cell or column is for; empty for all
   * @param line line of the worksheet
   * @param text how it was written
   * @param working the arithmetic that is written out for them
   */
  record Numbers(
      Quantity quantity,
      List<List<Numeral>> numbers,
      OptionalInt row,
      OptionalInt column,
      int line,
      String text,
      Working working)
      implements Claim {
    /**
     * Numbers without arithmetic.
     *
     * @param quantity what they are claimed to be
     * @param numbers the numbers, row by row
     * @param row the row, from 1, that a single cell or row is for; empty for all
     * @param column the column, from 1, that a single cell or column is for; empty for all
     * @param line line of the worksheet
     * @param text how it was written
     */
    public Numbers(
        Quantity quantity,
        List<List<Numeral>> numbers,
        OptionalInt row,
        OptionalInt column,
        int line,
        String text) {
      this(quantity, numbers, row, column, line, text, Working.NONE);
    }

    /**
     * The same numbers with arithmetic.
     *
     * @param written the arithmetic that is written out for them
     * @return the claim
     */
    public Numbers with(Working written) {
      return new Numbers(quantity, numbers, row, column, line, text, written);
    }
  }

  /**
   * The number of rows and columns of a quantity.
   *
   * @param quantity whose shape it is
   * @param rows claimed number of rows
   * @param columns claimed number of columns
   * @param line line of the worksheet
   * @param text how it was written
   */
  record Shape(Quantity quantity, int rows, int columns, int line, String text) implements Claim {}

  /**
   * An equation between numbers that needs nothing from the problem, such as 512 ÷ 8 = 64.
   *
   * @param expression the left side as written
   * @param computed what the left side comes to
   * @param claimed the right side
   * @param line line of the worksheet
   * @param text how it was written
   */
  record Arithmetic(String expression, Value computed, Numeral claimed, int line, String text)
      implements Claim {
    /**
     * A chain of numbers, link by link.
     *
     * @param links what stands between its signs
     * @param line line of the worksheet
     * @param text how it was written
     * @return a claim for each sign
     */
    public static List<Claim> chain(List<Numeral> links, int line, String text) {
      List<Claim> claims = new ArrayList<>();
      for (int k = 1; k < links.size(); k++) {
        Numeral left = links.get(k - 1);
        claims.add(new Arithmetic(left.text().strip(), left.value(), links.get(k), line, text));
      }
      return claims;
    }
  }

  /**
   * A formula for a quantity.
   *
   * @param readings the ways in which it can be read, the usual one first; one at least
   * @param line line of the worksheet
   * @param text how it was written
   */
  record Formula(List<Equation> readings, int line, String text) implements Claim {
    /**
     * Copies.
     *
     * @param readings the ways in which it can be read
     * @param line line of the worksheet
     * @param text how it was written
     */
    public Formula {
      readings = List.copyOf(readings);
    }

    /**
     * A formula that can be read in one way.
     *
     * @param quantity what it is a formula of
     * @param term its right side
     * @param line line of the worksheet
     * @param text how it was written
     */
    public Formula(Quantity quantity, Term term, int line, String text) {
      this(List.of(new Equation(quantity, term)), line, text);
    }

    /**
     * What it is a formula of.
     *
     * @return the left side in its usual reading
     */
    public Quantity quantity() {
      return readings.getFirst().output();
    }
  }

  /**
   * Words, or a formula without numbers: not something to compute.
   *
   * @param line line of the worksheet
   * @param text the words
   */
  record Words(int line, String text) implements Claim {}
}
