package dev.qkv.sheet.operation;

import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Expr;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Value;
import java.util.List;
import java.util.stream.Stream;

/** Softmax in its steps, its gradient, and the ways of getting it wrong. */
public final class Softmax {
  /** What the wrong softmaxes normalise over. */
  public enum Over {
    /** Each row, as it should be. */
    ROW,
    /** Each column: over queries instead of keys. */
    COLUMN,
    /** The whole matrix. */
    ALL
  }

  /** What the wrong softmaxes normalise. */
  public enum Weight {
    /** e to the score. */
    E,
    /** 2 to the score. */
    TWO,
    /** 10 to the score. */
    TEN,
    /** The score itself. */
    LINEAR,
    /** All weight on the largest. */
    ARGMAX
  }

  private Softmax() {}

  /**
   * The largest score of each row.
   *
   * @return the operation
   */
  public static Operation rowMax() {
    return Operation.rowwise(
        (in, i, j) -> {
          Masks.requireAttendable(in, i);
          return new Expr.Maximum(in.matrix(0).row(i).stream().map(Expr::of).toList());
        });
  }

  /**
   * e to the score (first input) less its row's largest (second).
   *
   * @return the operation
   */
  public static Operation exponentials() {
    return Operation.cellwise(
        (in, i, j) ->
            in.at(0, i, j) == NegativeInfinity.INSTANCE
                ? new Expr.Exponential(Expr.of(NegativeInfinity.INSTANCE))
                : new Expr.Exponential(
                    new Expr.Difference(Expr.of(in.at(0, i, j)), Expr.of(in.at(1, i, 0)))));
  }

  /**
   * e to the score as it is, the way of writing softmax that needs no maximum.
   *
   * @return the operation
   */
  public static Operation bareExponentials() {
    return Operation.cellwise((in, i, j) -> new Expr.Exponential(Expr.of(in.at(0, i, j))));
  }

  /**
   * The sum of each row.
   *
   * @return the operation
   */
  public static Operation rowSum() {
    return Operation.rowwise(
        (in, i, j) -> new Expr.Sum(in.matrix(0).row(i).stream().map(Expr::of).toList()));
  }

  /**
   * Each cell of the first input over its row's number in the second.
   *
   * @return the operation
   */
  public static Operation overRow() {
    return Operation.cellwise(
        (in, i, j) -> new Expr.Quotient(Expr.of(in.at(0, i, j)), Expr.of(in.at(1, i, 0))));
  }

  /**
   * The sum over a row of the products of two inputs' cells.
   *
   * @return the operation
   */
  public static Operation rowDot() {
    return Operation.of(
        in -> {
          in.requireSameShape(0, 1);
          return new Operation.Shape(in.matrix(0).rows(), 1);
        },
        (in, i, j) -> Expr.inner(in.matrix(0).row(i), in.matrix(1).row(i)));
  }

  /**
   * The softmax Jacobian applied: weight · (incoming gradient − its row sum). Inputs: weights,
   * incoming gradient, row sums.
   *
   * @return the operation
   */
  public static Operation backward() {
    return Operation.cellwise(
        (in, i, j) ->
            new Expr.Product(
                List.of(
                    Expr.of(in.at(0, i, j)),
                    new Expr.Difference(Expr.of(in.at(1, i, j)), Expr.of(in.at(2, i, 0))))));
  }

  /**
   * The Jacobian without its row-sum term: the mistake weight · incoming gradient.
   *
   * @return the operation
   */
  public static Operation backwardDiagonal() {
    return Operation.cellwise(
        (in, i, j) -> new Expr.Product(List.of(Expr.of(in.at(0, i, j)), Expr.of(in.at(1, i, j)))));
  }

  /**
   * A softmax gone wrong: another set to normalise over, or another weight.
   *
   * @param over what is normalised over
   * @param weight what is normalised
   * @return the operation
   */
  public static Operation variant(Over over, Weight weight) {
    return Operation.cellwise(
        (in, i, j) -> {
          List<Value> set = set(in.matrix(0), over, i, j);
          Value largest = set.stream().reduce((a, b) -> a.compare(b) >= 0 ? a : b).orElseThrow();
          Expr above = weigh(in.at(0, i, j), largest, weight);
          return new Expr.Quotient(
              above, new Expr.Sum(set.stream().map(s -> weigh(s, largest, weight)).toList()));
        });
  }

  /**
   * Softmax of each row, without a value for a row that has nothing to attend to: what comes of
   * masks that are themselves mistakes.
   *
   * @return the operation
   */
  public static Operation whereAttendable() {
    Operation softmax = variant(Over.ROW, Weight.E);
    return Operation.cellwise(
        (in, i, j) ->
            Masks.attendable(in, i)
                ? softmax.cell(in, i, j)
                : Expr.of(new Approximate(Double.NaN)));
  }

  private static List<Value> set(Matrix scores, Over over, int row, int column) {
    return switch (over) {
      case ROW -> scores.row(row);
      case COLUMN -> scores.column(column);
      case ALL ->
          Stream.iterate(0, i -> i < scores.rows(), i -> i + 1)
              .flatMap(i -> scores.row(i).stream())
              .toList();
    };
  }

  private static Expr weigh(Value score, Value largest, Weight weight) {
    if (score == NegativeInfinity.INSTANCE) {
      return Expr.of(Exact.ZERO);
    }
    Expr less = new Expr.Difference(Expr.of(score), Expr.of(largest));
    return switch (weight) {
      case E -> new Expr.Exponential(less);
      case TWO -> power(Math.log(2), less);
      case TEN -> power(Math.log(10), less);
      case LINEAR -> Expr.of(score);
      case ARGMAX -> Expr.of(score.compare(largest) == 0 ? Exact.ONE : Exact.ZERO);
    };
  }

  private static Expr power(double logarithm, Expr exponent) {
    return new Expr.Exponential(
        new Expr.Product(List.of(Expr.of(new Approximate(logarithm)), exponent)));
  }
}
