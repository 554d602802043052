package dev.qkv.sheet.operation;

import dev.qkv.reference.Statistics;
import dev.qkv.sheet.Message;
import dev.qkv.sheet.SheetException;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Expr;
import dev.qkv.sheet.value.Notation;
import java.util.List;

/** What happens to scores as d_k grows: exact for the variance, sampled for the Jacobian. */
public final class Sampling {
  /** Draws behind every sampled number. */
  public static final int SAMPLES = 100;

  private static final int LARGEST_WIDTH = 4_096;

  private Sampling() {}

  /**
   * The variance of a dot product of vectors of independent entries with mean 0 and variance 1: d_k
   * equal terms of variance 1·1.
   *
   * @return the operation
   */
  public static Operation dotVariance() {
    return Operation.cellwise(
        (in, i, j) ->
            new Expr.Product(
                List.of(Expr.of(in.at(0, i, j)), Expr.of(Exact.ONE), Expr.of(Exact.ONE))));
  }

  /**
   * The mean Frobenius norm of the softmax Jacobian of one query's scores over normally distributed
   * queries and keys. Inputs: widths d_k, number of keys, seed.
   *
   * @param scaled whether the scores are divided by √d_k
   * @return the operation
   */
  public static Operation jacobianNorm(boolean scaled) {
    return Operation.cellwise(
        (in, i, j) ->
            Expr.of(
                new Approximate(
                    Statistics.meanJacobianNorm(
                        whole(in, 0, i, j, LARGEST_WIDTH),
                        whole(in, 1, 0, 0, LARGEST_WIDTH),
                        scaled,
                        SAMPLES,
                        (long) in.scalar(2).toDouble()))));
  }

  private static int whole(Operands in, int index, int row, int column, int largest) {
    double number = in.at(index, row, column).toDouble();
    if (!(number >= 1 && number <= largest) || number != Math.rint(number)) {
      throw new SheetException(
          Message.of(
              "error.whole",
              in.output().name(),
              in.quantities().get(index).name(),
              largest,
              new Notation(4, false).number(in.at(index, row, column))));
    }
    return (int) number;
  }
}
