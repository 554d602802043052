package dev.qkv.app.training;

import dev.qkv.app.report.Axis;
import dev.qkv.app.report.ColourScale;
import dev.qkv.app.report.HeatMap;
import dev.qkv.app.report.Page;
import dev.qkv.app.report.Picture;
import dev.qkv.nn.Pass;
import dev.qkv.nn.model.Anomaly;
import dev.qkv.nn.train.Trainer;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the report says of finding the odd one: a set, where heads look, and what was wrong. */
final class AnomalyPart {
  private static final int MOST_WRONG = 6;
  private static final String ODD = "◄";
  private static final String ODD_COLUMN = "▼";
  private static final String CHOSEN = "●";

  private final ReportFolder report;
  private final Anomaly task;
  private final Tensor features;
  private final List<JudgedSet> sets;
  private final List<JudgedSet> wrong;
  private final JudgedSet shown;
  private final List<Tensor> maps;
  private final double[][] oddWeights;

  AnomalyPart(ReportFolder report, Anomaly task) {
    this.report = report;
    this.task = task;
    this.features = task.heldOut().features();
    Pass pass = Pass.keepingMaps();
    this.sets = JudgedSet.all(task, pass);
    this.wrong = sets.stream().filter(set -> !set.isRight()).toList();
    this.shown = sets.stream().filter(JudgedSet::isRight).findFirst().orElse(sets.getFirst());
    this.maps = List.copyOf(pass.maps().values());
    this.oddWeights = new double[Anomaly.DEPTH][Anomaly.HEADS];
    for (int layer = 0; layer < Anomaly.DEPTH; layer++) {
      for (int head = 0; head < Anomaly.HEADS; head++) {
        oddWeights[layer][head] = oddWeight(layer, head);
      }
    }
  }

  /** The mean weight that a head puts on the odd item where another item looks. */
  private double oddWeight(int layer, int head) {
    double sum = 0;
    for (JudgedSet set : sets) {
      double[][] weights = Matrices.of(maps.get(layer), set.number(), head);
      for (int i = 0; i < weights.length; i++) {
        sum += i == set.odd() ? 0 : weights[i][set.odd()];
      }
    }
    return sum / (sets.size() * (Anomaly.SIZE - 1.0));
  }

  void summary(List<Trainer.Progress> rows) {
    long measured = sets.stream().filter(set -> set.farthest() == set.odd()).count();
    Page page = report.page();
    page.paragraph(
        report.say(
            "anomaly.task",
            Words.count(task.parameters().count()),
            Anomaly.DEPTH,
            Anomaly.HEADS,
            Anomaly.SIZE,
            Anomaly.FEATURES,
            Anomaly.SIZE - 1));
    page.paragraph(
        report.say(
            "anomaly.result",
            Words.count(rows.getLast().step()),
            Words.fixed(1, Curves.seconds(rows)),
            sets.size() - wrong.size(),
            sets.size(),
            Words.fixed(1, 100.0 * (sets.size() - wrong.size()) / sets.size()),
            Words.percent(1.0 / Anomaly.SIZE),
            Words.fixed(1, 100.0 * measured / sets.size())));
    int top = IntStream.range(0, Anomaly.DEPTH * Anomaly.HEADS).reduce(this::higher).orElse(0);
    page.paragraph(
        report.say(
            "anomaly.see",
            top / Anomaly.HEADS + 1,
            top % Anomaly.HEADS + 1,
            Words.percent(oddWeights[top / Anomaly.HEADS][top % Anomaly.HEADS]),
            Words.percent(1.0 / Anomaly.SIZE)));
  }

  private int higher(int a, int b) {
    double first = oddWeights[a / Anomaly.HEADS][a % Anomaly.HEADS];
    return oddWeights[b / Anomaly.HEADS][b % Anomaly.HEADS] > first ? b : a;
  }

  void write() throws IOException {
    Page page = report.page();
    page.heading(report.say("anomaly.looks"));
    page.figures(
        List.of(
            set("set-" + (shown.number() + 1), shown, report.say("set.caption", note(shown))),
            heads()));
    page.figures(List.of(attention()));
    page.heading(report.say("wrong", wrong.size(), sets.size()));
    wrong();
    page.heading(report.say("checks"));
    page.paragraph(
        report.say("equivariance", String.format(Locale.ROOT, "%.1e", task.equivariance())));
  }

  private Page.Figure set(String name, JudgedSet set, String caption) throws IOException {
    double[][] values = Matrices.of(features, set.number());
    HeatMap map =
        new HeatMap(
            report.say(
                set.isRight() ? "set.title" : "set.title.wrong",
                set.number() + 1,
                set.odd() + 1,
                set.chosen() + 1),
            items(report.say("member"), marks(set)),
            Axis.counting(report.say("feature"), Anomaly.FEATURES),
            report.say("masked"));
    return report.figure(name, map.picture(values, ColourScale.signed(values)), caption);
  }

  private Axis items(String name, List<Axis.Mark> marks) {
    List<String> labels =
        IntStream.rangeClosed(1, Anomaly.SIZE).mapToObj(i -> report.say("item", i)).toList();
    return Axis.of(name, labels, marks);
  }

  private List<Axis.Mark> marks(JudgedSet set) {
    return List.of(
        new Axis.Mark(set.odd(), ODD, report.say("odd") + probability(set, set.odd())),
        new Axis.Mark(set.chosen(), CHOSEN, report.say("chosen") + probability(set, set.chosen())));
  }

  /** Of the set that is shown, without words: many small maps have one caption. */
  private List<Axis.Mark> signs(String odd) {
    return List.of(new Axis.Mark(shown.odd(), odd, ""), new Axis.Mark(shown.chosen(), CHOSEN, ""));
  }

  /** Where they are two: what the model gave to each. */
  private static String probability(JudgedSet set, int item) {
    return set.isRight() ? "" : " " + Words.percent(set.probabilities()[item]) + " %";
  }

  /** Of a set: who is odd, who was chosen, and how far each is from the others. */
  private String note(JudgedSet set) {
    double odd = set.distances()[set.odd()];
    double chosen = set.distances()[set.chosen()];
    String key = set.isRight() ? "note.right" : chosen > odd ? "note.farther" : "note.nearer";
    return report.say(
        key,
        set.number() + 1,
        set.odd() + 1,
        set.chosen() + 1,
        Words.percent(set.probabilities()[set.odd()]),
        Words.percent(set.probabilities()[set.chosen()]),
        Words.fixed(1, odd),
        Words.fixed(1, chosen),
        Words.fixed(1, set.farthestUsual()));
  }

  private Page.Figure heads() throws IOException {
    HeatMap map =
        new HeatMap(
            report.say("heads.title"),
            Axis.of("", names("layer", Anomaly.DEPTH), List.of()),
            Axis.of("", names("head", Anomaly.HEADS), List.of()),
            report.say("masked"));
    return report.figure(
        "heads",
        map.picture(oddWeights, ColourScale.amounts(oddWeights)),
        report.say(
            "heads.caption", sets.size(), Anomaly.SIZE - 1, Words.fixed(2, 1.0 / Anomaly.SIZE)));
  }

  private List<String> names(String key, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> report.say(key, i)).toList();
  }

  private Page.Figure attention() throws IOException {
    List<Picture> pictures = new ArrayList<>();
    for (int layer = 0; layer < maps.size(); layer++) {
      for (int head = 0; head < Anomaly.HEADS; head++) {
        double[][] weights = Matrices.of(maps.get(layer), shown.number(), head);
        HeatMap map =
            new HeatMap(
                report.say("map", layer + 1, head + 1),
                items(report.say("looks"), signs(ODD)),
                items(report.say("looked-at"), signs(ODD_COLUMN)),
                report.say("masked"));
        Picture picture = map.picture(weights, ColourScale.amounts(weights));
        report.write("attention-layer-" + (layer + 1) + "-head-" + (head + 1), picture);
        pictures.add(picture);
      }
    }
    return new Page.Figure(
        pictures,
        report.say(
            "maps.caption",
            shown.number() + 1,
            shown.odd() + 1,
            shown.chosen() + 1,
            Words.fixed(2, 1.0 / Anomaly.SIZE)));
  }

  private void wrong() throws IOException {
    Page page = report.page();
    if (wrong.isEmpty()) {
      page.paragraph(report.say("wrong.none"));
      return;
    }
    long farther =
        wrong.stream().filter(w -> w.distances()[w.chosen()] > w.distances()[w.odd()]).count();
    long misled = wrong.stream().filter(w -> w.farthest() != w.odd()).count();
    page.paragraph(report.say("wrong.why", farther, wrong.size(), misled, wrong.size() - misled));
    List<Page.Figure> figures = new ArrayList<>();
    for (JudgedSet set : wrong.subList(0, Math.min(MOST_WRONG, wrong.size()))) {
      figures.add(set("wrong-set-" + (set.number() + 1), set, note(set)));
    }
    page.figures(figures);
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of(
            report.say("wrong.set"),
            report.say("wrong.odd"),
            report.say("wrong.chosen"),
            report.say("wrong.odd.probability"),
            report.say("wrong.chosen.probability"),
            report.say("wrong.odd.distance"),
            report.say("wrong.chosen.distance")));
    for (JudgedSet set : wrong) {
      table.add(
          List.of(
              String.valueOf(set.number() + 1),
              report.say("item", set.odd() + 1),
              report.say("item", set.chosen() + 1),
              Words.percent(set.probabilities()[set.odd()]) + " %",
              Words.percent(set.probabilities()[set.chosen()]) + " %",
              Words.fixed(1, set.distances()[set.odd()]),
              Words.fixed(1, set.distances()[set.chosen()])));
    }
    page.table(report.say("wrong.all", wrong.size()), table);
  }
}
