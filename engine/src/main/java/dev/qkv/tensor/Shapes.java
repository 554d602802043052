package dev.qkv.tensor;

import java.util.Arrays;

/** Rules that every shape obeys. */
final class Shapes {
  private Shapes() {}

  /** The number of elements, which must be an int. */
  static int elements(String operation, int[] shape) {
    long product = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new InvalidArgument("tensor.negative", operation, shape, size);
      }
    }
    for (int size : shape) {
      if (size == 0) {
        return 0;
      }
    }
    for (int size : shape) {
      product *= size;
      if (product > Integer.MAX_VALUE) {
        throw new InvalidArgument("tensor.overflow", operation, shape, Integer.MAX_VALUE);
      }
    }
    return (int) product;
  }

  /** Strides with which the last axis varies fastest. */
  static int[] rowMajor(int[] shape) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(1, shape[axis]);
    }
    return strides;
  }

  /** The place of an index. */
  static int place(int offset, int[] shape, int[] strides, int[] index) {
    if (index.length != shape.length) {
      throw new InvalidArgument("tensor.rank", "tensor", "index", shape.length, index.length);
    }
    int place = offset;
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= shape[axis]) {
        throw new IndexOutOfBoundsException(
            "tensor: index " + Arrays.toString(index) + " outside shape " + Arrays.toString(shape));
      }
      place += index[axis] * strides[axis];
    }
    return place;
  }
}
