package dev.qkv.app.report;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.ResourceBundle;

/** A sentence of the program in its reader's language. */
public final class Sentence {
  private Sentence() {}

  /**
   * The sentence with what belongs in it, as text, so that no number is grouped.
   *
   * @param words the program's words
   * @param key the sentence's
   * @param values what is filled in
   * @return the sentence
   */
  public static String of(ResourceBundle words, String key, Object... values) {
    return MessageFormat.format(
        words.getString(key), Arrays.stream(values).map(String::valueOf).toArray());
  }
}
