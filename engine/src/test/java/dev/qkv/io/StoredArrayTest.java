package dev.qkv.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much memory reading takes. */
class StoredArrayTest {
  private static final int GARBAGE = 7_000_000;

  @TempDir private Path folder;

  /** Reads a file in a JVM with 48 MiB: 32 of them for what is old or large. */
  private static String readInSmallHeap(Path file) throws IOException {
    String classes = Path.of("target", "classes") + File.pathSeparator;
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-Xms48m",
                "-XX:+UseSerialGC",
                "-cp",
                classes + Path.of("target", "test-classes"),
                SmallHeap.class.getName(),
                file.toString(),
                String.valueOf(GARBAGE))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void garbageIsNotMemoryThatIsNeeded() throws IOException {
    Path file = folder.resolve("a.npy");
    ArrayFile.write(file, Map.of("a", Tensor.zeros(6_000_000)));
    assertThat(readInSmallHeap(file)).isEqualTo("6000000");
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Path file = folder.resolve("a.npy");
    ArrayFile.write(file, Map.of("a", Tensor.zeros(9_000_000)));
    assertThat(readInSmallHeap(file)).isEqualTo("array.memory");
  }
}
