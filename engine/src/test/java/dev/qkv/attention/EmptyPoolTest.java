package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A common pool without threads: calls from a parallel stream do not wait for each other. */
class EmptyPoolTest {
  @Test
  void callsFromAParallelStreamEnd() throws IOException, InterruptedException {
    String classes = Path.of("target", "classes") + File.pathSeparator;
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                classes + Path.of("target", "test-classes"),
                EmptyPool.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualToIgnoringNewLines("done");
    } finally {
      process.destroyForcibly();
    }
  }
}
