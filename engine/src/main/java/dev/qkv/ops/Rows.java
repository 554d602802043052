package dev.qkv.ops;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;

/** What operations on rows have in common. */
final class Rows {
  private Rows() {}

  /** How many rows a tensor has: the product of all sizes but the last. */
  static int of(Tensor tensor) {
    long rows = 1;
    for (int axis = 0; axis < tensor.rank() - 1; axis++) {
      rows = Math.min(rows * tensor.size(axis), 1L << 31);
    }
    if (rows > Integer.MAX_VALUE) {
      // Rows of no numbers: there may be more than an int can count.
      throw new InvalidArgument("tensor.overflow", "rows", tensor.shape(), Integer.MAX_VALUE);
    }
    return (int) rows;
  }

  /** The size of the last axis. */
  static int width(String operation, Tensor tensor) {
    if (tensor.rank() == 0) {
      throw new InvalidArgument("tensor.rank", operation, "x", "1 or more", 0);
    }
    return tensor.size(tensor.rank() - 1);
  }

  static void same(String operation, String name, Tensor tensor, int... shape) {
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new InvalidArgument("ops.shape", operation, name, tensor.shape(), shape);
    }
  }

  /** That a tensor has so many rows of a width; allocates nothing. */
  static void matrix(String operation, String name, Tensor tensor, int rows, int width) {
    if (tensor.rank() != 2 || tensor.size(0) != rows || tensor.size(1) != width) {
      int[] shape = {rows, width};
      throw new InvalidArgument("ops.shape", operation, name, tensor.shape(), shape);
    }
  }

  /** That a tensor has one axis of a width. */
  static void vector(String operation, String name, Tensor tensor, int width) {
    if (tensor.rank() != 1 || tensor.size(0) != width) {
      throw new InvalidArgument("ops.shape", operation, name, tensor.shape(), new int[] {width});
    }
  }

  /** That a tensor has the shape of another; allocates nothing. */
  static void same(String operation, String name, Tensor tensor, Tensor like) {
    boolean same = tensor.rank() == like.rank();
    for (int axis = 0; same && axis < like.rank(); axis++) {
      same = tensor.size(axis) == like.size(axis);
    }
    if (!same) {
      throw new InvalidArgument("ops.shape", operation, name, tensor.shape(), like.shape());
    }
  }

  /** Whether two arrays are one. */
  @SuppressWarnings("ReferenceEquality")
  static boolean same(float[] a, float[] b) {
    return a == b;
  }

  /** The tensor itself where its elements lie in order, else a copy. */
  static Tensor dense(Tensor tensor) {
    return tensor.isDense() ? tensor : tensor.contiguous();
  }

  /** Writes the numbers from {@code at} to the elements of a tensor, in order or of rank 1. */
  static void copy(float[] from, int at, Tensor to) {
    if (to.isDense()) {
      System.arraycopy(from, at, to.data(), to.offset(), to.elements());
      return;
    }
    for (int j = 0; j < to.size(0); j++) {
      to.data()[to.offset() + j * to.stride(0)] = from[at + j];
    }
  }

  /** That every id is the number of one of so many. */
  static void ids(String operation, String name, int[] ids, int count) {
    for (int id : ids) {
      if (id < 0 || id >= count) {
        throw new InvalidArgument("ops.class", operation, name, count - 1, id);
      }
    }
  }
}
