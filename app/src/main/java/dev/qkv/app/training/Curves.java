package dev.qkv.app.training;

import dev.qkv.app.report.LineChart;
import dev.qkv.app.report.LineChart.Level;
import dev.qkv.app.report.LineChart.Line;
import dev.qkv.app.report.Page;
import dev.qkv.nn.train.Schedule;
import dev.qkv.nn.train.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How training went: loss, accuracy and learning rate by step.
 *
 * @param report where they go
 * @param rows what evaluations found
 * @param answers how many a guess chooses from
 */
record Curves(ReportFolder report, List<Trainer.Progress> rows, int answers) {
  private static final int SCHEDULE_POINTS = 60;

  /** From this factor on, a logarithmic scale shows more. */
  private static final double MUCH = 10;

  void write(Schedule schedule, long steps) throws IOException {
    report.page().heading(report.say("training"));
    report.page().figures(List.of(loss(), accuracy(), rate(schedule, steps)));
  }

  /** Seconds of training: they begin anew each time that it goes on. */
  static double seconds(List<Trainer.Progress> rows) {
    double sum = 0;
    double before = 0;
    for (Trainer.Progress row : rows) {
      sum += row.seconds() < before ? row.seconds() : row.seconds() - before;
      before = row.seconds();
    }
    return sum;
  }

  private double[] values(ToDoubleFunction<Trainer.Progress> of) {
    return rows.stream().mapToDouble(of).toArray();
  }

  private Page.Figure loss() throws IOException {
    Trainer.Progress last = rows.getLast();
    double guess = Math.log(answers);
    double[] steps = values(Trainer.Progress::step);
    double[] seen = values(Trainer.Progress::loss);
    double[] heldOut = values(r -> r.heldOut().loss());
    boolean logarithmic = guess >= MUCH * Math.min(least(seen), least(heldOut));
    String axis = report.say(logarithmic ? "loss.axis.logarithmic" : "loss.axis");
    LineChart chart = new LineChart(report.say("loss"), report.say("step"), axis, logarithmic);
    String caption =
        report.say(
            "loss.caption",
            Words.small(last.loss()),
            Words.small(last.heldOut().loss()),
            Words.small(guess));
    return report.figure(
        "loss",
        chart.picture(
            List.of(
                new Line(report.say("seen"), steps, seen, ""),
                new Line(report.say("held-out"), steps, heldOut, "")),
            List.of(new Level(guess, report.say("guessing")))),
        logarithmic ? caption + report.say("loss.logarithmic") : caption);
  }

  private static double least(double... losses) {
    return Arrays.stream(losses).filter(Double::isFinite).min().orElse(Double.MAX_VALUE);
  }

  private Page.Figure accuracy() throws IOException {
    double guess = 1.0 / answers;
    LineChart chart =
        new LineChart(
            report.say("accuracy"), report.say("step"), report.say("accuracy.axis"), false);
    Line line =
        new Line(
            report.say("held-out"),
            values(Trainer.Progress::step),
            values(r -> 100 * r.heldOut().accuracy()),
            " %");
    return report.figure(
        "accuracy",
        chart.picture(List.of(line), List.of(new Level(100 * guess, report.say("guessing")))),
        report.say(
            rows.size() == 1 ? "accuracy.caption.one" : "accuracy.caption",
            Words.fixed(2, 100 * rows.getFirst().heldOut().accuracy()),
            Words.count(rows.getFirst().step()),
            Words.fixed(2, 100 * rows.getLast().heldOut().accuracy()),
            Words.count(rows.getLast().step()),
            Words.percent(guess)));
  }

  /**
   * The plan's rates; those after the end of a training that ended early are a line of their own.
   */
  private Page.Figure rate(Schedule schedule, long steps) throws IOException {
    long made = rows.getLast().step();
    List<Line> lines = new ArrayList<>();
    lines.add(line(report.say("rate.used"), schedule, 1, Math.min(made, steps)));
    if (made < steps) {
      lines.add(line(report.say("rate.planned"), schedule, made, steps));
    }
    LineChart chart =
        new LineChart(report.say("rate"), report.say("step"), report.say("rate.axis"), false);
    return report.figure(
        "schedule",
        chart.picture(lines, List.of()),
        report.say("rate.caption", Words.count(made), Words.count(steps)));
  }

  private static Line line(String name, Schedule schedule, long from, long to) {
    double[] at = new double[SCHEDULE_POINTS];
    Arrays.setAll(at, i -> Math.rint(from + (double) (to - from) * i / (SCHEDULE_POINTS - 1)));
    double[] rates = Arrays.stream(at).map(step -> schedule.rate((long) step)).toArray();
    return new Line(name, at, rates, "");
  }
}
