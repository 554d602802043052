package dev.qkv.io;

import dev.qkv.tensor.Sentence;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * A file that breaks a rule of its format, or does not hold what was asked for. The message is
 * English; {@link #message} gives it in Chinese as well.
 */
public final class InvalidFile extends IOException {
  private static final long serialVersionUID = 1;

  /** What is said. */
  private final Sentence sentence;

  /** Which file breaks it. */
  private final String where;

  InvalidFile(IOException cause, String key, Object... arguments) {
    this(key, arguments);
    initCause(cause);
  }

  InvalidFile(String key, Object... arguments) {
    this.where = String.valueOf(arguments[0]);
    this.sentence = Sentence.of("dev.qkv.io.messages", key, shown(arguments));
  }

  /** Every sentence begins with the file as it was named; the rest may come out of the file. */
  private static Object[] shown(Object... arguments) {
    Object[] shown = new Object[arguments.length];
    shown[0] = Shown.visible(String.valueOf(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      boolean shape = arguments[i] instanceof int[];
      String text = shape ? Arrays.toString((int[]) arguments[i]) : String.valueOf(arguments[i]);
      shown[i] = Shown.brief(text);
    }
    return shown;
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
    return where;
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
