package dev.qkv.app.cli;

import dev.qkv.app.web.PageServer;
import dev.qkv.app.web.Workbook;
import dev.qkv.sheet.message.SheetException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs every command over worksheets and throws the output away. The launcher runs this once after
 * a build, so that the cache of loaded classes has those of every command.
 */
public final class Warmup {
  private Warmup() {}

  /**
   * Runs the commands.
   *
   * @param files worksheets
   */
  public static void main(String[] files) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console = new Console(nowhere, nowhere, true);
    List<String> check = new ArrayList<>(List.of("check"));
    check.addAll(List.of(files));
    Qkv.run(check.toArray(String[]::new), console);
    for (String file : files) {
      for (String form : List.of("--digits=4", "--json", "--markdown")) {
        Qkv.run(new String[] {"solve", form, file}, console);
      }
    }
    Qkv.run(new String[] {"check", "--json", files[0]}, console);
    Qkv.run(new String[] {"--help"}, console);
    page();
    for (String file : files) {
      sheet(Path.of(file));
    }
  }

  /** The first thing that a browser asks for, and the first that its page does. */
  private static void page() {
    try (PageServer server = new PageServer(0);
        Socket browser =
            new Socket(InetAddress.ofLiteral("127.0.0.1"), server.address().getPort())) {
      String host = "\r\nHost: " + server.address().getAuthority() + "\r\n";
      String requests =
          "GET / HTTP/1.1"
              + host
              + "\r\nPOST /api/examples HTTP/1.1"
              + host
              + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: 6\r\n\r\n[\"en\"]";
      browser.getOutputStream().write(requests.getBytes(StandardCharsets.UTF_8));
      browser.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println(e); // goes to the log of the training run
    }
  }

  /** What the page does with a worksheet. */
  private static void sheet(Path file) {
    try {
      Workbook workbook = new Workbook();
      String name = String.valueOf(file.getFileName());
      String text = Files.readString(file);
      for (String method : List.of("sheet", "audit")) {
        workbook.call(method, List.of("", name, text, "0", ""));
      }
    } catch (IOException | SheetException e) {
      System.err.println(e);
    }
  }
}
