package dev.qkv.app.training;

import dev.qkv.app.report.HeatMap;
import dev.qkv.app.report.LineChart;
import dev.qkv.app.report.Page;
import dev.qkv.nn.Pass;
import dev.qkv.nn.model.Anomaly;
import dev.qkv.nn.model.Answers;
import dev.qkv.nn.model.Reversal;
import dev.qkv.nn.train.Schedule;
import dev.qkv.nn.train.Task;
import dev.qkv.nn.train.Trainer;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * The report of a training: a page that needs nothing else, and each of its pictures in a file of
 * its own. The attention maps are those of the pass that made the prediction.
 */
public final class TrainingReport {
  private static final int SCHEDULE_POINTS = 60;
  private static final int MOST_WRONG = 6;

  private final Path folder;
  private final ResourceBundle words;
  private final Page page;

  /**
   * A report.
   *
   * @param folder where its files go
   * @param words the program's words
   * @param task the name of the task
   */
  public TrainingReport(Path folder, ResourceBundle words, String task) {
    this.folder = folder;
    this.words = words;
    this.page = new Page(say("report.title", task), words.getLocale());
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
    Trainer.Progress last = rows.getLast();
    page.paragraph(
        say(
            "report.summary",
            task.parameters().count(),
            last.step(),
            String.format(Locale.ROOT, "%.1f", last.seconds()),
            String.format(Locale.ROOT, "%.2f", 100 * last.heldOut().accuracy()),
            String.format(Locale.ROOT, "%.4f", last.heldOut().loss())));
    curves(rows, schedule, steps);
    if (task instanceof Reversal reversal) {
      reversal(reversal);
    } else if (task instanceof Anomaly anomaly) {
      anomaly(anomaly);
    }
    Files.writeString(folder.resolve("report.html"), page.html());
  }

  private void curves(List<Trainer.Progress> rows, Schedule schedule, long steps)
      throws IOException {
    page.heading(say("report.training"));
    double[] x = rows.stream().mapToDouble(Trainer.Progress::step).toArray();
    picture(
        "loss",
        new LineChart(say("report.loss"), say("report.step"), say("report.loss"))
            .svg(
                List.of(
                    new LineChart.Line(
                        say("report.seen"),
                        x,
                        rows.stream().mapToDouble(Trainer.Progress::loss).toArray()),
                    new LineChart.Line(
                        say("report.held-out"),
                        x,
                        rows.stream().mapToDouble(r -> r.heldOut().loss()).toArray()))));
    picture(
        "accuracy",
        new LineChart(say("report.accuracy"), say("report.step"), say("report.accuracy"))
            .svg(
                List.of(
                    new LineChart.Line(
                        say("report.held-out"),
                        x,
                        rows.stream().mapToDouble(r -> r.heldOut().accuracy()).toArray()))));
    double[] at = new double[SCHEDULE_POINTS];
    Arrays.setAll(at, i -> Math.max(1, Math.rint((double) steps * i / (SCHEDULE_POINTS - 1))));
    picture(
        "schedule",
        new LineChart(say("report.schedule"), say("report.step"), say("report.rate"))
            .svg(
                List.of(
                    new LineChart.Line(
                        say("report.rate"),
                        at,
                        Arrays.stream(at).map(step -> schedule.rate((long) step)).toArray()))));
  }

  private void reversal(Reversal task) throws IOException {
    page.heading(say("report.positions"));
    picture(
        "positions",
        new HeatMap(
                say("report.positions"),
                say("report.position"),
                say("report.component"),
                say("report.masked"))
            .svg(rows(task.positions(), 0), -1, 1));
    int[] sequence = Reversal.sequences(-1, 1);
    Pass pass = Pass.keepingMaps();
    Tensor logits = task.apply(sequence, pass).value();
    page.heading(say("report.maps"));
    page.paragraph(
        say("report.example", Arrays.toString(sequence), Arrays.toString(Answers.of(logits))));
    maps(pass, 0);
  }

  private void anomaly(Anomaly task) throws IOException {
    page.heading(say("report.checks"));
    page.paragraph(
        say("report.equivariance", String.format(Locale.ROOT, "%.1e", task.equivariance())));
    List<Anomaly.Wrong> wrong = task.wrong();
    int all = task.heldOut().odd().length;
    page.heading(say("report.wrong", wrong.size(), all));
    List<List<String>> table = new ArrayList<>();
    table.add(List.of(say("report.set"), say("report.odd"), say("report.answer")));
    wrong.forEach(
        w ->
            table.add(
                List.of(
                    String.valueOf(w.number()),
                    String.valueOf(w.odd()),
                    String.valueOf(w.answer()))));
    page.table(table);
    for (int i = 0; i < Math.min(MOST_WRONG, wrong.size()); i++) {
      set(task.heldOut().features(), wrong.get(i));
    }
    page.heading(say("report.maps"));
    int shown = wrong.isEmpty() ? 0 : wrong.getFirst().number();
    page.paragraph(say("report.shown", shown));
    Pass pass = Pass.keepingMaps();
    task.apply(task.heldOut().features().slice(0, shown, shown + 1).contiguous(), pass);
    maps(pass, 0);
  }

  private void set(Tensor features, Anomaly.Wrong wrong) throws IOException {
    double[][] values = rows(features.slice(0, wrong.number(), wrong.number() + 1), 1);
    picture(
        "wrong-" + wrong.number(),
        new HeatMap(
                say("report.wrong.set", wrong.number(), wrong.odd(), wrong.answer()),
                say("report.member"),
                say("report.feature"),
                say("report.masked"))
            .svg(values, least(values), -least(negative(values))));
  }

  private static double least(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElse(0);
  }

  private static double[][] negative(double[][] values) {
    return Arrays.stream(values)
        .map(row -> Arrays.stream(row).map(x -> -x).toArray())
        .toArray(double[][]::new);
  }

  /** The matrix of the last two axes, of the first index of those before. */
  private static double[][] rows(Tensor tensor, int skipped) {
    Tensor flat = tensor.contiguous();
    int n = flat.size(skipped);
    int m = flat.size(skipped + 1);
    double[][] rows = new double[n][m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        rows[i][j] = flat.data()[i * m + j];
      }
    }
    return rows;
  }

  /** The maps of one example: every layer, every head. */
  private void maps(Pass pass, int example) throws IOException {
    for (Map.Entry<String, Tensor> layer : pass.maps().entrySet()) {
      Tensor weights = layer.getValue();
      for (int head = 0; head < weights.size(1); head++) {
        Tensor one = weights.slice(0, example, example + 1).slice(1, head, head + 1);
        picture(
            "attention-" + layer.getKey().replace('.', '-') + "-" + head,
            new HeatMap(
                    say("report.map", layer.getKey(), head),
                    say("report.query"),
                    say("report.key"),
                    say("report.masked"))
                .svg(rows(one, 2), 0, 1));
      }
    }
  }

  private void picture(String name, String svg) throws IOException {
    page.picture(svg);
    Files.writeString(folder.resolve(name + ".svg"), svg);
  }

  private String say(String key, Object... values) {
    return MessageFormat.format(
        words.getString(key), Arrays.stream(values).map(String::valueOf).toArray());
  }
}
