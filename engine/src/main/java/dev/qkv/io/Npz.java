package dev.qkv.io;

import dev.qkv.tensor.Tensor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** NumPy's .npz: a zip file of .npy files. */
final class Npz {
  private static final String ENDING = ".npy";
  private static final int MOST_ENTRIES = 10_000;
  // Deflate reaches 1032 : 1 at most; more is a lie about sizes.
  private static final long STRONGEST_COMPRESSION = 1032;

  private Npz() {}

  static Map<String, StoredArray> read(Path file) throws IOException {
    Map<String, StoredArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      if (entries.size() > MOST_ENTRIES) {
        throw new InvalidFile("npz.entries", file, MOST_ENTRIES, entries.size());
      }
      for (ZipEntry entry : entries) {
        String name = entry.getName();
        if (!name.endsWith(ENDING)) {
          continue;
        }
        String where = file + ":" + name;
        StoredArray array = Npy.read(where, () -> open(file, name));
        long bytes = (long) StoredArray.elements(where, array.shape()) * array.type().bytes();
        if (entry.getSize() < bytes
            || bytes > (entry.getCompressedSize() + 1) * STRONGEST_COMPRESSION) {
          throw new InvalidFile("npz.size", where, bytes, entry.getSize());
        }
        String key = name.substring(0, name.length() - ENDING.length());
        if (arrays.put(key, array) != null) {
          throw new InvalidFile("npz.twice", file, key);
        }
      }
    }
    return arrays;
  }

  /** An entry of the file, which is opened for it and closed with it. */
  private static InputStream open(Path file, String name) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    ZipEntry entry = zip.getEntry(name);
    InputStream in = entry == null ? InputStream.nullInputStream() : zip.getInputStream(entry);
    return new FilterInputStream(in) {
      @Override
      public void close() throws IOException {
        try (zip) {
          super.close();
        }
      }
    };
  }

  static void write(OutputStream out, Map<String, Tensor> arrays) throws IOException {
    // Not closed: the file below it is not ready then.
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
      zip.putNextEntry(new ZipEntry(array.getKey() + ENDING));
      Npy.write(zip, array.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }
}
