package dev.qkv.app.cli;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.Suggestion;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Options that only take some values. */
final class Limits {
  private static final int MOST_DIGITS = 34;

  /** Mistakes are followed in float64. */
  private static final int MOST_DECIMALS = 10;

  private Limits() {}

  static void digits(int digits, ResourceBundle words) throws Unusable {
    if (digits < 0 || digits > MOST_DIGITS) {
      throw Unusable.of(words, "error.digits", MOST_DIGITS, digits);
    }
  }

  static void decimals(int decimals, ResourceBundle words) throws Unusable {
    if (decimals < 0 || decimals > MOST_DECIMALS) {
      throw Unusable.of(words, "error.decimals", MOST_DECIMALS, decimals);
    }
  }

  /** What may have been meant, as part of a sentence; empty if nothing known is near. */
  static String suggestion(String given, Collection<String> known, ResourceBundle words) {
    return Suggestion.clause(given, known) instanceof Message clause
        ? clause.in(words.getLocale())
        : "";
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
