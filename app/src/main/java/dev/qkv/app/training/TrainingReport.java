package dev.qkv.app.training;

import dev.qkv.app.report.Page;
import dev.qkv.nn.model.Anomaly;
import dev.qkv.nn.model.Reversal;
import dev.qkv.nn.train.Schedule;
import dev.qkv.nn.train.Task;
import dev.qkv.nn.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;

/**
 * The report of a training: a page that needs nothing else, and each of its pictures in a file of
 * its own. What was learned and how it went stands at the top; what a caption claims is computed.
 */
public final class TrainingReport {
  private final ReportFolder report;

  /**
   * A report.
   *
   * @param folder where its files go
   * @param words the program's words
   * @param task the name of the task
   */
  public TrainingReport(Path folder, ResourceBundle words, String task) {
    Words sentences = new Words(words);
    Page page = new Page(sentences.say(task + ".title"), words.getLocale());
    this.report = new ReportFolder(folder, sentences, page);
  }

  /**
   * Writes the page and its pictures.
   *
   * @param task what was learned
   * @param rows what evaluations found
   * @param schedule learning rates
   * @param steps all steps of the plan
   * @throws IOException if a file cannot be written
   */
  public void write(Task task, List<Trainer.Progress> rows, Schedule schedule, long steps)
      throws IOException {
    if (task instanceof Reversal reversal) {
      ReversalPart part = new ReversalPart(report, reversal);
      part.summary(rows);
      new Curves(report, rows, Reversal.SYMBOLS).write(schedule, steps);
      part.write();
    } else if (task instanceof Anomaly anomaly) {
      AnomalyPart part = new AnomalyPart(report, anomaly);
      part.summary(rows);
      new Curves(report, rows, Anomaly.SIZE).write(schedule, steps);
      part.write();
    }
    report.finish();
  }
}
