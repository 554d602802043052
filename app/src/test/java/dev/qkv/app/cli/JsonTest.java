package dev.qkv.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.app.bench.Case;
import dev.qkv.app.bench.EngineBench;
import dev.qkv.app.bench.Meter;
import dev.qkv.io.ArrayFile;
import dev.qkv.sheet.term.Axis;
import dev.qkv.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of every command: it keeps its schema, and a language changes nothing but texts. */
class JsonTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int CORPUS_SAMPLE = 30;
  private static final String GRADIENTS = " --grad-out DIR/all.npz --dq DIR/dq.npy";
  private static final Set<String> OPTIONAL =
      Set.of(
          "verification",
          "central_difference",
          "convention",
          "reason",
          "example",
          "file",
          "line",
          "array",
          "backward_nanoseconds");

  @TempDir private Path folder;

  private CommandLineTest.Run run(String arguments) {
    return CommandLineTest.run(false, arguments.replace("DIR", folder.toString()).split(" "));
  }

  /** The one document of a run, which keeps its schema and names it first. */
  private JsonNode document(String arguments) {
    CommandLineTest.Run run = run(arguments);
    JsonNode tree = valid(run.out());
    assertThat(run.code()).as(run.err()).isNotEqualTo(2);
    return tree;
  }

  private static JsonNode valid(String document) {
    return valid(Schemas.tree(document));
  }

  private static JsonNode valid(JsonNode tree) {
    assertThat(tree.propertyNames().iterator().next()).isEqualTo("schema");
    assertThat(Schemas.violations(tree)).isEmpty();
    return tree;
  }

  /** What is the same in all languages: everything but texts. */
  private static JsonNode withoutTexts(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      object.remove("text");
    }
    tree.forEach(JsonTest::withoutTexts);
    return tree;
  }

  static List<Path> worksheets() throws IOException {
    List<Path> sheets = new ArrayList<>(files(ROOT.resolve("examples")));
    List<Path> corpus = files(ROOT.resolve("sheet/src/test/resources/corpus"));
    for (int i = 0; i < CORPUS_SAMPLE; i++) {
      sheets.add(corpus.get(i * corpus.size() / CORPUS_SAMPLE));
    }
    return sheets;
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> !f.toString().endsWith(".expect.md"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("worksheets")
  void worksheetsKeepTheirSchemaInBothLanguages(Path sheet) {
    for (String command : List.of("solve --verify", "check", "certify")) {
      List<JsonNode> documents = new ArrayList<>();
      for (String lang : List.of("en", "zh")) {
        String options = command + " --json --lang=" + lang;
        String[] arguments =
            Stream.concat(Arrays.stream(options.split(" ")), Stream.of(sheet.toString()))
                .toArray(String[]::new);
        documents.add(Schemas.tree(CommandLineTest.run(false, arguments).out()));
      }
      valid(documents.getFirst());
      assertThat(withoutTexts(documents.getFirst()))
          .as(command)
          .isEqualTo(withoutTexts(documents.getLast()));
    }
  }

  /** The catalogue and its pages; every code of the schema is in it. */
  @Test
  void theCatalogueIsInTheSchema() {
    List<String> codes = new ArrayList<>();
    document("mistakes --json --lang=en")
        .get("mistakes")
        .forEach(m -> codes.add(m.get("code").asString()));
    List<String> known = new ArrayList<>();
    Schemas.tree(Schemas.text("common-1"))
        .at("/$defs/mistake/enum")
        .forEach(code -> known.add(code.asString()));
    assertThat(known).isEqualTo(codes);
    JsonNode page = document("mistakes --json --lang=en head.tiled").at("/mistakes/0");
    assertThat(page.at("/reason/code").asString()).isEqualTo("reason.HEAD.TILED");
    assertThat(page.at("/example/wrong")).isNotEqualTo(page.at("/example/right"));
    assertThat(withoutTexts(document("mistakes --json --lang=zh")))
        .isEqualTo(withoutTexts(document("mistakes --json --lang=en")));
    CommandLineTest.Run unknown = run("mistakes --json --lang=en SCALE.MISING");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(valid(unknown.out()).at("/errors/0/code").asString())
        .isEqualTo("error.mistakes.code");
  }

  @Test
  void stepsHaveWordsWithCodes() {
    JsonNode step =
        document("solve --json --lang=en " + ROOT.resolve("examples/attention-exercises.md"))
            .at("/problems/0/steps/0");
    assertThat(step.at("/name/code").asString()).isEqualTo("quantity.d_k");
    assertThat(step.at("/row_axis/code").asString()).isEqualTo("axis.ONE");
    assertThat(step.at("/why/code").asString()).startsWith("why.");
    assertThat(step.at("/why/text").asString()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "solve --json DIR/none.md|error.file.missing|DIR/none.md",
        "certify --json DIR/none.md|error.file.missing|DIR/none.md",
        "solve --json DIR/empty.md|error.file.empty|DIR/empty.md",
        "solve --json DIR/prose.md|error.file.nothing|DIR/prose.md",
        "solve --json DIR/binary.md|error.document.encoding|DIR/binary.md",
        "solve --json DIR|error.file.directory|DIR",
        "solve --json --only=7 DIR/good.md|error.only|DIR/good.md",
        "solve --json --digits=99 DIR/good.md|error.digits|",
        "solve --json --lang=fr DIR/good.md|error.lang|",
        "check --json DIR/none.md DIR/good.md|error.file.missing|DIR/none.md",
        "check --json --lang=fr DIR/good.md|error.lang|",
        "check --json --fix --key=DIR/good.md DIR/good.md|error.key|",
        "check --json --key=DIR/none.md DIR/good.md|error.file.missing|DIR/none.md",
        "check --json --fix DIR/good.md|error.fix.exists|DIR/good.fixed.md",
        "train sorting --json|error.train.task|",
        "train reversal --json --steps=0|error.train.positive|",
        "train reversal --json --out=DIR/good.md|error.train.folder|DIR/good.md",
        "train reversal --json --steps=9 --rate=1e30 --out=DIR/nan|train.failed.new|",
        "train reversal --json --lang=fr|error.lang|",
        "attend --json --q DIR/no.npy|file.missing|DIR/no.npy",
        "attend --json --q DIR/all.npz#x|error.array.missing|DIR/all.npz",
        "attend --json --q DIR/all.npz --lse|error.attend.out|",
        "attend --json --q DIR/all.npz --scale=NaN|attention.scale|",
        "attend --json --q DIR/all.npz --lang=fr|error.lang|",
        "bench --json --lang=fr|error.lang|",
      })
  void errorsHaveOneShape(String arguments, String code, String file) throws IOException {
    Files.writeString(folder.resolve("empty.md"), "");
    Files.writeString(folder.resolve("prose.md"), "Nothing to compute here.\n");
    Files.write(folder.resolve("binary.md"), new byte[] {0, 1, 2, (byte) 0xff, (byte) 0x80, 0});
    Files.writeString(folder.resolve("good.md"), "Q = [1], K = [2], V = [3]. Find Z.\n");
    Files.writeString(folder.resolve("good.fixed.md"), "x");
    arrays();
    CommandLineTest.Run run = run(arguments);
    assertThat(run.code()).isEqualTo(2);
    JsonNode document = valid(run.out());
    String command = arguments.substring(0, arguments.indexOf(' '));
    assertThat(document.get("schema").asString()).endsWith("/" + command + "-1.json");
    JsonNode error = document.get("errors").get(0);
    assertThat(document.get("errors")).hasSize(1);
    assertThat(error.get("code").asString()).isEqualTo(code);
    assertThat(run.err()).contains("qkv: " + error.get("text").asString() + "\n");
    assertThat(error.path("file").asString(""))
        .isEqualTo(file == null ? "" : file.replace("DIR", folder.toString()));
  }

  @Test
  void whatIsSaidAboutAFileIsInItsJson() throws IOException {
    Files.writeString(
        folder.resolve("n.md"),
        """
        ## 1. Read
        ```qkv
        Q = [1]
        ```
        > ```qkv
        > Q = [1]
        > ```
        """);
    for (String command : List.of("solve", "check")) {
      CommandLineTest.Run run = run(command + " --json DIR/n.md");
      assertThat(run.code()).isEqualTo(2);
      JsonNode error = valid(run.out()).get("errors").get(0);
      assertThat(error.get("code").asString()).isEqualTo("error.block.nested");
      assertThat(error.get("file").asString()).isEqualTo(folder.resolve("n.md").toString());
      assertThat(error.get("line").asInt()).isBetween(5, 6);
    }
  }

  private void arrays() throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    all.put("q", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2));
    all.put("k", Tensor.of(new float[] {1, 0, 0, 1, 1, 1, 2, 0}, 4, 2));
    all.put("v", Tensor.of(new float[] {1, 2, 3, 4}, 4, 1));
    all.put("dz", Tensor.of(new float[] {1, 2, 3}, 3, 1));
    ArrayFile.write(folder.resolve("all.npz"), all);
  }

  @Test
  void attendTellsTheSameAsItsText() throws IOException {
    arrays();
    String command = "attend --q DIR/all.npz --lse --out DIR/z.npz" + GRADIENTS;
    JsonNode engine = document(command + " --json");
    assertThat(engine.at("/inputs")).hasSize(4);
    assertThat(engine.at("/inputs/1/shape").toString()).isEqualTo("[4,2]");
    assertThat(engine.at("/inputs/1/type").asString()).isEqualTo("F32");
    assertThat(engine.at("/gflops").isNumber()).isTrue();
    assertThat(engine.at("/outputs/1/name").asString()).isEqualTo("lse");
    assertThat(engine.at("/outputs/2/file").asString())
        .isEqualTo(folder.resolve("dq.npy").toString());
    JsonNode reference = document(command + " --reference --json");
    String text = run(command + " --reference").out();
    for (String number : List.of("engine_difference", "backward_engine_difference")) {
      assertThat(text)
          .containsPattern("engine .* " + "%.2g".formatted(reference.get(number).asDouble()));
    }
    JsonNode plain = document("attend --json --q DIR/all.npz");
    assertThat(plain.at("/outputs")).hasSize(1);
    assertThat(plain.at("/outputs/0").has("file")).isFalse();
  }

  @Test
  void trainingsWriteALineForEachEvaluation() throws IOException {
    CommandLineTest.Run run = run("train reversal --steps=2 --json --out=DIR/run");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines()).isNotEmpty().allSatisfy(JsonTest::valid);
    assertThat(folder.resolve("run/metrics.jsonl")).hasContent(run.out());
  }

  private static String bench(double peak) {
    Case which = Case.grid().getFirst();
    Meter.Result result = new Meter.Result(1000, 2.5, 0.5, 1);
    return BenchCommand.json(
        new EngineBench.Report(peak, 2, 3, 4, 5, List.of(new EngineBench.Row(which, 1, result))));
  }

  @Test
  void benchmarksKeepTheirSchema() {
    JsonNode tree = valid(bench(Double.NaN));
    assertThat(tree.get("peak_gflops_one_thread").isNull()).isTrue();
    assertThat(tree.at("/rows/0/share_of_peak").asDouble()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @FieldSource("dev.qkv.app.cli.Schemas#NAMES")
  void schemasAreSchemas(String name) {
    String text = Schemas.text(name);
    assertThat(Schemas.violationsOf(text)).isEmpty();
    assertThat(Schemas.tree(text).get("$id").asString())
        .isEqualTo("https://qkv.dev/schema/" + name + ".json");
  }

  @Test
  void closedSetsOfCodesAreComplete() throws IOException {
    JsonNode common = Schemas.tree(Schemas.text("common-1"));
    List<String> mistakes =
        Files.readAllLines(
                ROOT.resolve("sheet/src/main/resources/dev/qkv/sheet/messages.properties"))
            .stream()
            .filter(line -> line.startsWith("mistake."))
            .map(line -> line.substring("mistake.".length(), line.indexOf(' ')))
            .toList();
    assertThat(texts(common.at("/$defs/mistake/enum")))
        .containsExactlyInAnyOrderElementsOf(mistakes);
    assertThat(texts(common.at("/$defs/axis/properties/code/enum")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Axis.values()).map(axis -> axis.label().key()).toList());
  }

  private static List<String> texts(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(i -> array.get(i).asString()).toList();
  }

  /** A property too few, one too many, one of another type: each is refused, wherever it is. */
  @Test
  void whatBreaksASchemaIsRefused() throws IOException {
    arrays();
    Files.writeString(
        folder.resolve("all.md"),
        """
        ## 1. T
        ```qkv
        Q = [1 2; 0 1]
        K = [1 0; 2 1]
        V = [1; 2]
        ```
        ```answer
        S = [1 4; 0 1]
        formula Z = QV
        formula Z = A V
        Z is a blend of the values
        ```
        """);
    String error = run("check --json DIR/none.md").out();
    String training = run("train reversal --steps=1 --json --out=DIR/run").out();
    for (String document :
        List.of(
            run("solve --json --verify DIR/all.md").out(),
            run("check --json DIR/all.md").out(),
            error,
            training,
            run("train sorting --json").out(),
            run("attend --json --q DIR/all.npz" + GRADIENTS).out(),
            bench(1))) {
      JsonNode tree = valid(document);
      breakEach(tree, tree, "");
    }
  }

  private static void breakEach(JsonNode root, JsonNode at, String path) {
    if (at instanceof ObjectNode object) {
      refused(
          root, path + " with one more", () -> object.put("more", 1), () -> object.remove("more"));
      for (String name : List.copyOf(object.propertyNames())) {
        JsonNode value = object.get(name);
        String place = path + "/" + name;
        boolean anyNames = path.endsWith("/example/inputs");
        if (!OPTIONAL.contains(name) && !anyNames && !place.equals("/schema")) {
          refused(
              root, place + " left out", () -> object.remove(name), () -> object.set(name, value));
        }
        if (value.isValueNode() && !place.equals("/schema")) {
          refused(
              root,
              place + " mistyped",
              () -> object.putObject(name),
              () -> object.set(name, value));
        }
        breakEach(root, value, place);
      }
    } else if (at instanceof ArrayNode array) {
      refused(
          root,
          path + " with a truth value",
          () -> array.add(true),
          () -> array.remove(array.size() - 1));
      for (int i = 0; i < array.size(); i++) {
        breakEach(root, array.get(i), path + "/" + i);
      }
    }
  }

  private static void refused(JsonNode root, String what, Runnable broken, Runnable mended) {
    broken.run();
    assertThat(Schemas.violations(root)).as(what).isNotEmpty();
    mended.run();
  }
}
