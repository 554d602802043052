package dev.qkv.io;

import dev.qkv.tensor.Tensor;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * NumPy's .npy: magic, version, header length, header, elements. The header is a Python dictionary
 * of three keys. Source: NumPy Enhancement Proposal 1 and numpy.lib.format, versions 1 to 3.
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int ALIGNMENT = 64;
  private static final int CHUNK_FLOATS = 1 << 16;

  private Npy() {}

  /**
   * Reads the header.
   *
   * @param size of the whole, in bytes
   * @param certain whether so many are there, or only claimed to be
   */
  static StoredArray read(String where, StoredArray.Source file, long size, boolean certain)
      throws IOException {
    try (DataInputStream in = new DataInputStream(file.open())) {
      byte[] start = in.readNBytes(MAGIC.length + 2);
      if (start.length < MAGIC.length + 2
          || !Arrays.equals(MAGIC, Arrays.copyOf(start, MAGIC.length))) {
        throw new InvalidFile("npy.magic", where);
      }
      int version = start[MAGIC.length];
      if (version < 1 || version > 3) {
        throw new InvalidFile("npy.version", where, version);
      }
      int lengthBytes = version == 1 ? 2 : 4;
      byte[] lengthField = Arrays.copyOf(in.readNBytes(lengthBytes), 4);
      long length =
          ByteBuffer.wrap(lengthField).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xFFFFFFFFL;
      if (length > LONGEST_HEADER) {
        throw new InvalidFile("npy.header.length", where, LONGEST_HEADER, length);
      }
      byte[] header = in.readNBytes((int) length);
      if (header.length < length) {
        throw new InvalidFile("npy.header.short", where, length, header.length);
      }
      long offset = MAGIC.length + 2L + lengthBytes + length;
      return parse(
          where,
          new String(header, StandardCharsets.UTF_8),
          () -> skip(file, offset),
          new StoredArray.Backing(size - offset, certain));
    }
  }

  private static InputStream skip(StoredArray.Source file, long offset) throws IOException {
    InputStream in = file.open();
    in.skipNBytes(offset);
    return in;
  }

  private static StoredArray parse(
      String where, String text, StoredArray.Source data, StoredArray.Backing backing)
      throws InvalidFile {
    NpyHeader header = NpyHeader.parse(where, text);
    String descr = header.descr();
    int start = !descr.isEmpty() && "<>|=".indexOf(descr.charAt(0)) >= 0 ? 1 : 0;
    ElementType type = ElementType.ofNumpy(descr.substring(start)).orElse(null);
    if (type == null) {
      throw new InvalidFile("npy.type", where, descr);
    }
    ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new StoredArray(where, type, header.shape(), header.fortran(), order, data, backing);
  }

  static void write(OutputStream out, Tensor tensor) throws IOException {
    String sizes =
        Arrays.stream(tensor.shape()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String comma = tensor.rank() == 1 ? "," : "";
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + comma + "), }";
    int fixed = MAGIC.length + 4;
    int padding = Math.floorMod(-(fixed + header.length() + 1), ALIGNMENT);
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    out.write(MAGIC);
    out.write(new byte[] {1, 0, (byte) text.length, (byte) (text.length >> 8)});
    out.write(text);
    writeFloats(out, tensor);
  }

  /** The elements in the order of their indices, little-endian. */
  static void writeFloats(OutputStream out, Tensor tensor) throws IOException {
    float[] data = tensor.toArray();
    ByteBuffer buffer =
        ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < data.length; i++) {
      buffer.putFloat(data[i]);
      if (!buffer.hasRemaining() || i == data.length - 1) {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
    }
  }
}
