package dev.qkv.tensor;

/** Booleans with a shape, the last axis varying fastest. */
public final class BooleanTensor {
  private final boolean[] data;
  private final int[] shape;

  private BooleanTensor(boolean[] data, int[] shape) {
    this.data = data;
    this.shape = shape;
  }

  /**
   * An array seen with a shape.
   *
   * @param data not copied
   * @param shape its sizes
   * @return the view
   * @throws InvalidArgument if the shape has another number of elements than the array
   */
  public static BooleanTensor of(boolean[] data, int... shape) {
    int[] own = shape.clone();
    int elements = Shapes.elements("tensor", own);
    if (elements != data.length) {
      throw new InvalidArgument("tensor.elements", "tensor", own, elements, data.length);
    }
    return new BooleanTensor(data, own);
  }

  /**
   * The array behind the view, not a copy.
   *
   * @return the caller's own array
   */
  public boolean[] data() {
    return data;
  }

  /**
   * How many axes there are.
   *
   * @return 0 or more
   */
  public int rank() {
    return shape.length;
  }

  /**
   * The size of an axis.
   *
   * @param axis from 0
   * @return its size
   */
  public int size(int axis) {
    return shape[axis];
  }

  /**
   * One element.
   *
   * @param index one number for each axis
   * @return its value
   * @throws IndexOutOfBoundsException if the index is outside the shape
   */
  public boolean get(int... index) {
    return data[Shapes.place(0, shape, Shapes.rowMajor(shape), index)];
  }

  /**
   * The sizes.
   *
   * @return a copy
   */
  public int[] shape() {
    return shape.clone();
  }
}
