package dev.qkv.app.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Options that only take some values. */
final class Limits {
  private static final int MOST_DIGITS = 34;

  private Limits() {}

  static void digits(int digits, ResourceBundle words) throws Unusable {
    if (digits < 0 || digits > MOST_DIGITS) {
      throw Unusable.of(words, "error.digits", MOST_DIGITS, digits);
    }
  }

  static Optional<Locale> language(@Nullable String language, ResourceBundle words)
      throws Unusable {
    if (language == null) {
      return Optional.empty();
    }
    return switch (language) {
      case "zh" -> Optional.of(Locale.CHINESE);
      case "en" -> Optional.of(Locale.ENGLISH);
      default -> throw Unusable.of(words, "error.lang", language);
    };
  }
}
