package dev.qkv.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files appear whole or not at all. */
class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void whatIsThereStaysUnlessItMayBeReplaced() throws IOException {
    Path file = folder.resolve("a.txt");
    WholeFile.write(file, "one");
    assertThatThrownBy(() -> WholeFile.write(file, "two"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("one");
    WholeFile.write(file, "two", StandardCopyOption.REPLACE_EXISTING);
    assertThat(file).hasContent("two");
  }

  /** Half a surrogate pair cannot be written in UTF-8: the writing fails when it has begun. */
  @Test
  void failureLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "before");
    assertThatThrownBy(
            () -> WholeFile.write(file, "half \ud800", StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(IOException.class);
    assertThat(file).hasContent("before");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
