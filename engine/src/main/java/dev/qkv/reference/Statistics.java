package dev.qkv.reference;

import java.util.Random;

/** What scaling is for, measured on random scores. */
public final class Statistics {
  private Statistics() {}

  /**
   * The mean Frobenius norm of the softmax Jacobian of one query against random keys, entries
   * standard normal.
   *
   * @param width d_k, at least 1
   * @param keys number of keys, at least 1
   * @param scaled whether scores are divided by √d_k
   * @param samples number of draws, at least 1
   * @param seed the same seed gives the same number
   * @return the mean norm; it goes to 0 as the softmax saturates
   */
  public static double meanJacobianNorm(
      int width, int keys, boolean scaled, int samples, long seed) {
    Random random = new Random(seed);
    double scale = scaled ? 1 / Math.sqrt(width) : 1;
    double total = 0;
    for (int sample = 0; sample < samples; sample++) {
      double[][] q = normal(1, width, random);
      double[][] k = normal(keys, width, random);
      double[][] s = Matmul.scale(Matmul.product(q, Matmul.transpose(k)), scale);
      total += norm(Softmax.jacobian(Softmax.rows(s)[0]));
    }
    return total / samples;
  }

  private static double[][] normal(int rows, int columns, Random random) {
    double[][] a = new double[rows][columns];
    for (double[] row : a) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return a;
  }

  private static double norm(double[][] a) {
    double sum = 0;
    for (double[] row : a) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }
}
