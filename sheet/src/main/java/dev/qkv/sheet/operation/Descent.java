package dev.qkv.sheet.operation;

import dev.qkv.sheet.operation.Operation.Shape;
import dev.qkv.sheet.value.Expr;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A step of gradient descent: the loss, its gradient, the new weights. */
public final class Descent {
  private static final Value TWO = Value.of(2);

  private Descent() {}

  /**
   * The difference of two inputs of one shape.
   *
   * @return the operation
   */
  public static Operation difference() {
    return Operation.of(
        in -> {
          in.requireSameShape(0, 1);
          return Shape.of(in.matrix(0));
        },
        (in, i, j) -> difference(in, i, j));
  }

  private static Expr difference(Operands in, int i, int j) {
    return new Expr.Difference(Expr.of(in.at(0, i, j)), Expr.of(in.at(1, i, j)));
  }

  /**
   * Half the sum of the squares of all differences of two inputs of one shape.
   *
   * @return the operation
   */
  public static Operation halfSquares() {
    return Operation.of(
        in -> {
          in.requireSameShape(0, 1);
          return new Shape(1, 1);
        },
        (in, i, j) -> {
          List<Expr> squares = new ArrayList<>();
          for (int row = 0; row < in.matrix(0).rows(); row++) {
            for (int column = 0; column < in.matrix(0).columns(); column++) {
              squares.add(new Expr.Square(difference(in, row, column)));
            }
          }
          return new Expr.Quotient(new Expr.Sum(squares), Expr.of(TWO));
        });
  }

  /**
   * The first input less the second, a number, times the third.
   *
   * @return the operation
   */
  public static Operation step() {
    return Operation.of(
        in -> {
          in.requireSameShape(0, 2);
          return Shape.of(in.matrix(0));
        },
        (in, i, j) ->
            new Expr.Difference(
                Expr.of(in.at(0, i, j)),
                new Expr.Product(List.of(Expr.of(in.scalar(1)), Expr.of(in.at(2, i, j))))));
  }
}
