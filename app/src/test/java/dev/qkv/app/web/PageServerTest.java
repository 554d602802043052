package dev.qkv.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.app.web.RawBrowser.Reply;
import java.io.IOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who is answered with what, down to the bytes. */
@Timeout(60)
class PageServerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static PageServer server;
  private static RawBrowser raw;

  @BeforeAll
  static void start() throws IOException {
    server = new PageServer(0);
    raw = new RawBrowser(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertSafe(Reply reply) {
    assertThat(reply.headers())
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("cache-control", "no-store")
        .containsEntry(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors"
                + " 'none'");
    assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
  }

  /** An error of a call, with its one code. */
  private static void assertError(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertSafe(reply);
    assertThat(reply.headers()).containsEntry("content-type", "application/json");
    JsonNode errors = JSON.readTree(reply.body()).get("errors");
    assertThat(errors).hasSize(1);
    assertThat(errors.at("/0/code").asString()).isEqualTo(code);
    assertThat(errors.at("/0/text").asString()).isNotBlank();
  }

  private static Reply get(String path, String... headers) {
    List<String> head =
        new ArrayList<>(
            List.of("GET " + path + " HTTP/1.1", "Host: 127.0.0.1:PORT", "Connection: close"));
    head.addAll(List.of(headers));
    return raw.ask(head.toArray(String[]::new));
  }

  @Test
  void anHttpClientGetsThePageAndItsCalls() throws Exception {
    HttpURLConnection page = (HttpURLConnection) server.address().toURL().openConnection();
    assertThat(page.getResponseCode()).isEqualTo(200);
    assertThat(page.getContentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(content(page)).containsIgnoringCase("<!doctype html>");
    String note = "## 1. T\n```qkv\nQ = [1]\nK = [2]\nV = [3]\nfind Z\n```\n";
    byte[] body = JSON.writeValueAsBytes(List.of("en", "n.md", note, "0", ""));
    for (boolean inChunks : new boolean[] {false, true}) {
      HttpURLConnection sheet =
          (HttpURLConnection) server.address().resolve("/api/sheet").toURL().openConnection();
      sheet.setRequestProperty("Content-Type", "application/json; charset=UTF-8");
      sheet.setDoOutput(true);
      if (inChunks) {
        sheet.setChunkedStreamingMode(7);
      }
      sheet.getOutputStream().write(body);
      assertThat(sheet.getResponseCode()).isEqualTo(200);
      assertThat(JSON.readTree(content(sheet)).get("title").asString()).isEqualTo("T");
    }
  }

  private static String content(HttpURLConnection connection) throws IOException {
    return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void listensOnLoopbackOnly() {
    assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> new PageServer(server.address().getPort()))
        .isInstanceOf(BindException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "LocalHost:PORT"})
  void ownNamesAreAnswered(String host) {
    Reply reply = raw.ask("GET / HTTP/1.1", "Host: " + host, "Connection: close");
    assertThat(reply.status()).isEqualTo(200);
    assertSafe(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:PORT.evil.com",
        "127.0.0.1.evil.com:PORT",
        "evil.com",
        "evil.com:PORT",
        "user@127.0.0.1:PORT",
        "127.0.0.1:PORT@evil.com",
        "127.0.0.1",
        "localhost",
        "localhost.:PORT",
        "127.0.0.1:0PORT",
        "127.0.0.1:1",
        "127.1:PORT",
        "0.0.0.0:PORT",
        "2130706433:PORT",
        "[::1]:PORT",
        "[::ffff:127.0.0.1]:PORT",
        "127.0.0.1:PORT/",
        "127.0.0.1:PORT, evil.com",
        "http://127.0.0.1:PORT",
        ""
      })
  void otherHostsAreRefused(String host) {
    Reply reply = raw.ask("GET / HTTP/1.1", "Host: " + host, "Connection: close");
    assertThat(reply.status()).isEqualTo(403);
    assertSafe(reply);
    assertError(raw.call("examples", "[\"en\"]", "Host: " + host), 403, "error.page.host");
  }

  @Test
  void missingHostIsRefused() {
    assertThat(raw.ask("GET / HTTP/1.1", "Connection: close").status()).isEqualTo(403);
    assertThat(raw.ask("GET / HTTP/1.0").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:PORT", "http://localhost:PORT"})
  void ownOriginsMayCall(String origin) {
    Reply reply = raw.call("examples", "[\"en\"]", "Origin: " + origin);
    assertThat(reply.status()).isEqualTo(200);
    assertSafe(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "http://evil.com",
        "https://127.0.0.1:PORT",
        "http://127.0.0.1:PORT.evil.com",
        "http://127.0.0.1:PORT/",
        "http://127.0.0.1",
        "http://localhost:1",
        "http://user@127.0.0.1:PORT",
        "http://127.0.0.1:PORT http://evil.com",
        "file://",
        "127.0.0.1:PORT"
      })
  void otherOriginsAreRefused(String origin) {
    assertError(raw.call("examples", "[\"en\"]", "Origin: " + origin), 403, "error.page.origin");
    assertThat(get("/", "Origin: " + origin).status()).isEqualTo(403);
  }

  @Test
  void twoOriginsAreRefused() {
    String own = "Origin: http://127.0.0.1:PORT";
    assertError(raw.call("examples", "[\"en\"]", own, own), 403, "error.page.origin");
  }

  /** A link from elsewhere opens the page; nothing else of it can be reached from there. */
  @Test
  void otherSitesMayOpenThePageOnly() {
    String cross = "Sec-Fetch-Site: cross-site";
    assertThat(get("/", cross).status()).isEqualTo(403);
    assertThat(get("/", cross, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script").status())
        .isEqualTo(403);
    assertThat(get("/", cross, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe").status())
        .isEqualTo(403);
    String[] link = {cross, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"};
    assertThat(get("/", link).status()).isEqualTo(200);
    assertThat(get("/index.html", link).status()).isEqualTo(403);
    assertError(raw.call("examples", "[\"en\"]", link), 403, "error.page.origin");
    assertThat(get("/", "Sec-Fetch-Site: none").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/json, text/plain",
        "application/json; charset=gbk",
        "application/json; charset=utf-8; text/plain",
        "text/plain; application/json",
        ""
      })
  void otherTypesAreRefused(String type) {
    assertError(raw.call("examples", "[\"en\"]", "Content-Type: " + type), 415, "error.page.type");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /, 405, GET",
    "HEAD, /, 405, GET",
    "OPTIONS, /, 405, GET",
    "PUT, /index.html, 405, GET",
    "get, /, 405, GET",
    "GET, /api/examples, 405, POST",
    "OPTIONS, /api/examples, 405, POST",
    "DELETE, /api/examples, 405, POST",
    "GET, /nothing, 404,",
    "OPTIONS, /nothing, 404,",
    "POST, /api/, 404,",
    "POST, /api, 404,",
    "POST, /api/Examples, 404,",
    "POST, /api/read/more, 404,",
    "POST, /api/%72ead, 404,"
  })
  void otherMethodsAndPathsAreRefused(String method, String path, int status, String allowed) {
    Reply reply =
        raw.ask(
            method + " " + path + " HTTP/1.1",
            "Host: localhost:PORT",
            "Access-Control-Request-Method: POST",
            "Connection: close");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.headers().get("allow")).isEqualTo(allowed);
    assertSafe(reply);
    assertThat(reply.body().isEmpty()).isEqualTo(method.equals("HEAD"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../PageServer.class",
        "/..%2fPageServer.class",
        "/%2e%2e/PageServer.class",
        "/..%5cPageServer.class",
        "/%252e%252e/PageServer.class",
        "/files.txt",
        "/./index.html",
        "//evil.com/",
        "http://evil.com/",
        "http://127.0.0.1:PORT/index.html",
        "/index.html/",
        "/index.html%00",
        "/index.html;x",
        "/INDEX.HTML",
        "/etc/passwd",
        "//etc/passwd",
        "/file:///etc/passwd",
        "/WEB-INF/web.xml"
      })
  void noPathLeadsElsewhere(String path) {
    Reply reply = get(path);
    assertThat(reply.status()).isEqualTo(404);
    assertSafe(reply);
    assertThat(reply.headers()).containsEntry("content-type", "text/plain; charset=utf-8");
    assertThat(reply.body().lines()).hasSize(1);
  }

  /**
   * What is no HTTP is answered, or cut off, by the JDK's server, with nothing of what was sent.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /\\..\\x HTTP/1.1",
        "GET /<script> HTTP/1.1",
        "GET //index.html HTTP/1.1",
        "GET * HTTP/1.1",
        "GET mailto:a HTTP/1.1",
        "GET",
        "\u0000\u0001"
      })
  void whatIsNoRequestIsNotEchoed(String line) {
    Reply reply = raw.ask(line, "Host: 127.0.0.1:PORT", "Connection: close");
    assertThat(reply.status()).isIn(0, 400, 404);
    assertThat(reply.body()).doesNotContain("script", "mailto", "..");
  }

  @Test
  void queriesChangeNothing() {
    assertThat(get("/?/../x=%2e").body()).isEqualTo(get("/").body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[]]",
        "[\"en\"] x",
        "[\"en\"][\"en\"]",
        "{}",
        "\"en\"",
        "null",
        "[1]",
        "[null]",
        "[true]",
        "[[\"en\"]]",
        "[{}]",
        "[\"en\",]",
        "['en']",
        "[\"en\" //\n]",
        "[\"\\q\"]",
        "[\"a\nb\"]",
        "\uFEFF[\"en\"]"
      })
  void whatIsNoArrayOfStringsIsRefused(String body) {
    assertError(raw.call("examples", body), 400, "error.page.json");
  }

  @Test
  void stringsAreCounted() {
    String many = "[" + String.join(",", Collections.nCopies(65, "\"\"")) + "]";
    assertError(raw.call("examples", many), 400, "error.page.json");
  }

  @Test
  void brokenUtf8IsRefused() {
    for (int[] bad :
        List.of(
            new int[] {0xff},
            new int[] {0xc0, 0xaf},
            new int[] {0xe4, 0xbd},
            new int[] {0xed, 0xa0, 0x80})) {
      byte[] body = new byte[bad.length + 4];
      byte[] frame = {'[', '"', '"', ']'};
      System.arraycopy(frame, 0, body, 0, 2);
      for (int i = 0; i < bad.length; i++) {
        body[2 + i] = (byte) bad[i];
      }
      System.arraycopy(frame, 2, body, 2 + bad.length, 2);
      assertError(raw.call("examples", body), 400, "error.page.utf8");
    }
  }

  @Test
  void wrongCallsSayWhyInTheLanguageOfTheCall() {
    assertError(raw.call("nothing", "[\"en\"]"), 400, "error.call.method");
    Reply english = raw.call("examples", "[\"en\",\"x\"]", "Accept-Language: zh-CN,zh;q=0.9");
    assertError(english, 400, "error.call.arguments");
    assertThat(english.body()).contains("expected");
    assertThat(raw.call("examples", "[\"zh\",\"x\"]").body()).contains("参数");
    Reply browser = raw.call("examples", "[\"\",\"x\"]", "Accept-Language: zh-CN,zh;q=0.9");
    assertThat(browser.body()).contains("参数");
    assertThat(raw.call("examples", "{}", "Accept-Language: zh").body()).contains("数组");
  }

  /** Markup in a note stays a string of JSON, under a type that no browser renders. */
  @Test
  void usersTextComesBackAsJsonOnly() {
    String markup = "<script>alert(1)</script>";
    String note = "## 1. " + markup + "\n```qkv\nQ = [1]\n" + markup + "\n```\n";
    for (String method : List.of("read", "sheet", markup)) {
      List<String> strings =
          method.equals("sheet")
              ? List.of("en", markup + ".md", note, "0", "")
              : List.of("en", markup + ".md", note);
      Reply reply =
          raw.call(method.equals(markup) ? "x" : method, JSON.writeValueAsString(strings));
      assertSafe(reply);
      assertThat(reply.headers()).containsEntry("content-type", "application/json");
      assertThat(JSON.readTree(reply.body()).isObject()).isTrue();
    }
    assertThat(get("/" + "%3Cscript%3E").body()).doesNotContain("script");
  }
}
