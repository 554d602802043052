package dev.qkv.app.web;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may ask: the page itself, and whoever opens it. Any page in the browser can reach a port of
 * this machine, and any name can be made to lead to it; what tells them apart are the headers that
 * no script may set.
 *
 * @param hosts names and ports that are ours
 */
record Gate(Set<String> hosts) {
  private static final int HTTP_PORT = 80;

  static Gate of(int port) {
    return new Gate(
        port == HTTP_PORT
            ? Set.of("127.0.0.1", "localhost", "127.0.0.1:80", "localhost:80")
            : Set.of("127.0.0.1:" + port, "localhost:" + port));
  }

  /**
   * Refuses who is somebody else. Whole values are compared, so there is nothing to misread.
   *
   * @param headers of the request
   * @param opens whether a page is asked for, which a link elsewhere may lead to
   */
  void check(Headers headers, boolean opens) throws Refusal {
    List<String> host = headers.getOrDefault("Host", List.of());
    if (host.size() != 1 || !hosts.contains(host.getFirst().toLowerCase(Locale.ROOT))) {
      throw Refusal.of(Refusal.FORBIDDEN, "error.page.host");
    }
    List<String> origin = headers.getOrDefault("Origin", List.of());
    if (origin.size() > 1 || !origin.stream().allMatch(this::isOurs)) {
      throw Refusal.of(Refusal.FORBIDDEN, "error.page.origin");
    }
    boolean elsewhere = headers.getOrDefault("Sec-Fetch-Site", List.of()).contains("cross-site");
    boolean link =
        opens
            && List.of("navigate").equals(headers.get("Sec-Fetch-Mode"))
            && List.of("document").equals(headers.get("Sec-Fetch-Dest"));
    if (elsewhere && !link) {
      throw Refusal.of(Refusal.FORBIDDEN, "error.page.origin");
    }
  }

  private boolean isOurs(String origin) {
    String scheme = "http://";
    return origin.startsWith(scheme) && hosts.contains(origin.substring(scheme.length()));
  }
}
