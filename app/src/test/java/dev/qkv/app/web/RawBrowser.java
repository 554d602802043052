package dev.qkv.app.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends bytes as they are, which no HTTP client would. */
final class RawBrowser {
  private static final int PATIENCE_MILLIS = 20_000;

  private final int port;

  RawBrowser(PageServer server) {
    this.port = server.address().getPort();
  }

  /**
   * What came back.
   *
   * @param status 0 where the connection was closed without an answer
   * @param headers names in lower case
   * @param body the content
   */
  record Reply(int status, Map<String, String> headers, String body) {
    static Reply of(byte[] bytes) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (text.isEmpty()) {
        return new Reply(0, Map.of(), "");
      }
      String[] parts = text.split("\r\n\r\n", 2);
      List<String> lines = parts[0].lines().toList();
      Map<String, String> headers =
          lines.stream()
              .skip(1)
              .map(line -> line.split(": ", 2))
              .collect(
                  Collectors.toMap(
                      pair -> pair[0].toLowerCase(Locale.ROOT), pair -> pair[1], (a, b) -> a + b));
      return new Reply(Integer.parseInt(lines.getFirst().split(" ")[1]), headers, parts[1]);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Sends lines as a request of their own, PORT filled in, and reads until the end. */
  Reply ask(List<String> head, byte[] body) {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes(head));
      socket.getOutputStream().write(body);
      return Reply.of(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reply ask(String... head) {
    return ask(Arrays.asList(head), new byte[0]);
  }

  /** A call as the page makes it, but for what is said in place of its usual headers. */
  Reply call(String method, byte[] body, String... headers) {
    List<String> head =
        new ArrayList<>(
            List.of(
                "POST /api/" + method + " HTTP/1.1",
                "Host: 127.0.0.1:PORT",
                "Connection: close",
                "Content-Length: " + body.length));
    head.addAll(Arrays.asList(headers));
    if (Arrays.stream(headers).noneMatch(h -> h.startsWith("Content-Type"))) {
      head.add("Content-Type: application/json");
    }
    return ask(head, body);
  }

  Reply call(String method, String body, String... headers) {
    return call(method, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  byte[] bytes(List<String> head) {
    String text = String.join("\r\n", head) + "\r\n\r\n";
    return text.replace("PORT", String.valueOf(port)).getBytes(StandardCharsets.UTF_8);
  }
}
