package dev.qkv.sheet.message;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * A sentence for the user, kept as key and arguments until a language is known.
 *
 * @param key its key in the bundle {@code messages}
 * @param arguments what is filled in; a message among them is translated as well
 */
public record Message(String key, List<Object> arguments) {
  /**
   * A sentence.
   *
   * @param key its key
   * @param arguments what is filled in
   * @return the message
   */
  public static Message of(String key, Object... arguments) {
    return new Message(key, List.copyOf(Arrays.asList(arguments)));
  }

  /**
   * Why a number does not exist.
   *
   * @param cause what arithmetic threw
   * @return the sentence for its kind
   */
  public static Message of(ArithmeticException cause) {
    String key = String.valueOf(cause.getMessage());
    return of(exists(key) ? key : "arithmetic.other");
  }

  /**
   * The sentence in a language.
   *
   * @param locale Chinese or, for anything else, English
   * @return its text
   */
  public String in(Locale locale) {
    Object[] filled =
        arguments.stream()
            .map(a -> a instanceof Message m ? m.in(locale) : String.valueOf(a))
            .toArray();
    return MessageFormat.format(bundle(locale).getString(key), filled);
  }

  /**
   * Whether there is such a sentence.
   *
   * @param key perhaps a key of the bundle
   * @return true if it is
   */
  public static boolean exists(String key) {
    return bundle(Locale.ROOT).containsKey(key);
  }

  private static ResourceBundle bundle(Locale locale) {
    return ResourceBundle.getBundle(
        "dev.qkv.sheet.messages", locale.getLanguage().equals("zh") ? Locale.CHINESE : Locale.ROOT);
  }
}
