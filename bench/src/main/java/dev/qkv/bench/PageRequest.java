package dev.qkv.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A request to the page's server, good or hostile, with what the rules say to it.
 *
 * @param name of its kind
 * @param bytes what is sent at once
 * @param end what becomes of the connection then
 * @param status the answer's; 0 for a connection that is closed without one
 * @param body the answer's; empty for any
 */
record PageRequest(String name, byte[] bytes, End end, int status, String body) {
  static final int BUSY = 503;
  private static final int OK = 200;
  private static final int TEN_MEGABYTES = 10_000_000;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int PAUSE_MILLIS = 20;
  private static final int SLOW_BYTES = 1000;
  private static final List<String> SAFETY =
      List.of(
          "Content-security-policy: default-src 'none'; script-src 'self'; ",
          "X-content-type-options: nosniff",
          "Referrer-policy: no-referrer");

  /** What becomes of a connection when all has been sent. */
  enum End {
    /** The answer is read. */
    READ,
    /** Nothing more comes; the server has to end it. */
    SILENCE,
    /** A byte comes now and then; the server has to end it. */
    TRICKLE,
    /** The client is gone. */
    GONE
  }

  /** What came back: the status, 0 without one, and the content. */
  record Reply(int status, String head, String body) {}

  /** Something for the page itself. */
  static PageRequest page(String address) {
    return new PageRequest("page", ascii("GET / HTTP/1.1", "Host: " + address), End.READ, OK, "");
  }

  /** A call with the document that it comes to. */
  static PageRequest call(String address, String method, String strings, String document) {
    return new PageRequest(
        method,
        post(address, method, "application/json", strings.getBytes(StandardCharsets.UTF_8)),
        End.READ,
        OK,
        document);
  }

  /** One of each hostile kind; those that wait for the server to end them are told apart. */
  static List<PageRequest> hostile(String address) {
    byte[] call = "[\"en\"]".getBytes(StandardCharsets.UTF_8);
    byte[] large = new byte[TEN_MEGABYTES];
    Arrays.fill(large, (byte) 'x');
    byte[] broken = {'[', '"', (byte) 0xe4, (byte) 0xbd, '"', ']'};
    String json = "application/json";
    String slow = "POST /api/read HTTP/1.1\r\nHost: " + address + "\r\nContent-Type: " + json;
    return List.of(
        answered("wrong host", post("evil.example", "examples", json, call), 403),
        answered("longer host", post(address + ".evil.example", "examples", json, call), 403),
        answered("wrong type", post(address, "examples", "text/plain", call), 415),
        answered("10 MB", post(address, "read", json, large), 413),
        answered("10 MB in chunks", chunked(address, large), 413),
        answered("broken UTF-8", post(address, "examples", json, broken), 400),
        new PageRequest("half a request, gone", ascii("GET / HTT"), End.GONE, 0, ""),
        new PageRequest("half a body, gone", ascii(slow, "Content-Length: 2000"), End.GONE, 0, ""));
  }

  /** Those that take as long as the server lets them. */
  static List<PageRequest> lasting(String address) {
    byte[] half = "POST /api/read HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ascii(
            "POST /api/read HTTP/1.1",
            "Host: " + address,
            "Content-Type: application/json",
            "Content-Length: 2000");
    return List.of(
        new PageRequest("half a request, silent", half, End.SILENCE, 0, ""),
        new PageRequest("slow sender", head, End.TRICKLE, 0, ""));
  }

  private static PageRequest answered(String name, byte[] bytes, int status) {
    return new PageRequest(name, bytes, End.READ, status, "");
  }

  private static byte[] post(String host, String method, String type, byte[] body) {
    byte[] head =
        ascii(
            "POST /api/" + method + " HTTP/1.1",
            "Host: " + host,
            "Content-Type: " + type,
            "Content-Length: " + body.length);
    return joined(head, body);
  }

  private static byte[] chunked(String host, byte[] body) {
    byte[] head =
        ascii(
            "POST /api/read HTTP/1.1",
            "Host: " + host,
            "Content-Type: application/json",
            "Transfer-Encoding: chunked");
    byte[] length = (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.UTF_8);
    byte[] end = "\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    return joined(joined(head, length), joined(body, end));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static byte[] ascii(String... lines) {
    return (String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends this and checks what comes back; a server that is busy is an answer of its own. */
  Reply send(int port) throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes);
      Reply reply =
          switch (end) {
            case READ -> parsed(socket.getInputStream());
            case SILENCE -> untilClosed(socket);
            case TRICKLE -> trickle(socket);
            case GONE -> new Reply(0, "", "");
          };
      check(reply);
      return reply;
    }
  }

  private static Reply trickle(Socket socket) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    try {
      for (int i = 0; i < SLOW_BYTES; i++) {
        Thread.sleep(PAUSE_MILLIS);
        out.write('x');
      }
    } catch (SocketException e) {
      return new Reply(0, "", ""); // closed, as it has to be
    }
    return parsed(socket.getInputStream());
  }

  private static Reply untilClosed(Socket socket) throws IOException {
    try {
      return parsed(socket.getInputStream());
    } catch (SocketException e) {
      return new Reply(0, "", "");
    }
  }

  private static Reply parsed(InputStream in) throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Reply(0, "", text);
    }
    String head = text.substring(0, end);
    return new Reply(Integer.parseInt(head.split(" ")[1]), head, text.substring(end + 4));
  }

  private void check(Reply reply) {
    boolean busy = reply.status() == BUSY && status == OK;
    boolean right =
        busy
            ? reply.head().contains("Retry-after: 1")
            : reply.status() == status && (body.isEmpty() || reply.body().equals(body));
    boolean safe = reply.status() == 0 || SAFETY.stream().allMatch(reply.head()::contains);
    if (!right || !safe) {
      throw new IllegalStateException(name + ": expected " + status + ", got " + reply);
    }
  }
}
