package dev.qkv.browser.compiler;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
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
      if (part.endsWith(".jar")) {
        names.addAll(wanted(part));
      }
    }
    return names.toArray(String[]::new);
  }

  private static List<String> wanted(String jar) {
    try (JarFile file = new JarFile(jar)) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> WANTED.matcher(name).matches())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
