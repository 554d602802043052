package dev.qkv.app.cli;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.ResourceBundle;

/** Input that a command cannot use; the message is a sentence for the user. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  Unusable(String message) {
    super(message, null, false, false);
  }

  /** With a sentence from the program's words. */
  static Unusable of(ResourceBundle words, String key, Object... values) {
    // As text, so that no number is grouped.
    Object[] texts = Arrays.stream(values).map(String::valueOf).toArray();
    return new Unusable(MessageFormat.format(words.getString(key), texts));
  }
}
