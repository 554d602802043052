package dev.qkv.reference;

/** Scaled dot-product attention as the paper defines it, with its gradients. */
public final class Attention {
  private Attention() {}

  /**
   * What the forward pass computes on the way.
   *
   * @param scores after scaling, before the mask, shape (Tq, Tk)
   * @param masked after the mask, shape (Tq, Tk)
   * @param weights after softmax, shape (Tq, Tk)
   * @param output shape (Tq, Dv)
   */
  public record Forward(
      double[][] scores, double[][] masked, double[][] weights, double[][] output) {}

  /**
   * The gradients of attention.
   *
   * @param weights of the attention weights, shape (Tq, Tk)
   * @param scores of the scaled scores, shape (Tq, Tk)
   * @param q of the queries, shape (Tq, D)
   * @param k of the keys, shape (Tk, D)
   * @param v of the values, shape (Tk, Dv)
   */
  public record Backward(
      double[][] weights, double[][] scores, double[][] q, double[][] k, double[][] v) {}

  /**
   * The forward pass: {@code softmax(scale·Q Kᵀ + mask) V}.
   *
   * @param q queries, shape (Tq, D)
   * @param k keys, shape (Tk, D)
   * @param v values, shape (Tk, Dv)
   * @param mask added to the scores, shape (Tq, Tk); −∞ hides a key. A row that hides every key has
   *     weights and output zero
   * @param scale factor on the scores, usually 1/√D
   * @return scores, weights and output
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Forward forward(
      double[][] q, double[][] k, double[][] v, double[][] mask, double scale) {
    double[][] scores = Matmul.scale(Matmul.product(q, Matmul.transpose(k)), scale);
    double[][] masked = Matmul.add(scores, mask);
    for (int i = 0; i < masked.length; i++) {
      for (int j = 0; j < masked[i].length; j++) {
        // NaN − ∞ is NaN: −∞ hides, it is not added.
        masked[i][j] = mask[i][j] == Double.NEGATIVE_INFINITY ? mask[i][j] : masked[i][j];
      }
    }
    double[][] weights = Softmax.rows(masked);
    double[][] output =
        Matmul.product(weights, v, (i, j) -> masked[i][j] != Double.NEGATIVE_INFINITY);
    return new Forward(scores, masked, weights, output);
  }

  /**
   * The backward pass. A weight of 0 is that of a hidden key, of which nothing is seen.
   *
   * @param q queries, shape (Tq, D)
   * @param k keys, shape (Tk, D)
   * @param v values, shape (Tk, Dv)
   * @param scale the forward's factor on the scores
   * @param weights the forward's weights, shape (Tq, Tk)
   * @param dOutput gradient of the output, shape (Tq, Dv)
   * @return the gradients
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Backward backward(
      double[][] q,
      double[][] k,
      double[][] v,
      double scale,
      double[][] weights,
      double[][] dOutput) {
    Matmul.Part seen = (i, j) -> weights[i][j] != 0;
    Matmul.Part seenBy = (j, i) -> weights[i][j] != 0;
    double[][] dv = Matmul.product(Matmul.transpose(weights), dOutput, seenBy);
    double[][] dWeights = Matmul.product(dOutput, Matmul.transpose(v));
    double[][] dScores = Softmax.backward(weights, dWeights);
    double[][] dq = Matmul.scale(Matmul.product(dScores, k, seen), scale);
    double[][] dk = Matmul.scale(Matmul.product(Matmul.transpose(dScores), q, seenBy), scale);
    return new Backward(dWeights, dScores, dq, dk, dv);
  }

  /**
   * The mask under which query i sees keys up to i + offset.
   *
   * @param queries Tq
   * @param keys Tk
   * @param offset 0 to align the diagonal upper left, Tk − Tq to align it bottom right
   * @return 0 or −∞, shape (Tq, Tk)
   */
  public static double[][] causalMask(int queries, int keys, int offset) {
    double[][] mask = new double[queries][keys];
    for (int i = 0; i < queries; i++) {
      for (int j = 0; j < keys; j++) {
        mask[i][j] = j <= i + offset ? 0 : Double.NEGATIVE_INFINITY;
      }
    }
    return mask;
  }
}
