package dev.qkv.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.app.web.RawBrowser.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What slow, large and lying requests meet, with limits that a test can wait for. */
@Timeout(60)
class PageLimitsTest {
  private static final int MOST = 1000;
  private static final int REQUESTS = 8;

  private final CountDownLatch finish = new CountDownLatch(1);
  private final AtomicInteger computing = new AtomicInteger();
  private final AtomicInteger interrupted = new AtomicInteger();
  private PageServer server;
  private RawBrowser raw;

  /** With a deadline that nothing here meets, unless a test asks for another. */
  @BeforeEach
  void start() throws IOException {
    listen(60_000);
  }

  private void hurry() throws IOException {
    server.close();
    listen(700);
  }

  private void listen(int deadlineMillis) throws IOException {
    Bounds bounds =
        new Bounds(Duration.ofMillis(deadlineMillis), Duration.ofMillis(100), MOST, 2, REQUESTS);
    server = new PageServer(0, bounds, this::work);
    raw = new RawBrowser(server);
  }

  @AfterEach
  void stop() {
    finish.countDown();
    server.close();
  }

  private String work(String method, List<String> strings) {
    switch (method) {
      case "wait", "stubborn" -> {
        computing.incrementAndGet();
        boolean waiting = true;
        while (waiting) {
          try {
            finish.await();
            waiting = false;
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            waiting = method.equals("stubborn");
          }
        }
        computing.decrementAndGet();
      }
      case "break" -> throw new IllegalStateException("a <b>bug</b>");
      case "recurse" -> work(method, strings);
      default -> {}
    }
    return "{\"strings\":" + strings.size() + "}\n";
  }

  private void awaitComputing(int number) throws InterruptedException {
    while (computing.get() != number) {
      Thread.sleep(5);
    }
  }

  private static String ofLength(int bytes) {
    return "[\"" + "x".repeat(bytes - 4) + "\"]";
  }

  private Reply chunked(String body, String ending) {
    byte[] bytes =
        (Integer.toHexString(body.length()) + "\r\n" + body + "\r\n" + ending)
            .getBytes(StandardCharsets.UTF_8);
    return raw.ask(
        List.of(
            "POST /api/x HTTP/1.1",
            "Host: 127.0.0.1:PORT",
            "Connection: close",
            "Content-Type: application/json",
            "Transfer-Encoding: chunked"),
        bytes);
  }

  @Test
  void bodiesEndAtTheLimit() {
    assertThat(raw.call("x", ofLength(MOST)).status()).isEqualTo(200);
    assertThat(chunked(ofLength(MOST), "0\r\n\r\n").status()).isEqualTo(200);
    for (int size : new int[] {MOST + 1, 100_000, 5_000_000}) {
      assertThat(raw.call("x", ofLength(size)).status()).isEqualTo(413);
      assertThat(chunked(ofLength(size), "0\r\n\r\n").status()).isEqualTo(413);
    }
  }

  /** What is refused before it is read is still taken, so that its sender can read why. */
  @Test
  void refusedBodiesAreSwallowed() {
    assertThat(raw.call("x", ofLength(5_000_000), "Content-Type: text/plain").status())
        .isEqualTo(415);
    assertThat(raw.call("x", ofLength(5_000_000), "Origin: null").status()).isEqualTo(403);
  }

  @Test
  void hugeLengthIsRefusedBeforeItComes() throws IOException {
    try (Socket socket = raw.connect()) {
      send(socket, "Content-Length: 9223372036854775807", "");
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 413");
    }
  }

  private void send(Socket socket, String length, String body) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(
        raw.bytes(
            List.of(
                "POST /api/x HTTP/1.1",
                "Host: 127.0.0.1:PORT",
                "Content-Type: application/json",
                length)));
    out.write(body.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Test
  void promisedBytesThatNeverComeCloseTheConnection() throws IOException {
    hurry();
    try (Socket socket = raw.connect()) {
      send(socket, "Content-Length: 50", "[\"a\"]");
      assertThat(untilClosed(socket)).isEmpty();
    }
  }

  @Test
  void bodyThatEndsEarlyIsRefused() throws IOException {
    try (Socket socket = raw.connect()) {
      send(socket, "Content-Length: 50", "[\"a\"]");
      socket.shutdownOutput();
      Reply reply = Reply.of(socket.getInputStream().readAllBytes());
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("error.page.cut");
    }
  }

  /** More than was announced is the next request, and none that anybody understands. */
  @Test
  void bytesBeyondTheLengthAreNoPartOfTheCall() {
    Reply reply = raw.call("x", "[\"a\"],\"b\"]", "Content-Length: 5");
    assertThat(reply.status()).isEqualTo(400); // two lengths
    Reply alone =
        raw.ask(
            List.of(
                "POST /api/x HTTP/1.1",
                "Host: 127.0.0.1:PORT",
                "Content-Type: application/json",
                "Content-Length: 5"),
            "[\"a\"],\"b\"]\r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(alone.status()).isEqualTo(200);
    assertThat(alone.body()).startsWith("{\"strings\":1}");
  }

  @Test
  void brokenChunksAreRefused() throws IOException {
    for (String length : List.of("zz", "-5", "fffffffffffffff", "")) {
      try (Socket socket = raw.connect()) {
        send(socket, "Transfer-Encoding: chunked", length + "\r\n[\"a\"]\r\n0\r\n\r\n");
        socket.shutdownOutput();
        assertThat(Reply.of(socket.getInputStream().readAllBytes()).status()).isIn(0, 400);
      }
    }
    assertThat(raw.call("x", "[\"a\"]", "Transfer-Encoding: chunked").status()).isEqualTo(400);
  }

  /** Whatever is left to be read until the other side closes, a reset included. */
  private static String untilClosed(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }

  @Test
  void slowSendersAreCutOff() throws Exception {
    hurry();
    List<Socket> half = new ArrayList<>();
    for (String sent :
        List.of("GET / HT", "GET / HTTP/1.1\r\nHost: 127.0.0.1:", "POST /api/x HTTP/1.1\r\n")) {
      Socket socket = raw.connect();
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.UTF_8));
      half.add(socket);
    }
    for (Socket socket : half) {
      assertThat(untilClosed(socket)).isEmpty();
      socket.close();
    }
    try (Socket socket = raw.connect()) {
      send(socket, "Content-Length: 900", "[");
      boolean open = true;
      for (int i = 0; i < 800 && open; i++) {
        Thread.sleep(5);
        try {
          socket.getOutputStream().write('"');
        } catch (SocketException e) {
          open = false;
        }
      }
      assertThat(open).isFalse();
    }
  }

  @Test
  void lateComputationsAreGivenUp() throws Exception {
    hurry();
    Reply reply = raw.call("wait", "[]");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsEntry("retry-after", "1");
    assertThat(reply.body()).contains("error.page.late");
    awaitComputing(0);
    assertThat(interrupted).hasValue(1);
    assertThat(raw.call("x", "[]").status()).isEqualTo(200);
  }

  @Test
  void onlySoManyComputeAtATime() throws Exception {
    hurry();
    List<CompletableFuture<Reply>> first =
        List.of(
            CompletableFuture.supplyAsync(() -> raw.call("stubborn", "[]")),
            CompletableFuture.supplyAsync(() -> raw.call("stubborn", "[]")));
    awaitComputing(2);
    Reply third = raw.call("x", "[]");
    assertThat(third.status()).isEqualTo(503);
    assertThat(third.headers()).containsEntry("retry-after", "1");
    assertThat(third.body()).contains("error.page.busy");
    for (CompletableFuture<Reply> reply : first) {
      assertThat(reply.get().body()).contains("error.page.late");
    }
    // They ignore that they were given up, so their turns are not over.
    assertThat(raw.call("x", "[]").body()).contains("error.page.busy");
    assertThat(raw.ask("GET / HTTP/1.1", "Host: localhost:PORT", "Connection: close").status())
        .isEqualTo(200);
    finish.countDown();
    awaitComputing(0);
    assertThat(raw.call("x", "[]").status()).isEqualTo(200);
  }

  @Test
  void tooManyRequestsAreClosed() throws Exception {
    hurry();
    List<Socket> half = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      Socket socket = raw.connect();
      socket.getOutputStream().write("GET".getBytes(StandardCharsets.UTF_8));
      half.add(socket);
    }
    try (Socket more = raw.connect()) {
      Thread.sleep(100); // the others have been noticed
      more.getOutputStream().write(raw.bytes(List.of("GET / HTTP/1.1", "Host: localhost:PORT")));
      assertThat(untilClosed(more)).isEmpty();
    }
    for (Socket socket : half) {
      assertThat(untilClosed(socket)).isEmpty();
      socket.close();
    }
    assertThat(raw.call("x", "[]").status()).isEqualTo(200);
  }

  @Test
  void bugsAreASentence() {
    for (String method : List.of("break", "recurse")) {
      Reply reply = raw.call(method, "[]");
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.headers()).containsEntry("content-type", "application/json");
      assertThat(reply.body()).contains("error.page.internal").doesNotContain("\\tat ");
    }
  }

  @Test
  void oneConnectionServesManyRequests() throws IOException {
    try (Socket socket = raw.connect()) {
      for (int i = 0; i < 3; i++) {
        send(socket, "Content-Length: 5", "[\"a\"]");
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("{\"strings\":1}\n")) {
          answer.append((char) socket.getInputStream().read());
        }
        assertThat(answer.toString()).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void closingEndsEverything() throws Exception {
    CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(() -> raw.call("wait", "[]"));
    awaitComputing(1);
    server.close();
    awaitComputing(0);
    assertThat(interrupted).hasValue(1);
    assertThat(waiting.handle((reply, failure) -> true).get()).isTrue();
  }
}
