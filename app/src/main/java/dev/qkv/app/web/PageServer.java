package dev.qkv.app.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.qkv.sheet.message.SheetException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hands out the page, and answers what it asks of the {@link Workbook}, to browsers on this machine
 * only: {@code GET} for the page's files, {@code POST /api/METHOD} with a JSON array of strings for
 * calls.
 */
public final class PageServer implements AutoCloseable {
  /**
   * What the JDK's server reads once, when it is first used: answers leave at once, not with the
   * next ones, and headers stay small.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "sun.net.httpserver.nodelay", "true",
          "sun.net.httpserver.maxReqHeaderSize", "65536");

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final String CALLS = "/api/";
  private static final Pattern CALL = Pattern.compile(CALLS + "([a-z]{1,20})");

  private final Bounds bounds;
  private final BiFunction<String, List<String>, String> workbook;
  private final PageFiles files = new PageFiles();
  private final Deadlines deadlines;
  private final Computations computations;
  private final HttpServer server;
  private final Gate gate;

  /**
   * Listens.
   *
   * @param port where; 0 for any that is free
   * @throws java.net.BindException if the port is taken or may not be used
   * @throws IOException if the machine has no sockets to give
   */
  public PageServer(int port) throws IOException {
    this(port, Bounds.USUAL, new Workbook()::call);
  }

  PageServer(int port, Bounds bounds, BiFunction<String, List<String>, String> workbook)
      throws IOException {
    SETTINGS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
    this.bounds = bounds;
    this.workbook = workbook;
    this.server = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
    this.gate = Gate.of(server.getAddress().getPort());
    this.deadlines = new Deadlines(bounds);
    this.computations = new Computations(bounds);
    server.setExecutor(deadlines);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Where the page is.
   *
   * @return its address
   */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Stops listening, closes every connection and gives up what is being computed. */
  @Override
  public void close() {
    server.stop(0);
    computations.close();
    deadlines.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    // As it was sent: nothing is decoded, so nothing can mean two things.
    String target = exchange.getRequestURI().toString();
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    boolean call = path.startsWith(CALLS);
    Answer answer;
    try {
      gate.check(exchange.getRequestHeaders(), path.equals("/"));
      answer = call ? call(exchange, path) : file(exchange, path);
    } catch (Refusal e) {
      answer = Answer.of(e, call, words(exchange));
    }
    answer.send(exchange);
  }

  private Answer file(HttpExchange exchange, String path) throws Refusal {
    Answer file = files.get(path);
    method(exchange, "GET");
    return file;
  }

  private Answer call(HttpExchange exchange, String path) throws Refusal {
    Matcher named = CALL.matcher(path);
    if (!named.matches()) {
      throw Refusal.of(Refusal.NOT_FOUND, "error.page.path");
    }
    method(exchange, "POST");
    List<String> strings = CallBody.strings(exchange, bounds.body());
    try {
      return Answer.json(computations.of(() -> workbook.apply(named.group(1), strings)));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SheetException known
          ? Refusal.of(known, strings.isEmpty() ? "" : strings.getFirst())
          : Refusal.of(Refusal.INTERNAL, "error.page.internal", String.valueOf(e.getCause()));
    }
  }

  private static void method(HttpExchange exchange, String expected) throws Refusal {
    if (!exchange.getRequestMethod().equals(expected)) {
      throw Refusal.of(Refusal.WRONG_METHOD, "error.page.method", expected);
    }
  }

  /** Refusals are in the language that the browser prefers. */
  private static ResourceBundle words(HttpExchange exchange) {
    String preferred = exchange.getRequestHeaders().getFirst("Accept-Language");
    boolean chinese = preferred != null && preferred.toLowerCase(Locale.ROOT).startsWith("zh");
    return ResourceBundle.getBundle("dev.qkv.app.messages", chinese ? Locale.CHINESE : Locale.ROOT);
  }
}
