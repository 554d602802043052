package dev.qkv.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.app.cli.Schemas;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a page is told is what {@code solve} and {@code check} say. */
class WorkbookTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Path SHARED = Path.of("../../shared/worksheets");
  private static final String NOTE =
      """
      ## 1. A small one

      ```qkv
      Q = [1 2; 0 1]
      K = [1 1; 0 1]
      V = [1 0; 2 1]
      find Z
      ```
      ```answer
      Z = [1.3302 0.3302; 1.5 0.5]
      ```
      """;

  private final Workbook workbook = new Workbook();

  private JsonNode call(String method, String... arguments) {
    JsonNode tree = Schemas.tree(workbook.call(method, List.of(arguments)));
    assertThat(Schemas.violations(tree)).as("%s %s", method, tree).isEmpty();
    return tree;
  }

  private JsonNode edit(String note, String block, String... change) {
    List<String> arguments = new ArrayList<>(List.of("en", "note.md", note, "0", block));
    arguments.addAll(List.of(change));
    return call("edit", arguments.toArray(String[]::new));
  }

  private static Stream<Path> worksheets() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : List.of(EXAMPLES, EXAMPLES.resolve("kinds"), SHARED)) {
      if (!Files.isDirectory(folder)) {
        System.out.println("skipped: there is no " + folder);
        continue;
      }
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(Files::isRegularFile).sorted().forEach(all::add);
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("worksheets")
  void saysWhatCheckSays(Path file) throws IOException {
    String text = Files.readString(file);
    String name = String.valueOf(file.getFileName());
    List<Exercise> exercises = Notes.read(name, Files.readAllBytes(file)).exercises();
    JsonNode note = call("read", "zh", name, text);
    assertThat(note.get("exercises").size()).isEqualTo(exercises.size());
    for (int i = 0; i < exercises.size(); i++) {
      JsonNode sheet = call("sheet", "en", name, text, "" + i, "");
      JsonNode audit = call("audit", "zh", name, text, "" + i, "");
      Checked checked = Checked.of(exercises.get(i));
      assertThat(audit.get("right").asInt()).isEqualTo((int) checked.count(Outcome.RIGHT));
      assertThat(audit.get("wrong").asInt()).isEqualTo((int) checked.count(Outcome.WRONG));
      assertThat(audit.get("unchecked").asInt()).isEqualTo((int) checked.count(Outcome.UNCHECKED));
      assertThat(sheet.get("givens").size()).isEqualTo(exercises.get(i).givens().size());
      namedMistakesAreWorked(name, text, i, audit);
    }
  }

  /** What an audit names, a page can show step by step. */
  private void namedMistakesAreWorked(String name, String text, int exercise, JsonNode audit) {
    for (JsonNode claim : audit.get("claims")) {
      for (JsonNode cell : claim.get("cells")) {
        for (JsonNode named : cell.get("mistakes")) {
          String code = named.get("code").asString();
          String quantity = claim.get("quantity").asString();
          JsonNode mistake = call("mistake", "en", name, text, "" + exercise, "", quantity, code);
          JsonNode steps = mistake.get("steps");
          assertThat(mistake.get("parts").asString())
              .isEqualTo(steps.get(0).get("wrong").get("quantity").asString());
          assertThat(steps.get(steps.size() - 1).get("wrong").get("quantity").asString())
              .isEqualTo(quantity);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heads.md", "encoder-zh.md", "norms.md"})
  void everyCellIsTraced(String kind) throws IOException {
    String text = Files.readString(EXAMPLES.resolve("kinds").resolve(kind));
    int exercises = call("read", "en", kind, text).get("exercises").size();
    for (int e = 0; e < exercises; e++) {
      JsonNode sheet = call("sheet", "en", kind, text, "" + e, "");
      for (JsonNode step : sheet.get("steps")) {
        for (int i = 0; i < step.get("rows").asInt(); i++) {
          String quantity = step.get("quantity").asString();
          JsonNode cell = call("cell", "en", kind, text, "" + e, "", quantity, "" + i, "0");
          for (JsonNode source : cell.get("sources")) {
            assertThat(shown(sheet, source)).isEqualTo(source.get("shown").asString());
          }
        }
      }
    }
  }

  /** The number that stands at the place of a source. */
  private static String shown(JsonNode sheet, JsonNode source) {
    for (String list : List.of("givens", "steps")) {
      for (JsonNode quantity : sheet.get(list)) {
        if (quantity.get("quantity").equals(source.get("quantity"))) {
          return quantity
              .get("shown")
              .get(source.get("row").asInt())
              .get(source.get("column").asInt())
              .asString();
        }
      }
    }
    return "nowhere: " + source;
  }

  /** A chain of random changes ends where a worksheet written with those numbers begins. */
  @Test
  void changesAreWhatAWorksheetWouldSay() {
    Random random = new Random(20_261_130);
    String block = "";
    for (int k = 0; k < 60; k++) {
      String quantity = List.of("Q", "K", "V").get(random.nextInt(3));
      String typed = List.of("1/2", "-3", "√2", "0.25", "2/√3", "1e-2", "7").get(random.nextInt(7));
      String row = "" + random.nextInt(2);
      String column = "" + random.nextInt(2);
      JsonNode sheet = edit(NOTE, block, "cell", quantity, row, column, typed);
      assertThat(sheet.has("refused")).as("%s: %s", typed, sheet.get("refused")).isFalse();
      block = sheet.get("block").asString();
      JsonNode anew = call("sheet", "en", "a.md", "## 1\n\n```qkv\n" + block + "```\n", "0", "");
      assertThat(sheet.get("steps")).isEqualTo(anew.get("steps"));
      assertThat(sheet.get("edited").asBoolean()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "1 2",
        "1, 2",
        "1; 2",
        "[1]",
        "1]",
        "= 3",
        "1 = 2",
        "1\n2",
        "1 # 2",
        "1/0",
        "√-1",
        "``` ",
        "<b>1</b>",
        "𝟙",
        "NaN",
        "1e999999999"
      })
  void whatIsNoNumberIsRefused(String typed) {
    JsonNode sheet = edit(NOTE, "", "cell", "Q", "0", "1", typed);
    assertThat(sheet.get("refused").get("text").asString()).isNotEmpty();
    assertThat(sheet.get("block")).isEqualTo(call("sheet", "en", "n", NOTE, "0", "").get("block"));
  }

  /** Two numbers in a cell would make a row of two a row of three. */
  @Test
  void aCellTakesOneNumber() {
    String row = "## 1\n\n```qkv\nQ = [1, 2]\nK = [1, 0]\nfind S\n```\n";
    JsonNode sheet = edit(row, "", "cell", "Q", "0", "1", "3 4");
    assertThat(sheet.get("refused").get("text").asString()).contains("3 4");
    assertThat(sheet.get("givens").get(0).get("columns").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "[[1, 2], [3, 4]]",
        "np.array([[1., 2.], [3., 4.]])",
        "torch.tensor([[1, 2],\\n [3, 4]], dtype=torch.float32)",
        "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}",
        "1,2\\n3,4",
        "1\\t2\\n3\\t4\\n",
        "1 2\\n3 4",
        "1;2\\n3;4",
        "[1 2; 3 4]",
        "[[1. 2.]\\n [3. 4.]]"
      })
  void gridsAreReadAsTheyAreCopied(String pasted) {
    String text = pasted.replace("\\n", "\n").replace("\\t", "\t");
    JsonNode sheet = edit(NOTE, "", "matrix", "Q", text);
    assertThat(sheet.has("refused")).as("%s", sheet.get("refused")).isFalse();
    assertThat(sheet.get("givens").get(0).get("value")).isEqualTo(Schemas.tree("[[1, 2], [3, 4]]"));
  }

  @Test
  void rowsAndColumnsComeAndGo() {
    JsonNode more = edit(NOTE, "", "rows", "Q", "+1");
    assertThat(more.get("givens").get(0).get("written"))
        .isEqualTo(Schemas.tree("[[\"1\", \"2\"], [\"0\", \"0\"], [\"0\", \"1\"]]"));
    JsonNode back = edit(NOTE, more.get("block").asString(), "rows", "Q", "-1");
    assertThat(back.get("block")).isEqualTo(call("sheet", "en", "n", NOTE, "0", "").get("block"));
    JsonNode wide = edit(NOTE, "", "columns", "V", "+2");
    assertThat(wide.get("givens").get(2).get("columns").asInt()).isEqualTo(3);
    JsonNode one = edit(NOTE, "", "rows", "Q", "-0");
    JsonNode none = edit(NOTE, one.get("block").asString(), "rows", "Q", "-0");
    assertThat(none.get("refused").get("code").asString()).isEqualTo("error.grid.size");
    assertThat(none.get("block")).isEqualTo(one.get("block"));
  }

  /** What does not fit any longer is said, and the rest goes on. */
  @Test
  void aKeyWithoutAValueIsAnError() {
    JsonNode sheet = edit(NOTE, "", "rows", "K", "+0");
    assertThat(sheet.get("issues").toString()).contains("\"kind\":\"error\"");
    assertThat(sheet.get("steps").toString()).contains("\"quantity\":\"S\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "scale¦none¦scale",
        "scale¦0.5¦scale",
        "mask¦causal¦mask",
        "mask¦window 1 0¦mask",
        "mask¦keep 1 -> {1}; keep 2 -> {1, 2}¦mask",
        "mask¦[0 -inf; 0 0]¦mask",
        "tau¦2¦tau"
      })
  void knobsTurnAndTurnBack(String name, String value, String knob) {
    JsonNode before = call("sheet", "en", "n", NOTE, "0", "");
    JsonNode turned = edit(NOTE, "", "choice", name, value);
    assertThat(turned.has("refused")).as("%s", turned.get("refused")).isFalse();
    assertThat(turned.get("knobs").get(knob)).isNotEqualTo(before.get("knobs").get(knob));
    assertThat(turned.get("steps")).isNotEqualTo(before.get("steps"));
    JsonNode back = edit(NOTE, turned.get("block").asString(), "choice", name, "");
    assertThat(back.get("steps")).isEqualTo(before.get("steps"));
  }

  @Test
  void tokensHaveNames() {
    JsonNode sheet = edit(NOTE, "", "choice", "tokens", "the, ##s");
    assertThat(sheet.get("knobs").get("tokens").asString()).isEqualTo("the, ##s");
    JsonNode weights =
        sheet
            .get("steps")
            .valueStream()
            .filter(s -> s.get("quantity").asString().equals("A"))
            .findFirst()
            .orElseThrow();
    assertThat(weights.get("rowNames").toString()).isEqualTo("[\"the\",\"##s\"]");
    assertThat(weights.get("columnNames")).isEqualTo(weights.get("rowNames"));
    JsonNode output = sheet.get("steps").get(sheet.get("steps").size() - 1);
    assertThat(output.get("columnNames").isEmpty()).isTrue();
    String block = sheet.get("block").asString();
    assertThat(call("picture", "en", "n", NOTE, "0", block, "A").get("svg").asString())
        .contains(">##s<");
    JsonNode more = edit(NOTE, block, "rows", "Q", "+0");
    assertThat(more.has("refused")).isFalse();
    assertThat(more.get("issues").toString()).doesNotContain("\"kind\":\"error\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "S[1, 1]¦2.12¦''¦right",
        "S[1, 1]¦3¦''¦wrong",
        "S[1, 1]¦abc¦''¦unreadable",
        "S[1, 1]¦''¦''¦unreadable",
        "S[1, 1]¦1 = 2.12¦''¦unreadable",
        "A[1, 1]¦0.73¦S = [2.12, 1.12; 0.71, 0.71]¦carried",
        "A[1, 1]¦0.73¦''¦wrong",
        "A[1, 1]¦0.6698¦S = [2.12, 1.12; 0.71, 0.71]¦right",
        "Z[1, 1]¦1.2689¦A = [0.7311, 0.2689; 0.5, 0.5]¦carried",
        "Z[1, 1]¦9¦A = [0.7311, 0.2689; 0.5, 0.5]¦wrong",
        "Z[1, 1]¦9¦A = [0.7311]¦wrong"
      })
  void cellsOfALearnerAreJudged(String place, String typed, String earlier, String outcome) {
    JsonNode judged = call("judge", "zh", "n", NOTE, "0", "", place, typed, earlier);
    assertThat(judged.get("outcome").asString()).isEqualTo(outcome);
  }

  @Test
  void aKnownMistakeOfALearnerIsNamed() {
    JsonNode judged = call("judge", "en", "n", NOTE, "0", "", "S[1, 1]", "3", "");
    assertThat(judged.get("cells").get(0).get("mistakes").get(0).get("code").asString())
        .isEqualTo("SCALE.MISSING");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "markdown", "tex", "numpy", "csv"})
  void copiesAreClean(String format) {
    String text = call("copy", "en", "n", NOTE, "0", "", format).get("text").asString();
    assertThat(text).isNotBlank();
    if (format.equals("native")) {
      assertThat(Notes.read(text).exercises().getFirst().claims()).hasSize(1);
    }
  }

  @Test
  void picturesAndExamplesAndVerification() {
    assertThat(call("picture", "zh", "n", NOTE, "0", "", "A").get("svg").asString())
        .startsWith("<svg ");
    assertThat(call("verify", "en", "n", NOTE, "0", "").get("verification").size()).isPositive();
    for (JsonNode example : call("examples", "en").get("examples")) {
      String name = example.get("name").asString();
      JsonNode note = call("read", "", name, example.get("text").asString());
      assertThat(note.get("exercises").size()).as(name).isPositive();
      assertThat(note.get("language").asString()).isEqualTo(example.get("language").asString());
    }
  }

  @Test
  void anUnreadableNoteIsSaidSo() {
    JsonNode note = call("read", "en", "note.pdf", "%PDF-1.7 broken");
    assertThat(note.get("exercises").size()).isZero();
    assertThat(note.get("issues").get(0).get("text").asString()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "nothing¦error.call.method",
        "read en note.md¦error.call.arguments",
        "sheet en n.md NOTE 7 -¦error.call.exercise",
        "sheet en n.md NOTE x -¦error.call.number",
        "cell en n.md NOTE 0 - nothing 0 0¦error.call.cell",
        "cell en n.md NOTE 0 - S 5 0¦error.call.cell",
        "picture en n.md NOTE 0 - W¦error.call.cell",
        "mistake en n.md NOTE 0 - Z MASK.NONE¦error.call.mistake",
        "copy en n.md NOTE 0 - docx¦error.call.method"
      })
  void callsThatNoPageMakesAreRefused(String words, String key) {
    List<String> all =
        Stream.of(words.split(" "))
            .map(w -> w.equals("NOTE") ? NOTE : w.equals("-") ? "" : w)
            .toList();
    assertThatThrownBy(() -> workbook.call(all.getFirst(), all.subList(1, all.size())))
        .isInstanceOfSatisfying(
            SheetException.class, e -> assertThat(e.reason().key()).isEqualTo(key));
  }

  @Test
  void manyThreadsGetTheSame() {
    String alone = new Workbook().call("audit", List.of("en", "n", NOTE, "0", ""));
    List<String> together =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> workbook.call("audit", List.of("en", "n", NOTE, "0", "")))
            .toList();
    assertThat(together).allMatch(alone::equals);
  }
}
