package dev.qkv.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Broken copies of good files end in arrays or in a clear error, soon and with little memory; never
 * in anything else. {@code -Dmutations=1000000} makes it a long run.
 */
class FileFuzzTest {
  private static final Path NUMPY = Path.of("src/test/resources/dev/qkv/io");
  private static final int MUTATIONS = Integer.getInteger("mutations", 4_000);
  private static final long MOST_NANOS = 1_000_000_000;

  /** What a reader needs whatever the file: a chunk, a header, an error. */
  private static final long LITTLE = 4 << 20;

  /** What the fields of headers may be replaced by. */
  private static final List<String> PIECES =
      List.of(
          "700000000",
          "2147483647",
          "-1",
          "0",
          "'",
          "\"",
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "True",
          "<f8",
          "\u001b[2J",
          "'descr'",
          "\"shape\"",
          "\\u0000",
          "          ",
          "F64");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"npy", "npz", "safetensors"})
  void whateverIsBroken(String format) throws IOException {
    Path good = folder.resolve("good." + format);
    ArrayFile.write(good, Map.of("a", Tensor.zeros(2, 3)));
    List<Path> seeds =
        switch (format) {
          case "npy" -> List.of(good, NUMPY.resolve("f4.npy"), NUMPY.resolve("ints.npy"));
          case "npz" -> List.of(good, NUMPY.resolve("two.npz"), NUMPY.resolve("compressed.npz"));
          default -> List.of(good);
        };
    Path file = folder.resolve("fuzz." + format);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Random random = new Random(seed);
      byte[] mutated = Files.readAllBytes(seeds.get(random.nextInt(seeds.size())));
      for (int n = random.nextInt(4); n >= 0; n--) {
        mutated = mutate(mutated, random);
      }
      Files.write(file, mutated);
      long start = memory.getCurrentThreadCpuTime();
      long before = memory.getCurrentThreadAllocatedBytes();
      try {
        for (StoredArray array : ArrayFile.read(file).values()) {
          assertThat(array.floats().rank()).isNotNegative();
        }
      } catch (InvalidFile e) {
        refused++;
        assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(1500);
        assertThat(e.getMessage().chars().anyMatch(Character::isISOControl)).isFalse();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        throw new AssertionError(kept(file, seed), e);
      }
      long allocated = memory.getCurrentThreadAllocatedBytes() - before;
      long nanos = memory.getCurrentThreadCpuTime() - start;
      if (allocated > LITTLE + 2L * mutated.length || nanos > MOST_NANOS) {
        throw new AssertionError(kept(file, seed) + ", " + allocated + " bytes, ns " + nanos);
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 3, MUTATIONS - 1);
  }

  /** Where the failing file is kept. */
  private static String kept(Path file, int seed) throws IOException {
    Path copy = Files.createTempDirectory("fuzz").resolve(seed + "-" + file.getFileName());
    return "seed " + seed + ", the file is " + Files.copy(file, copy);
  }

  /** Bytes, bits, whole fields of 16 to 64 bits, pieces of headers, parts left out or repeated. */
  private static byte[] mutate(byte[] bytes, Random random) {
    int at = random.nextInt(Math.max(1, random.nextBoolean() ? bytes.length : 160));
    at = Math.min(at, Math.max(0, bytes.length - 1));
    byte[] mutated = bytes.clone();
    return switch (random.nextInt(7)) {
      case 0 -> Arrays.copyOf(mutated, random.nextInt(mutated.length + 20));
      case 1 -> {
        if (mutated.length > 0) {
          mutated[at] ^= (byte) (1 << random.nextInt(8));
        }
        yield mutated;
      }
      case 2 -> {
        int width = 1 << random.nextInt(4);
        byte[] field = new byte[width];
        if (random.nextBoolean()) {
          random.nextBytes(field);
        } else {
          Arrays.fill(field, (byte) (random.nextBoolean() ? -1 : 0));
        }
        yield splice(bytes, at, width, field);
      }
      case 3 -> {
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        byte[] text = piece.getBytes(StandardCharsets.UTF_8);
        yield splice(bytes, at, random.nextBoolean() ? text.length : 0, text);
      }
      case 4 -> splice(bytes, at, random.nextInt(20), new byte[0]);
      case 5 -> {
        int to = Math.min(bytes.length, at + random.nextInt(60));
        yield splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, Math.max(at, to)));
      }
      default -> {
        if (mutated.length > 0) {
          mutated[at] = (byte) ('0' + random.nextInt(10));
        }
        yield mutated;
      }
    };
  }

  private static byte[] splice(byte[] bytes, int at, int without, byte[] with) {
    int from = Math.min(bytes.length, at + without);
    byte[] spliced = Arrays.copyOf(bytes, at + with.length + bytes.length - from);
    System.arraycopy(with, 0, spliced, at, with.length);
    System.arraycopy(bytes, from, spliced, at + with.length, bytes.length - from);
    return spliced;
  }
}
