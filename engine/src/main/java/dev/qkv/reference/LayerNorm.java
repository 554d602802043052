package dev.qkv.reference;

/** Layer normalisation over rows, with the biased variance. */
public final class LayerNorm {
  private LayerNorm() {}

  /**
   * {@code γ ∘ (y − mean) / √(variance + ε) + β} for each row.
   *
   * @param y shape (n, c)
   * @param gamma gain, length c
   * @param beta shift, length c
   * @param epsilon added to the variance inside the root; 0 with a constant row gives NaN
   * @return shape (n, c)
   */
  public static double[][] rows(double[][] y, double[] gamma, double[] beta, double epsilon) {
    double[][] out = new double[y.length][y[0].length];
    for (int i = 0; i < y.length; i++) {
      double mean = 0;
      for (double value : y[i]) {
        mean += value / y[i].length;
      }
      double variance = 0;
      for (double value : y[i]) {
        variance += (value - mean) * (value - mean) / y[i].length;
      }
      for (int j = 0; j < y[i].length; j++) {
        out[i][j] = gamma[j] * (y[i][j] - mean) / Math.sqrt(variance + epsilon) + beta[j];
      }
    }
    return out;
  }
}
