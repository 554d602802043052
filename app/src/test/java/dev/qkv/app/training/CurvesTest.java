package dev.qkv.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.app.report.Page;
import dev.qkv.nn.train.Schedule;
import dev.qkv.nn.train.Task;
import dev.qkv.nn.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How training went, in pictures. */
class CurvesTest {
  private static final Words WORDS =
      new Words(ResourceBundle.getBundle("dev.qkv.app.messages", Locale.ROOT));

  @TempDir private Path folder;

  private static Trainer.Progress row(long step, double loss, double seconds) {
    return new Trainer.Progress(step, loss, 1, 0.1, new Task.Evaluation(loss, 0.5), seconds);
  }

  private String write(List<Trainer.Progress> rows, long steps) throws IOException {
    Page page = new Page("t", Locale.ROOT);
    new Curves(new ReportFolder(folder, WORDS, page), rows, 10)
        .write(Schedule.cosine(0.1, 5, steps), steps);
    return page.html();
  }

  @Test
  void aLossThatFallsFarHasALogarithmicScaleAndItSaysSo() throws IOException {
    assertThat(write(List.of(row(50, 2.2, 1), row(100, 0.004, 2)), 100))
        .contains("logarithmic scale</text>", "The scale is logarithmic");
    assertThat(write(List.of(row(50, 2.2, 1), row(100, 0.9, 2)), 100))
        .contains(">loss in nats</text>")
        .doesNotContain("logarithmic");
  }

  @Test
  void aTrainingThatEndedEarlyTellsUsedRatesFromPlannedOnes() throws IOException {
    write(List.of(row(50, 2.2, 1)), 100);
    assertThat(Files.readString(folder.resolve("schedule.svg")))
        .contains(">used</text>", ">planned, not used</text>");
    write(List.of(row(100, 2.2, 1)), 100);
    assertThat(Files.readString(folder.resolve("schedule.svg")))
        .doesNotContain(">used</text>", "planned");
  }

  @Test
  void secondsBeforeAnInterruptionCount() {
    assertThat(Curves.seconds(List.of(row(50, 1, 3), row(100, 1, 5), row(150, 1, 2)))).isEqualTo(7);
  }
}
