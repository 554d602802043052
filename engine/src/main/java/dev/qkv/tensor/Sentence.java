package dev.qkv.tensor;

import java.io.Serializable;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What an error says, until a language is known.
 *
 * @param bundle where the sentence is
 * @param key its key
 * @param arguments what is filled in
 */
public record Sentence(String bundle, String key, List<String> arguments) implements Serializable {
  /**
   * A sentence.
   *
   * @param bundle where it is
   * @param key its key
   * @param arguments what is filled in; an {@code int[]} is written as a shape
   * @return the sentence
   */
  public static Sentence of(String bundle, String key, Object... arguments) {
    return new Sentence(bundle, key, Arrays.stream(arguments).map(Sentence::text).toList());
  }

  private static String text(Object argument) {
    return argument instanceof int[] shape ? Arrays.toString(shape) : String.valueOf(argument);
  }

  /**
   * The sentence in a language.
   *
   * @param locale Chinese or, for anything else, English
   * @return its text
   */
  public String in(Locale locale) {
    ResourceBundle words =
        ResourceBundle.getBundle(
            bundle, locale.getLanguage().equals("zh") ? Locale.CHINESE : Locale.ROOT);
    return MessageFormat.format(words.getString(key), arguments.toArray());
  }
}
