package dev.qkv.app.cli;

import dev.qkv.app.report.Sentence;
import dev.qkv.app.web.PageServer;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code qkv serve}: the page, for browsers on this machine. */
final class ServeCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 8765;
  private static final int TRIED_PORTS = 100;
  private static final int LAST_PORT = 65535;
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final Set<String> ADDRESSES = Set.of("127.0.0.1", "localhost");

  private final Console console;
  private final ResourceBundle words;
  private final OptionSpec port =
      OptionSpec.builder("--port")
          .paramLabel("N")
          .type(Integer.class)
          .descriptionKey("serve.port")
          .build();
  private final OptionSpec address = Options.text("--address", "ADDRESS", "serve.address");
  private final OptionSpec quiet = Options.flag("--no-open", "serve.no-open");
  private final OptionSpec language = Options.language("attend.lang");

  private ServeCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    ServeCommand command = new ServeCommand(console, words);
    return CommandSpec.wrapWithoutInspection(command)
        .addOption(Options.help())
        .addOption(command.port)
        .addOption(command.address)
        .addOption(command.quiet)
        .addOption(command.language);
  }

  @Override
  public Integer call() {
    try {
      Limits.language(language.getValue(), words);
      checkAddress();
      try (PageServer server = listening()) {
        console.out().println(server.address());
        console.out().flush();
        console.err().println("qkv: " + Sentence.of(words, "serve.end"));
        console.err().flush();
        if (!Options.given(quiet)) {
          Browser.open(server.address());
        }
        untilEnded();
      }
      return 0;
    } catch (Unusable | IOException e) {
      console.err().println("qkv: " + Unusable.of(words, e).getMessage());
      return Failure.CODE;
    }
  }

  private void checkAddress() throws Unusable {
    String given = address.getValue();
    if (given != null && !ADDRESSES.contains(given.toLowerCase(Locale.ROOT))) {
      throw Unusable.of(words, "error.serve.address", given);
    }
  }

  private PageServer listening() throws Unusable, IOException {
    Integer given = port.getValue();
    if (given == null) {
      return onNextFree();
    }
    if (given < 0 || given > LAST_PORT) {
      throw Unusable.of(words, "error.serve.port", given);
    }
    try {
      return new PageServer(given);
    } catch (BindException e) {
      throw Unusable.of(words, "error.serve.taken", given, String.valueOf(e.getMessage()));
    }
  }

  private PageServer onNextFree() throws Unusable, IOException {
    int last = USUAL_PORT + TRIED_PORTS;
    for (int next = USUAL_PORT; next <= last; next++) {
      try {
        return new PageServer(next);
      } catch (BindException e) {
        // Taken: the next one.
      }
    }
    throw Unusable.of(words, "error.serve.none", USUAL_PORT, last);
  }

  /**
   * Waits for Ctrl-C, which is the usual end: the program then halts as after any other command.
   */
  private static void untilEnded() {
    CountDownLatch asked = new CountDownLatch(1);
    Thread here = Thread.currentThread();
    Thread hook =
        new Thread(
            () -> {
              asked.countDown();
              try {
                here.join(LAST_WORDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      asked.await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
