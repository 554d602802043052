package dev.qkv.sheet;

import dev.qkv.reference.Matmul;

/**
 * One head in float64, written out as the definition reads: what the sheet is verified against. It
 * shares no code with the terms of the sheet.
 *
 * @param q queries, turned where positions are rotary
 * @param k keys, likewise
 * @param v values
 * @param mask added to the scores; −∞ hides
 * @param added added to the scaled scores: what a difference in them does is tried with this
 * @param scale factor on the scores
 * @param cap bound of the scores; infinite for none
 * @param slope of ALiBi; 0 for none
 * @param shift how far the diagonal lies to the right
 * @param temperature divisor of what goes into softmax; 1 for none
 * @param sink a score without a value; −∞ for none
 */
record HeadDefinition(
    double[][] q,
    double[][] k,
    double[][] v,
    double[][] mask,
    double[][] added,
    double scale,
    double cap,
    double slope,
    int shift,
    double temperature,
    double sink) {

  /** Gradients of the loss. */
  record Gradients(double[][] scores, double[][] q, double[][] k, double[][] v) {}

  double[][] scores() {
    return Matmul.add(Matmul.scale(Matmul.product(q, Matmul.transpose(k)), scale), added);
  }

  double[][] masked() {
    double[][] s = scores();
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < s[0].length; j++) {
        double capped = Double.isInfinite(cap) ? s[i][j] : cap * Math.tanh(s[i][j] / cap);
        s[i][j] = (capped + slope * (j - i - shift)) / temperature + mask[i][j];
      }
    }
    return s;
  }

  double[][] weights() {
    double[][] s = masked();
    for (double[] row : s) {
      double max = sink;
      for (double score : row) {
        max = Math.max(max, score);
      }
      double sum = Math.exp(sink - max);
      for (double score : row) {
        sum += Math.exp(score - max);
      }
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.exp(row[j] - max) / sum;
      }
    }
    return s;
  }

  double[][] output() {
    return Matmul.product(weights(), v);
  }

  Gradients backward(double[][] dOutput) {
    double[][] a = weights();
    double[][] s = scores();
    double[][] dA = Matmul.product(dOutput, Matmul.transpose(v));
    double[][] dS = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      double sum = 0;
      for (int j = 0; j < a[0].length; j++) {
        sum += a[i][j] * dA[i][j];
      }
      for (int j = 0; j < a[0].length; j++) {
        double t = Double.isInfinite(cap) ? 0 : Math.tanh(s[i][j] / cap);
        dS[i][j] = a[i][j] * (dA[i][j] - sum) / temperature * (1 - t * t);
      }
    }
    return new Gradients(
        dS,
        Matmul.scale(Matmul.product(dS, k), scale),
        Matmul.scale(Matmul.product(Matmul.transpose(dS), q), scale),
        Matmul.product(Matmul.transpose(a), dOutput));
  }

  /** L = Σ dOutput∘output, the loss that dOutput is the gradient of. */
  double loss(double[][] dOutput) {
    double[][] z = output();
    double loss = 0;
    for (int i = 0; i < z.length; i++) {
      for (int c = 0; c < z[0].length; c++) {
        loss += dOutput[i][c] * z[i][c];
      }
    }
    return loss;
  }
}
