package dev.qkv.ops;

import dev.qkv.tensor.Tensor;
import java.util.Arrays;

/**
 * The Gaussian error linear unit, {@code x·Φ(x)}, with its gradient.
 *
 * <p>Φ by erf is 1 − φ-weighted polynomial (Abramowitz and Stegun 7.1.26, error 1.5e-7); the other
 * form is {@code ½x(1 + tanh(√(2/π)(x + 0.044715x³)))}. Source: Hendrycks and Gimpel, Gaussian
 * error linear units, 2016.
 */
public enum Gelu {
  /** By the error function: the definition. */
  ERF {
    @Override
    float[] phi(float[] x) {
      float[] gauss = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        gauss[i] = -0.5f * x[i] * x[i];
      }
      Rows.exp(gauss);
      for (int i = 0; i < x.length; i++) {
        float t = 1 / (1 + P * ROOT_HALF * Math.abs(x[i]));
        float tail = ((((A5 * t + A4) * t + A3) * t + A2) * t + A1) * t * gauss[i] * 0.5f;
        gauss[i] = x[i] < 0 ? tail : 1 - tail;
      }
      return gauss;
    }

    @Override
    float[] slope(float[] x) {
      float[] phi = phi(x);
      float[] density = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        density[i] = -0.5f * x[i] * x[i];
      }
      Rows.exp(density);
      for (int i = 0; i < x.length; i++) {
        phi[i] += x[i] * density[i] * INVERSE_ROOT_TWO_PI;
      }
      return phi;
    }
  },
  /** By tanh: what GPT-2 and BERT's first release use. */
  TANH {
    @Override
    float[] phi(float[] x) {
      float[] u = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        u[i] = ROOT_TWO_OVER_PI * (x[i] + CUBE * x[i] * x[i] * x[i]);
      }
      Rows.tanh(u);
      for (int i = 0; i < x.length; i++) {
        u[i] = 0.5f * (1 + u[i]);
      }
      return u;
    }

    @Override
    float[] slope(float[] x) {
      float[] phi = phi(x);
      for (int i = 0; i < x.length; i++) {
        // tanh u = 2Φ − 1, and (1 − tanh² u)/2 = 2Φ(1 − Φ).
        float inner = ROOT_TWO_OVER_PI * (1 + 3 * CUBE * x[i] * x[i]);
        phi[i] += 2 * x[i] * phi[i] * (1 - phi[i]) * inner;
      }
      return phi;
    }
  };

  private static final float P = 0.3275911f;
  private static final float A1 = 0.2548296f;
  private static final float A2 = -0.28449672f;
  private static final float A3 = 1.4214138f;
  private static final float A4 = -1.4531521f;
  private static final float A5 = 1.0614054f;
  private static final float ROOT_HALF = (float) Math.sqrt(0.5);
  private static final float INVERSE_ROOT_TWO_PI = (float) (1 / Math.sqrt(2 * Math.PI));
  private static final float ROOT_TWO_OVER_PI = (float) Math.sqrt(2 / Math.PI);
  private static final float CUBE = 0.044715f;

  /** Φ of each number. */
  abstract float[] phi(float[] x);

  /** The derivative at each number: Φ + x·Φ′. */
  abstract float[] slope(float[] x);

  /**
   * The forward pass.
   *
   * @param x any shape
   * @return x·Φ(x), in the shape of x
   */
  public Tensor forward(Tensor x) {
    float[] in = x.contiguous().data();
    Tensor y = Tensor.zeros(x.shape());
    Rows.share(
        in.length,
        1,
        (from, to) -> {
          float[] phi = phi(Arrays.copyOfRange(in, from, to));
          for (int i = from; i < to; i++) {
            y.data()[i] = in[i] * phi[i - from];
          }
        });
    return y;
  }

  /**
   * The backward pass.
   *
   * @param x as given to {@link #forward}
   * @param dOutput gradient of the output, in its shape
   * @return gradient of x
   */
  public Tensor backward(Tensor x, Tensor dOutput) {
    Rows.same("GELU", "dOutput", dOutput, x.shape());
    float[] in = x.contiguous().data();
    float[] dy = dOutput.contiguous().data();
    Tensor dx = Tensor.zeros(x.shape());
    Rows.share(
        in.length,
        1,
        (from, to) -> {
          float[] slope = slope(Arrays.copyOfRange(in, from, to));
          for (int i = from; i < to; i++) {
            dx.data()[i] = dy[i] * slope[i - from];
          }
        });
    return dx;
  }
}
