package dev.qkv.reference;

/** Softmax over rows, with its gradient. */
public final class Softmax {
  private Softmax() {}

  /**
   * Softmax of each row: {@code p_j = exp(s_j − max s) / Σ exp(s − max s)}.
   *
   * @param s scores, shape (n, m); −∞ for a masked position
   * @return weights, shape (n, m); a row that is −∞ throughout gives zeros
   */
  public static double[][] rows(double[][] s) {
    double[][] p = new double[s.length][s[0].length];
    for (int i = 0; i < s.length; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (double score : s[i]) {
        max = Math.max(max, score);
      }
      if (max == Double.NEGATIVE_INFINITY) {
        continue;
      }
      double sum = 0;
      for (int j = 0; j < s[i].length; j++) {
        p[i][j] = Math.exp(s[i][j] - max);
        sum += p[i][j];
      }
      for (int j = 0; j < s[i].length; j++) {
        p[i][j] /= sum;
      }
    }
    return p;
  }

  /**
   * The gradient of the scores: {@code dS = P ∘ (dP − rowsum(P ∘ dP))}. A weight of 0 is that of a
   * masked position, whose gradient is 0 whatever dP is there.
   *
   * @param p weights, shape (n, m)
   * @param dp gradient of the weights, shape (n, m)
   * @return gradient of the scores, shape (n, m)
   */
  public static double[][] backward(double[][] p, double[][] dp) {
    double[][] ds = new double[p.length][p[0].length];
    for (int i = 0; i < p.length; i++) {
      double dot = 0;
      for (int j = 0; j < p[i].length; j++) {
        dot += p[i][j] == 0 ? 0 : p[i][j] * dp[i][j];
      }
      for (int j = 0; j < p[i].length; j++) {
        ds[i][j] = p[i][j] == 0 ? 0 : p[i][j] * (dp[i][j] - dot);
      }
    }
    return ds;
  }

  /**
   * The Jacobian of softmax at one row of weights: {@code diag(p) − p pᵀ}.
   *
   * @param p weights of one row, length m
   * @return shape (m, m)
   */
  public static double[][] jacobian(double[] p) {
    double[][] jacobian = new double[p.length][p.length];
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p.length; j++) {
        jacobian[i][j] = (i == j ? p[i] : 0) - p[i] * p[j];
      }
    }
    return jacobian;
  }
}
