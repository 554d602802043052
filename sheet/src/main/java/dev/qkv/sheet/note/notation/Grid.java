package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in rows and columns, with the arithmetic that people write between them.
 *
 * @param rows row by row, all of one width
 * @param written whether it was worked out from others, as 0.5·(1, 2) is
 */
public record Grid(List<List<Numeral>> rows, boolean written) {
  static Grid of(Numeral numeral, boolean written) {
    return new Grid(List.of(List.of(numeral)), written);
  }

  /** Numbers in a row. */
  public static Grid row(List<Numeral> numbers) {
    return new Grid(List.of(numbers), false);
  }

  /** One number. */
  static Grid number(String text, int at, Value value, OptionalInt decimals, boolean written) {
    return of(new Numeral(text, at, value, decimals), written);
  }

  public int height() {
    return rows.size();
  }

  public int width() {
    return rows.getFirst().size();
  }

  public boolean isNumber() {
    return height() == 1 && width() == 1;
  }

  public boolean isVector() {
    return !isNumber() && (height() == 1 || width() == 1);
  }

  public Numeral number() {
    return rows.getFirst().getFirst();
  }

  /** The cells of a vector, whichever way it lies. */
  public List<Numeral> cells() {
    return rows.stream().flatMap(List::stream).toList();
  }

  public Grid transposed() {
    List<List<Numeral>> columns = new ArrayList<>();
    for (int j = 0; j < width(); j++) {
      List<Numeral> column = new ArrayList<>();
      for (List<Numeral> row : rows) {
        column.add(row.get(j));
      }
      columns.add(column);
    }
    return new Grid(columns, written);
  }

  /** The square matrix of ones on the diagonal. */
  static Grid identity(int size) {
    List<List<Numeral>> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<Numeral> row = new ArrayList<>();
      for (int j = 0; j < size; j++) {
        row.add(whole(i == j));
      }
      rows.add(row);
    }
    return new Grid(rows, false);
  }

  static Grid filled(int height, int width, boolean ones) {
    List<Numeral> row = Collections.nCopies(width, whole(ones));
    return new Grid(Collections.nCopies(height, row), false);
  }

  private static Numeral whole(boolean one) {
    return new Numeral(one ? "1" : "0", -1, one ? Exact.ONE : Exact.ZERO, OptionalInt.of(0));
  }

  /** Each number turned into another. */
  Grid map(UnaryOperator<Value> of, String text, int at) {
    List<List<Numeral>> result = new ArrayList<>();
    for (List<Numeral> row : rows) {
      List<Numeral> cells = new ArrayList<>();
      for (Numeral cell : row) {
        cells.add(made(isNumber(), text, at, of.apply(cell.value()), cell, null));
      }
      result.add(cells);
    }
    return new Grid(result, true);
  }

  /** The sum, or difference, of two grids of one shape. */
  Grid plus(Grid other, BinaryOperator<Value> operation, String text, int at) throws Unreadable {
    if (height() != other.height() || width() != other.width()) {
      throw unfit(other, at);
    }
    List<List<Numeral>> result = new ArrayList<>();
    for (int i = 0; i < height(); i++) {
      List<Numeral> row = new ArrayList<>();
      for (int j = 0; j < width(); j++) {
        Numeral left = rows.get(i).get(j);
        Numeral right = other.rows.get(i).get(j);
        row.add(
            made(isNumber(), text, at, operation.apply(left.value(), right.value()), left, right));
      }
      result.add(row);
    }
    return new Grid(result, true);
  }

  /** A number times a grid, an inner product of two vectors, or a product of matrices. */
  Grid times(Grid other, String text, int at) throws Unreadable {
    if (isNumber()) {
      return other.scaled(this, text, at);
    }
    if (other.isNumber()) {
      return scaled(other, text, at);
    }
    boolean alike = height() == other.height() && width() == other.width();
    if (isVector()
        && other.isVector()
        && cells().size() == other.cells().size()
        && (alike || height() == 1)) {
      return inner(cells(), other.cells(), true, text, at);
    }
    if (width() != other.height()) {
      throw unfit(other, at);
    }
    List<List<Numeral>> result = new ArrayList<>();
    Grid columns = other.transposed();
    for (List<Numeral> row : rows) {
      List<Numeral> cells = new ArrayList<>();
      for (List<Numeral> column : columns.rows) {
        cells.add(inner(row, column, false, text, at).number());
      }
      result.add(cells);
    }
    return new Grid(result, true);
  }

  private Grid scaled(Grid factor, String text, int at) {
    Numeral by = factor.number();
    List<List<Numeral>> result = new ArrayList<>();
    for (List<Numeral> row : rows) {
      List<Numeral> cells = new ArrayList<>();
      for (Numeral cell : row) {
        cells.add(made(isNumber(), text, at, by.value().times(cell.value()), cell, by));
      }
      result.add(cells);
    }
    return new Grid(result, true);
  }

  private static Grid inner(
      List<Numeral> left, List<Numeral> right, boolean alone, String text, int at) {
    Value sum = Exact.ZERO;
    int decimals = 0;
    for (int i = 0; i < left.size(); i++) {
      sum = sum.plus(left.get(i).value().times(right.get(i).value()));
      decimals = Math.max(decimals, decimals(left.get(i), right.get(i)));
    }
    return number(
        alone ? text : "",
        alone ? at : -1,
        sum,
        decimals > 0 ? OptionalInt.of(decimals) : OptionalInt.empty(),
        true);
  }

  private static int decimals(Numeral left, @Nullable Numeral right) {
    return Math.max(left.decimals().orElse(0), right == null ? 0 : right.decimals().orElse(0));
  }

  /** Decimals in an expression make its value approximate; whole numbers do not. */
  private static Numeral made(
      boolean alone, String text, int at, Value value, Numeral left, @Nullable Numeral right) {
    int decimals = decimals(left, right);
    return new Numeral(
        alone ? text : "",
        alone ? at : -1,
        value,
        decimals > 0 ? OptionalInt.of(decimals) : OptionalInt.empty());
  }

  private Unreadable unfit(Grid other, int at) {
    return new Unreadable(
        Message.of(
            "error.arithmetic.shape",
            height() + "×" + width(),
            other.height() + "×" + other.width()),
        at);
  }
}
