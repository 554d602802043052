package dev.qkv.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.app.report.WellFormed;
import dev.qkv.app.training.FolderLock;
import dev.qkv.nn.model.Reversal;
import dev.qkv.nn.train.AdamW;
import dev.qkv.nn.train.Schedule;
import dev.qkv.nn.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code qkv train} as a user meets it. */
class TrainTest {
  @TempDir private Path folder;

  private CommandLineTest.Run train(String... arguments) {
    String[] all =
        Stream.concat(
                Stream.of("train"),
                Stream.of(arguments).map(a -> a.replace("DIR", folder.toString())))
            .toArray(String[]::new);
    return CommandLineTest.run(false, all);
  }

  /** All texts of a picture, a line each. */
  private static String texts(Path picture) throws IOException {
    NodeList texts = WellFormed.root(Files.readString(picture)).getElementsByTagName("text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> texts.item(i).getTextContent() + "\n")
        .collect(Collectors.joining("\n", "\n", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "reversal, attention-layer-1-head-1.svg, positions.svg",
    "anomaly, attention-layer-4-head-4.svg, heads.svg"
  })
  void writesAFolderThatShowsTheTraining(String task, String map, String other) throws IOException {
    CommandLineTest.Run run = train(task, "--steps=4", "--out=DIR/run");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("step      4", "all steps made");
    Path made = folder.resolve("run");
    for (String file : List.of("checkpoint.safetensors", "metrics.jsonl", "report.html")) {
      assertThat(made.resolve(file)).isNotEmptyFile();
    }
    try (Stream<Path> files = Files.list(made)) {
      List<Path> pictures = files.filter(f -> f.toString().endsWith(".svg")).toList();
      assertThat(pictures)
          .contains(
              made.resolve(map),
              made.resolve(other),
              made.resolve("loss.svg"),
              made.resolve("accuracy.svg"),
              made.resolve("schedule.svg"));
      for (Path picture : pictures) {
        assertThat(WellFormed.root(Files.readString(picture)).getTagName()).isEqualTo("svg");
      }
    }
    assertThat(texts(made.resolve("accuracy.svg")))
        .as("one line needs no legend")
        .contains("\nguessing\n")
        .doesNotContain("held-out");
    String page = Files.readString(made.resolve("report.html"));
    Element root = WellFormed.root(page);
    assertThat(root.getAttribute("lang")).isEqualTo("en");
    assertThat(page).contains("<svg", "<figcaption>").doesNotContain("src=", "href=");
    assertThat(Files.readString(made.resolve("metrics.jsonl")))
        .startsWith("{\"schema\":\"https://qkv.dev/schema/train-1.json\",\"step\":4,\"loss\":")
        .contains("\"held_out_accuracy\":");
  }

  @Test
  void lettersStandOnTheAxesOfReversal() throws IOException {
    assertThat(train("reversal", "--steps=2", "--out=DIR/r").code()).isZero();
    Path made = folder.resolve("r");
    String texts = texts(made.resolve("attention-layer-1-head-1.svg"));
    assertThat(texts)
        .contains("\nletter written, top to bottom\n", "\nletter read, left to right\n");
    String letters =
        Arrays.stream(Reversal.sequences(-1, 1))
            .mapToObj(symbol -> String.valueOf((char) ('A' + symbol)))
            .collect(Collectors.joining("\n\n"));
    assertThat(texts).as("the letters read").contains("\n" + letters + "\n");
    assertThat(texts).as("a wrong letter, and the right one").contains("\n✗ ");
    assertThat(Files.readString(made.resolve("report.html")))
        .contains("goes to the mirror position", "✗ marks a wrong letter");
    assertThat(texts(made.resolve("positions.svg"))).contains("\n-1\n", "\n0\n", "\n1\n");
  }

  @Test
  void theOddItemAndTheChosenOneAreMarked() throws IOException {
    assertThat(train("anomaly", "--steps=2", "--out=DIR/a").code()).isZero();
    Path made = folder.resolve("a");
    Path wrong;
    try (Stream<Path> files = Files.list(made)) {
      wrong = files.filter(f -> f.toString().contains("wrong-set-")).findFirst().orElseThrow();
    }
    String svg = Files.readString(wrong);
    assertThat(svg)
        .containsPattern("class=\"strong\">◄ odd \\S+ %<")
        .containsPattern("class=\"strong\">● chosen \\S+ %<")
        .containsPattern("class=\"strong\">item \\d+</text>");
    assertThat(svg.split("class=\"strong\">item ", -1)).hasSize(3);
    assertThat(texts(made.resolve("attention-layer-1-head-1.svg")))
        .contains("\nLayer 1, head 1\n", "\nitem 1\n", "\nitem 10\n", "\n▼")
        .containsPattern("\n◄");
    String page = Files.readString(made.resolve("report.html"));
    assertThat(page).contains("Does the order matter?", "Wrong answers: ", "odd item</th>");
    assertThat(page.indexOf("<table>")).isGreaterThan(page.lastIndexOf("<svg"));
  }

  @Test
  void goesOnWhereItWas() throws IOException {
    assertThat(train("reversal", "--steps=60", "--out=DIR/whole").code()).isZero();
    CommandLineTest.Run first = train("reversal", "--steps=60", "--out=DIR/part", "--json");
    assertThat(first.out().lines()).hasSize(2).allMatch(line -> line.contains(",\"step\":"));
    CommandLineTest.Run again = train("reversal", "--steps=60", "--out=DIR/part");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("--resume goes on");
    CommandLineTest.Run resumed = train("reversal", "--steps=60", "--out=DIR/part", "--resume");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(folder.resolve("part/checkpoint.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/checkpoint.safetensors"));
    assertThat(Files.readAllLines(folder.resolve("part/metrics.jsonl"))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sorting|sorting: expected reversal or anomaly",
        "reversal --steps=0|--steps: expected 1 or more, got 0",
        "reversal --rate=-1|--rate: expected a positive number",
        "reversal --out=DIR/f.txt|is a file, expected a folder",
        "reversal --out=DIR/none --resume|has no checkpoint to go on with",
        "reversal --steps=9 --rate=1e30 --out=DIR/nan|the loss is no number any more at step",
        "reversal --seed=x|--seed",
        "reversal --lang=fr|--lang: expected zh or en, got fr",
      })
  void whatCannotBeUsedIsSaid(String arguments, String expected) throws IOException {
    Files.writeString(folder.resolve("f.txt"), "x");
    CommandLineTest.Run run = train(arguments.split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(expected).doesNotContain("Exception", "\tat ");
  }

  @Test
  void anotherSeedOrTaskIsRefusedByResume() {
    assertThat(train("reversal", "--steps=1", "--out=DIR/a").code()).isZero();
    CommandLineTest.Run seed =
        train("reversal", "--steps=2", "--out=DIR/a", "--resume", "--seed=2");
    assertThat(seed.code()).isEqualTo(2);
    assertThat(seed.err()).contains("--seed: the checkpoint was made with 1, got 2");
    CommandLineTest.Run task = train("anomaly", "--steps=2", "--out=DIR/a", "--resume");
    assertThat(task.code()).isEqualTo(2);
    assertThat(task.err()).contains("checkpoint: ", "is missing");
  }

  /** As of a training of four steps that was stopped after the first. */
  @Test
  void anotherRateOrNumberOfStepsIsRefusedByResume() throws IOException {
    Path made = Files.createDirectories(folder.resolve("a"));
    Trainer.Plan plan = new Trainer.Plan(4, 50, Schedule.cosine(3e-3, 1, 4), 1, 99, 1, 1);
    Trainer trainer =
        new Trainer(
            new Reversal(1), plan, AdamW.Settings.USUAL, made.resolve("checkpoint.safetensors"));
    trainer.stop();
    trainer.run(
        new Trainer.Listener() {
          @Override
          public void step(long step, double loss) {}

          @Override
          public void evaluated(Trainer.Progress progress) {}
        });
    for (String other : List.of("--steps=8", "--steps=4 --rate=0.1")) {
      CommandLineTest.Run run = train(("reversal --out=DIR/a --resume " + other).split(" "));
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("the checkpoint was made with 4 steps", "go on with the same");
    }
    CommandLineTest.Run same = train("reversal", "--out=DIR/a", "--resume", "--steps=4");
    assertThat(same.code()).as(same.err()).isZero();
  }

  @Test
  void brokenMetricsDoNotBlock() throws IOException {
    assertThat(train("reversal", "--steps=2", "--out=DIR/a").code()).isZero();
    Path metrics = folder.resolve("a/metrics.jsonl");
    Files.write(metrics, new byte[] {(byte) 0xff, 0, (byte) 0xfe, '\n', '{', (byte) 0x80});
    CommandLineTest.Run run = train("reversal", "--steps=2", "--out=DIR/a", "--resume");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(metrics).isEmptyFile();
  }

  @Test
  void oneTrainingToAFolder() throws IOException {
    Path made = Files.createDirectories(folder.resolve("a"));
    try (FolderLock taken = FolderLock.take(made).orElseThrow()) {
      assertThat(taken).isNotNull();
      CommandLineTest.Run run = train("reversal", "--steps=2", "--out=DIR/a");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("another training is at work there");
    }
    assertThat(train("reversal", "--steps=2", "--out=DIR/a").code()).isZero();
  }

  @Test
  void theReportIsTranslated() throws IOException {
    assertThat(train("reversal", "--steps=2", "--out=DIR/zh", "--lang=zh").code()).isZero();
    assertThat(Files.readString(folder.resolve("zh/report.html")))
        .contains("<html lang=\"zh\">", "注意力图", "位置向量")
        .doesNotContain("letter", "step", "guessing");
  }
}
