package dev.qkv.attention;

/**
 * A caller's own change to the scores, made after scale, softcap, ALiBi and bias, and only where a
 * query may attend to a key. Called from several threads at once. Gradients can be taken only
 * through a {@link DifferentiableScore}.
 */
@FunctionalInterface
public interface ScoreFunction {
  /**
   * The new score.
   *
   * @param score the score so far
   * @param batch index of the batch, or of the packed sequence
   * @param head index of the query's head
   * @param query index of the query in its sequence
   * @param key index of the key in its sequence
   * @return the score that softmax sees; −∞ hides the key
   */
  double apply(double score, int batch, int head, int query, int key);
}
