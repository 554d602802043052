package dev.qkv.app.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param type of the content
 * @param content what is sent
 * @param more headers beside those that every answer has
 */
record Answer(int status, String type, byte[] content, Map<String, String> more) {
  /** A page that runs its own scripts only, in nobody's frame; nobody guesses types. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
              + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private static final int FINE = 200;
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  /** How much of a body that nobody wants is still taken, so that its sender reads the answer. */
  private static final long SWALLOWED = 16L << 20;

  private static final int PIECE = 8192;

  static Answer file(String type, byte[] content) {
    return new Answer(FINE, type, content, Map.of());
  }

  static Answer json(String document) {
    return new Answer(FINE, JSON, utf8(document), Map.of());
  }

  /** A refusal: JSON for a program, a line of text for a person. */
  static Answer of(Refusal refusal, boolean call, ResourceBundle words) {
    Map<String, String> more =
        switch (refusal.status()) {
          case Refusal.WRONG_METHOD -> Map.of("Allow", call ? "POST" : "GET");
          case Refusal.UNAVAILABLE -> Map.of("Retry-After", "1");
          default -> Map.of();
        };
    if (!call) {
      return new Answer(refusal.status(), TEXT, utf8(refusal.text(words) + "\n"), more);
    }
    return new Answer(refusal.status(), JSON, utf8(refusal.document(words)), more);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Sends this. Only a stream is closed, never the exchange: the JDK's server keeps a connection in
   * its lists that {@code HttpExchange.close} closed, but none whose handler threw.
   */
  void send(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    ALWAYS.forEach(headers::set);
    more.forEach(headers::set);
    headers.set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, content.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content);
      out.flush();
      swallow(exchange.getRequestBody());
    }
  }

  private static void swallow(InputStream body) {
    byte[] piece = new byte[PIECE];
    long left = SWALLOWED;
    int got = 0;
    try {
      while (left > 0 && got >= 0) {
        got = body.read(piece);
        left -= got;
      }
    } catch (IOException e) {
      // The answer is out; what was sent beside it is lost on both sides.
    }
  }
}
