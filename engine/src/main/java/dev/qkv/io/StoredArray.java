package dev.qkv.io;

import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;
import java.util.zip.ZipException;

/** An array in a file: its type and shape are known, its elements are read when asked for. */
public final class StoredArray {
  private static final int CHUNK_BYTES = 1 << 20;

  /** Opens the file where the elements start. */
  interface Source {
    InputStream open() throws IOException;
  }

  /** Takes one element from the buffer. */
  private interface Taker {
    void take(ByteBuffer from, int index) throws IOException;
  }

  private final String where;
  private final ElementType type;
  private final int[] shape;
  private final boolean fortran;
  private final ByteOrder order;
  private final Source source;

  StoredArray(
      String where,
      ElementType type,
      int[] shape,
      boolean fortran,
      ByteOrder order,
      Source source) {
    this.where = where;
    this.type = type;
    this.shape = shape;
    this.fortran = fortran;
    this.order = order;
    this.source = source;
  }

  /**
   * The type of the elements.
   *
   * @return as stored
   */
  public ElementType type() {
    return type;
  }

  /**
   * The sizes.
   *
   * @return a copy
   */
  public int[] shape() {
    return shape.clone();
  }

  /** The number of elements, if Java can hold so many. */
  static int elements(String where, int[] shape) throws InvalidFile {
    long product = 1;
    boolean empty = false;
    for (int size : shape) {
      empty |= size == 0;
    }
    for (int size : shape) {
      product = empty ? 0 : product * size;
      if (product > Integer.MAX_VALUE - 8) {
        throw new InvalidFile("array.elements", where, shape, Integer.MAX_VALUE - 8);
      }
    }
    return (int) product;
  }

  /**
   * The elements as float32.
   *
   * @return a tensor of the same shape; Fortran order becomes strides
   * @throws InvalidFile if the elements are no floats, the file ends early or memory is too small
   * @throws IOException if the file cannot be read
   */
  public Tensor floats() throws IOException {
    if (!type.isFloat()) {
      throw new InvalidFile("array.float", where, type);
    }
    float[] data = allocate(Float.BYTES, float[]::new);
    read((from, i) -> data[i] = type.readFloat(from));
    return Tensor.view(data, 0, shape, strides());
  }

  /**
   * The elements as booleans.
   *
   * @return a tensor of the same shape
   * @throws InvalidFile if the elements are no booleans, the file ends early or memory is too small
   * @throws IOException if the file cannot be read
   */
  public BooleanTensor booleans() throws IOException {
    if (type != ElementType.BOOL) {
      throw new InvalidFile("array.bool", where, type);
    }
    if (fortran && shape.length > 1) {
      throw new InvalidFile("array.fortran", where);
    }
    boolean[] data = allocate(1, boolean[]::new);
    read(
        (from, i) -> {
          byte value = from.get();
          if (value < 0 || value > 1) {
            throw new InvalidFile("array.bool.value", where, value);
          }
          data[i] = value == 1;
        });
    return BooleanTensor.of(data, shape);
  }

  /**
   * The elements of a list of whole numbers.
   *
   * @return one int for each element
   * @throws InvalidFile if the elements are no whole numbers that an int can hold, the array has
   *     more than one axis, the file ends early or memory is too small
   * @throws IOException if the file cannot be read
   */
  public int[] ints() throws IOException {
    if (type.isFloat() || type == ElementType.BOOL || shape.length != 1) {
      throw new InvalidFile("array.ints", where, type, shape);
    }
    int[] data = allocate(Integer.BYTES, int[]::new);
    read(
        (from, i) -> {
          long value = type.readLong(from);
          if (value != (int) value) {
            throw new InvalidFile("array.int.range", where, value);
          }
          data[i] = (int) value;
        });
    return data;
  }

  private int[] strides() {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int n = 0; n < shape.length; n++) {
      int axis = fortran ? n : shape.length - 1 - n;
      strides[axis] = stride;
      stride *= Math.max(1, shape[axis]);
    }
    return strides;
  }

  /** An array for the elements, if the memory that is left has room for it. */
  private <T> T allocate(int bytesEach, IntFunction<T> array) throws InvalidFile {
    int elements = elements(where, shape);
    try {
      return array.apply(elements);
    } catch (OutOfMemoryError e) {
      // How much is free is known now only: what was counted before could be garbage.
      Runtime runtime = Runtime.getRuntime();
      long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
      long needed = (long) elements * bytesEach;
      throw new InvalidFile("array.memory", where, shape, needed >> 20, free >> 20);
    }
  }

  private void read(Taker taker) throws IOException {
    long left = (long) elements(where, shape) * type.bytes();
    int next = 0;
    byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, left)];
    try (InputStream in = source.open()) {
      while (left > 0) {
        int want = (int) Math.min(chunk.length, left);
        int got = in.readNBytes(chunk, 0, want);
        if (got < want) {
          throw new InvalidFile("array.short", where, left, got);
        }
        ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, got).order(order);
        while (buffer.hasRemaining()) {
          taker.take(buffer, next++);
        }
        left -= got;
      }
    } catch (EOFException | ZipException e) {
      throw new InvalidFile("array.damaged", where, String.valueOf(e.getMessage()));
    }
  }
}
