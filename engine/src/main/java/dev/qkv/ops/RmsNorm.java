package dev.qkv.ops;

import dev.qkv.tensor.Tensor;

/**
 * Root-mean-square normalisation over the last axis, {@code y = γ∘n} with {@code n = x/√(mean x² +
 * ε)}.
 *
 * <p>Source: Zhang and Sennrich, Root mean square layer normalization, 2019.
 */
public final class RmsNorm {
  private RmsNorm() {}

  /**
   * What the backward pass needs.
   *
   * @param output y
   * @param normalised n
   * @param inverse 1/√(mean x² + ε) of each row
   */
  public record Saved(Tensor output, float[] normalised, float[] inverse) {}

  /**
   * The gradients.
   *
   * @param x of the input
   * @param gamma of the gain
   */
  public record Gradients(Tensor x, Tensor gamma) {}

  /**
   * The forward pass.
   *
   * @param x shape (…, c)
   * @param gamma gain, shape (c)
   * @param epsilon added to the mean square; 0 with a row of zeros gives NaN
   * @return the output, with what {@link #backward} needs
   */
  public static Saved forward(Tensor x, Tensor gamma, float epsilon) {
    int c = Rows.width("RMS norm", x);
    Rows.same("RMS norm", "gamma", gamma, c);
    int rows = Rows.of(x);
    float[] in = x.contiguous().data();
    float[] gain = gamma.contiguous().data();
    Tensor y = Tensor.zeros(x.shape());
    float[] normalised = new float[rows * c];
    float[] inverse = new float[rows];
    for (int row = 0; row < rows; row++) {
      int at = row * c;
      double squares = 0;
      for (int j = 0; j < c; j++) {
        squares += in[at + j] * in[at + j];
      }
      inverse[row] = (float) (1 / Math.sqrt(squares / c + epsilon));
      for (int j = 0; j < c; j++) {
        normalised[at + j] = in[at + j] * inverse[row];
        y.data()[at + j] = gain[j] * normalised[at + j];
      }
    }
    return new Saved(y, normalised, inverse);
  }

  /**
   * The backward pass. With g = γ∘dy: {@code dx = (g − n·mean(g∘n))/√(mean x² + ε)}.
   *
   * @param saved what {@link #forward} returned
   * @param gamma as given to {@link #forward}
   * @param dOutput gradient of the output, in its shape
   * @return the gradients
   */
  public static Gradients backward(Saved saved, Tensor gamma, Tensor dOutput) {
    int[] shape = saved.output().shape();
    Rows.same("RMS norm", "dOutput", dOutput, shape);
    int c = shape[shape.length - 1];
    float[] dy = dOutput.contiguous().data();
    float[] n = saved.normalised();
    float[] gain = gamma.contiguous().data();
    Tensor dx = Tensor.zeros(shape);
    Tensor dGamma = Tensor.zeros(c);
    for (int row = 0; row < saved.inverse().length; row++) {
      int at = row * c;
      double dot = 0;
      for (int j = 0; j < c; j++) {
        dot += gain[j] * dy[at + j] * n[at + j];
        dGamma.data()[j] += dy[at + j] * n[at + j];
      }
      float slope = (float) (dot / c);
      for (int j = 0; j < c; j++) {
        dx.data()[at + j] = (gain[j] * dy[at + j] - n[at + j] * slope) * saved.inverse()[row];
      }
    }
    return new Gradients(dx, dGamma);
  }
}
