package dev.qkv.ops;

import dev.qkv.kernel.ElementKernel;
import dev.qkv.kernel.Kernels;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/**
 * The mean of −log softmax(logits)[target] over the rows, with its gradient. Rows are evaluated in
 * float32, their losses added up in float64.
 */
public final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * What the forward pass gives.
   *
   * @param loss the mean over the rows; 0 without rows
   * @param probabilities softmax of the logits, in their shape
   */
  public record Saved(double loss, Tensor probabilities) {}

  private static final ElementKernel ELEMENTS = Kernels.elements();
  private static final String NAME = "cross entropy";

  // log Σ e^x − x[target]; the probabilities may take the place of the logits.
  private static final Sweep.Term FORWARD =
      (of, from, to) -> {
        double loss = 0;
        for (int row = from; row < to; row++) {
          float target = of.data(0)[of.at(0, row) + of.id(row)];
          loss +=
              Kernels.rows(of.width())
                      .softmax(of.data(0), of.at(0, row), of.data(1), of.at(1, row), of.width())
                  - target;
        }
        return loss;
      };
  private static final Sweep.Piece BACKWARD =
      (of, from, to) -> {
        float factor = of.number(0);
        for (int row = from; row < to; row++) {
          float target = of.data(0)[of.at(0, row) + of.id(row)];
          ELEMENTS.multiple(
              of.data(0), of.at(0, row), factor, of.data(1), of.at(1, row), of.width());
          of.data(1)[of.at(1, row) + of.id(row)] = (target - 1) * factor;
        }
      };

  /**
   * The forward pass.
   *
   * @param logits shape (…, classes); −∞ gives probability 0, and a row of nothing else the loss
   *     NaN
   * @param targets the right class of each row
   * @return loss and probabilities
   * @throws InvalidArgument if there are not as many targets as rows, or one is no class
   */
  public static Saved forward(Tensor logits, int... targets) {
    Tensor probabilities = Tensor.zeros(logits.shape());
    return new Saved(forward(logits, targets, probabilities), probabilities);
  }

  /**
   * The forward pass into a tensor of the caller's; allocates nothing.
   *
   * @param logits shape (…, classes)
   * @param targets the right class of each row
   * @param probabilities receives softmax of the logits, in their shape; may be the logits
   *     themselves
   * @return the loss
   * @throws InvalidArgument if there are not as many targets as rows, one is no class, the shape
   *     differs, elements of the probabilities do not lie in order, or they overlap the logits
   */
  public static double forward(Tensor logits, int[] targets, Tensor probabilities) {
    int classes = check(logits, targets);
    Rows.same(NAME, "probabilities", probabilities, logits);
    double loss =
        Sweep.of(classes)
            .reads(logits)
            .writes(NAME, "probabilities", probabilities)
            .with(targets)
            .total(targets.length, FORWARD);
    return targets.length == 0 ? 0 : loss / targets.length;
  }

  /**
   * The backward pass: (softmax − one-hot)/rows.
   *
   * @param saved what {@link #forward(Tensor, int...)} returned
   * @param dLoss gradient of the loss, usually 1
   * @param targets as given to the forward pass
   * @return gradient of the logits
   * @throws InvalidArgument if there are not as many targets as rows, or one is no class
   */
  public static Tensor backward(Saved saved, float dLoss, int... targets) {
    Tensor dLogits = Tensor.zeros(saved.probabilities().shape());
    backward(saved, dLoss, targets, dLogits);
    return dLogits;
  }

  /**
   * The backward pass into a tensor of the caller's; allocates nothing.
   *
   * @param saved what the forward pass gave
   * @param dLoss gradient of the loss, usually 1
   * @param targets as given to the forward pass
   * @param dLogits receives the gradient of the logits; may be the probabilities themselves
   * @throws InvalidArgument if there are not as many targets as rows, one is no class, the shape
   *     differs, elements of dLogits do not lie in order, or it overlaps the probabilities
   */
  public static void backward(Saved saved, float dLoss, int[] targets, Tensor dLogits) {
    Tensor probabilities = saved.probabilities();
    int classes = check(probabilities, targets);
    Rows.same(NAME, "dLogits", dLogits, probabilities);
    Sweep.of(classes)
        .reads(probabilities)
        .writes(NAME, "dLogits", dLogits)
        .with(targets)
        .with(dLoss / Math.max(1, targets.length))
        .run(targets.length, BACKWARD);
  }

  private static int check(Tensor logits, int... targets) {
    int classes = Rows.width(NAME, logits);
    if (targets.length != Rows.of(logits)) {
      throw new InvalidArgument("ops.targets", NAME, logits.shape(), targets.length);
    }
    Rows.ids(NAME, "target", targets, classes);
    return classes;
  }
}
