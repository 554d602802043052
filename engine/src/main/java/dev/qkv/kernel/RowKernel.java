package dev.qkv.kernel;

/**
 * Operations that take a row of adjacent numbers at a time; every array is followed by the offset
 * of its row, and c is the number of columns. A result may lie where an operand lies, at the same
 * offset; otherwise they must not overlap.
 *
 * <p>Nothing is checked here, nothing allocated, nothing logged, as in {@link Kernel}.
 */
public sealed interface RowKernel permits ScalarRowKernel, VectorRowKernel {
  /**
   * Layer normalisation: n = (x − μ)·r with r = 1/√(σ² + ε), y = γ∘n + β.
   *
   * @param x operand
   * @param xAt its offset
   * @param gain γ
   * @param gainAt its offset
   * @param shift β
   * @param shiftAt its offset
   * @param y receives the result
   * @param yAt its offset
   * @param c columns
   * @param epsilon ε
   * @param statistics receives μ and r
   * @param at offset of μ; r follows
   */
  void layerNorm(
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] shift,
      int shiftAt,
      float[] y,
      int yAt,
      int c,
      float epsilon,
      double[] statistics,
      int at);

  /**
   * Layer normalisation backwards. With g = γ∘dy: dx = (g − mean g − n·mean(g∘n))·r; adds dy∘n to
   * dγ and dy to dβ.
   *
   * @param dy gradient of the result
   * @param dyAt its offset
   * @param x operand of the forward pass
   * @param xAt its offset
   * @param gain γ
   * @param gainAt its offset
   * @param dx receives the gradient of x
   * @param dxAt its offset
   * @param sums dγ, and c numbers later dβ
   * @param sumsAt its offset
   * @param c columns
   * @param mean μ
   * @param inverse r
   */
  void layerNormBackward(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] dx,
      int dxAt,
      float[] sums,
      int sumsAt,
      int c,
      double mean,
      double inverse);

  /**
   * Root-mean-square normalisation: n = x·r with r = 1/√(mean x² + ε), y = γ∘n.
   *
   * @param x operand
   * @param xAt its offset
   * @param gain γ
   * @param gainAt its offset
   * @param y receives the result
   * @param yAt its offset
   * @param c columns
   * @param epsilon ε
   * @return r
   */
  float rmsNorm(
      float[] x, int xAt, float[] gain, int gainAt, float[] y, int yAt, int c, float epsilon);

  /**
   * Root-mean-square normalisation backwards. With g = γ∘dy: dx = (g − n·mean(g∘n))·r; adds dy∘n to
   * dγ.
   *
   * @param dy gradient of the result
   * @param dyAt its offset
   * @param x operand of the forward pass
   * @param xAt its offset
   * @param gain γ
   * @param gainAt its offset
   * @param dx receives the gradient of x
   * @param dxAt its offset
   * @param sums dγ
   * @param sumsAt its offset
   * @param c columns
   * @param inverse r
   */
  void rmsNormBackward(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] dx,
      int dxAt,
      float[] sums,
      int sumsAt,
      int c,
      float inverse);

  /**
   * Softmax: y = e^(x − λ) with λ = log Σ e^x; zeros where every x is −∞.
   *
   * @param x operand
   * @param xAt its offset
   * @param y receives the result
   * @param yAt its offset
   * @param c columns
   * @return λ
   */
  double softmax(float[] x, int xAt, float[] y, int yAt, int c);

  /**
   * Softmax backwards: dx = y∘(dy − Σ y∘dy).
   *
   * @param y result
   * @param yAt its offset
   * @param dy its gradient
   * @param dyAt its offset
   * @param dx receives the gradient of x
   * @param dxAt its offset
   * @param c columns
   */
  void softmaxBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int c);

  /**
   * Rotates pairs of numbers: y = x∘cos + partner(x)∘(direction·sin), where the partner of number t
   * is number t ± c/2, or its neighbour, and sin is negative for the first of a pair.
   *
   * @param x rows of c numbers, one after the other
   * @param xAt offset of the first
   * @param y receives the result
   * @param yAt offset of the first
   * @param rows how many, all at one position
   * @param c columns, even
   * @param neighbours whether pairs are neighbours
   * @param cos for each column
   * @param sin for each column
   * @param at offset of both
   * @param direction 1, or −1 to rotate backwards
   */
  void rotate(
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int rows,
      int c,
      boolean neighbours,
      float[] cos,
      float[] sin,
      int at,
      float direction);
}
