package dev.qkv.sheet.operation;

import dev.qkv.sheet.Message;
import dev.qkv.sheet.SheetException;
import dev.qkv.sheet.value.Expr;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.List;

/** LayerNorm in its steps: mean, centred rows, biased variance, deviation, gain and shift. */
public final class Norms {
  private Norms() {}

  /**
   * The mean of each row.
   *
   * @return the operation
   */
  public static Operation mean() {
    return Operation.rowwise(
        (in, i, j) ->
            new Expr.Quotient(
                new Expr.Sum(in.matrix(0).row(i).stream().map(Expr::of).toList()),
                Expr.of(Value.of(in.matrix(0).columns()))));
  }

  /**
   * Each cell less its row's number in the second input.
   *
   * @return the operation
   */
  public static Operation centered() {
    return Operation.cellwise(
        (in, i, j) -> new Expr.Difference(Expr.of(in.at(0, i, j)), Expr.of(in.at(1, i, 0))));
  }

  /**
   * The mean of the squares of each row: the biased variance, where the row is centred.
   *
   * @return the operation
   */
  public static Operation meanSquare() {
    return Operation.rowwise(
        (in, i, j) ->
            new Expr.Quotient(
                new Expr.Sum(
                    in.matrix(0).row(i).stream()
                        .map(x -> (Expr) new Expr.Square(Expr.of(x)))
                        .toList()),
                Expr.of(Value.of(in.matrix(0).columns()))));
  }

  /**
   * √(variance + ε), never zero.
   *
   * @return the operation
   */
  public static Operation deviation() {
    return Operation.rowwise(
        (in, i, j) -> {
          if (in.at(0, i, 0).plus(in.scalar(1)).signum() <= 0) {
            throw new SheetException(Message.of("error.norm.singular", in.output().name(), i + 1));
          }
          Expr variance = Expr.of(in.at(0, i, 0));
          return new Expr.Root(
              in.scalar(1).signum() == 0
                  ? variance
                  : new Expr.Sum(List.of(variance, Expr.of(in.scalar(1)))));
        });
  }

  /**
   * Each column of the first input times its gain in the second.
   *
   * @return the operation
   */
  public static Operation gain() {
    return perColumn(
        (in, i, j) ->
            new Expr.Product(List.of(Expr.of(in.at(0, i, j)), Expr.of(column(in, 1, j)))));
  }

  /**
   * Each column of the first input plus its shift in the second.
   *
   * @return the operation
   */
  public static Operation shift() {
    return perColumn(
        (in, i, j) -> new Expr.Sum(List.of(Expr.of(in.at(0, i, j)), Expr.of(column(in, 1, j)))));
  }

  /**
   * Each column of the first input times its gain in the second plus its shift in the third.
   *
   * @return the operation
   */
  public static Operation gainAndShift() {
    return perColumn(
        (in, i, j) ->
            new Expr.Sum(
                List.of(
                    new Expr.Product(List.of(Expr.of(in.at(0, i, j)), Expr.of(column(in, 1, j)))),
                    Expr.of(column(in, 2, j)))));
  }

  private static Operation perColumn(Operation.Cells cells) {
    return Operation.of(
        in -> {
          int width = in.matrix(0).columns();
          for (int k = 1; k < in.matrices().size(); k++) {
            Matrix vector = in.matrix(k);
            int length = vector.rows() * vector.columns();
            in.require(
                length == 1 || (length == width && Math.min(vector.rows(), vector.columns()) == 1),
                "error.shape.columns",
                0,
                k,
                width,
                length);
          }
          return Operation.Shape.of(in.matrix(0));
        },
        cells);
  }

  private static Value column(Operands in, int index, int column) {
    Matrix vector = in.matrix(index);
    if (vector.rows() * vector.columns() == 1) {
      return vector.scalar();
    }
    return vector.rows() == 1 ? vector.at(0, column) : vector.at(column, 0);
  }
}
