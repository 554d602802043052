package dev.qkv.ops;

import dev.qkv.tensor.Tensor;

/**
 * Layer normalisation over the last axis, {@code y = γ∘n + β} with {@code n = (x − μ)/√(σ² + ε)}
 * and the biased variance σ².
 *
 * <p>Source: Ba, Kiros and Hinton, Layer normalization, 2016.
 */
public final class LayerNorm {
  private LayerNorm() {}

  /**
   * What the backward pass needs.
   *
   * @param output y
   * @param normalised n
   * @param inverse 1/√(σ² + ε) of each row
   */
  public record Saved(Tensor output, float[] normalised, float[] inverse) {}

  /**
   * The gradients.
   *
   * @param x of the input
   * @param gamma of the gain
   * @param beta of the shift
   */
  public record Gradients(Tensor x, Tensor gamma, Tensor beta) {}

  /**
   * The forward pass.
   *
   * @param x shape (…, c)
   * @param gamma gain, shape (c)
   * @param beta shift, shape (c)
   * @param epsilon added to the variance; 0 with a constant row gives NaN
   * @return the output, with what {@link #backward} needs
   */
  public static Saved forward(Tensor x, Tensor gamma, Tensor beta, float epsilon) {
    int c = Rows.width("layer norm", x);
    Rows.same("layer norm", "gamma", gamma, c);
    Rows.same("layer norm", "beta", beta, c);
    int rows = Rows.of(x);
    float[] in = x.contiguous().data();
    float[] gain = gamma.contiguous().data();
    float[] shift = beta.contiguous().data();
    Tensor y = Tensor.zeros(x.shape());
    float[] normalised = new float[rows * c];
    float[] inverse = new float[rows];
    Rows.share(
        rows,
        c,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int at = row * c;
            double sum = 0;
            for (int j = 0; j < c; j++) {
              sum += in[at + j];
            }
            float mean = (float) (sum / c);
            double squares = 0;
            for (int j = 0; j < c; j++) {
              float d = in[at + j] - mean;
              squares += d * d;
            }
            inverse[row] = (float) (1 / Math.sqrt(squares / c + epsilon));
            for (int j = 0; j < c; j++) {
              normalised[at + j] = (in[at + j] - mean) * inverse[row];
              y.data()[at + j] = gain[j] * normalised[at + j] + shift[j];
            }
          }
        });
    return new Saved(y, normalised, inverse);
  }

  /**
   * The backward pass. With g = γ∘dy: {@code dx = (g − mean g − n·mean(g∘n))/√(σ² + ε)}.
   *
   * @param saved what {@link #forward} returned
   * @param gamma as given to {@link #forward}
   * @param dOutput gradient of the output, in its shape
   * @return the gradients
   */
  public static Gradients backward(Saved saved, Tensor gamma, Tensor dOutput) {
    int[] shape = saved.output().shape();
    Rows.same("layer norm", "dOutput", dOutput, shape);
    int c = shape[shape.length - 1];
    float[] dy = dOutput.contiguous().data();
    float[] n = saved.normalised();
    float[] gain = gamma.contiguous().data();
    Tensor dx = Tensor.zeros(shape);
    Tensor dGamma = Tensor.zeros(c);
    Tensor dBeta = Tensor.zeros(c);
    for (int row = 0; row < saved.inverse().length; row++) {
      int at = row * c;
      double sum = 0;
      double dot = 0;
      for (int j = 0; j < c; j++) {
        float g = gain[j] * dy[at + j];
        sum += g;
        dot += g * n[at + j];
        dGamma.data()[j] += dy[at + j] * n[at + j];
        dBeta.data()[j] += dy[at + j];
      }
      float mean = (float) (sum / c);
      float slope = (float) (dot / c);
      for (int j = 0; j < c; j++) {
        float g = gain[j] * dy[at + j];
        dx.data()[at + j] = (g - mean - n[at + j] * slope) * saved.inverse()[row];
      }
    }
    return new Gradients(dx, dGamma, dBeta);
  }
}
