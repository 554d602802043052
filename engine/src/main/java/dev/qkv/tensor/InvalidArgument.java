package dev.qkv.tensor;

import java.util.Locale;

/**
 * An argument that breaks a rule. Its message names the operation, the argument, the rule, what was
 * expected and what came, in English; {@link #message} gives it in Chinese as well.
 */
public final class InvalidArgument extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** What is said. */
  private final Sentence sentence;

  /**
   * An error.
   *
   * @param key of its sentence in the bundle {@code dev.qkv.tensor.messages}
   * @param arguments what is filled in; an {@code int[]} is written as a shape
   */
  public InvalidArgument(String key, Object... arguments) {
    this.sentence = Sentence.of("dev.qkv.tensor.messages", key, arguments);
  }

  /**
   * Which rule is broken.
   *
   * @return the key of the sentence, the same in every language and every version
   */
  public String rule() {
    return sentence.key();
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
    return sentence.in(locale);
  }
}
