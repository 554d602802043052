package dev.qkv.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that were made to cost time or memory, to mislead, or that were damaged later. */
@Timeout(60)
class HostileFileTest {
  private static final long LITTLE = 4 << 20;

  @TempDir private Path folder;

  private static byte[] npy(String header, int bytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(10 + text.length + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  private static String header(String shape) {
    return "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + ",), }";
  }

  private Path npz(byte[]... entries) throws IOException {
    Path file = folder.resolve("x.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < entries.length; i++) {
        zip.putNextEntry(new ZipEntry("a" + i + ".npy"));
        zip.write(entries[i]);
      }
    }
    return file;
  }

  /** Reads everything with little memory and time. */
  private static InvalidFile refused(Path file) {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    long start = memory.getCurrentThreadCpuTime();
    InvalidFile thrown =
        catchThrowableOfType(
            InvalidFile.class,
            () -> {
              for (StoredArray array : ArrayFile.read(file).values()) {
                array.floats();
              }
            });
    assertThat(Duration.ofNanos(memory.getCurrentThreadCpuTime() - start))
        .isLessThan(Duration.ofSeconds(1));
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(LITTLE);
    assertThat(thrown).isNotNull();
    assertThat(thrown.getMessage()).hasSizeLessThan(500);
    assertThat(thrown.getMessage().chars().noneMatch(Character::isISOControl)).isTrue();
    return thrown;
  }

  @Test
  void runsOfSpacesTakeNoTime() throws IOException {
    String spaces = " ".repeat(65_000);
    String[] headers = {
      "{" + spaces + "x}",
      "{'descr'" + spaces + "x}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (" + spaces + "x,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2," + " ,".repeat(30_000) + "), }"
    };
    for (String header : headers) {
      byte[] bytes = npy(header, 8);
      assertThat(refused(Files.write(folder.resolve("x.npy"), bytes)).rule())
          .isEqualTo("npy.header");
      assertThat(refused(npz(bytes)).rule()).isEqualTo("npy.header");
    }
    Path good = folder.resolve("good.npy");
    Files.write(good, npy(header("2" + spaces), 8));
    assertThat(only(good).floats().elements()).isEqualTo(2);
  }

  private static StoredArray only(Path file) throws IOException {
    return ArrayFile.read(file).values().iterator().next();
  }

  @Test
  void sizesThatAreOnlyClaimedTakeNoMemory() throws IOException {
    byte[] bytes = npy(header("700000000"), 100);
    assertThat(refused(Files.write(folder.resolve("x.npy"), bytes)).rule())
        .isEqualTo("array.short");
    assertThat(refused(npz(bytes)).rule()).isEqualTo("array.short");
  }

  /** The directory says what the header says; the file has neither. */
  @Test
  void aDirectoryThatLiesTakesNoMemory() throws IOException {
    int elements = 700_000_000;
    byte[] bytes = npy(header(String.valueOf(elements)), 100_000);
    Path file = npz(bytes);
    byte[] zip = Files.readAllBytes(file);
    int directory = directory(zip);
    int size = bytes.length - 100_000 + 4 * elements;
    ByteBuffer fields = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    fields.putInt(directory + 24, size);
    Files.write(file, zip);
    assertThat(refused(file).rule()).isEqualTo("npz.size");
    // And as if much had been compressed.
    fields.putInt(directory + 20, size / 1000);
    Files.write(file, zip);
    assertThat(refused(file).rule()).isIn("npz.compressed", "array.damaged");
    // Within what compression can reach, room is made as elements come.
    int some = 10_000;
    byte[] lying = npy(header(String.valueOf(some)), 1000);
    Path small = npz(lying);
    byte[] other = Files.readAllBytes(small);
    ByteBuffer.wrap(other)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(directory(other) + 24, lying.length - 1000 + 4 * some);
    Files.write(small, other);
    assertThat(refused(small).rule()).isIn("array.short", "array.damaged");
  }

  /** Where the first record of the directory starts. */
  private static int directory(byte[] zip) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.getInt(zip.length - 6);
  }

  @Test
  void muchOutOfLittleIsRefused() throws IOException {

    byte[] start = npy(header(String.valueOf(80_000_000)), 0);

    Path file = folder.resolve("bomb.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("a.npy"));
      zip.write(start);
      byte[] zeros = new byte[1_000_000];
      for (int i = 0; i < 320; i++) {
        zip.write(zeros);
      }
    }
    assertThat(Files.size(file)).isLessThan(400_000);
    assertThat(refused(file).rule()).isEqualTo("npz.bomb");
    // A mask of zeros is no bomb.
    Path zeros = folder.resolve("zeros.npz");
    ArrayFile.write(zeros, Map.of("a", Tensor.zeros(3000, 1000)));
    assertThat(Files.size(zeros)).isLessThan(40_000);
    assertThat(only(zeros).floats().elements()).isEqualTo(3_000_000);
  }

  @Test
  void whatFollowsTheElementsOfAnEntryIsRefused() throws IOException {
    assertThat(refused(npz(npy(header("2"), 9))).rule()).isEqualTo("npz.extra");
  }

  @Test
  void aFlippedBitIsNoticed() throws IOException {
    byte[] data = npy(header("300"), 1200);
    for (boolean stored : new boolean[] {true, false}) {
      Path file = folder.resolve("x.npz");
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
        ZipEntry entry = new ZipEntry("a.npy");
        if (stored) {
          CRC32 crc = new CRC32();
          crc.update(data);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(data.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(data);
      }
      assertThat(only(file).floats().elements()).isEqualTo(300);
      byte[] zip = Files.readAllBytes(file);
      if (stored) {
        zip[35 + data.length - 100] ^= 4;
      } else {
        // The checksum itself, in the directory.
        zip[directory(zip) + 16] ^= 4;
      }
      Files.write(file, zip);
      assertThat(refused(file).rule()).isEqualTo("npz.checksum");
    }
  }

  @Test
  void messagesShowNoControlCharactersAndLittleOfTheFile() throws IOException {
    Path file = folder.resolve("x.npy");
    String noise = "\u001b[2J\u202e\n" + "x".repeat(60_000);
    assertThat(refused(Files.write(file, npy("{'" + noise + "}", 8))).rule())
        .isEqualTo("npy.header");
    String descr = header("2").replace("<f4", "\u001b[31m<f4");
    assertThat(refused(Files.write(file, npy(descr, 8)))).hasMessageContaining("\\u001b[31m");
    Path archive = folder.resolve("n.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("\u001b[31mred.npy"));
      zip.write(npy(header("2"), 8));
    }
    assertThat(refused(archive).rule()).isEqualTo("array.name");
    String name = "\\u001b[31m" + "y".repeat(5000);
    byte[] text =
        ("{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")
            .getBytes(StandardCharsets.UTF_8);
    Path tensors = folder.resolve("x.safetensors");
    Files.write(
        tensors,
        ByteBuffer.allocate(12 + text.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text)
            .array());
    assertThat(refused(tensors).rule()).isEqualTo("array.name");
  }
}
