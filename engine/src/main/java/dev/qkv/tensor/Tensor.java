package dev.qkv.tensor;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A float32 array with a shape: a view over a {@code float[]} that belongs to the caller. Element
 * (i₀, i₁, …) lies at {@code offset + Σ iₐ·strideₐ}. The view is immutable, the numbers are not: a
 * write to the array shows in every view of it.
 *
 * {@snippet file="dev/qkv/tensor/TensorSnippetsTest.java" region="parts"}
 */
public final class Tensor {
  private final float[] data;
  private final int offset;
  private final int[] shape;
  private final int[] strides;
  // Made when first asked for, so that a call of attention allocates nothing.
  private @Nullable Layout headsFirst;
  private @Nullable Layout lengthFirst;

  private Tensor(float[] data, int offset, int[] shape, int[] strides) {
    this.data = data;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }

  /**
   * A new tensor of zeros, the last axis varying fastest.
   *
   * @param shape its sizes; a size may be 0
   * @return the tensor
   * @throws InvalidArgument if a size is negative or the number of elements is no int
   */
  public static Tensor zeros(int... shape) {
    int[] own = shape.clone();
    return new Tensor(new float[Shapes.elements("tensor", own)], 0, own, Shapes.rowMajor(own));
  }

  /**
   * An array seen with a shape, the last axis varying fastest.
   *
   * @param data not copied
   * @param shape its sizes
   * @return the view
   * @throws InvalidArgument if the shape has another number of elements than the array
   */
  public static Tensor of(float[] data, int... shape) {
    int[] own = shape.clone();
    int elements = Shapes.elements("tensor", own);
    if (elements != data.length) {
      throw new InvalidArgument("tensor.elements", "tensor", own, elements, data.length);
    }
    return new Tensor(data, 0, own, Shapes.rowMajor(own));
  }

  /**
   * Part of an array, in any order.
   *
   * {@snippet file="dev/qkv/tensor/TensorSnippetsTest.java" region="view"}
   *
   * @param data not copied
   * @param offset place of the first element
   * @param shape sizes
   * @param strides for each axis, how far one step goes; 0 repeats the same elements
   * @return the view
   * @throws InvalidArgument if shape and strides differ in length, a size or stride is negative, or
   *     an element lies outside the array
   */
  public static Tensor view(float[] data, int offset, int[] shape, int[] strides) {
    int[] ownShape = shape.clone();
    int[] ownStrides = strides.clone();
    if (ownShape.length != ownStrides.length) {
      throw new InvalidArgument(
          "tensor.rank", "tensor", "strides", ownShape.length, ownStrides.length);
    }
    int elements = Shapes.elements("tensor", ownShape);
    long last = offset;
    for (int axis = 0; axis < ownShape.length; axis++) {
      if (ownStrides[axis] < 0) {
        throw new InvalidArgument("tensor.stride", "tensor", ownStrides, ownStrides[axis]);
      }
      last += (ownShape[axis] - 1L) * ownStrides[axis];
    }
    if (offset < 0 || (elements > 0 && last >= data.length)) {
      throw new InvalidArgument(
          "tensor.outside", "tensor", offset, last, ownShape, ownStrides, data.length);
    }
    return new Tensor(data, offset, ownShape, ownStrides);
  }

  /**
   * The array behind the view, not a copy.
   *
   * @return the caller's own array
   */
  public float[] data() {
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
   * The sizes.
   *
   * @return a copy
   */
  public int[] shape() {
    return shape.clone();
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
   * How far one step along an axis goes in the array.
   *
   * @param axis from 0
   * @return its stride
   */
  public int stride(int axis) {
    return strides[axis];
  }

  /**
   * The place of the first element in the array.
   *
   * @return its index
   */
  public int offset() {
    return offset;
  }

  /**
   * The number of elements.
   *
   * @return the product of the sizes
   */
  public int elements() {
    return Shapes.elements("tensor", shape);
  }

  /**
   * One element.
   *
   * @param index one number for each axis
   * @return its value
   * @throws IndexOutOfBoundsException if the index is outside the shape
   */
  public float get(int... index) {
    return data[Shapes.place(offset, shape, strides, index)];
  }

  /**
   * Changes one element.
   *
   * @param value the new value
   * @param index one number for each axis
   * @throws IndexOutOfBoundsException if the index is outside the shape
   */
  public void set(float value, int... index) {
    data[Shapes.place(offset, shape, strides, index)] = value;
  }

  /**
   * The same elements with two axes exchanged; nothing is copied.
   *
   * @param a an axis
   * @param b another
   * @return the view
   */
  public Tensor transposed(int a, int b) {
    int[] newShape = shape.clone();
    int[] newStrides = strides.clone();
    newShape[a] = shape[b];
    newShape[b] = shape[a];
    newStrides[a] = strides[b];
    newStrides[b] = strides[a];
    return new Tensor(data, offset, newShape, newStrides);
  }

  /**
   * The part of the tensor where an axis runs over [from, to); nothing is copied.
   *
   * @param axis from 0
   * @param from first index
   * @param to one past the last
   * @return the view
   * @throws IndexOutOfBoundsException if the range is outside the axis
   */
  public Tensor slice(int axis, int from, int to) {
    Objects.checkFromToIndex(from, to, shape[axis]);
    int[] newShape = shape.clone();
    newShape[axis] = to - from;
    return new Tensor(data, to == from ? offset : offset + from * strides[axis], newShape, strides);
  }

  /**
   * Whether the elements lie one after the other in the order of their indices.
   *
   * @return true also where there are none
   */
  public boolean isDense() {
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] != 1 && strides[axis] != stride) {
        return elements() == 0;
      }
      stride *= shape[axis];
    }
    return true;
  }

  /**
   * Whether this tensor's places from its first element to its last meet those of another in one
   * array. Views that lie between each other meet, too.
   *
   * @param other any tensor
   * @return false where one has no elements
   */
  @SuppressWarnings("ReferenceEquality")
  public boolean meets(Tensor other) {
    return data == other.data
        && elements() > 0
        && other.elements() > 0
        && offset < other.end()
        && other.offset < end();
  }

  /** One past the last place. */
  private int end() {
    int last = offset;
    for (int axis = 0; axis < shape.length; axis++) {
      last += (shape[axis] - 1) * strides[axis];
    }
    return last + 1;
  }

  /**
   * The elements in the order of their indices, the last axis fastest.
   *
   * @return a new array
   */
  public float[] toArray() {
    if (Arrays.equals(strides, Shapes.rowMajor(shape))) {
      return Arrays.copyOfRange(data, offset, offset + elements());
    }
    float[] copy = new float[elements()];
    int[] index = new int[shape.length];
    for (int at = 0; at < copy.length; at++) {
      copy[at] = data[Shapes.place(offset, shape, strides, index)];
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return copy;
  }

  /**
   * The same elements as a whole array in the order of their indices: this tensor where it is one
   * already, else a copy.
   *
   * @return a tensor whose {@link #data()} are its elements and nothing else
   */
  public Tensor contiguous() {
    boolean whole = offset == 0 && elements() == data.length;
    return whole && Arrays.equals(strides, Shapes.rowMajor(shape)) ? this : of(toArray(), shape);
  }

  /**
   * The same elements with other sizes.
   *
   * @param newShape as many elements; one size may be −1 and follows from the others
   * @return a view where {@link #contiguous} needs no copy
   * @throws InvalidArgument if the number of elements differs
   */
  public Tensor reshape(int... newShape) {
    int[] sizes = newShape.clone();
    int known = 1;
    int open = -1;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] == -1) {
        open = axis;
      } else {
        known *= sizes[axis];
      }
    }
    if (open >= 0) {
      sizes[open] = known == 0 ? 0 : elements() / known;
    }
    return of(contiguous().data, sizes);
  }

  /**
   * The tensor as the four axes of attention. Missing ones have size 1: rank 2 is (length, dim),
   * rank 3 lacks the batch.
   *
   * @param order which axes the last four are
   * @return where they are in the array; the same object every time
   * @throws InvalidArgument if the rank is not 2, 3 or 4
   */
  public Layout layout(AxisOrder order) {
    Layout known = order == AxisOrder.BHLD ? headsFirst : lengthFirst;
    if (known != null) {
      return known;
    }
    Layout made = order.layout(offset, shape, strides);
    if (order == AxisOrder.BHLD) {
      headsFirst = made;
    } else {
      lengthFirst = made;
    }
    return made;
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
