package dev.qkv.browser.compiler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What both forms were compiled from: a build whose classes are the same does not compile again,
 * which takes half a minute.
 *
 * @param file where it is kept
 * @param sum of all classes and resources
 * @param folder where the forms are
 */
record Stamp(Path file, String sum, Path folder) {
  static Stamp of(List<Path> path, Path folder, Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    for (Path part : path) {
      if (Files.isDirectory(part)) {
        try (Stream<Path> files = Files.walk(part)) {
          for (Path each : files.filter(f -> counts(f, folder)).sorted().toList()) {
            digest.update(part.relativize(each).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(each));
          }
        }
      } else {
        digest.update(part.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(part));
      }
    }
    return new Stamp(file, HexFormat.of().formatHex(digest.digest()), folder);
  }

  /** Everything but what the compiler itself writes. */
  private static boolean counts(Path file, Path folder) {
    return Files.isRegularFile(file)
        && !(file.startsWith(folder) && file.getFileName().toString().startsWith("sheet."));
  }

  boolean isFresh() throws IOException {
    return Files.exists(file)
        && Files.readString(file).equals(sum)
        && Files.exists(folder.resolve("sheet.wasm"))
        && Files.exists(folder.resolve("sheet.js"));
  }

  void write() throws IOException {
    Files.writeString(file, sum);
  }
}
