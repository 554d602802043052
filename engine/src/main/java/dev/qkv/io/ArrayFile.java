package dev.qkv.io;

import dev.qkv.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * A file of arrays, its format told by its name: {@code .npy}, {@code .npz}, {@code .safetensors}.
 *
 * {@snippet file="dev/qkv/io/ArrayFileSnippetsTest.java" region="file"}
 */
public final class ArrayFile {
  /** The name of the one array of a {@code .npy} file. */
  public static final String ONLY = "array";

  private ArrayFile() {}

  private enum Format {
    NPY,
    NPZ,
    SAFETENSORS
  }

  private static Format format(Path file) throws InvalidFile {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      return Format.NPY;
    }
    if (name.endsWith(".npz")) {
      return Format.NPZ;
    }
    if (name.endsWith(".safetensors")) {
      return Format.SAFETENSORS;
    }
    throw new InvalidFile("file.format", file);
  }

  /**
   * Reads the headers of a file.
   *
   * @param file the file
   * @return its arrays by name, in the order of the file; a {@code .npy} file has one, named {@link
   *     #ONLY}
   * @throws InvalidFile if it breaks a rule of its format, or has another name ending
   * @throws IOException if it cannot be read
   */
  public static Map<String, StoredArray> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new InvalidFile("file.missing", file);
    }
    if (Files.isDirectory(file)) {
      throw new InvalidFile("file.folder", file);
    }
    try {
      return switch (format(file)) {
        case NPY -> {
          String where = String.valueOf(file);
          long size = Files.size(file);
          yield Map.of(ONLY, Npy.read(where, () -> Files.newInputStream(file), size, true));
        }
        case NPZ -> Npz.read(file);
        case SAFETENSORS -> Safetensors.read(file);
      };
    } catch (EOFException | ZipException e) {
      throw new InvalidFile("array.damaged", file, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Finds out before long work whether its result has somewhere to go.
   *
   * @param file what {@link #write} will be asked to write
   * @throws InvalidFile if its name has another ending, or its folder does not exist
   */
  public static void check(Path file) throws InvalidFile {
    format(file);
    checkFolder(file);
  }

  private static void checkFolder(Path file) throws InvalidFile {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidFile("file.nofolder", file);
    }
  }

  /**
   * Writes float32 arrays. The file appears whole or not at all, see {@link WholeFile}: what was
   * there before stays if writing fails.
   *
   * @param file its name tells the format
   * @param arrays by name; exactly one for {@code .npy}
   * @throws InvalidFile if the name has another ending, or {@code .npy} should hold several arrays
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Map<String, Tensor> arrays) throws IOException {
    Format format = format(file);
    if (format == Format.NPY && arrays.size() != 1) {
      throw new InvalidFile("file.one", file, arrays.size());
    }
    checkFolder(file);
    WholeFile.replace(
        file,
        out -> {
          switch (format) {
            case NPY -> Npy.write(out, arrays.values().iterator().next());
            case NPZ -> Npz.write(out, arrays);
            case SAFETENSORS -> Safetensors.write(out, arrays);
          }
        });
  }
}
