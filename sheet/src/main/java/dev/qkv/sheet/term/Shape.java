package dev.qkv.sheet.term;

/**
 * A number of rows and columns.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
public record Shape(int rows, int columns) {
  /** The shape of a single number. */
  static final Shape ONE = new Shape(1, 1);

  @Override
  public String toString() {
    return rows + "×" + columns;
  }
}
