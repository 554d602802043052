package dev.qkv.app.report;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes files that are there whole or not at all: a program that is killed, or a disk that is
 * full, leaves a hidden draft at most, and what was there before.
 */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file.
   *
   * @param file where to
   * @param text what
   * @param options whether a file that is there already is replaced
   * @throws java.nio.file.FileAlreadyExistsException if it may not be replaced
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, CharSequence text, CopyOption... options) throws IOException {
    // Not a temporary file: that nobody but its owner may read.
    Path draft =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.writeString(draft, text);
      Files.move(draft, file, options);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
