package dev.qkv.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The language of what is printed. */
final class Language {
  private static final String OPTION = "--lang";

  private Language() {}

  /** The language that the arguments ask for; help needs it before they are parsed. */
  static Optional<Locale> of(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals(OPTION) && i + 1 < arguments.size()) {
        return Optional.of(Locale.of(arguments.get(i + 1)));
      }
      if (argument.startsWith(OPTION + "=")) {
        return Optional.of(Locale.of(argument.substring(OPTION.length() + 1)));
      }
    }
    return Optional.empty();
  }

  /** The system's language: LC_ALL, LC_MESSAGES, LANG in this order. */
  static Locale ofSystem() {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(System::getenv)
        .filter(v -> v != null && !v.isEmpty())
        .findFirst()
        .map(v -> v.startsWith("zh") ? Locale.CHINESE : Locale.ENGLISH)
        .orElse(Locale.ENGLISH);
  }
}
