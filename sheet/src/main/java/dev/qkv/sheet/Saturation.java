package dev.qkv.sheet;

import dev.qkv.reference.Statistics;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Estimate;

/**
 * The mean Frobenius norm of the softmax Jacobian of one query's scores over normally distributed
 * queries and keys, from d_k, the number of keys and a seed: it goes to 0 as softmax saturates.
 *
 * @param scaled whether the scores are divided by √d_k
 */
record Saturation(boolean scaled) implements Estimate {
  private static final int SAMPLES = 100;
  private static final int LARGEST = 4_096;

  @Override
  public Symbol formula() {
    return new Symbol(
        "(1/" + SAMPLES + ")·Σ ‖diag(a) − aaᵀ‖  (d_k, n, seed)",
        "\\tfrac1{"
            + SAMPLES
            + "}\\sum\\lVert\\operatorname{diag}(a)-aa^{\\top}\\rVert_F\\;(d_k, n, \\text{seed})",
        "<mtext>(1/" + SAMPLES + ")·Σ ‖diag(a) − aaᵀ‖</mtext>");
  }

  @Override
  public double of(double... numbers) {
    return Statistics.meanJacobianNorm(
        whole("d_k", numbers[0]), whole("n", numbers[1]), scaled, SAMPLES, (long) numbers[2]);
  }

  private static int whole(String name, double number) {
    if (!(number >= 1 && number <= LARGEST) || number != Math.rint(number)) {
      throw new SheetException(
          Message.of("error.whole", "jacobian_norm", name, LARGEST, String.valueOf(number)));
    }
    return (int) number;
  }
}
