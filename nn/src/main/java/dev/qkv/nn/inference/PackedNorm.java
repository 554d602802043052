package dev.qkv.nn.inference;

import dev.qkv.kernel.Kernels;
import dev.qkv.kernel.RowKernel;
import dev.qkv.nn.layer.LayerNorm;
import dev.qkv.nn.layer.Norm;
import dev.qkv.nn.layer.RmsNorm;

/**
 * A normalisation of rows; its numbers are copies. Each kind has its own loop: in a loop with both,
 * a compiler that has mostly seen one of them makes objects of the other's vectors.
 */
sealed interface PackedNorm {
  static PackedNorm of(Norm norm) {
    return switch (norm) {
      case LayerNorm layer ->
          new Layer(
              layer.gamma().value().toArray(), layer.beta().value().toArray(), layer.epsilon());
      case RmsNorm rms -> new Rms(rms.gamma().value().toArray(), rms.epsilon());
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
  void apply(float[] x, int xAt, float[] y, int yAt, int rows, double[] statistics);

  /** {@link LayerNorm}. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Layer(float[] gain, float[] shift, float epsilon) implements PackedNorm {
    @Override
    public void apply(float[] x, int xAt, float[] y, int yAt, int rows, double[] statistics) {
      int c = gain.length;
      RowKernel kernel = Kernels.rows(c);
      for (int row = 0; row < rows; row++) {
        int from = xAt + row * c;
        int to = yAt + row * c;
        kernel.layerNorm(x, from, gain, 0, shift, 0, y, to, c, epsilon, statistics, 0);
      }
    }
  }

  /** {@link RmsNorm}. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Rms(float[] gain, float epsilon) implements PackedNorm {
    @Override
    public void apply(float[] x, int xAt, float[] y, int yAt, int rows, double[] statistics) {
      int c = gain.length;
      RowKernel kernel = Kernels.rows(c);
      for (int row = 0; row < rows; row++) {
        kernel.rmsNorm(x, xAt + row * c, gain, 0, y, yAt + row * c, c, epsilon);
      }
    }
  }
}
