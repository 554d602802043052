package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.term.Quantity;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a name refers to.
 *
 * @param quantity the quantity, of one head where the name says so
 * @param row the row, from 1, where the name has two indices or says that it is a row
 * @param column the column, from 1, for a name like a_12
 * @param number a single index whose meaning only the exercise tells: a row, a key or a head
 * @param label a word in place of an index, as in q_cat
 */
public record Reference(
    Quantity quantity,
    OptionalInt row,
    OptionalInt column,
    OptionalInt number,
    Optional<String> label) {
  /** All of a quantity. */
  public static Reference to(Quantity quantity) {
    return new Reference(
        quantity, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
  }

  /** A row, or a cell of it. */
  public static Reference at(Quantity quantity, int row, OptionalInt column) {
    return new Reference(
        quantity, OptionalInt.of(row), column, OptionalInt.empty(), Optional.empty());
  }

  static Reference numbered(Quantity quantity, int number) {
    return new Reference(
        quantity,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.of(number),
        Optional.empty());
  }

  static Reference labelled(Quantity quantity, String label) {
    return new Reference(
        quantity,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.of(label));
  }

  /** Whether it is all of its quantity. */
  public boolean isWhole() {
    return row.isEmpty() && number.isEmpty() && label.isEmpty();
  }

  /** The row, or the one index that may be one. */
  public OptionalInt index() {
    return row.isPresent() ? row : number;
  }

  /** The reading in which a single index is a head. */
  public Reference asHead() {
    return number.isPresent() ? to(quantity.head(number.getAsInt())) : this;
  }

  /** The same cells of another quantity. */
  public Reference of(Quantity other) {
    return new Reference(other, row, column, number, label);
  }
}
