package dev.qkv.io;

import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.ZipException;

/** An array in a file: its type and shape are known, its elements are read when asked for. */
public final class StoredArray {
  private static final int CHUNK_BYTES = 1 << 20;

  /** Opens the file where the elements start. */
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * What a file has for the elements.
   *
   * @param bytes how many
   * @param certain whether so many are there, or only claimed to be, as by a zip directory
   */
  record Backing(long bytes, boolean certain) {}

  /** Takes elements. */
  private interface Sink {
    /** Makes room for so many elements, and keeps those that it has. */
    void room(int elements);

    /** Takes element number {@code index} from the buffer. */
    void take(ByteBuffer from, int index) throws IOException;
  }

  private static final class Floats implements Sink {
    private final ElementType type;
    private float[] data = {};

    Floats(ElementType type) {
      this.type = type;
    }

    @Override
    public void room(int elements) {
      data = Arrays.copyOf(data, elements);
    }

    @Override
    public void take(ByteBuffer from, int index) {
      data[index] = type.readFloat(from);
    }
  }

  private final class Booleans implements Sink {
    private boolean[] data = {};

    @Override
    public void room(int elements) {
      data = Arrays.copyOf(data, elements);
    }

    @Override
    public void take(ByteBuffer from, int index) throws InvalidFile {
      byte value = from.get();
      if (value < 0 || value > 1) {
        throw new InvalidFile("array.bool.value", where, value);
      }
      data[index] = value == 1;
    }
  }

  private final class Ints implements Sink {
    private int[] data = {};

    @Override
    public void room(int elements) {
      data = Arrays.copyOf(data, elements);
    }

    @Override
    public void take(ByteBuffer from, int index) throws InvalidFile {
      long value = type.readLong(from);
      if (value != (int) value) {
        throw new InvalidFile("array.int.range", where, value);
      }
      data[index] = (int) value;
    }
  }

  private final String where;
  private final ElementType type;
  private final int[] shape;
  private final boolean fortran;
  private final ByteOrder order;
  private final Source source;
  private final Backing backing;

  /** Bytes of all elements. */
  private final long needed;

  StoredArray(
      String where,
      ElementType type,
      int[] shape,
      boolean fortran,
      ByteOrder order,
      Source source,
      Backing backing)
      throws InvalidFile {
    this.where = where;
    this.type = type;
    this.shape = shape;
    this.fortran = fortran;
    this.order = order;
    this.source = source;
    this.backing = backing;
    this.needed = (long) elements(where, shape) * type.bytes();
    if (needed > backing.bytes()) {
      throw new InvalidFile("array.short", where, needed, backing.bytes());
    }
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

  /** Bytes that the elements leave over. */
  long surplus() {
    return backing.bytes() - needed;
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
    Floats floats = new Floats(type);
    read(floats, Float.BYTES);
    return Tensor.view(floats.data, 0, shape, strides());
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
    Booleans booleans = new Booleans();
    read(booleans, 1);
    return BooleanTensor.of(booleans.data, shape);
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
    Ints ints = new Ints();
    read(ints, Integer.BYTES);
    return ints.data;
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

  private void room(Sink sink, int elements, int bytesEach) throws InvalidFile {
    try {
      sink.room(elements);
    } catch (OutOfMemoryError e) {
      // How much is free is known now only: what was counted before could be garbage.
      Runtime runtime = Runtime.getRuntime();
      long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
      long asked = (long) elements * bytesEach;
      throw new InvalidFile("array.memory", where, shape, asked >> 20, free >> 20);
    }
  }

  /** Reads all elements; where they are only claimed to be there, room grows as they come. */
  private void read(Sink sink, int bytesEach) throws IOException {
    int elements = (int) (needed / type.bytes());
    long left = needed;
    int next = 0;
    byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, left)];
    int room = backing.certain() ? elements : Math.min(elements, chunk.length / type.bytes());
    room(sink, room, bytesEach);
    try (InputStream in = source.open()) {
      while (left > 0) {
        int want = (int) Math.min(chunk.length, left);
        int got = in.readNBytes(chunk, 0, want);
        if (got < want) {
          throw new InvalidFile("array.short", where, left, got);
        }
        if (next + want / type.bytes() > room) {
          room = (int) Math.min(elements, 2L * room);
          room(sink, room, bytesEach);
        }
        ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, got).order(order);
        while (buffer.hasRemaining()) {
          sink.take(buffer, next++);
        }
        left -= got;
      }
    } catch (EOFException | ZipException e) {
      throw new InvalidFile("array.damaged", where, String.valueOf(e.getMessage()));
    }
  }
}
