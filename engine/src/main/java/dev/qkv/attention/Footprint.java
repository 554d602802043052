package dev.qkv.attention;

import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;

/** Which places of an array elements take. Nothing is allocated. */
final class Footprint {
  private static final int AXES = 4;

  private Footprint() {}

  /**
   * Whether elements may share a place. None do where each stride steps past all that the axes with
   * smaller strides reach; other layouts without sharing exist, but nobody needs them.
   */
  static boolean repeats(Layout layout) {
    boolean repeats = false;
    for (int a = 0; a < AXES; a++) {
      long reach = 0;
      for (int b = 0; b < AXES; b++) {
        boolean smaller =
            stride(layout, b) < stride(layout, a)
                || (stride(layout, b) == stride(layout, a) && b > a);
        if (smaller && size(layout, b) > 1) {
          reach += (size(layout, b) - 1L) * stride(layout, b);
        }
      }
      repeats |= size(layout, a) > 1 && stride(layout, a) <= reach;
    }
    return repeats;
  }

  private static int size(Layout layout, int axis) {
    return switch (axis) {
      case 0 -> layout.batches();
      case 1 -> layout.heads();
      case 2 -> layout.length();
      default -> layout.dim();
    };
  }

  private static int stride(Layout layout, int axis) {
    return switch (axis) {
      case 0 -> layout.batchStride();
      case 1 -> layout.headStride();
      case 2 -> layout.rowStride();
      default -> layout.columnStride();
    };
  }

  /** Whether a tensor is its whole array in the order of its indices. */
  static boolean isWhole(Tensor tensor) {
    long step = 1;
    boolean ordered = true;
    for (int axis = tensor.rank() - 1; axis >= 0; axis--) {
      ordered &= tensor.size(axis) < 2 || tensor.stride(axis) == step;
      step *= tensor.size(axis);
    }
    return step == 0
        ? tensor.data().length == 0
        : ordered && tensor.offset() == 0 && step == tensor.data().length;
  }

  /** One past the last place of a tensor's elements; its offset where there are none. */
  static long end(Tensor tensor) {
    long end = tensor.offset() + 1L;
    for (int axis = 0; axis < tensor.rank(); axis++) {
      if (tensor.size(axis) == 0) {
        return tensor.offset();
      }
      end += (tensor.size(axis) - 1L) * tensor.stride(axis);
    }
    return end;
  }

  /** Whether two tensors may have places in common. */
  static boolean meet(Tensor a, Tensor b) {
    return same(a.data(), b.data()) && a.offset() < end(b) && b.offset() < end(a);
  }

  /** Whether elements of two arrays may have places in common. */
  static boolean meet(float[] a, Layout aLayout, float[] b, Layout bLayout) {
    return same(a, b) && aLayout.offset() < bLayout.end() && bLayout.offset() < aLayout.end();
  }

  /** Whether a tensor and elements of an array may have places in common. */
  static boolean meets(Tensor a, float[] b, Layout layout) {
    return same(a.data(), b) && a.offset() < layout.end() && layout.offset() < end(a);
  }

  /** Whether two arrays are one. */
  @SuppressWarnings("ReferenceEquality")
  static boolean same(float[] a, float[] b) {
    return a == b;
  }
}
