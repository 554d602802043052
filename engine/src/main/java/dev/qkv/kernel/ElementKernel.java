package dev.qkv.kernel;

/**
 * Operations that take numbers one by one: each method goes over n adjacent numbers of every array
 * that it is given, from the offset that follows the array. A result may lie where an operand lies,
 * at the same offset; otherwise they must not overlap.
 *
 * <p>Nothing is checked here, nothing allocated, nothing logged, as in {@link Kernel}.
 */
public sealed interface ElementKernel permits ScalarElementKernel, VectorElementKernel {
  /**
   * GELU: y = x·Φ(x).
   *
   * @param x operand
   * @param xAt its offset
   * @param y result
   * @param yAt its offset
   * @param n how many
   */
  void gelu(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * GELU backwards: dx = dy·(Φ(x) + x·φ(x)).
   *
   * @param x operand of the forward pass
   * @param xAt its offset
   * @param dy gradient of the result
   * @param dyAt its offset
   * @param dx gradient of the operand
   * @param dxAt its offset
   * @param n how many
   */
  void geluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n);

  /**
   * GELU by tanh: y = x·σ(2u) with u = √(2/π)(x + 0.044715x³), which is ½x(1 + tanh u).
   *
   * @param x operand
   * @param xAt its offset
   * @param y result
   * @param yAt its offset
   * @param n how many
   */
  void geluTanh(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * GELU by tanh backwards: dx = dy·(σ(2u) + 2x·σ(2u)·σ(−2u)·u′).
   *
   * @param x operand of the forward pass
   * @param xAt its offset
   * @param dy gradient of the result
   * @param dyAt its offset
   * @param dx gradient of the operand
   * @param dxAt its offset
   * @param n how many
   */
  void geluTanhBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n);

  /**
   * SiLU: y = x·σ(x).
   *
   * @param x operand
   * @param xAt its offset
   * @param y result
   * @param yAt its offset
   * @param n how many
   */
  void silu(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * SwiGLU: y = g·σ(g)·u.
   *
   * @param g gate
   * @param gAt its offset
   * @param u the other factor
   * @param uAt its offset
   * @param y result
   * @param yAt its offset
   * @param n how many
   */
  void swiGlu(float[] g, int gAt, float[] u, int uAt, float[] y, int yAt, int n);

  /**
   * SwiGLU backwards: dg = dy·u·σ(g)·(1 + g·σ(−g)), du = dy·g·σ(g).
   *
   * @param g gate
   * @param gAt its offset
   * @param u the other factor
   * @param uAt its offset
   * @param dy gradient of the result
   * @param dyAt its offset
   * @param dg gradient of the gate
   * @param dgAt its offset
   * @param du gradient of the other factor
   * @param duAt its offset
   * @param n how many
   */
  void swiGluBackward(
      float[] g,
      int gAt,
      float[] u,
      int uAt,
      float[] dy,
      int dyAt,
      float[] dg,
      int dgAt,
      float[] du,
      int duAt,
      int n);

  /**
   * The sum: y = a + b.
   *
   * @param a one term
   * @param aAt its offset
   * @param b the other
   * @param bAt its offset
   * @param y result
   * @param yAt its offset
   * @param n how many
   */
  void sum(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int n);

  /**
   * A multiple: y = factor·x.
   *
   * @param x operand
   * @param xAt its offset
   * @param factor any number
   * @param y result
   * @param yAt its offset
   * @param n how many
   */
  void multiple(float[] x, int xAt, float factor, float[] y, int yAt, int n);

  /**
   * ReLU: negative numbers become 0, NaN stays.
   *
   * @param x operand
   * @param xAt its offset
   * @param y result
   * @param yAt its offset
   * @param n how many
   */
  void relu(float[] x, int xAt, float[] y, int yAt, int n);

  /**
   * ReLU backwards: dx = dy where y is positive, else 0.
   *
   * @param y result of the forward pass
   * @param yAt its offset
   * @param dy its gradient
   * @param dyAt its offset
   * @param dx gradient of the operand
   * @param dxAt its offset
   * @param n how many
   */
  void reluBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n);

  /**
   * One step of Adam with decoupled decay: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², p ← keep·p −
   * size·m / (root·√v + ε).
   *
   * @param p parameters
   * @param pAt their offset
   * @param g their gradients
   * @param gAt their offset
   * @param m means of the gradients
   * @param mAt their offset
   * @param v means of their squares
   * @param vAt their offset
   * @param n how many
   * @param beta1 β₁
   * @param beta2 β₂
   * @param keep what decay leaves
   * @param size of the step
   * @param root on √v
   * @param epsilon ε
   */
  void adam(
      float[] p,
      int pAt,
      float[] g,
      int gAt,
      float[] m,
      int mAt,
      float[] v,
      int vAt,
      int n,
      float beta1,
      float beta2,
      float keep,
      float size,
      float root,
      float epsilon);

  /**
   * Σ x², in float64.
   *
   * @param x operand
   * @param xAt its offset
   * @param n how many
   * @return the sum
   */
  double squares(float[] x, int xAt, int n);
}
