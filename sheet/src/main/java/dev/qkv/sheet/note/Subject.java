package dev.qkv.sheet.note;

import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.term.Quantity;

/**
 * What a sentence speaks of; which row or column a number or word stands for is settled when the
 * whole exercise has been read.
 *
 * @param quantity the quantity
 * @param row the row as written, a number or the name of a token; empty if none is said
 * @param column the column as written; empty if none is said
 * @param single one index that may be a row, a key or a head; empty if none is said
 * @param capital whether the name is written with a capital letter, as matrices are
 */
record Subject(Quantity quantity, String row, String column, String single, boolean capital) {
  static Subject of(Quantity quantity) {
    return new Subject(quantity, "", "", "", true);
  }

  static Subject of(Reference reference, String written) {
    String row = reference.row().isPresent() ? String.valueOf(reference.row().getAsInt()) : "";
    String column =
        reference.column().isPresent() ? String.valueOf(reference.column().getAsInt()) : "";
    String number =
        reference.number().isPresent() ? String.valueOf(reference.number().getAsInt()) : "";
    boolean capital = written.chars().anyMatch(c -> "QKVSAZXYOWEHN".indexOf(c) >= 0);
    return new Subject(
        reference.quantity(), row, column, reference.label().orElse(number), capital);
  }

  Subject withRow(String other) {
    return new Subject(quantity, other, column, single, capital);
  }

  Subject withColumn(String other) {
    return new Subject(quantity, row, other, single, capital);
  }

  Subject with(Quantity other) {
    return new Subject(other, row, column, single, capital);
  }

  boolean isWhole() {
    return row.isEmpty() && column.isEmpty() && single.isEmpty();
  }
}
