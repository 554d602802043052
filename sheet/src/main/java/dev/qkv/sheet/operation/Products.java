package dev.qkv.sheet.operation;

import dev.qkv.sheet.operation.Operation.Shape;
import dev.qkv.sheet.value.Expr;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Matrix products, scaling and sums. */
public final class Products {
  /** Which factors of a product are transposed. */
  public enum Transposed {
    /** {@code a·b}. */
    NEITHER,
    /** {@code aᵀ·b}. */
    LEFT,
    /** {@code a·bᵀ}. */
    RIGHT
  }

  private Products() {}

  /**
   * The product of the first two inputs.
   *
   * @param transposed which of them is transposed
   * @return the operation
   */
  public static Operation product(Transposed transposed) {
    return Operation.of(
        in -> productShape(in, transposed, 0, 1), (in, i, j) -> inner(in, transposed, 0, 1, i, j));
  }

  /**
   * The product of the first two inputs, divided by the third, a number.
   *
   * @param transposed which of the first two is transposed
   * @return the operation
   */
  public static Operation dividedProduct(Transposed transposed) {
    return Operation.of(
        in -> productShape(in, transposed, 0, 1),
        (in, i, j) -> new Expr.Quotient(inner(in, transposed, 0, 1, i, j), Expr.of(in.scalar(2))));
  }

  /**
   * The product of the first two inputs, times the third, a number.
   *
   * @param transposed which of the first two is transposed
   * @return the operation
   */
  public static Operation scaledProduct(Transposed transposed) {
    return Operation.of(
        in -> productShape(in, transposed, 0, 1),
        (in, i, j) ->
            new Expr.Product(List.of(inner(in, transposed, 0, 1, i, j), Expr.of(in.scalar(2)))));
  }

  /**
   * The sum of the products {@code in₀·in₁ᵀ + in₂·in₃ᵀ + …}.
   *
   * @return the operation
   */
  public static Operation sumOfProducts() {
    return Operation.of(
        in -> {
          Shape first = productShape(in, Transposed.RIGHT, 0, 1);
          for (int k = 2; k < in.matrices().size(); k += 2) {
            Shape next = productShape(in, Transposed.RIGHT, k, k + 1);
            in.require(
                next.equals(first),
                "error.shape.sum",
                0,
                k,
                first.rows() + "×" + first.columns(),
                next.rows() + "×" + next.columns());
          }
          return first;
        },
        (in, i, j) -> {
          List<Expr> terms = new ArrayList<>();
          for (int k = 0; k < in.matrices().size(); k += 2) {
            terms.add(inner(in, Transposed.RIGHT, k, k + 1, i, j));
          }
          return new Expr.Sum(terms);
        });
  }

  /**
   * Each cell of the first input over the second, a number.
   *
   * @return the operation
   */
  public static Operation dividedBy() {
    return Operation.cellwise(
        (in, i, j) -> new Expr.Quotient(Expr.of(in.at(0, i, j)), Expr.of(in.scalar(1))));
  }

  /**
   * Each cell of the first input over the root of the second, a number.
   *
   * @return the operation
   */
  public static Operation dividedByRoot() {
    return Operation.cellwise(
        (in, i, j) ->
            new Expr.Quotient(Expr.of(in.at(0, i, j)), new Expr.Root(Expr.of(in.scalar(1)))));
  }

  /**
   * Each cell over the root of the number of columns.
   *
   * @return the operation
   */
  public static Operation dividedByRootOfWidth() {
    return Operation.cellwise(
        (in, i, j) ->
            new Expr.Quotient(
                Expr.of(in.at(0, i, j)), new Expr.Root(Expr.of(Value.of(in.matrix(0).columns())))));
  }

  /**
   * Each cell of the first input over the second, a number, and over it again.
   *
   * @return the operation
   */
  public static Operation dividedByTwice() {
    return Operation.cellwise(
        (in, i, j) ->
            new Expr.Quotient(
                new Expr.Quotient(Expr.of(in.at(0, i, j)), Expr.of(in.scalar(1))),
                Expr.of(in.scalar(1))));
  }

  /**
   * Each cell of the first input times the second, a number.
   *
   * @return the operation
   */
  public static Operation times() {
    return Operation.cellwise(
        (in, i, j) -> new Expr.Product(List.of(Expr.of(in.at(0, i, j)), Expr.of(in.scalar(1)))));
  }

  /**
   * The first input unchanged.
   *
   * @return the operation
   */
  public static Operation same() {
    return Operation.cellwise((in, i, j) -> Expr.of(in.at(0, i, j)));
  }

  /**
   * The sum of two inputs of one shape.
   *
   * @return the operation
   */
  public static Operation sum() {
    return Operation.of(
        in -> {
          in.requireSameShape(0, 1);
          return Shape.of(in.matrix(0));
        },
        (in, i, j) -> new Expr.Sum(List.of(Expr.of(in.at(0, i, j)), Expr.of(in.at(1, i, j)))));
  }

  private static Shape productShape(Operands in, Transposed transposed, int left, int right) {
    Matrix a = in.matrix(left);
    Matrix b = in.matrix(right);
    int inner = transposed == Transposed.LEFT ? a.rows() : a.columns();
    int other = transposed == Transposed.RIGHT ? b.columns() : b.rows();
    in.require(
        inner == other,
        switch (transposed) {
          case NEITHER -> "error.shape.product";
          case LEFT -> "error.shape.product.rows";
          case RIGHT -> "error.shape.product.columns";
        },
        left,
        right,
        inner,
        other);
    return new Shape(
        transposed == Transposed.LEFT ? a.columns() : a.rows(),
        transposed == Transposed.RIGHT ? b.rows() : b.columns());
  }

  private static Expr inner(
      Operands in, Transposed transposed, int left, int right, int row, int column) {
    Matrix a = in.matrix(left);
    Matrix b = in.matrix(right);
    List<Value> lefts = transposed == Transposed.LEFT ? a.column(row) : a.row(row);
    List<Value> rights = transposed == Transposed.RIGHT ? b.row(column) : b.column(column);
    return Expr.inner(lefts, rights);
  }
}
