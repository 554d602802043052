package dev.qkv.app.cli;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The user's browser; java.desktop would cost more than all else at the start. */
final class Browser {
  private Browser() {}

  /** Opens an address, where there is something to open it with. */
  static void open(URI address) {
    Optional<List<String>> opener = opener(System.getProperty("os.name", ""), System.getenv());
    if (opener.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(opener.get());
    command.add(address.toString());
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // No browser: the address has been printed.
    }
  }

  static Optional<List<String>> opener(String system, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
    }
    if (name.startsWith("mac")) {
      return Optional.of(List.of("open"));
    }
    boolean screen =
        List.of("DISPLAY", "WAYLAND_DISPLAY").stream()
            .anyMatch(key -> !environment.getOrDefault(key, "").isBlank());
    return screen ? Optional.of(List.of("xdg-open")) : Optional.empty();
  }
}
