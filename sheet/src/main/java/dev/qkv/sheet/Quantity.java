package dev.qkv.sheet;

import dev.qkv.sheet.value.Matrix;
import java.util.Locale;

/**
 * A quantity of the formula sheet.
 *
 * @param name its name in a worksheet: {@code Q}, {@code d_k}, {@code dW_Q}, {@code Z1}
 * @param concept the name without a head number, the key of its description
 * @param symbol how a terminal shows it: {@code √d_k}, {@code ∂L/∂Q}
 * @param tex its TeX
 * @param rows what a row stands for
 * @param columns what a column stands for
 */
public record Quantity(
    String name, String concept, String symbol, String tex, Axis rows, Axis columns) {
  /**
   * The same quantity in one head.
   *
   * @param head from 1; 0 for the quantity itself
   * @return {@code Q} becomes {@code Q1}
   */
  public Quantity head(int head) {
    return head == 0
        ? this
        : new Quantity(
            name + head,
            concept,
            symbol + "⁽" + Script.superscript(head) + "⁾",
            tex.startsWith("\\partial")
                ? tex + "^{(" + head + ")}"
                : "{" + tex + "}^{(" + head + ")}",
            rows,
            columns);
  }

  /**
   * One of its cells, for a terminal.
   *
   * @param row from 1
   * @param column from 1
   * @return {@code S₁₂}; the bare symbol for a scalar
   */
  public String cell(int row, int column) {
    if (isScalar()) {
      return symbol;
    }
    String index =
        columns == Axis.ONE
            ? Script.subscript(row)
            : rows == Axis.ONE ? Script.subscript(column) : Script.subscripts(row, column);
    return (isSimple() ? symbol : "(" + symbol + ")") + index;
  }

  /**
   * One of its cells, in TeX.
   *
   * @param row from 1
   * @param column from 1
   * @return {@code S_{1,2}}; the bare symbol for a scalar
   */
  public String texCell(int row, int column) {
    if (isScalar()) {
      return tex;
    }
    String index =
        columns == Axis.ONE ? "" + row : rows == Axis.ONE ? "" + column : row + "," + column;
    return (tex.length() == 1 ? tex : "\\left(" + tex + "\\right)") + "_{" + index + "}";
  }

  private boolean isSimple() {
    return symbol.codePoints().noneMatch(c -> "/√ᵀ−·_".indexOf(c) >= 0);
  }

  /**
   * Whether it is a single number.
   *
   * @return true for d_k, ε and the like
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
    return symbol.startsWith("∂")
        ? Message.of("quantity.gradient", Message.of("quantity." + concept.substring(1)))
        : Message.of("quantity." + concept);
  }

  /**
   * Whether there is nothing to index: the quantity is a number, or a list of cases with one case.
   *
   * @param numbers its numbers
   * @return true for d_k = 2
   */
  public boolean isSingle(Matrix numbers) {
    return rows == Axis.ONE && numbers.rows() == 1 && numbers.columns() == 1;
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

  /** Two are the same if their names are; written out because plans look quantities up a lot. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Quantity q && q.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
