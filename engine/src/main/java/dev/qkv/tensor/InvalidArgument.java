package dev.qkv.tensor;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * An argument that breaks a rule. Its message names the operation, the argument, the rule, what was
 * expected and what came, in English; {@link #message} gives it in Chinese as well.
 */
public final class InvalidArgument extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String key;
  private final String[] arguments;

  /**
   * An error.
   *
   * @param key of its sentence in the bundle {@code dev.qkv.tensor.messages}
   * @param arguments what is filled in; an {@code int[]} is written as a shape
   */
  public InvalidArgument(String key, Object... arguments) {
    this.key = key;
    this.arguments = Arrays.stream(arguments).map(InvalidArgument::text).toArray(String[]::new);
  }

  private static String text(Object argument) {
    return argument instanceof int[] shape ? Arrays.toString(shape) : String.valueOf(argument);
  }

  /**
   * Which rule is broken.
   *
   * @return the key of the sentence, the same in every language and every version
   */
  public String rule() {
    return key;
  }

  @Override
  public String getMessage() {
    return message(Locale.ENGLISH);
  }

  /**
   * The message in a language.
   *
   * @param locale Chinese or, for anything else, English
   * @return its text
   */
  public String message(Locale locale) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            "dev.qkv.tensor.messages",
            locale.getLanguage().equals("zh") ? Locale.CHINESE : Locale.ROOT);
    return MessageFormat.format(bundle.getString(key), (Object[]) arguments);
  }
}
