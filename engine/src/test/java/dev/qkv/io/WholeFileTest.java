package dev.qkv.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files appear whole or not at all. */
class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void whatIsThereStaysUnlessItMayBeReplaced() throws IOException {
    Path file = folder.resolve("a.txt");
    WholeFile.create(file, WholeFile.text("one"));
    assertThatThrownBy(() -> WholeFile.create(file, WholeFile.text("two")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("one");
    WholeFile.replace(file, WholeFile.text("两"));
    assertThat(file).hasContent("两");
  }

  /** Half a surrogate pair cannot be written in UTF-8: the writing fails when it has begun. */
  @Test
  void failureLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "before");
    assertThat(
            catchThrowableOfType(
                InvalidFile.class, () -> WholeFile.replace(file, WholeFile.text("half \ud800"))))
        .isNotNull();
    assertThat(file).hasContent("before");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFullDiskIsNamedWithTheFile() {
    Path file = folder.resolve("a.txt");
    InvalidFile thrown =
        catchThrowableOfType(
            InvalidFile.class,
            () ->
                WholeFile.replace(
                    file,
                    out -> {
                      throw new IOException("No space left on device");
                    }));
    assertThat(thrown)
        .hasMessage(file + ": cannot be written (No space left on device)")
        .hasCauseInstanceOf(IOException.class);
    assertThat(file).doesNotExist();
  }

  /** Linux tells about each name in a folder that comes or goes; elsewhere it is asked seldom. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theFileIsThereAllTheTime() throws IOException, InterruptedException {
    Path file = folder.resolve("a.txt");
    WholeFile.replace(file, WholeFile.text("one"));
    List<String> gone = new ArrayList<>();
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      folder.register(watch, StandardWatchEventKinds.ENTRY_DELETE);
      WholeFile.replace(file, WholeFile.text("two"));
      Path last = Files.createFile(folder.resolve("last"));
      Files.delete(last);
      while (!gone.contains("last")) {
        WatchKey key = watch.poll(10, TimeUnit.SECONDS);
        assertThat(key).isNotNull();
        for (WatchEvent<?> event : key.pollEvents()) {
          gone.add(String.valueOf(event.context()));
        }
        key.reset();
      }
    }
    assertThat(gone).doesNotContain("a.txt");
  }
}
