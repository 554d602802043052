package dev.qkv.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command of the page: where it listens, and what it says where it cannot. */
@Timeout(60)
class ServeTest {
  /** Runs the command until it has printed where it is, then ends it as Ctrl-C does. */
  private static String address(String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream o = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      FutureTask<Integer> run =
          new FutureTask<>(() -> Qkv.run(arguments, new Console(o, o, false)));
      Thread thread = Thread.ofPlatform().start(run);
      while (!out.toString(StandardCharsets.UTF_8).contains("/\n") && thread.isAlive()) {
        Thread.sleep(5);
      }
      String address = out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
      try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port(address))) {
        assertThat(socket.isConnected()).isTrue();
      }
      thread.interrupt();
      assertThat(run.get()).isZero();
      return address;
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.replaceAll("\\D+$", "").replaceAll(".*:", ""));
  }

  @Test
  void printsWhereItListens() throws Exception {
    assertThat(address("serve", "--no-open", "--port=0")).matches("http://127\\.0\\.0\\.1:\\d+/");
    assertThat(address("serve", "--no-open", "--port=0", "--address=LOCALHOST"))
        .startsWith("http://127.0.0.1:");
  }

  /** Other tests may hold the usual port, or have just given it back; the next will do as well. */
  @Test
  void takesTheNextPortThatIsFree() throws Exception {
    InetAddress here = InetAddress.ofLiteral("127.0.0.1");
    int first = port(address("serve", "--no-open"));
    assertThat(first).isBetween(8765, 8865);
    try (ServerSocket taken = new ServerSocket(first, 1, here)) {
      assertThat(port(address("serve", "--no-open"))).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void takenPortIsASentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = taken.getLocalPort();
      CommandLineTest.Run run =
          CommandLineTest.run(false, "serve", "--lang=en", "--no-open", "--port=" + port);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .startsWith("qkv: --port: " + port + " cannot be used (")
          .endsWith("\n")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.168.0.1", "::1", "example.org", "127.0.0.1.example.org"})
  void addressThatIsNotThisMachineIsASentence(String address) {
    CommandLineTest.Run run =
        CommandLineTest.run(false, "serve", "--lang=en", "--no-open", "--address", address);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "qkv: --address: the page is for this machine only, expected 127.0.0.1 or localhost,"
                + " got "
                + address
                + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --port=65536 | qkv: --port: expected 0 to 65535, got 65536
          --port=-1    | qkv: --port: expected 0 to 65535, got -1
          --port=x     | qkv: --port: “x” is not a possible value
          --lang=fr    | qkv: --lang: expected zh or en, got fr
          more         | qkv: unknown argument: more
          """)
  void wrongOptionsAreASentence(String option, String said) {
    CommandLineTest.Run run = CommandLineTest.run(false, "serve", "--no-open", option);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines().findFirst()).contains(said);
  }

  @Test
  void browserIsOpenedWhereThereIsAScreen() {
    assertThat(Browser.opener("Linux", Map.of())).isEmpty();
    assertThat(Browser.opener("Linux", Map.of("DISPLAY", ""))).isEmpty();
    assertThat(Browser.opener("Linux", Map.of("DISPLAY", ":0"))).contains(List.of("xdg-open"));
    assertThat(Browser.opener("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0")))
        .contains(List.of("xdg-open"));
    assertThat(Browser.opener("Mac OS X", Map.of())).contains(List.of("open"));
    assertThat(Browser.opener("Windows 11", Map.of()))
        .contains(List.of("rundll32", "url.dll,FileProtocolHandler"));
  }
}
