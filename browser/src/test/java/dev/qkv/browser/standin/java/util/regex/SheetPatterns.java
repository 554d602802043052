package dev.qkv.browser.standin.java.util.regex;

import dev.qkv.app.web.Workbook;
import dev.qkv.sheet.note.Notes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The patterns that classes of the sheet and of the page's calls keep. */
final class SheetPatterns {
  private static final int DEEPEST = 4;

  private final Map<String, Pattern> found = new LinkedHashMap<>();

  private SheetPatterns() {}

  static List<Pattern> all() throws IOException {
    SheetPatterns patterns = new SheetPatterns();
    patterns.ofClassesBeside(Notes.class);
    patterns.ofClassesBeside(Workbook.class);
    return List.copyOf(patterns.found.values());
  }

  private void ofClassesBeside(Class<?> one) throws IOException {
    Path place;
    try {
      place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    if (Files.isDirectory(place)) {
      ofFolder(place);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        ofFolder(jar.getPath("/"));
      }
    }
  }

  private void ofFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> names =
          files
              .map(file -> folder.relativize(file).toString())
              .filter(name -> name.endsWith(".class") && name.startsWith("dev/qkv/"))
              .sorted()
              .toList();
      for (String name : names) {
        ofClass(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
      }
    }
  }

  private void ofClass(String name) {
    try {
      for (Field field : Class.forName(name).getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          of(field.get(null), DEEPEST);
        }
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // A class that the module path alone has, such as one with vectors, keeps no patterns.
      assert !name.startsWith("dev.qkv.sheet.note") : e;
    }
  }

  private void of(@Nullable Object kept, int depth) throws IllegalAccessException {
    if (kept == null || depth == 0) {
      return;
    }
    if (kept instanceof Pattern pattern) {
      found.put(pattern.flags() + pattern.pattern(), pattern);
    } else if (kept instanceof Map<?, ?> map) {
      of(map.keySet(), depth);
      of(map.values(), depth);
    } else if (kept instanceof Collection<?> many) {
      for (Object each : many) {
        of(each, depth - 1);
      }
    } else if (kept instanceof Object[] many) {
      of(Arrays.asList(many), depth);
    } else if (kept.getClass().getName().startsWith("dev.qkv.")) {
      for (Field field : kept.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          of(field.get(kept), depth - 1);
        }
      }
    }
  }
}
