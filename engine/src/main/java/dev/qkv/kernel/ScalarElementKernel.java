package dev.qkv.kernel;

/** The plain version: one loop to a formula, functions in float64. */
public final class ScalarElementKernel implements ElementKernel {
  private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
  private static final double CUBE = 0.044715;

  // 1 − Φ(z) = e^(−z²/2)·t·P(t) with t = 1/(1 + SLOPE·z), z ≥ 0: relative error 2e-8.
  private static final double SLOPE = 0.3 * Math.sqrt(0.5);
  private static final double[] TAIL = {
    0.084594001057,
    0.08535763738,
    0.074169429858,
    0.10746358573,
    -0.04732656925,
    0.273861637116,
    -0.256140370197,
    0.242782207908,
    -0.064761569393
  };

  @Override
  public void gelu(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = (float) (x[xAt + i] * phi(x[xAt + i]));
    }
  }

  @Override
  public void geluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
    for (int i = 0; i < n; i++) {
      double z = x[xAt + i];
      double density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
      dx[dxAt + i] = (float) (dy[dyAt + i] * (phi(z) + z * density));
    }
  }

  /** Φ(z). */
  private static double phi(double z) {
    double t = 1 / (1 + SLOPE * Math.abs(z));
    double polynomial = 0;
    for (int k = TAIL.length - 1; k >= 0; k--) {
      polynomial = polynomial * t + TAIL[k];
    }
    double tail = Math.exp(-0.5 * z * z) * t * polynomial;
    return z < 0 ? tail : 1 - tail;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Override
  public void geluTanh(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      double z = x[xAt + i];
      double u = ROOT_TWO_OVER_PI * (z + CUBE * z * z * z);
      y[yAt + i] = (float) (z * sigmoid(2 * u));
    }
  }

  @Override
  public void geluTanhBackward(
      float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
    for (int i = 0; i < n; i++) {
      double z = x[xAt + i];
      double u = ROOT_TWO_OVER_PI * (z + CUBE * z * z * z);
      double slope = ROOT_TWO_OVER_PI * (1 + 3 * CUBE * z * z);
      double derivative = sigmoid(2 * u) + 2 * z * sigmoid(2 * u) * sigmoid(-2 * u) * slope;
      dx[dxAt + i] = (float) (dy[dyAt + i] * derivative);
    }
  }

  @Override
  public void silu(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = (float) (x[xAt + i] * sigmoid(x[xAt + i]));
    }
  }

  @Override
  public void swiGlu(float[] g, int gAt, float[] u, int uAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = (float) (g[gAt + i] * sigmoid(g[gAt + i]) * u[uAt + i]);
    }
  }

  @Override
  public void swiGluBackward(
      float[] g,
      int gAt,
      float[] u,
      int uAt,
      float[] dy,
      int dyAt,
      float[] dg,
      int dgAt,
      float[] du,
      int duAt,
      int n) {
    for (int i = 0; i < n; i++) {
      double gate = g[gAt + i];
      double up = u[uAt + i];
      double d = dy[dyAt + i];
      double s = sigmoid(gate);
      dg[dgAt + i] = (float) (d * up * s * (1 + gate * sigmoid(-gate)));
      du[duAt + i] = (float) (d * gate * s);
    }
  }

  @Override
  public void sum(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = a[aAt + i] + b[bAt + i];
    }
  }

  @Override
  public void multiple(float[] x, int xAt, float factor, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = factor * x[xAt + i];
    }
  }

  @Override
  public void relu(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = x[xAt + i] < 0 ? 0 : x[xAt + i];
    }
  }

  @Override
  public void reluBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxAt + i] = y[yAt + i] > 0 ? dy[dyAt + i] : 0;
    }
  }

  @Override
  public void adam(
      float[] p,
      int pAt,
      float[] g,
      int gAt,
      float[] m,
      int mAt,
      float[] v,
      int vAt,
      int n,
      float beta1,
      float beta2,
      float keep,
      float size,
      float root,
      float epsilon) {
    for (int i = 0; i < n; i++) {
      float mean = beta1 * m[mAt + i] + (1 - beta1) * g[gAt + i];
      float square = beta2 * v[vAt + i] + (1 - beta2) * g[gAt + i] * g[gAt + i];
      m[mAt + i] = mean;
      v[vAt + i] = square;
      p[pAt + i] = keep * p[pAt + i] - size * mean / ((float) Math.sqrt(square) * root + epsilon);
    }
  }

  @Override
  public double squares(float[] x, int xAt, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) x[xAt + i] * x[xAt + i];
    }
    return sum;
  }
}
