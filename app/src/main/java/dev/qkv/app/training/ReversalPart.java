package dev.qkv.app.training;

import dev.qkv.app.report.Axis;
import dev.qkv.app.report.ColourScale;
import dev.qkv.app.report.HeatMap;
import dev.qkv.app.report.Page;
import dev.qkv.nn.Pass;
import dev.qkv.nn.model.Answers;
import dev.qkv.nn.model.Reversal;
import dev.qkv.nn.train.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the report says of reversing: one sequence, its attention, and the position vectors. */
final class ReversalPart {
  private static final int N = Reversal.LENGTH;
  private static final long EXAMPLE = -1;

  private final ReportFolder report;
  private final Reversal task;
  private final int[] sequence = Reversal.sequences(EXAMPLE, 1);
  private final int[] expected = Reversal.reversed(sequence);
  private final int[] answer;
  private final double[][] weights;

  ReversalPart(ReportFolder report, Reversal task) {
    this.report = report;
    this.task = task;
    Pass pass = Pass.keepingMaps();
    this.answer = Answers.of(task.apply(sequence, pass).value());
    this.weights = Matrices.of(pass.maps().values().iterator().next(), 0, 0);
  }

  void summary(List<Trainer.Progress> rows) {
    Trainer.Progress last = rows.getLast();
    Page page = report.page();
    page.paragraph(
        report.say("reversal.task", Words.count(task.parameters().count()), N, Reversal.SYMBOLS));
    page.paragraph(
        report.say(
            "reversal.result",
            Words.count(last.step()),
            Words.fixed(1, Curves.seconds(rows)),
            Words.fixed(2, 100 * last.heldOut().accuracy()),
            Words.percent(1.0 / Reversal.SYMBOLS)));
    page.paragraph(
        report.say(
            "reversal.see",
            Words.percent(nearMirror(0)),
            Words.percent(nearMirror(1)),
            Words.percent(1.0 / N),
            Words.percent((3.0 * N - 2) / (N * N))));
  }

  /** The mean share of a row's weight that is at most so far from its mirror position. */
  private double nearMirror(int distance) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        sum += Math.abs(N - 1 - i - j) <= distance ? weights[i][j] : 0;
      }
    }
    return sum / N;
  }

  private int rowsThatLookAtTheMirrorMost() {
    int rows = 0;
    for (int i = 0; i < N; i++) {
      rows += weights[i][N - 1 - i] >= Arrays.stream(weights[i]).max().orElse(0) ? 1 : 0;
    }
    return rows;
  }

  void write() throws IOException {
    report.page().heading(report.say("reversal.looks"));
    report.page().figures(List.of(attention(), positions()));
  }

  private Page.Figure attention() throws IOException {
    List<Axis.Mark> wrong = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      outputs.add(report.say("reversal.output", i + 1, letter(answer[i])));
      inputs.add(report.say("reversal.input", i + 1, letter(sequence[i])));
      if (answer[i] != expected[i]) {
        wrong.add(new Axis.Mark(i, "✗", letter(expected[i])));
      }
    }
    HeatMap map =
        new HeatMap(
            report.say("reversal.map"),
            new Axis(report.say("reversal.rows"), letters(answer), outputs, wrong),
            new Axis(report.say("reversal.columns"), letters(sequence), inputs, List.of()),
            report.say("masked"));
    double most = Arrays.stream(weights).flatMapToDouble(Arrays::stream).max().orElse(0);
    return report.figure(
        "attention-layer-1-head-1",
        map.picture(weights, ColourScale.amounts(weights)),
        report.say(
            wrong.isEmpty() ? "reversal.caption" : "reversal.caption.wrong",
            String.join(" ", letters(sequence)),
            String.join(" ", letters(answer)),
            N - wrong.size(),
            N,
            rowsThatLookAtTheMirrorMost(),
            Words.percent(nearMirror(0)),
            Words.fixed(2, most)));
  }

  private static List<String> letters(int... symbols) {
    return Arrays.stream(symbols).mapToObj(ReversalPart::letter).toList();
  }

  /** Symbols have no look of their own; letters are not taken for positions. */
  private static String letter(int symbol) {
    return String.valueOf((char) ('A' + symbol));
  }

  private Page.Figure positions() throws IOException {
    double[][] values = Matrices.of(task.positions());
    HeatMap map =
        new HeatMap(
            report.say("positions"),
            Axis.counting(report.say("position"), N),
            Axis.counting(report.say("component"), Reversal.WIDTH),
            report.say("masked"));
    return report.figure(
        "positions",
        map.picture(values, ColourScale.signed(values)),
        report.say(
            "positions.caption",
            Reversal.WIDTH,
            Words.fixed(2, change(values, 0)),
            Words.fixed(4, change(values, Reversal.WIDTH - 2))));
  }

  /** How much a component changes from one position to the next, on average. */
  private static double change(double[][] values, int component) {
    double sum = 0;
    for (int i = 1; i < N; i++) {
      sum += Math.abs(values[i][component] - values[i - 1][component]);
    }
    return sum / (N - 1);
  }
}
