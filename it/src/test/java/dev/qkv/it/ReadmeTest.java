package dev.qkv.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code that the README shows is part of the projects that {@link ConsumersTest} builds. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("consumers.root"));
  private static final Pattern BLOCK =
      Pattern.compile("^```(java|xml)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern IMPORT =
      Pattern.compile("^import [\\w.]+\\.(\\w+);\n", Pattern.MULTILINE);
  private static final List<String> SOURCES = new ArrayList<>();

  @BeforeAll
  static void readSources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("it"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = ROOT.relativize(file).toString();
        if (path.matches("it/[\\w-]+-path/(src/.*\\.java|pom\\.xml)")) {
          SOURCES.add(Files.readString(file));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void showsWhatConsumersCompile(String readme) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve(readme)));
    int blocks = 0;
    while (block.find()) {
      String code = block.group(2);
      assertThat(SOURCES)
          .as("a source that has this block of %s:%n%s", readme, code)
          .anyMatch(source -> shows(code, source));
      blocks++;
    }
    assertThat(blocks).as("blocks of code in %s", readme).isGreaterThanOrEqualTo(4);
  }

  /** Whether code is a source's, with all the imports that it needs. */
  private static boolean shows(String code, String source) {
    String body = IMPORT.matcher(code).replaceAll("");
    if (!lines(source).contains(lines(body))) {
      return false;
    }
    Matcher imported = IMPORT.matcher(source);
    while (imported.find()) {
      boolean used = Pattern.compile("\\b" + imported.group(1) + "\\b").matcher(body).find();
      if (used != code.contains(imported.group())) {
        return false;
      }
    }
    return true;
  }

  /** Without comments, so that each language has its own, without indentation and empty lines. */
  private static String lines(String text) {
    StringBuilder lines = new StringBuilder("\n");
    for (String line : text.split("\n")) {
      String bare = line.replaceFirst("//.*", "").strip();
      if (!bare.isEmpty()) {
        lines.append(bare).append('\n');
      }
    }
    return lines.toString();
  }
}
