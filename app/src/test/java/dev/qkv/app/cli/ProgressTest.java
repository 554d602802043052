package dev.qkv.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("dev.qkv.app.messages", Locale.ROOT);

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

  @Test
  void longWorkIsHeardOf() throws Exception {
    try (Progress progress =
        new Progress(new Console(stream, stream, false), WORDS, "progress", 4, 1)) {
      assertThat(progress.done("result")).isEqualTo("result");
      while (!err.toString(StandardCharsets.UTF_8).contains("1 of 4 exercises")) {
        Thread.sleep(1);
      }
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("█████░");
  }

  @Test
  void shortWorkIsNot() {
    new Progress(new Console(stream, stream, false), WORDS, "progress", 1, Progress.USUAL_PAUSE)
        .close();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
