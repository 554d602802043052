package dev.qkv.io;

import dev.qkv.tensor.Tensor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * safetensors: eight bytes of header length, a JSON header, elements. Ranges must lie within the
 * file, one after the other without gap or overlap. Source: the format's README, version 0.4.
 */
final class Safetensors {
  private static final int LONGEST_HEADER = 100_000_000;
  private static final String METADATA = "__metadata__";

  private Safetensors() {}

  /** Where the elements of an array are, counted from the end of the header. */
  private record Range(String name, long begin, long end) {}

  static Map<String, StoredArray> read(Path file) throws IOException {
    long fileSize = Files.size(file);
    byte[] header;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] field = in.readNBytes(Long.BYTES);
      if (field.length < Long.BYTES) {
        throw new InvalidFile("safetensors.short", file, fileSize);
      }
      long length = ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 2 || length > LONGEST_HEADER || length > fileSize - Long.BYTES) {
        throw new InvalidFile(
            "safetensors.header.length",
            file,
            Math.min(LONGEST_HEADER, fileSize - Long.BYTES),
            Long.toUnsignedString(length));
      }
      header = in.readNBytes((int) length);
    }
    Map<String, Map<String, Object>> described =
        HeaderJson.parse(file.toString(), new String(header, StandardCharsets.UTF_8));
    long start = Long.BYTES + (long) header.length;
    Map<String, StoredArray> arrays = new LinkedHashMap<>();
    List<Range> ranges = new ArrayList<>();
    for (Map.Entry<String, Map<String, Object>> entry : described.entrySet()) {
      if (!entry.getKey().equals(METADATA)) {
        arrays.put(entry.getKey(), array(file, entry.getKey(), entry.getValue(), start, ranges));
      }
    }
    ranges.sort(Comparator.comparingLong(Range::begin).thenComparingLong(Range::end));
    long covered = 0;
    for (Range range : ranges) {
      if (range.begin() != covered) {
        throw new InvalidFile("safetensors.ranges", file, range.name(), covered, range.begin());
      }
      covered = range.end();
    }
    if (start + covered != fileSize) {
      throw new InvalidFile("safetensors.size", file, start + covered, fileSize);
    }
    return arrays;
  }

  private static StoredArray array(
      Path file, String name, Map<String, Object> fields, long start, List<Range> ranges)
      throws InvalidFile {
    String where = ArrayName.where(file, name);
    if (!(fields.get("dtype") instanceof String dtype)
        || !(fields.get("shape") instanceof long[] shape)
        || !(fields.get("data_offsets") instanceof long[] offsets)
        || offsets.length != 2
        || fields.size() != 3) {
      throw new InvalidFile("safetensors.fields", where, fields.keySet());
    }
    ElementType type = ElementType.ofSafetensors(dtype).orElse(null);
    if (type == null) {
      throw new InvalidFile("safetensors.type", where, dtype);
    }
    for (long size : shape) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw new InvalidFile("safetensors.shape", where, Arrays.toString(shape));
      }
    }
    int[] sizes = Arrays.stream(shape).mapToInt(size -> (int) size).toArray();
    long bytes = (long) StoredArray.elements(where, sizes) * type.bytes();
    if (offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] - offsets[0] != bytes) {
      throw new InvalidFile("safetensors.offsets", where, bytes, Arrays.toString(offsets));
    }
    ranges.add(new Range(name, offsets[0], offsets[1]));
    long at = start + offsets[0];
    return new StoredArray(
        where,
        type,
        sizes,
        false,
        ByteOrder.LITTLE_ENDIAN,
        () -> openAt(file, at),
        new StoredArray.Backing(bytes, true));
  }

  private static InputStream openAt(Path file, long at) throws IOException {
    InputStream in = Files.newInputStream(file);
    in.skipNBytes(at);
    return in;
  }

  static void write(OutputStream out, Map<String, Tensor> arrays) throws IOException {
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
      long end = at + (long) array.getValue().elements() * Float.BYTES;
      header
          .append(at == 0 && header.length() == 1 ? "" : ",")
          .append(HeaderJson.quoted(array.getKey()))
          .append(":{\"dtype\":\"F32\",\"shape\":")
          .append(Arrays.toString(array.getValue().shape()).replace(" ", ""))
          .append(",\"data_offsets\":[" + at + "," + end + "]}");
      at = end;
    }
    header.append('}');
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-text.length, Long.BYTES);
    ByteBuffer field = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    field.putLong(text.length + padding);
    OutputStream buffered = new BufferedOutputStream(out);
    buffered.write(field.array());
    buffered.write(text);
    buffered.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
    for (Tensor tensor : arrays.values()) {
      Npy.writeFloats(buffered, tensor);
    }
    buffered.flush();
  }
}
