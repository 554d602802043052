package dev.qkv.browser.compiler;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compiles the sheet for browsers: the build runs this as a program of the selected JDK, because
 * the compiler's Maven plugin would run on Maven's own Java, which may not read the classes.
 *
 * <p>What is on the class path first is compiled, so that this module's classes stand in for those
 * of the sheet that have their names.
 */
public final class Compiler {
  /** What gives WebAssembly a way to scripts; without it, it asks for numbers and time alone. */
  private static final String SCRIPTS = "teavm-jso-impl";

  private static final Pattern EXPORTS =
      Pattern.compile("export\\s*\\{\\s*(\\S+) as call,\\s*(\\S+) as fail\\s*\\};\\s*$");

  private Compiler() {}

  /**
   * Compiles both forms into a folder, unless it has them of the same classes.
   *
   * @param arguments the folder, and the file that keeps what they were compiled from
   * @throws Exception if one of the forms cannot be made
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    List<Path> path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    Stamp stamp = Stamp.of(path, folder, Path.of(arguments[1]));
    if (stamp.isFresh()) {
      return;
    }
    List<Path> pure =
        path.stream().filter(p -> !p.getFileName().toString().startsWith(SCRIPTS)).toList();
    compile(pure, "wasm", folder);
    compile(path, "js", folder);
    Path script = folder.resolve("sheet.js");
    Files.writeString(script, named(Files.readString(script)));
    stamp.write();
  }

  /** The compiler looks for its parts in a class loader: each form has its own. */
  private static void compile(List<Path> path, String form, Path folder) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (Path part : path) {
      urls.add(url(part));
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      loader
          .loadClass(Form.class.getName())
          .getMethod("compile", List.class, String.class, Path.class)
          .invoke(null, path, form, folder);
    }
  }

  private static URL url(Path part) throws MalformedURLException {
    return part.toUri().toURL();
  }

  /** The script with its two functions under names that its starter knows, and not exported. */
  private static String named(String script) throws IOException {
    Matcher exports = EXPORTS.matcher(script);
    if (!exports.find()) {
      throw new IOException("the script does not export call and fail");
    }
    return script.substring(0, exports.start())
        + "const sheetCall = "
        + exports.group(1)
        + ", sheetFail = "
        + exports.group(2)
        + ";\n";
  }
}
