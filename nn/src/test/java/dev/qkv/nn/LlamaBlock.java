package dev.qkv.nn;

import dev.qkv.ops.Rope;
import dev.qkv.tensor.Tensor;
import java.util.Map;
import java.util.Objects;

/**
 * A block of Llama in float64, one sequence, as its formulas read: a = x + attention(rms(x)), y = a
 * + (SiLU(g·W_gate) ∘ g·W_up)·W_down with g = rms(a); causal, rotary, one head of keys and values.
 */
record LlamaBlock(Parameters parameters, int heads, Rope style) {
  private static final double EPSILON = 1e-5;

  private double[] row(double[] x, String weight) {
    Tensor w = get(weight + ".weight");
    double[] y = new double[w.size(1)];
    for (int o = 0; o < y.length; o++) {
      for (int t = 0; t < x.length; t++) {
        y[o] += x[t] * w.get(t, o);
      }
    }
    return y;
  }

  private Tensor get(String name) {
    Map<String, Variable> all = parameters.all();
    return Objects.requireNonNull(all.get(name), name).value();
  }

  private double[] rms(double[] x, String norm) {
    double squares = 0;
    for (double value : x) {
      squares += value * value;
    }
    double root = Math.sqrt(squares / x.length + EPSILON);
    double[] y = new double[x.length];
    for (int t = 0; t < x.length; t++) {
      y[t] = x[t] / root * get(norm + ".gamma").get(t);
    }
    return y;
  }

  /** Turns pair t of components by position·10000^(−2t/D). */
  private double[] turned(double[] x, int from, int dim, int position) {
    double[] y = new double[dim];
    for (int t = 0; t < dim / 2; t++) {
      int a = style == Rope.HALF ? t : 2 * t;
      int b = style == Rope.HALF ? t + dim / 2 : 2 * t + 1;
      double angle = position * Math.pow(10000, -2.0 * t / dim);
      y[a] = x[from + a] * Math.cos(angle) - x[from + b] * Math.sin(angle);
      y[b] = x[from + b] * Math.cos(angle) + x[from + a] * Math.sin(angle);
    }
    return y;
  }

  double[][] apply(double[][] x) {
    int dim = x[0].length / heads;
    double[][] k = new double[x.length][];
    double[][] v = new double[x.length][];
    double[][] y = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      double[] normed = rms(x[i], "attention_norm");
      k[i] = turned(row(normed, "attention.key"), 0, dim, i);
      v[i] = row(normed, "attention.value");
      double[] q = row(normed, "attention.query");
      double[] z = new double[x[0].length];
      for (int h = 0; h < heads; h++) {
        head(turned(q, h * dim, dim, i), k, v, i, z, h * dim);
      }
      y[i] = feedForward(sum(x[i], row(z, "attention.output")));
    }
    return y;
  }

  /** One query's row of one head: it sees keys up to its own. */
  private static void head(double[] q, double[][] k, double[][] v, int i, double[] z, int at) {
    double[] weights = new double[i + 1];
    double total = 0;
    for (int j = 0; j <= i; j++) {
      double dot = 0;
      for (int t = 0; t < q.length; t++) {
        dot += q[t] * k[j][t];
      }
      weights[j] = Math.exp(dot / Math.sqrt(q.length));
      total += weights[j];
    }
    for (int j = 0; j <= i; j++) {
      for (int t = 0; t < q.length; t++) {
        z[at + t] += weights[j] / total * v[j][t];
      }
    }
  }

  private double[] feedForward(double[] a) {
    double[] g = rms(a, "feed_forward_norm");
    double[] gate = row(g, "feed_forward.gate");
    double[] up = row(g, "feed_forward.up");
    for (int t = 0; t < up.length; t++) {
      up[t] *= gate[t] / (1 + Math.exp(-gate[t]));
    }
    return sum(a, row(up, "feed_forward.down"));
  }

  private static double[] sum(double[] a, double[] b) {
    double[] c = new double[a.length];
    for (int t = 0; t < a.length; t++) {
      c[t] = a[t] + b[t];
    }
    return c;
  }
}
