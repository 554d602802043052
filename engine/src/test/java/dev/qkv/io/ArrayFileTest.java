package dev.qkv.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files from NumPy, files of our own, broken files and malicious ones. */
class ArrayFileTest {
  private static final Path NUMPY = Path.of("src/test/resources/dev/qkv/io");

  @TempDir private Path folder;

  private static StoredArray only(Path file) throws IOException {
    return named(file, ArrayFile.ONLY);
  }

  private static StoredArray named(Path file, String name) throws IOException {
    return Objects.requireNonNull(ArrayFile.read(file).get(name), name);
  }

  private static void eighths(Tensor tensor) {
    assertThat(tensor.shape()).containsExactly(2, 3, 4);
    float[] elements = tensor.toArray();
    for (int i = 0; i < elements.length; i++) {
      assertThat(elements[i]).isEqualTo(i / 8f - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"f4.npy", "f4-fortran.npy", "f2.npy", "f8.npy", "big-endian.npy"})
  void readsWhatNumpySaves(String name) throws IOException {
    eighths(only(NUMPY.resolve(name)).floats());
  }

  @Test
  void readsArchivesBooleansAndWholeNumbers() throws IOException {
    eighths(named(NUMPY.resolve("two.npz"), "q").floats());
    eighths(named(NUMPY.resolve("compressed.npz"), "q").floats());
    assertThat(named(NUMPY.resolve("two.npz"), "lengths").ints()).containsExactly(3, 1);
    assertThat(only(NUMPY.resolve("ints.npy")).ints()).containsExactly(3, 1, 4);
    assertThat(only(NUMPY.resolve("bool.npy")).booleans().data())
        .containsExactly(true, false, false, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.npy", "a.npz", "a.safetensors"})
  void readsWhatItWrote(String name) throws IOException {
    Random random = new Random(7);
    Tensor wide = Tensor.zeros(5, 4, 3);
    for (int i = 0; i < 60; i++) {
      wide.data()[i] = (float) random.nextGaussian();
    }
    for (Tensor tensor :
        new Tensor[] {
          wide.transposed(0, 2).slice(1, 1, 3), Tensor.zeros(0, 3), Tensor.zeros(3), Tensor.zeros()
        }) {
      Path file = folder.resolve(name);
      Map<String, Tensor> arrays = new LinkedHashMap<>();
      arrays.put("größe \"1\"", tensor);
      if (!name.endsWith("npy")) {
        arrays.put("b", wide);
      }
      ArrayFile.write(file, arrays);
      Map<String, StoredArray> read = ArrayFile.read(file);
      assertThat(read).hasSameSizeAs(arrays);
      Tensor back = read.values().iterator().next().floats();
      assertThat(back.shape()).isEqualTo(tensor.shape());
      assertThat(back.toArray()).isEqualTo(tensor.toArray());
      if (!name.endsWith("npy")) {
        assertThat(read.keySet()).isEqualTo(arrays.keySet());
        assertThat(named(file, "b").floats().toArray()).isEqualTo(wide.data());
      }
    }
    assertThat(folder.toFile().list()).containsExactly(name);
  }

  @Test
  void readsHalfAndBrainFloatsFromSafetensors() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort(Float.floatToFloat16(-1.5f))
        .putShort((short) (Float.floatToIntBits(-1.5f) >> 16));
    data.putDouble(-1.5);
    Path file =
        safetensors(
            "{\"__metadata__\":{\"made\":\"by \\u0068and\"},\"h\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                + " \"b\":{\"shape\":[1],\"dtype\":\"BF16\",\"data_offsets\":[2,4]},"
                + "\"d\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[4,12]}}",
            data.array());
    for (String name : new String[] {"h", "b", "d"}) {
      assertThat(named(file, name).floats().toArray()).containsExactly(-1.5f);
    }
  }

  private Path safetensors(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return Files.write(
        folder.resolve("x.safetensors"),
        ByteBuffer.allocate(8 + text.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text)
            .put(data)
            .array());
  }

  private static String rule(Path file) {
    InvalidFile thrown =
        catchThrowableOfType(
            InvalidFile.class,
            () -> {
              for (StoredArray array : ArrayFile.read(file).values()) {
                array.floats();
              }
            });
    assertThat(thrown).as("%s", file).isNotNull();
    assertThat(thrown.getMessage()).contains(file.toString()).doesNotContain("{0}");
    assertThat(thrown.message(Locale.CHINESE)).contains(file.toString());
    return thrown.rule();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }|8|",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }|7|array.short",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }|8|npy.header",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }|8|npy.shape",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536), }|8|array.elements",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483639,), }|8|array.short",
        "{'descr': 'O', 'fortran_order': False, 'shape': (2,), }|8|npy.type",
        "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,), }|8|npy.header",
        "{'descr': '<f4', 'shape': (2,), }|8|npy.header",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}|8|npy.header",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': True}|8|npy.header",
        "__import__('os')|8|npy.header",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }|8|array.float",
      })
  void npyRules(String header, int bytes, String expected) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    Path file =
        Files.write(
            folder.resolve("x.npy"),
            ByteBuffer.allocate(10 + text.length + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .array());
    if (expected == null) {
      assertThat(only(file).floats().toArray()).containsExactly(0, 0);
    } else {
      assertThat(rule(file)).isEqualTo(expected.isEmpty() ? null : expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,7]}}|safetensors.offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}|safetensors.offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}|safetensors.ranges",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}|safetensors.ranges",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|safetensors.size",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}|safetensors.json",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296],\"data_offsets\":[0,8]}}|safetensors.shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,8]}}|array.elements",
        "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}|safetensors.type",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}|safetensors.fields",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}|safetensors.twice",
        "{\"a\":[1]}|safetensors.json",
        "{\"a\":{\"dtype\":\"F32|safetensors.json",
        "{} x|safetensors.json",
      })
  void safetensorsRules(String header, String expected) throws IOException {
    assertThat(rule(safetensors(header, new byte[8]))).isEqualTo(expected);
  }

  @Test
  void headersThatLieAboutTheirLength() throws IOException {
    byte[] huge = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).array();
    assertThat(rule(Files.write(folder.resolve("h.safetensors"), huge)))
        .isEqualTo("safetensors.header.length");
    assertThat(rule(Files.write(folder.resolve("s.safetensors"), new byte[3])))
        .isEqualTo("safetensors.short");
    byte[] npy = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1, '{'};
    assertThat(rule(Files.write(folder.resolve("h.npy"), npy))).isEqualTo("npy.header.length");
    npy[6] = 1;
    npy[9] = 0;
    assertThat(rule(Files.write(folder.resolve("c.npy"), npy))).isEqualTo("npy.header.short");
    npy[6] = 9;
    assertThat(rule(Files.write(folder.resolve("v.npy"), npy))).isEqualTo("npy.version");
    assertThat(rule(Files.write(folder.resolve("m.npy"), new byte[90]))).isEqualTo("npy.magic");
    assertThat(rule(NUMPY.resolve("complex.npy"))).isEqualTo("npy.type");
    assertThat(rule(folder.resolve("none.npy"))).isEqualTo("file.missing");
    assertThat(rule(Files.write(folder.resolve("x.txt"), new byte[3]))).isEqualTo("file.format");
    assertThat(rule(folder)).isEqualTo("file.folder");
  }

  @Test
  void archivesThatLieAboutSizes() throws IOException {
    Path bomb = folder.resolve("bomb.npz");
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,), }";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
      zip.putNextEntry(new ZipEntry("a.npy"));
      zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
      zip.write(header.getBytes(StandardCharsets.US_ASCII));
      zip.write(new byte[1000]);
    }
    assertThat(rule(bomb)).isEqualTo("array.short");
    assertThat(rule(Files.write(folder.resolve("not.npz"), new byte[50])))
        .isEqualTo("array.damaged");
    Path many = folder.resolve("many.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(many))) {
      for (int i = 0; i < 10_001; i++) {
        zip.putNextEntry(new ZipEntry(i + ".txt"));
      }
    }
    assertThat(rule(many)).isEqualTo("npz.entries");
  }

  @Test
  void wrongTypesAndPlacesToWriteTo() throws IOException {
    StoredArray floats = only(NUMPY.resolve("f4.npy"));
    assertThat(catchThrowableOfType(InvalidFile.class, floats::booleans).rule())
        .isEqualTo("array.bool");
    assertThat(catchThrowableOfType(InvalidFile.class, floats::ints).rule())
        .isEqualTo("array.ints");
    Map<String, Tensor> two = Map.of("a", Tensor.zeros(1), "b", Tensor.zeros(1));
    assertThat(
            catchThrowableOfType(
                    InvalidFile.class, () -> ArrayFile.write(folder.resolve("x.npy"), two))
                .rule())
        .isEqualTo("file.one");
    assertThat(
            catchThrowableOfType(
                    InvalidFile.class, () -> ArrayFile.write(folder.resolve("no/x.npz"), two))
                .rule())
        .isEqualTo("file.nofolder");
  }

  @Test
  void bothLanguagesHaveEverySentence() {
    assertThat(
            new TreeSet<>(ResourceBundle.getBundle("dev.qkv.io.messages", Locale.CHINESE).keySet()))
        .isEqualTo(
            new TreeSet<>(ResourceBundle.getBundle("dev.qkv.io.messages", Locale.ROOT).keySet()));
  }

  /** What fuzzing found, once each: a cut-off stream inside a header. */
  @Test
  void foundByFuzzing() throws IOException {
    assertThat(rule(NUMPY.resolve("found/eof-in-header.npz"))).isEqualTo("array.damaged");
  }
}
