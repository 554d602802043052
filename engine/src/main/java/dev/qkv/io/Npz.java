package dev.qkv.io;

import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** NumPy's .npz: a zip file of .npy files. */
final class Npz {
  private static final String ENDING = ".npy";
  private static final int MOST_ENTRIES = 10_000;
  // Deflate reaches 1032 : 1 at most; more is a lie about sizes.
  private static final long STRONGEST_COMPRESSION = 1032;
  // Numbers are not compressed by so much; a mask of nothing but zeros is, and is not so large.
  private static final long STRONG_COMPRESSION = 100;
  private static final long MUCH = 1L << 28;

  private Npz() {}

  static Map<String, StoredArray> read(Path file) throws IOException {
    Map<String, StoredArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      if (entries.size() > MOST_ENTRIES) {
        throw new InvalidFile("npz.entries", file, MOST_ENTRIES, entries.size());
      }
      claims(file, entries);
      for (ZipEntry entry : entries) {
        String name = entry.getName();
        if (!name.endsWith(ENDING)) {
          continue;
        }
        String where = ArrayName.where(file, name);
        long size = entry.getSize();
        boolean stored = entry.getMethod() == ZipEntry.STORED;
        StoredArray array = Npy.read(where, () -> open(file, where, name), size, stored);
        // The checksum is that of all bytes, which are then not all read.
        if (array.surplus() != 0) {
          throw new InvalidFile("npz.extra", where, array.surplus());
        }
        String key = name.substring(0, name.length() - ENDING.length());
        if (arrays.put(key, array) != null) {
          throw new InvalidFile("npz.twice", file, key);
        }
      }
    }
    return arrays;
  }

  /** That the directory's claims can be true, and do not make much of little. */
  private static void claims(Path file, List<? extends ZipEntry> entries) throws IOException {
    long fileSize = Files.size(file);
    long compressed = 0;
    long whole = 0;
    for (ZipEntry entry : entries) {
      if (entry.getSize() < 0
          || entry.getSize() > (entry.getCompressedSize() + 1) * STRONGEST_COMPRESSION) {
        throw new InvalidFile(
            "npz.size", file, entry.getName(), entry.getSize(), entry.getCompressedSize());
      }
      compressed += entry.getCompressedSize();
      whole += entry.getSize();
      // Entries that share bytes of the file hold more than it.
      if (compressed > fileSize) {
        throw new InvalidFile("npz.compressed", file, fileSize, compressed);
      }
    }
    long most = Math.max(MUCH, fileSize * STRONG_COMPRESSION);
    if (whole > most) {
      throw new InvalidFile("npz.bomb", file, most >> 20, whole >> 20);
    }
  }

  /** An entry of the file, which is opened for it and closed with it. */
  private static InputStream open(Path file, String where, String name) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    try {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new InvalidFile("array.damaged", where, name);
      }
      return new Entry(where, zip, entry);
    } catch (IOException e) {
      try (zip) {
        throw e;
      }
    }
  }

  /** The bytes of an entry; the last of them come only if the checksum is right. */
  private static final class Entry extends CheckedInputStream {
    private final String where;
    private final ZipFile zip;
    private final ZipEntry entry;
    private long left;

    Entry(String where, ZipFile zip, ZipEntry entry) throws IOException {
      super(zip.getInputStream(entry), new CRC32());
      this.where = where;
      this.zip = zip;
      this.entry = entry;
      this.left = entry.getSize();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int got = super.read(to, offset, (int) Math.min(length, left));
      left -= Math.max(0, got);
      if (left == 0 && getChecksum().getValue() != entry.getCrc()) {
        throw new InvalidFile("npz.checksum", where);
      }
      return got == 0 && length > 0 ? -1 : got;
    }

    @Override
    public void close() throws IOException {
      try (zip) {
        super.close();
      }
    }
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
