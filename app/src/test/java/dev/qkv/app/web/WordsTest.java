package dev.qkv.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's words: the same in both languages, none missing, none left over. */
class WordsTest {
  private static final Path PAGE = Path.of("src/main/resources/dev/qkv/app/web/page");
  private static final Pattern ENTRY = Pattern.compile("(?m)^ {2}\"([^\"]+)\": \"(.*)\",$");
  private static final Pattern PART = Pattern.compile("\\{\\d}");
  private static final Pattern KEY = Pattern.compile("\\bw\\(\\s*([^)]*)");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:[.-][a-z]+)*)\\.?\"");

  @Test
  void bothLanguagesHaveTheSameKeysAndParts() throws IOException {
    Map<String, String> english = words("words-en.js");
    Map<String, String> chinese = words("words-zh.js");
    assertThat(english).isNotEmpty();
    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    english.forEach(
        (key, text) ->
            assertThat(parts(chinese.getOrDefault(key, ""))).as(key).isEqualTo(parts(text)));
  }

  @Test
  void everyKeyThatAModuleNamesIsThere() throws IOException {
    Set<String> keys = words("words-en.js").keySet();
    for (Path module : modules()) {
      Matcher use = KEY.matcher(Files.readString(module));
      while (use.find()) {
        Matcher literal = LITERAL.matcher(use.group(1));
        while (literal.find()) {
          String named = literal.group(1);
          assertThat(keys)
              .as("%s in %s", named, module.getFileName())
              .anyMatch(key -> key.equals(named) || key.startsWith(named + "."));
        }
      }
    }
  }

  @Test
  void noWordIsLeftOver() throws IOException {
    String code =
        modules().stream()
            .filter(module -> !module.getFileName().toString().startsWith("words-"))
            .map(WordsTest::read)
            .collect(Collectors.joining());
    for (String key : words("words-en.js").keySet()) {
      String family = key.substring(0, key.indexOf('.') + 1);
      boolean whole = code.contains("\"" + key + "\"");
      boolean made = !family.isEmpty() && code.contains("w(\"" + family + "\" + ");
      boolean written = !family.isEmpty() && code.contains("w(`" + family + "${");
      assertThat(whole || made || written).as(key).isTrue();
    }
  }

  private static Map<String, String> words(String file) throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    Matcher entry = ENTRY.matcher(Files.readString(PAGE.resolve(file)));
    while (entry.find()) {
      assertThat(words.put(entry.group(1), entry.group(2))).as(entry.group(1)).isNull();
    }
    return words;
  }

  private static Set<String> parts(String text) {
    return PART.matcher(text)
        .results()
        .map(part -> part.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> page = Files.list(PAGE);
        Stream<Path> offline = Files.list(PAGE.resolveSibling("offline"))) {
      return Stream.concat(page, offline)
          .filter(file -> file.toString().endsWith(".js"))
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
