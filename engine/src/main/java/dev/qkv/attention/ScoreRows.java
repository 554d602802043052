package dev.qkv.attention;

import dev.qkv.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Softmax of whole rows of scores, in place. */
final class ScoreRows {
  private ScoreRows() {}

  /** Scores (batch, heads, queries, keys) become weights; a row without keys becomes zeros. */
  static void softmax(Tensor scores, float @Nullable [] sinks) {
    float[] s = scores.data();
    int heads = scores.size(1);
    int queries = scores.size(2);
    int keys = scores.size(3);
    int rows = scores.size(0) * heads * queries;
    for (int row = 0; row < rows; row++) {
      float sink =
          sinks == null ? Float.NEGATIVE_INFINITY : sinks[row / Math.max(1, queries) % heads];
      softmaxRow(s, row * keys, keys, sink);
    }
  }

  private static void softmaxRow(float[] s, int at, int keys, float sink) {
    float max = sink;
    for (int j = 0; j < keys; j++) {
      max = s[at + j] > max ? s[at + j] : max;
    }
    float shift = max == Float.NEGATIVE_INFINITY ? 0 : max;
    double sum = Math.exp(sink - shift);
    for (int j = 0; j < keys; j++) {
      s[at + j] = (float) Math.exp(s[at + j] - shift);
      sum += s[at + j];
    }
    float inverse = AttentionState.inverse((float) sum);
    for (int j = 0; j < keys; j++) {
      s[at + j] *= inverse;
    }
  }
}
