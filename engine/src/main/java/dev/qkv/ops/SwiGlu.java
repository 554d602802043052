package dev.qkv.ops;

import dev.qkv.tensor.Tensor;

/**
 * The gated unit {@code SiLU(gate)∘up} with {@code SiLU(x) = x·σ(x)}, with its gradients. With up
 * of ones it is SiLU.
 *
 * <p>Source: Shazeer, GLU variants improve transformer, 2020.
 */
public final class SwiGlu {
  private SwiGlu() {}

  /**
   * The gradients.
   *
   * @param gate of the gate
   * @param up of the other factor
   */
  public record Gradients(Tensor gate, Tensor up) {}

  /**
   * The forward pass.
   *
   * @param gate any shape
   * @param up the same shape
   * @return in the same shape
   */
  public static Tensor forward(Tensor gate, Tensor up) {
    Rows.same("SwiGLU", "up", up, gate.shape());
    float[] g = gate.contiguous().data();
    float[] u = up.contiguous().data();
    float[] y = sigmoid(g);
    for (int i = 0; i < y.length; i++) {
      y[i] *= g[i] * u[i];
    }
    return Tensor.of(y, gate.shape());
  }

  /**
   * SiLU alone.
   *
   * @param x any shape
   * @return x·σ(x), in the shape of x
   */
  public static Tensor silu(Tensor x) {
    float[] in = x.contiguous().data();
    float[] y = sigmoid(in);
    for (int i = 0; i < y.length; i++) {
      y[i] *= in[i];
    }
    return Tensor.of(y, x.shape());
  }

  /**
   * The backward pass: SiLU′ = σ·(1 + x·(1 − σ)).
   *
   * @param gate as given to {@link #forward}
   * @param up as given to {@link #forward}
   * @param dOutput gradient of the output, in its shape
   * @return the gradients
   */
  public static Gradients backward(Tensor gate, Tensor up, Tensor dOutput) {
    Rows.same("SwiGLU", "dOutput", dOutput, gate.shape());
    float[] g = gate.contiguous().data();
    float[] u = up.contiguous().data();
    float[] dy = dOutput.contiguous().data();
    float[] dg = sigmoid(g);
    float[] du = new float[g.length];
    for (int i = 0; i < g.length; i++) {
      float s = dg[i];
      du[i] = dy[i] * g[i] * s;
      dg[i] = dy[i] * u[i] * s * (1 + g[i] * (1 - s));
    }
    return new Gradients(Tensor.of(dg, gate.shape()), Tensor.of(du, gate.shape()));
  }

  /** σ(x) = ½(1 + tanh ½x), which cannot overflow. */
  private static float[] sigmoid(float[] x) {
    float[] s = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      s[i] = 0.5f * x[i];
    }
    Rows.tanh(s);
    for (int i = 0; i < x.length; i++) {
      s[i] = 0.5f * (1 + s[i]);
    }
    return s;
  }
}
