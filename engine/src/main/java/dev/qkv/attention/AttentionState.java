package dev.qkv.attention;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;

/**
 * Attention over some of the keys, before it is divided by its sum: for each row the largest score,
 * the sum of e^(score − largest), and the weighted sum of the values. Two states over different
 * keys merge to the state over both; the empty state changes nothing; the order of merging matters
 * only to the last bits. The tile loop obeys the same law, lane by lane, and so do keys that are
 * split over threads.
 *
 * {@snippet file="dev/qkv/attention/AttentionSnippetsTest.java" region="halves"}
 *
 * <p>Source: Milakov and Gimelshein, Online normalizer calculation for softmax, 2018.
 */
public final class AttentionState {
  private final int[] rowShape;
  private final int valueDim;
  private final float[] max;
  private final float[] sum;
  private final float[] output;

  AttentionState(int[] rowShape, int valueDim) {
    this.rowShape = rowShape;
    this.valueDim = valueDim;
    // The largest first: what cannot be is refused before anything is allocated.
    this.output = Tensor.zeros(rowShape[0], rowShape[1], rowShape[2], valueDim).data();
    this.max = Tensor.zeros(rowShape).data();
    this.sum = Tensor.zeros(rowShape).data();
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
  }

  /**
   * The state over no keys: neutral in {@link #merge}.
   *
   * @param batches size of the batch axis
   * @param heads size of the heads axis
   * @param queries size of the length axis
   * @param valueDim width of V
   * @return the state
   * @throws InvalidArgument if a size is negative or the number of elements is no int
   */
  public static AttentionState empty(int batches, int heads, int queries, int valueDim) {
    return new AttentionState(new int[] {batches, heads, queries}, valueDim);
  }

  float[] max() {
    return max;
  }

  float[] sum() {
    return sum;
  }

  float[] output() {
    return output;
  }

  /**
   * The state over the keys of both.
   *
   * @param other a state over other keys, of the same shape
   * @return a new state
   * @throws InvalidArgument if the shapes differ
   */
  public AttentionState merge(AttentionState other) {
    Checks.given("other", other);
    if (!Arrays.equals(rowShape, other.rowShape) || valueDim != other.valueDim) {
      throw new InvalidArgument(
          "attention.merge", "attention", other.rowShape, other.valueDim, rowShape, valueDim);
    }
    AttentionState merged = new AttentionState(rowShape, valueDim);
    for (int row = 0; row < max.length; row++) {
      mergeRow(max, sum, output, row, merged.max, merged.sum, merged.output, row, valueDim);
      mergeRow(
          other.max,
          other.sum,
          other.output,
          row,
          merged.max,
          merged.sum,
          merged.output,
          row,
          valueDim);
    }
    return merged;
  }

  /**
   * The law: row {@code a} is merged into row {@code b}.
   *
   * <p>m = max(m_a, m_b), ℓ = ℓ_a·e^(m_a−m) + ℓ_b·e^(m_b−m), o likewise.
   */
  static void mergeRow(
      float[] maxA,
      float[] sumA,
      float[] outputA,
      int a,
      float[] maxB,
      float[] sumB,
      float[] outputB,
      int b,
      int valueDim) {
    if (maxA[a] == Float.NEGATIVE_INFINITY && sumA[a] == 0) {
      return;
    }
    float m = Math.max(maxA[a], maxB[b]);
    float ca = correction(maxA[a], m);
    float cb = correction(maxB[b], m);
    maxB[b] = m;
    sumB[b] = sumA[a] * ca + sumB[b] * cb;
    for (int t = 0; t < valueDim; t++) {
      outputB[b * valueDim + t] = outputA[a * valueDim + t] * ca + outputB[b * valueDim + t] * cb;
    }
  }

  /** What sums of before are multiplied by when the maximum rises. */
  static float correction(float before, float after) {
    return before == Float.NEGATIVE_INFINITY ? 0 : (float) Math.exp(before - after);
  }

  /** What a row of the output is multiplied by at the end; an empty row stays zero. */
  static float inverse(float sum) {
    return sum == 0 ? 0 : 1 / sum;
  }

  /** log Σ e^score from a maximum and a sum. */
  static float logSumExp(float max, float sum) {
    return (float) (max + Math.log(sum));
  }

  /**
   * Divides by the sums.
   *
   * @return output, shape (batch, heads, queries, valueDim), and log-sum-exp
   */
  public Forward normalise() {
    Tensor normalised = Tensor.zeros(rowShape[0], rowShape[1], rowShape[2], valueDim);
    Tensor logSumExp = Tensor.zeros(rowShape);
    for (int row = 0; row < max.length; row++) {
      float inverse = inverse(sum[row]);
      for (int t = 0; t < valueDim; t++) {
        normalised.data()[row * valueDim + t] = output[row * valueDim + t] * inverse;
      }
      logSumExp.data()[row] = logSumExp(max[row], sum[row]);
    }
    return new Forward(normalised, logSumExp);
  }
}
