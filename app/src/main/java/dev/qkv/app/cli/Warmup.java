package dev.qkv.app.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
  }
}
