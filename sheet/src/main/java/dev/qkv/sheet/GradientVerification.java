package dev.qkv.sheet;

import dev.qkv.attention.Attention;
import dev.qkv.attention.Forward;
import dev.qkv.attention.Gradients;
import dev.qkv.attention.Stage;
import dev.qkv.reference.Attention.Backward;
import dev.qkv.tensor.Tensor;
import java.util.List;

/**
 * The gradients of one head held against three others: the float64 formulas, the engine's backward
 * pass, and central differences of the float64 forward pass.
 */
final class GradientVerification {
  private static final double STEP = 1e-5;

  private final double[][] q;
  private final double[][] k;
  private final double[][] v;
  private final double[][] bias;
  private final double scale;
  private final double[][] dOutput;

  GradientVerification(
      double[][] q, double[][] k, double[][] v, double[][] bias, double scale, double[][] dOutput) {
    this.q = q;
    this.k = k;
    this.v = v;
    this.bias = bias;
    this.scale = scale;
    this.dOutput = dOutput;
  }

  /** Compares ∂L/∂S, ∂L/∂Q, ∂L/∂K and ∂L/∂V where the sheet derived them. */
  void compare(List<Verification> all, Derivation derivation, int head, Attention attention) {
    double[][] weights = dev.qkv.reference.Attention.forward(q, k, v, bias, scale).weights();
    Backward right = dev.qkv.reference.Attention.backward(q, k, v, scale, weights, dOutput);
    Tensor fq = Verification.floats(q);
    Tensor fk = Verification.floats(k);
    Tensor fv = Verification.floats(v);
    Tensor dz = Verification.floats(dOutput);
    Forward forward = attention.forward(fq, fk, fv);
    Gradients engine = attention.backward(fq, fk, fv, forward, dz);
    Tensor scores = attention.scoreGradients(fq, fk, fv, forward, dz, Stage.MASKED);
    Verification.compare(
        all, derivation, Quantities.D_S.head(head), right.scores(), scores, differences(bias));
    Verification.compare(
        all, derivation, Quantities.D_Q.head(head), right.q(), engine.q(), differences(q));
    Verification.compare(
        all, derivation, Quantities.D_K_GRADIENT.head(head), right.k(), engine.k(), differences(k));
    Verification.compare(
        all, derivation, Quantities.D_V.head(head), right.v(), engine.v(), differences(v));
  }

  /** How L = Σ ∂L/∂Z∘Z changes with each cell of one of the matrices. */
  private double[][] differences(double[][] of) {
    double[][] differences = new double[of.length][of[0].length];
    for (int i = 0; i < of.length; i++) {
      for (int j = 0; j < of[0].length; j++) {
        double before = of[i][j];
        of[i][j] = before + STEP;
        double above = loss();
        of[i][j] = before - STEP;
        double below = loss();
        of[i][j] = before;
        differences[i][j] = (above - below) / (2 * STEP);
      }
    }
    return differences;
  }

  private double loss() {
    double[][] z = dev.qkv.reference.Attention.forward(q, k, v, bias, scale).output();
    double loss = 0;
    for (int i = 0; i < z.length; i++) {
      for (int t = 0; t < z[0].length; t++) {
        loss += dOutput[i][t] * z[i][t];
      }
    }
    return loss;
  }
}
