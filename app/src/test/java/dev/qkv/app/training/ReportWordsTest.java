package dev.qkv.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report's sentences say the same in both languages; its numbers do not say too much. */
class ReportWordsTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  private static Set<String> places(String sentence) {
    Matcher matcher = PLACE.matcher(sentence);
    return matcher.results().map(r -> r.group()).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everySentenceHasTheSameNumbersInBothLanguages() {
    ResourceBundle english = ResourceBundle.getBundle("dev.qkv.app.messages", Locale.ROOT);
    ResourceBundle chinese = ResourceBundle.getBundle("dev.qkv.app.messages", Locale.CHINESE);
    assertThat(english.keySet())
        .filteredOn(key -> key.startsWith("report."))
        .hasSizeGreaterThan(60);
    for (String key : english.keySet()) {
      if (key.startsWith("report.")) {
        assertThat(chinese.keySet()).contains(key);
        String translated = chinese.getString(key);
        assertThat(places(translated)).as(key).isEqualTo(places(english.getString(key)));
        // An apostrophe would swallow what follows it.
        assertThat(english.getString(key) + translated).as(key).doesNotContain("'");
        assertThat(new MessageFormat(translated, Locale.CHINESE)).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.001, <1", "0.0101, 1", "0.5749, 57", "0.9999, >99", "1, 100"})
  void whatIsNotQuiteNothingOrEverythingDoesNotBecomeIt(double share, String expected) {
    assertThat(Words.percent(share)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"2.302585, 2.30", "0.1508, 0.151", "0.0043, 0.0043", "3.8e-6, 3.8e-06"})
  void smallNumbersKeepTheirDigits(double number, String expected) {
    assertThat(Words.small(number)).isEqualTo(expected);
  }
}
