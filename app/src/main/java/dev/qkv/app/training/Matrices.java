package dev.qkv.app.training;

import dev.qkv.tensor.Tensor;

/** Matrices out of tensors, as pictures take them. */
final class Matrices {
  private Matrices() {}

  /** The matrix of the last two axes, at given indices of those before. */
  static double[][] of(Tensor tensor, int... at) {
    Tensor matrix = tensor;
    for (int axis = 0; axis < at.length; axis++) {
      matrix = matrix.slice(axis, at[axis], at[axis] + 1);
    }
    float[] numbers = matrix.contiguous().data();
    double[][] rows = new double[tensor.size(at.length)][tensor.size(at.length + 1)];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = numbers[i * rows[i].length + j];
      }
    }
    return rows;
  }
}
