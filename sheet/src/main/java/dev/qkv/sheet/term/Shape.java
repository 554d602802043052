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

  /** Equal sizes; written out because every sheet compares shapes, and the start counts. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Shape s && s.rows == rows && s.columns == columns;
  }

  @Override
  public int hashCode() {
    return 31 * rows + columns;
  }

  @Override
  public String toString() {
    return rows + "×" + columns;
  }
}
