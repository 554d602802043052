package dev.qkv.browser.compiler;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.teavm.extension.ExtensionEnvironment;
import org.teavm.extension.spi.resources.ResourcesPolicy;

/** Files that go with the compiled sheet: its words in both languages, and the page's examples. */
public final class Words implements ResourcesPolicy {
  private static final Pattern WANTED =
      Pattern.compile(
          "dev/qkv/(?:app|sheet)/messages(?:_zh)?\\.properties|dev/qkv/app/web/examples/[^/]+");

  /** For the compiler, which finds this as a service. */
  public Words() {}

  @Override
  public void initialize(ExtensionEnvironment environment) {}

  @Override
  public String[] supplyResources(Collection<? extends String> classes) {
    List<String> names = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      try {
        names.addAll(Files.isDirectory(Path.of(part)) ? ofFolder(Path.of(part)) : ofJar(part));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return names.toArray(String[]::new);
  }

  private static List<String> ofJar(String jar) throws IOException {
    try (JarFile file = new JarFile(jar)) {
      return wanted(file.stream().map(JarEntry::getName));
    }
  }

  /** Modules that are built at the same time may not be jars yet. */
  private static List<String> ofFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return wanted(
          files.map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/')));
    }
  }

  private static List<String> wanted(Stream<String> names) {
    return names.filter(name -> WANTED.matcher(name).matches()).sorted().toList();
  }
}
