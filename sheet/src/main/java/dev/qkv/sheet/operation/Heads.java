package dev.qkv.sheet.operation;

import dev.qkv.sheet.Message;
import dev.qkv.sheet.SheetException;
import dev.qkv.sheet.operation.Operation.Shape;
import dev.qkv.sheet.value.Expr;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.value.Value;

/** Widths, splitting into heads and joining them again. */
public final class Heads {
  private Heads() {}

  /**
   * The width of the first input.
   *
   * @return the operation
   */
  public static Operation width() {
    return Operation.of(
        in -> new Shape(1, 1), (in, i, j) -> Expr.of(Value.of(in.matrix(0).columns())));
  }

  /**
   * Width over number of heads, a whole number.
   *
   * @return the operation
   */
  public static Operation headWidth() {
    return Operation.of(
        in -> {
          requireDivisible(in, wholeWidth(in), in.scalar(1));
          return new Shape(1, 1);
        },
        (in, i, j) -> new Expr.Quotient(Expr.of(in.scalar(0)), Expr.of(in.scalar(1))));
  }

  /**
   * The square root of each cell.
   *
   * @return the operation
   */
  public static Operation root() {
    return Operation.cellwise((in, i, j) -> new Expr.Root(Expr.of(in.at(0, i, j))));
  }

  /**
   * A head's share of the first input's columns; the second input is the number of heads.
   *
   * @param head from 1
   * @return the operation
   */
  public static Operation split(int head) {
    return Operation.of(
        in -> {
          requireDivisible(in, in.matrix(0).columns(), in.scalar(1));
          return new Shape(in.matrix(0).rows(), share(in));
        },
        (in, i, j) -> Expr.of(in.at(0, i, (head - 1) * share(in) + j)));
  }

  /** The first input as a width; 1, which only one head divides, where it is not a whole number. */
  private static long wholeWidth(Operands in) {
    double width = in.scalar(0).toDouble();
    return width == Math.rint(width) && Math.abs(width) < Integer.MAX_VALUE ? (long) width : 1;
  }

  private static int share(Operands in) {
    return in.matrix(0).columns() / (int) in.scalar(1).toDouble();
  }

  private static void requireDivisible(Operands in, long width, Value heads) {
    double h = heads.toDouble();
    if (h < 1 || h != Math.rint(h) || width % (long) h != 0) {
      throw new SheetException(
          Message.of(
              "error.heads.divide",
              in.output().name(),
              in.quantities().getFirst().name(),
              width,
              new Notation(4, false).number(heads)));
    }
  }

  /**
   * All inputs side by side.
   *
   * @return the operation
   */
  public static Operation concatenate() {
    return Operation.of(
        in -> {
          int columns = 0;
          for (int k = 0; k < in.matrices().size(); k++) {
            in.require(
                in.matrix(k).rows() == in.matrix(0).rows(),
                "error.shape.rows",
                0,
                k,
                in.matrix(0).rows(),
                in.matrix(k).rows());
            columns += in.matrix(k).columns();
          }
          return new Shape(in.matrix(0).rows(), columns);
        },
        (in, i, j) -> {
          int column = j;
          for (Matrix part : in.matrices()) {
            if (column < part.columns()) {
              return Expr.of(part.at(i, column));
            }
            column -= part.columns();
          }
          throw new IndexOutOfBoundsException(j);
        });
  }
}
