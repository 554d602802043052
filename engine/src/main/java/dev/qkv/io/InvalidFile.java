package dev.qkv.io;

import dev.qkv.tensor.Sentence;
import java.io.IOException;
import java.util.Locale;

/**
 * A file that breaks a rule of its format, or does not hold what was asked for. The message is
 * English; {@link #message} gives it in Chinese as well.
 */
public final class InvalidFile extends IOException {
  private static final long serialVersionUID = 1;

  /** What is said. */
  private final Sentence sentence;

  InvalidFile(IOException cause, String key, Object... arguments) {
    this(key, arguments);
    initCause(cause);
  }

  InvalidFile(String key, Object... arguments) {
    this.sentence = Sentence.of("dev.qkv.io.messages", key, arguments);
  }

  /**
   * Which rule is broken.
   *
   * @return the key of the sentence, the same in every language
   */
  public String rule() {
    return sentence.key();
  }

  /**
   * Which file breaks it.
   *
   * @return the file as it was named; {@code FILE:ARRAY} for an array in a file of several
   */
  public String where() {
    // Every sentence about a file begins with it.
    return sentence.arguments().getFirst();
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
