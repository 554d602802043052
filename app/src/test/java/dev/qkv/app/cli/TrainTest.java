package dev.qkv.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

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

  private static void wellFormed(String svg)
      throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    assertThat(
            factory
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement()
                .getTagName())
        .isEqualTo("svg");
  }

  @ParameterizedTest
  @CsvSource({
    "reversal, attention-block-attention-0.svg, positions.svg",
    "anomaly, attention-encoder-3-attention-3.svg, attention-encoder-0-attention-0.svg"
  })
  void writesAFolderThatShowsTheTraining(String task, String map, String other)
      throws IOException, SAXException, ParserConfigurationException {
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
        wellFormed(Files.readString(picture));
      }
    }
    assertThat(Files.readString(made.resolve(map)))
        .contains("query 0, key 0: ", ">query</text>", ">key</text>");
    String page = Files.readString(made.resolve("report.html"));
    assertThat(page).contains("<svg").doesNotContain("src=", "href=");
    if (task.equals("anomaly")) {
      assertThat(page).contains("Permuting a set", "Wrong answers: ", "<th>odd one</th>");
    }
    assertThat(Files.readString(made.resolve("metrics.jsonl")))
        .startsWith("{\"step\":4,\"loss\":")
        .contains("\"held_out_accuracy\":");
  }

  @Test
  void goesOnWhereItWas() throws IOException {
    assertThat(train("reversal", "--steps=60", "--out=DIR/whole").code()).isZero();
    CommandLineTest.Run first = train("reversal", "--steps=60", "--out=DIR/part", "--json");
    assertThat(first.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"step\":"));
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

  @Test
  void theReportIsTranslated() throws IOException {
    assertThat(train("reversal", "--steps=2", "--out=DIR/zh", "--lang=zh").code()).isZero();
    assertThat(Files.readString(folder.resolve("zh/report.html")))
        .contains("<html lang=\"zh\">", "注意力图", "位置编码");
  }
}
