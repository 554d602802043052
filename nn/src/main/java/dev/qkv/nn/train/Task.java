package dev.qkv.nn.train;

import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;

/** Something that a model can learn. Everything depends on the seed and the step alone. */
public interface Task {
  /**
   * Held-out examples and how the model did.
   *
   * @param loss mean over the examples
   * @param accuracy share of right answers, 0 to 1
   */
  record Evaluation(double loss, double accuracy) {}

  /**
   * What is learned.
   *
   * @return the model's parameters
   */
  Parameters parameters();

  /**
   * The loss on the examples of a step.
   *
   * @param step from 1
   * @param pass of training
   * @return one number
   */
  Variable loss(long step, Pass pass);

  /**
   * Tries the model on examples that no step sees.
   *
   * @return how it did
   */
  Evaluation evaluate();
}
