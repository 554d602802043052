package dev.qkv.sheet.audit;

import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
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
   */
  record Numbers(
      Quantity quantity,
      List<List<Numeral>> numbers,
      OptionalInt row,
      OptionalInt column,
      int line,
      String text)
      implements Claim {}

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
      implements Claim {}

  /**
   * Words, or a formula without numbers: not something to compute.
   *
   * @param line line of the worksheet
   * @param text the words
   */
  record Words(int line, String text) implements Claim {}
}
