package dev.qkv.attention;

/**
 * A score function that gradients can be taken through.
 *
 * @param function the new score
 * @param derivative the derivative of the new score by the score, at the same score and place
 */
public record DifferentiableScore(ScoreFunction function, ScoreFunction derivative)
    implements ScoreFunction {
  @Override
  public double apply(double score, int batch, int head, int query, int key) {
    return function.apply(score, batch, head, query, key);
  }
}
