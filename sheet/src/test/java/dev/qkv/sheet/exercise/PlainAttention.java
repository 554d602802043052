package dev.qkv.sheet.exercise;

import java.util.function.DoubleUnaryOperator;

/** One head with plain loops, right or with one thing wrong, without the formula sheet. */
final class PlainAttention {
  final double[][] s;
  final double[][] masked;
  final double[][] a;
  final double[][] z;

  /** The last key that query 0 sees; more keys than there are for no mask. */
  PlainAttention(String wrong, int diagonal, double[][] q, double[][] k, double[][] v) {
    int n = q.length;
    int m = k.length;
    int d = q[0].length;
    s = new double[n][m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        double dot = 0;
        for (int c = 0; c < d; c++) {
          dot += q[i][c] * k[j][c];
        }
        s[i][j] =
            switch (wrong) {
              case "SCALE.MISSING" -> dot;
              case "SCALE.DK", "SCALE.TWICE" -> dot / d;
              case "SCALE.SEQUENCE" -> dot / Math.sqrt(m);
              default -> dot / Math.sqrt(d);
            };
      }
    }
    masked = new double[n][m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        boolean hidden = j > i + diagonal;
        masked[i][j] =
            !hidden || wrong.equals("MASK.NONE")
                ? s[i][j]
                : wrong.equals("MASK.ZERO") ? 0 : Double.NEGATIVE_INFINITY;
      }
    }
    DoubleUnaryOperator power =
        switch (wrong) {
          case "SOFTMAX.BASE2" -> x -> Math.pow(2, x);
          case "SOFTMAX.BASE10" -> x -> Math.pow(10, x);
          case "SOFTMAX.LINEAR" -> x -> x == Double.NEGATIVE_INFINITY ? 0 : x;
          default -> Math::exp;
        };
    a = new double[n][m];
    double all = 0;
    double[] byRow = new double[n];
    double[] byColumn = new double[m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        a[i][j] = power.applyAsDouble(masked[i][j]);
        all += a[i][j];
        byRow[i] += a[i][j];
        byColumn[j] += a[i][j];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        a[i][j] /=
            switch (wrong) {
              case "SOFTMAX.COLUMNS" -> byColumn[j];
              case "SOFTMAX.GLOBAL" -> all;
              default -> byRow[i];
            };
      }
    }
    z = new double[n][v[0].length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        for (int c = 0; c < v[0].length; c++) {
          z[i][c] += a[i][j] * v[j][c];
        }
      }
    }
  }
}
