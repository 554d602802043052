package dev.qkv.kernel;

/** The plain version: one loop to a sum, sums in float64. */
public final class ScalarRowKernel implements RowKernel {
  @Override
  public void layerNorm(
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] shift,
      int shiftAt,
      float[] y,
      int yAt,
      int c,
      float epsilon,
      double[] statistics,
      int at) {
    double sum = 0;
    for (int j = 0; j < c; j++) {
      sum += x[xAt + j];
    }
    double mean = sum / c;
    double squares = 0;
    for (int j = 0; j < c; j++) {
      squares += (x[xAt + j] - mean) * (x[xAt + j] - mean);
    }
    double inverse = 1 / Math.sqrt(squares / c + epsilon);
    for (int j = 0; j < c; j++) {
      float n = (float) ((x[xAt + j] - mean) * inverse);
      y[yAt + j] = gain[gainAt + j] * n + shift[shiftAt + j];
    }
    statistics[at] = mean;
    statistics[at + 1] = inverse;
  }

  @Override
  public void layerNormBackward(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] dx,
      int dxAt,
      float[] sums,
      int sumsAt,
      int c,
      double mean,
      double inverse) {
    double sum = 0;
    double dot = 0;
    for (int j = 0; j < c; j++) {
      float n = (float) ((x[xAt + j] - mean) * inverse);
      float g = gain[gainAt + j] * dy[dyAt + j];
      sum += g;
      dot += g * n;
      sums[sumsAt + j] += dy[dyAt + j] * n;
      sums[sumsAt + c + j] += dy[dyAt + j];
    }
    for (int j = 0; j < c; j++) {
      double n = (x[xAt + j] - mean) * inverse;
      float g = gain[gainAt + j] * dy[dyAt + j];
      dx[dxAt + j] = (float) ((g - sum / c - n * dot / c) * inverse);
    }
  }

  @Override
  public float rmsNorm(
      float[] x, int xAt, float[] gain, int gainAt, float[] y, int yAt, int c, float epsilon) {
    double squares = 0;
    for (int j = 0; j < c; j++) {
      squares += (double) x[xAt + j] * x[xAt + j];
    }
    float inverse = (float) (1 / Math.sqrt(squares / c + epsilon));
    for (int j = 0; j < c; j++) {
      y[yAt + j] = gain[gainAt + j] * (x[xAt + j] * inverse);
    }
    return inverse;
  }

  @Override
  public void rmsNormBackward(
      float[] dy,
      int dyAt,
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] dx,
      int dxAt,
      float[] sums,
      int sumsAt,
      int c,
      float inverse) {
    double dot = 0;
    for (int j = 0; j < c; j++) {
      float n = x[xAt + j] * inverse;
      dot += gain[gainAt + j] * dy[dyAt + j] * n;
      sums[sumsAt + j] += dy[dyAt + j] * n;
    }
    float slope = (float) (dot / c);
    for (int j = 0; j < c; j++) {
      float n = x[xAt + j] * inverse;
      dx[dxAt + j] = (gain[gainAt + j] * dy[dyAt + j] - n * slope) * inverse;
    }
  }

  @Override
  public double softmax(float[] x, int xAt, float[] y, int yAt, int c) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < c; j++) {
      max = x[xAt + j] > max ? x[xAt + j] : max;
    }
    float shift = max == Float.NEGATIVE_INFINITY ? 0 : max;
    double sum = 0;
    for (int j = 0; j < c; j++) {
      float p = (float) Math.exp(x[xAt + j] - shift);
      y[yAt + j] = p;
      sum += p;
    }
    float inverse = sum == 0 ? 0 : (float) (1 / sum);
    for (int j = 0; j < c; j++) {
      y[yAt + j] *= inverse;
    }
    return shift + Math.log(sum);
  }

  @Override
  public void softmaxBackward(
      float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int c) {
    double dot = 0;
    for (int j = 0; j < c; j++) {
      dot += (double) y[yAt + j] * dy[dyAt + j];
    }
    for (int j = 0; j < c; j++) {
      dx[dxAt + j] = y[yAt + j] * (dy[dyAt + j] - (float) dot);
    }
  }

  @Override
  public void rotate(
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int rows,
      int c,
      boolean neighbours,
      float[] cos,
      float[] sin,
      int at,
      float direction) {
    for (int row = 0; row < rows; row++) {
      for (int t = 0; t < c / 2; t++) {
        int first = neighbours ? 2 * t : t;
        int second = neighbours ? 2 * t + 1 : t + c / 2;
        float a = x[xAt + row * c + first];
        float b = x[xAt + row * c + second];
        y[yAt + row * c + first] = a * cos[at + first] + b * (direction * sin[at + first]);
        y[yAt + row * c + second] = b * cos[at + second] + a * (direction * sin[at + second]);
      }
    }
  }
}
