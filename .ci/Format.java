import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code Format check|write FOLDER}: holds every Java file below FOLDER against the formatter. */
final class Format {
  /** Not what builds make. */
  private static boolean isSource(Path file) {
    String path = file.toString();
    return path.endsWith(".java") && !path.contains("/target/") && !path.contains("/.");
  }

  public static void main(String[] arguments) throws Exception {
    boolean write = arguments[0].equals("write");
    List<Path> changed = new ArrayList<>();
    try (var files = Files.walk(Path.of(arguments[1]))) {
      for (Path file : files.filter(Format::isSource).sorted().toList()) {
        String before = Files.readString(file);
        String ordered = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(before), Style.GOOGLE);
        String after = new Formatter().formatSource(ordered);
        if (!after.equals(before)) {
          changed.add(file);
          if (write) {
            Files.writeString(file, after);
          }
        }
      }
    }
    changed.forEach(file -> System.err.println((write ? "formatted " : "not formatted: ") + file));
    if (!write && !changed.isEmpty()) {
      System.err.println("format: run mvn verify -N -Dformat=write and commit the result");
      System.exit(1);
    }
  }
}
