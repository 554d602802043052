package dev.qkv.app.cli;

import dev.qkv.tensor.AxisOrder;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The definition's float64 numbers in the place of the engine's, and how far these were off. */
final class ReferenceNumbers {
  private ReferenceNumbers() {}

  /**
   * Replaces a tensor's numbers.
   *
   * @param right (batch, heads, length, dim), the last axis fastest
   * @return the largest difference; NaN if one has a number where the other has none
   */
  static double replace(Tensor tensor, AxisOrder order, double[] right) {
    Layout l = tensor.layout(order);
    double largest = 0;
    int n = 0;
    for (int b = 0; b < l.batches(); b++) {
      for (int h = 0; h < l.heads(); h++) {
        for (int i = 0; i < l.length(); i++) {
          for (int t = 0; t < l.dim(); t++) {
            int place = l.row(b, h, i) + t * l.columnStride();
            largest = Math.max(largest, difference(tensor.data()[place], right[n]));
            tensor.data()[place] = (float) right[n++];
          }
        }
      }
    }
    return largest;
  }

  /** The same for a tensor whose array is nothing but its numbers; 0 without one. */
  static double replace(@Nullable Tensor tensor, double[] right) {
    double largest = 0;
    for (int i = 0; tensor != null && i < right.length; i++) {
      largest = Math.max(largest, difference(tensor.data()[i], right[i]));
      tensor.data()[i] = (float) right[i];
    }
    return largest;
  }

  /** Equal infinities do not differ, nor does NaN from NaN. */
  private static double difference(float got, double right) {
    return Double.compare(got, right) == 0 ? 0 : Math.abs(got - right);
  }
}
