package dev.qkv.kernel;

/**
 * The steps of attention over one tile: a group of {@link #lanes()} queries, one to a lane, against
 * n keys.
 *
 * <p>Letters: Qᵀ (D × lanes) packed queries; K (n × D) and V (n × Dv) rows of the caller's arrays;
 * Sᵀ (n × lanes) scores, P the same place after the exponential; Oᵀ (Dv × lanes) the output before
 * it is divided by ℓ; m (lanes) running maximum; ℓ (lanes) running sum; c (lanes) the correction
 * e^(m_old − m_new).
 *
 * <p>Nothing is checked here, nothing allocated, nothing logged: the public edge has validated.
 */
public sealed interface Kernel permits ScalarKernel, VectorKernel {
  /** Keys in a tile are a multiple of this, where there are enough: whole register tiles. */
  int KEY_STEP = 12;

  /** Queries in a group: one to a lane, in two vectors. */
  int lanes();

  /** What runs, for people: "Vector API, 256 bits". */
  String describe();

  /**
   * Sᵀ = K·Qᵀ.
   *
   * @param qt Qᵀ, rows of {@link #lanes()} floats
   * @param qtOffset of its first row
   * @param k rows of D adjacent floats
   * @param kOffset of the first key
   * @param kStride from one key to the next
   * @param n keys
   * @param d D
   * @param s receives Sᵀ from index 0
   */
  void scores(
      float[] qt, int qtOffset, float[] k, int kOffset, int kStride, int n, int d, float[] s);

  /**
   * Softcap: s ← cap·tanh(s / cap).
   *
   * @param s Sᵀ
   * @param n keys
   * @param cap positive
   */
  void softcap(float[] s, int n, float cap);

  /**
   * Hides the keys of each lane that lie outside [low, high): their scores become −∞.
   *
   * @param s Sᵀ
   * @param n keys
   * @param firstKey index of the first row of Sᵀ among all keys
   * @param low first key that a lane may attend to
   * @param high one past the last
   * @param laneOffset of the group in low and high
   */
  void mask(float[] s, int n, int firstKey, int[] low, int[] high, int laneOffset);

  /**
   * One step of the online softmax, down the lanes: raises m, turns Sᵀ into P = e^(s − m), adds P's
   * sum to ℓ corrected, and leaves the correction in c.
   *
   * @param s Sᵀ in, P out; there must be room for one row more
   * @param n keys
   * @param m running maximum; −∞ while nothing was seen
   * @param l running sum
   * @param c receives the correction
   * @param laneOffset of the group in m, l and c
   */
  void softmax(float[] s, int n, float[] m, float[] l, float[] c, int laneOffset);

  /**
   * Oᵀ ← c·Oᵀ + Vᵀ·P, where Vᵀ·P is added up by itself first.
   *
   * @param p P, from index 0
   * @param n keys
   * @param v rows of Dv adjacent floats
   * @param vOffset of the first row
   * @param vStride from one row to the next
   * @param dv Dv
   * @param c the correction
   * @param laneOffset of the group in c
   * @param ot Oᵀ
   * @param otOffset of its first row
   */
  void values(
      float[] p,
      int n,
      float[] v,
      int vOffset,
      int vStride,
      int dv,
      float[] c,
      int laneOffset,
      float[] ot,
      int otOffset);

  /**
   * P = e^(s − λ): the weights again, from the scores and the log-sum-exp of each row.
   *
   * @param s Sᵀ in, P out
   * @param n keys
   * @param logSumExp λ of each lane; +∞ makes every weight 0
   * @param laneOffset of the group in λ
   */
  void weights(float[] s, int n, float[] logSumExp, int laneOffset);

  /**
   * Softmax backwards: dS = P∘(dP − Δ).
   *
   * @param p P
   * @param dp dP in, dS out
   * @param n keys
   * @param delta Δ = Σ dO∘O of each lane's row
   * @param laneOffset of the group in Δ
   */
  void softmaxBackward(float[] p, float[] dp, int n, float[] delta, int laneOffset);

  /**
   * Softcap backwards: dS ← dS·(1 − (s/cap)²).
   *
   * @param ds gradient after the softcap in, before it out
   * @param capped s, after the softcap
   * @param n keys
   * @param cap positive
   */
  void softcapBackward(float[] ds, float[] capped, int n, float cap);

  /**
   * C ← C + Σ_g A_g·B_g, for {@link #lanes()} columns of C; the sum is added up by itself first.
   *
   * @param a the A_g (n × m), rows of m adjacent floats
   * @param firstGroup the first g
   * @param lastGroup one past the last
   * @param aOffset of the first row in each
   * @param aStride from one row to the next
   * @param n rows
   * @param m rows of each B_g
   * @param b the B_g one after the other, rows of {@link #lanes()} floats
   * @param bOffset of the first
   * @param c rows of C
   * @param cOffset of the first
   * @param cStride from one row to the next
   */
  void addProduct(
      float[][] a,
      int firstGroup,
      int lastGroup,
      int aOffset,
      int aStride,
      int n,
      int m,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride);

  /**
   * Whether adjacent numbers are all finite.
   *
   * @param a array
   * @param offset where they start
   * @param n how many
   */
  boolean isFinite(float[] a, int offset, int n);
}
