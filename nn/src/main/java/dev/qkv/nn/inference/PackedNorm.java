package dev.qkv.nn.inference;

import dev.qkv.kernel.Kernels;
import dev.qkv.kernel.RowKernel;
import dev.qkv.nn.layer.LayerNorm;
import dev.qkv.nn.layer.Norm;
import dev.qkv.nn.layer.RmsNorm;

/** A normalisation of rows; its numbers are copies. */
final class PackedNorm {
  private static final RowKernel KERNEL = Kernels.rows();

  private final boolean centres;
  private final float[] gain;
  private final float[] shift;
  private final float epsilon;

  private PackedNorm(boolean centres, float[] gain, float[] shift, float epsilon) {
    this.centres = centres;
    this.gain = gain;
    this.shift = shift;
    this.epsilon = epsilon;
  }

  static PackedNorm of(Norm norm) {
    return switch (norm) {
      case LayerNorm layer ->
          new PackedNorm(
              true,
              layer.gamma().value().toArray(),
              layer.beta().value().toArray(),
              layer.epsilon());
      case RmsNorm rms ->
          new PackedNorm(false, rms.gamma().value().toArray(), new float[0], rms.epsilon());
    };
  }

  /**
   * Normalises rows, one after the other.
   *
   * @param x operand
   * @param xAt where its first row starts
   * @param y receives the result; may be x, at the same place
   * @param yAt where its first row starts
   * @param rows how many
   * @param statistics room for two numbers
   */
  void apply(float[] x, int xAt, float[] y, int yAt, int rows, double[] statistics) {
    int c = gain.length;
    for (int row = 0; row < rows; row++) {
      int from = xAt + row * c;
      int to = yAt + row * c;
      if (centres) {
        KERNEL.layerNorm(x, from, gain, 0, shift, 0, y, to, c, epsilon, statistics, 0);
      } else {
        KERNEL.rmsNorm(x, from, gain, 0, y, to, c, epsilon);
      }
    }
  }
}
