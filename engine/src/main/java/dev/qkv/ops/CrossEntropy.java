package dev.qkv.ops;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/** The mean of −log softmax(logits)[target] over the rows, with its gradient. */
public final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * What the forward pass gives.
   *
   * @param loss the mean over the rows; 0 without rows
   * @param probabilities softmax of the logits, in their shape
   */
  public record Saved(double loss, Tensor probabilities) {}

  /**
   * The forward pass.
   *
   * @param logits shape (…, classes)
   * @param targets the right class of each row
   * @return loss and probabilities
   * @throws InvalidArgument if there are not as many targets as rows, or one is no class
   */
  public static Saved forward(Tensor logits, int... targets) {
    int classes = Rows.width("cross entropy", logits);
    int rows = Rows.of(logits);
    if (targets.length != rows) {
      throw new InvalidArgument("ops.targets", "cross entropy", logits.shape(), targets.length);
    }
    float[] x = logits.contiguous().data();
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      if (targets[row] < 0 || targets[row] >= classes) {
        throw new InvalidArgument(
            "ops.class", "cross entropy", "target", classes - 1, targets[row]);
      }
      double max = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < classes; j++) {
        max = Math.max(max, x[row * classes + j]);
      }
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        sum += Math.exp(x[row * classes + j] - max);
      }
      loss += (max + Math.log(sum) - x[row * classes + targets[row]]) / rows;
    }
    return new Saved(loss, Softmax.forward(logits));
  }

  /**
   * The backward pass: (softmax − one-hot)/rows.
   *
   * @param saved what {@link #forward} returned
   * @param dLoss gradient of the loss, usually 1
   * @param targets as given to {@link #forward}
   * @return gradient of the logits
   */
  public static Tensor backward(Saved saved, float dLoss, int... targets) {
    Tensor probabilities = saved.probabilities();
    int classes = probabilities.size(probabilities.rank() - 1);
    float factor = dLoss / Math.max(1, targets.length);
    float[] dx = probabilities.toArray();
    for (int row = 0; row < targets.length; row++) {
      dx[row * classes + targets[row]] -= 1;
    }
    for (int i = 0; i < dx.length; i++) {
      dx[i] *= factor;
    }
    return Tensor.of(dx, probabilities.shape());
  }
}
