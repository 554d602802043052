package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every sentence exists in both languages, with the same places to fill in. */
class MessagesTest {
  private static final String BUNDLE = "dev.qkv.sheet.messages";

  @Test
  void bothLanguagesHaveTheSameSentences() {
    ResourceBundle english = ResourceBundle.getBundle(BUNDLE, Locale.ROOT);
    ResourceBundle chinese = ResourceBundle.getBundle(BUNDLE, Locale.CHINESE);
    assertThat(english.getLocale()).isEqualTo(Locale.ROOT);
    assertThat(chinese.getLocale()).isEqualTo(Locale.CHINESE);
    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    for (String key : english.keySet()) {
      assertThat(places(chinese.getString(key))).as(key).isEqualTo(places(english.getString(key)));
    }
  }

  private static Set<String> places(String pattern) {
    return new TreeSet<>(
        Pattern.compile("\\{\\d}").matcher(pattern).results().map(r -> r.group()).toList());
  }

  @Test
  void everyQuantityAxisAndMistakeHasWords() {
    for (Quantity quantity : Quantities.all()) {
      assertThat(quantity.label().in(Locale.CHINESE)).isNotEmpty();
    }
    for (Axis axis : Axis.values()) {
      assertThat(axis.label().in(Locale.ENGLISH)).isNotEmpty();
    }
    for (Problems.Kind kind : Problems.Kind.values()) {
      for (Mistake mistake : MistakeCatalogue.of(Problems.random(kind, 1))) {
        assertThat(mistake.label().in(Locale.CHINESE)).isNotEmpty();
        assertThat(Mistake.hint(mistake.code()).in(Locale.ENGLISH)).isNotEmpty();
      }
    }
  }
}
