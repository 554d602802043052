package dev.qkv.browser.standin.java.util.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns find what the JDK's find: those of the sheet, in all examples and in broken ones. */
class PatternTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("browser.root", "..")).resolve("examples");

  private static final int MUTANTS = 400;
  private static final int LONGEST_MUTANT = 300;

  /** What mutations put into texts: signs of which patterns say something. */
  private static final String SIGNS =
      "[](){}$^_\\|/=≈:：，。 \t\n\r0123456789abcQKVdkZ的行和为是头题第一二-−+*#`ſK\u0301\u3000\u0085";

  @Test
  void sheetPatternsFindTheSame() throws IOException {
    List<java.util.regex.Pattern> patterns = SheetPatterns.all();
    assertThat(patterns.size()).isGreaterThan(250);
    List<String> texts = texts();
    for (java.util.regex.Pattern pattern : patterns) {
      Pattern own = Pattern.compile(pattern.pattern(), pattern.flags());
      for (String text : texts) {
        assertThat(found(own, text)).as("%s in %s", pattern, text).isEqualTo(found(pattern, text));
      }
    }
  }

  private static List<String> texts() throws IOException {
    Set<String> texts = new LinkedHashSet<>();
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String text = Files.readString(file);
        texts.add(text);
        text.lines().filter(line -> !line.isEmpty()).forEach(texts::add);
      }
    }
    List<String> all = new ArrayList<>(texts);
    Random random = new Random(7);
    int written = all.size();
    for (int i = 0; i < MUTANTS; i++) {
      all.add(mutated(all.get(random.nextInt(written)), random));
    }
    return all;
  }

  private static String mutated(String text, Random random) {
    int from = text.length() > LONGEST_MUTANT ? random.nextInt(text.length() - LONGEST_MUTANT) : 0;
    int to = Math.min(text.length(), from + LONGEST_MUTANT);
    StringBuilder mutant = new StringBuilder(text.substring(from, to));
    for (int k = random.nextInt(8); k >= 0; k--) {
      int at = random.nextInt(mutant.length() + 1);
      if (random.nextBoolean() && at < mutant.length()) {
        mutant.deleteCharAt(at);
      } else {
        mutant.insert(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
      }
    }
    return mutant.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a*?b|(a)+?c",
        "(?<n>\\w)\\k<n>",
        "(a|ab)(c|bcd)*+d?",
        "(?:x?)*y",
        "(x*)*y{2,3}?",
        "(?>a+)b|a",
        "(?i)[^a-c]k\\B",
        "(?m)^.$",
        "(?s)^.$",
        "\\Aa|b\\z|c\\Z",
        "[\\w&&[^\\d]]+",
        "(?<=a{1,3}|\\bb)c",
        "(?<!(?<!x)a)b",
        "\\Q.*\\E+",
        "[]a-]+",
        "(?i)a(?-i)b|C",
        "(a)?(?:\\1b|c)",
        "\\h+\\H",
        "\\x41\\u0042\\x{1D400}",
        "(?:(a)|b)*",
        "(?:a{2}){2,}+"
      })
  void rarerPatternsFindTheSame(String pattern) {
    Random random = new Random(11);
    java.util.regex.Pattern jdk = java.util.regex.Pattern.compile(pattern);
    Pattern own = Pattern.compile(pattern);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(9); k > 0; k--) {
        text.append("aAbBcCdxyk.*1- \n\r\u00a0".charAt(random.nextInt(18)));
      }
      if (random.nextInt(20) == 0) {
        text.append("AB\uD835\uDC00");
      }
      assertThat(found(own, text.toString())).as("%s", text).isEqualTo(found(jdk, text.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a", "a)", "[a", "*a", "a{2", "\\", "(?z)a", "\\p{Nobody}", "[b-a]"})
  void whatIsNoPatternIsSaid(String pattern) {
    assertThatThrownBy(() -> Pattern.compile(pattern)).isInstanceOf(PatternSyntaxException.class);
  }

  private static String found(java.util.regex.Pattern pattern, String text) {
    StringBuilder found = new StringBuilder();
    java.util.regex.Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      for (int group = 0; group <= matcher.groupCount(); group++) {
        found.append(matcher.start(group)).append('-').append(matcher.end(group)).append(' ');
      }
    }
    matcher.region(text.length() / 3, text.length() - text.length() / 6);
    found.append(matcher.lookingAt()).append(matcher.reset().matches());
    matcher.region(text.length() / 3, text.length() - text.length() / 6);
    found.append(matcher.useTransparentBounds(true).find() ? matcher.start() : -1);
    found.append(matcher.replaceAll("<$0>")).append(pattern.split(text).length);
    return found.toString();
  }

  private static String found(Pattern pattern, String text) {
    StringBuilder found = new StringBuilder();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      for (int group = 0; group <= matcher.groupCount(); group++) {
        found.append(matcher.start(group)).append('-').append(matcher.end(group)).append(' ');
      }
    }
    matcher.region(text.length() / 3, text.length() - text.length() / 6);
    found.append(matcher.lookingAt()).append(matcher.reset().matches());
    matcher.region(text.length() / 3, text.length() - text.length() / 6);
    found.append(matcher.useTransparentBounds(true).find() ? matcher.start() : -1);
    found.append(matcher.replaceAll("<$0>")).append(pattern.split(text).length);
    return found.toString();
  }
}
