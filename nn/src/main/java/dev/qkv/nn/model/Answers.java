package dev.qkv.nn.model;

import dev.qkv.nn.Variable;
import dev.qkv.nn.check.Checks;
import dev.qkv.nn.train.Task;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;

/** The answers that logits give. */
public final class Answers {
  private Answers() {}

  /**
   * The class with the largest logit of each row.
   *
   * @param logits shape (…, classes)
   * @return one class for each row
   * @throws InvalidArgument if there is no class to answer
   */
  public static int[] of(Tensor logits) {
    int classes = logits.rank() == 0 ? 0 : logits.size(logits.rank() - 1);
    Checks.atLeast("answers", "classes", 1, classes);
    float[] x = logits.contiguous().data();
    int[] answers = new int[x.length / classes];
    for (int row = 0; row < answers.length; row++) {
      int best = 0;
      for (int j = 1; j < classes; j++) {
        best = x[row * classes + j] > x[row * classes + best] ? j : best;
      }
      answers[row] = best;
    }
    return answers;
  }

  static Task.Evaluation evaluate(Variable logits, int... targets) {
    int[] answers = of(logits.value());
    int right = 0;
    for (int i = 0; i < targets.length; i++) {
      right += answers[i] == targets[i] ? 1 : 0;
    }
    return new Task.Evaluation(
        logits.crossEntropy(targets).value().get(0), (double) right / targets.length);
  }
}
