import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code Format check|write FOLDER}: holds every Java file below FOLDER against the formatter. */
final class Format {
  /** Not what builds make. */
  private static boolean isSource(Path file) {
    String path = file.toString();
    return path.endsWith(".java") && !path.contains("/target/") && !path.contains("/.");
  }

  private static boolean changes(Path file, boolean write) {
    try {
      String before = Files.readString(file);
      String ordered = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(before), Style.GOOGLE);
      String after = new Formatter().formatSource(ordered);
      if (write && !after.equals(before)) {
        Files.writeString(file, after);
      }
      return !after.equals(before);
    } catch (IOException | FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  public static void main(String[] arguments) throws Exception {
    boolean write = arguments[0].equals("write");
    List<Path> sources;
    try (var files = Files.walk(Path.of(arguments[1]))) {
      sources = files.filter(Format::isSource).sorted().toList();
    }
    List<Path> changed = sources.parallelStream().filter(file -> changes(file, write)).toList();
    changed.forEach(file -> System.err.println((write ? "formatted " : "not formatted: ") + file));
    if (!write && !changed.isEmpty()) {
      System.err.println("format: run mvn verify -N -Dformat=write and commit the result");
      System.exit(1);
    }
  }
}
