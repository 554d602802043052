package dev.qkv.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.term.Quantity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a user meets them: output, errors, exit codes. */
class CommandLineTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir private Path folder;

  /** What a run of the program left. */
  record Run(int code, String out, String err) {}

  static Run run(boolean terminal, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream o = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream e = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      int code = Qkv.run(arguments, new Console(o, e, terminal));
      return new Run(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  private static String example(String name) {
    return ROOT.resolve("examples").resolve(name).toString();
  }

  private String file(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  /** Run with -Dgolden=write to renew the files after a change that is meant. */
  private static void golden(String name, String got) throws Exception {
    Path file = GOLDEN.resolve(name);
    String portable = got.replace(ROOT.toString(), "ROOT");
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, portable);
    }
    assertThat(portable)
        .as("stale? renew with mvn test -pl app -am -Dgolden=write")
        .isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void helpMatchesItsGoldenFile(String lang) throws Exception {
    golden("help-" + lang + ".txt", run(false, "--lang", lang, "--help").out());
    golden("help-solve-" + lang + ".txt", run(false, "solve", "--help", "--lang", lang).out());
    golden("help-check-" + lang + ".txt", run(false, "check", "--help", "--lang", lang).out());
    golden("help-serve-" + lang + ".txt", run(false, "serve", "--help", "--lang", lang).out());
    golden("help-attend-" + lang + ".txt", run(false, "attend", "--help", "--lang", lang).out());
    golden("help-bench-" + lang + ".txt", run(false, "bench", "--help", "--lang", lang).out());
    golden("help-train-" + lang + ".txt", run(false, "train", "--help", "--lang", lang).out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void helpListsEveryQuantity(String lang) {
    String help = run(false, "solve", "--help", "--lang", lang).out();
    Set<String> words = new HashSet<>(List.of(help.split("[^\\w]+")));
    assertThat(words).containsAll(Quantities.all().stream().map(Quantity::name).toList());
  }

  @Test
  void solveVerifies() {
    Run run = run(false, "solve", "--verify", example("attention-exercises.md"));
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("✓ Z verified: float64 reference differs by ")
        .doesNotContain("✗");
    Run json = run(false, "solve", "--verify", "--json", example("attention-exercises.md"));
    assertThat(json.out()).contains("\"engine_difference\"", "\"agrees\" : true");
  }

  @Test
  void solutionsMatchTheirGoldenFiles() throws Exception {
    String file = example("attention-exercises.md");
    golden("solve.txt", run(false, "solve", file).out());
    golden("solve-5-zh.txt", run(true, "solve", "--only", "5", "--lang", "zh", file).out());
    golden("solve-10.md", run(false, "solve", "--only", "10", "--markdown", file).out());
    golden("solve-1.json", run(false, "solve", "--only", "1", "--json", file).out());
  }

  @Test
  void briefHasFormulasAndResultsOnlyAndContentsComeFirst() {
    String file = example("attention-exercises.md");
    String brief = run(false, "solve", "--brief", file).out();
    assertThat(brief)
        .startsWith("10 exercises: 1. One query, one key · 2. ")
        .contains("\n5. Causal self-attention\n")
        .contains("S = QKᵀ / √d_k")
        .doesNotContain("keeps softmax out of saturation", "√d_k = √d_k");
    assertThat(run(false, "solve", "--brief", "--only", "5", file).out())
        .startsWith("5. Causal self-attention\n")
        .doesNotContain("S₁₁ = ");
    assertThat(run(false, "solve", "--markdown", "--only", "5", file).out())
        .contains("- mask: causal\n")
        .contains("*dividing by √d_k keeps softmax out of saturation");
  }

  @Test
  void auditsMatchTheirGoldenFiles() throws Exception {
    golden("check-wrong.txt", run(false, "check", example("wrong-answers.md")).out());
    golden("check-pasted-zh.txt", run(true, "check", example("pasted-notes-zh.md")).out());
    golden("check-wrong.json", run(false, "check", "--json", example("wrong-answers.md")).out());
  }

  @ParameterizedTest
  @CsvSource({
    "attention-exercises.md, 0",
    "pasted-notes.md, 0",
    "wrong-answers.md, 1",
    "pasted-notes-zh.md, 1"
  })
  void checkSaysSoWithItsExitCode(String file, int code) {
    assertThat(run(false, "check", example(file)).code()).isEqualTo(code);
  }

  @Test
  void colourOnlyOnATerminal() {
    assertThat(run(false, "check", example("wrong-answers.md")).out()).doesNotContain("\u001b");
    boolean forbidden = System.getenv("NO_COLOR") != null;
    assertThat(run(true, "check", example("wrong-answers.md")).out().contains("\u001b"))
        .isEqualTo(!forbidden);
  }

  @Test
  void unusableFilesAreOneErrorEachAndTheOthersAreChecked() throws Exception {
    String empty = file("empty.md", "");
    String binary = folder.resolve("binary.md").toString();
    Files.write(Path.of(binary), new byte[] {0, 1, 2, (byte) 0xff, (byte) 0x80, 0});
    String large = file("large.md", "x".repeat(10_000_000));
    String prose = file("prose.md", "Nothing to compute here.\n");
    String missing = folder.resolve("missing.md").toString();
    Run run =
        run(
            false,
            "check",
            "--lang=en",
            empty,
            binary,
            large,
            prose,
            missing,
            folder.toString(),
            example("pasted-notes.md"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines().toList())
        .containsExactly(
            "qkv: " + empty + ":1: the file is empty, expected a worksheet",
            "qkv: " + binary + ": the text is neither UTF-8, UTF-16 nor GB18030; save it as UTF-8",
            "qkv: "
                + large
                + ": 10000000 bytes, expected at most 1000000; a worksheet is something that a"
                + " person reads",
            "qkv: "
                + prose
                + ":1: no exercise found, expected notes with formulas such as Q=[1,0], or headings"
                + " with ```qkv blocks",
            "qkv: " + missing + ": no such file",
            "qkv: " + folder + ": is a directory, expected a worksheet file");
    assertThat(run.out()).contains("11 right, 0 wrong, 0 not checked, 6 with errors");
  }

  @Test
  void usageErrorsAreASentenceInTheLanguageAskedFor() {
    Run unknown = run(false, "solve", "--bogus", "x.md");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).startsWith("qkv: unknown argument: --bogus");
    Run missing = run(false, "check", "--lang", "zh");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).startsWith("qkv: 缺少：FILE");
    assertThat(run(false, "solve", "--digits", "x", "f").err())
        .startsWith("qkv: --digits: “x” is not a possible value");
    assertThat(run(false, "solve", "--digits", "99", "f").err())
        .isEqualTo("qkv: --digits: expected 0 to 34, got 99\n");
    assertThat(run(false, "check", "--lang", "fr", "f").err())
        .isEqualTo("qkv: --lang: expected zh or en, got fr\n");
    assertThat(run(false).code()).isEqualTo(2);
    for (Run run : List.of(unknown, missing)) {
      assertThat(run.err()).doesNotContain("\tat ");
    }
  }

  @Test
  void aBadExerciseIsAnErrorWithFileAndLineAndTheRestIsSolved() throws Exception {
    String bad =
        file(
            "bad.md",
            """
            ## 1. Bad
            ```qkv
            Q = [1 2; 3]
            ```
            ## 2. Good
            ```qkv
            Q = [1]
            K = [2]
            V = [3]
            find Z
            ```
            """);
    Run run = run(false, "solve", "--lang", "en", bad);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out())
        .contains("error " + bad + ":3: row 2 has 1 numbers, expected 2 like the first row")
        .contains("Z₁₁ = 1·3 = 3");
  }

  @Test
  void fixWritesACopyThatIsRightAndOverwritesNothing() throws Exception {
    String wrong = file("w.md", Files.readString(Path.of(example("wrong-answers.md"))));
    assertThat(run(false, "check", "--fix", wrong).code()).isEqualTo(1);
    String copy = folder.resolve("w.fixed.md").toString();
    assertThat(run(false, "check", copy).code()).isZero();
    String before = Files.readString(Path.of(copy));
    Run again = run(false, "check", "--fix", "--lang", "en", wrong);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("exists and is left alone");
    assertThat(Files.readString(Path.of(copy))).isEqualTo(before);
  }

  @Test
  void theProgramsOwnWordsExistInBothLanguages() {
    ResourceBundle english = ResourceBundle.getBundle("dev.qkv.app.messages", Locale.ROOT);
    ResourceBundle chinese = ResourceBundle.getBundle("dev.qkv.app.messages", Locale.CHINESE);
    assertThat(chinese.getLocale()).isEqualTo(Locale.CHINESE);
    assertThat(chinese.keySet()).isEqualTo(english.keySet());
  }

  /** What cannot be a page is said before anything is written, and nothing that is read is lost. */
  @Test
  void aPageIsNeverWrittenOverWhatIsRead() throws Exception {
    String note = "## 1\n```qkv\nQ = [1]\nK = [2]\nfind S\n```\n";
    String key = "## 1\n```answer\nS = 2\n```\n";
    String questions = file("questions.html", note);
    String answers = file("answers.html", key);
    String page = folder.resolve("page.html").toString();
    notAPage("is read as well", "solve", questions, "--html", questions);
    notAPage("is read as well", "check", questions, "--html", questions);
    notAPage("is read as well", "check", questions, "--key", answers, "--html", answers);
    notAPage("got 2", "check", questions, answers, "--html", page);
    notAPage("ends in .html", "solve", questions, "--html", folder.resolve("page.md").toString());
    notAPage("not with --brief", "solve", questions, "--brief", "--html", page);
    assertThat(Files.readString(Path.of(questions))).isEqualTo(note);
    assertThat(Files.readString(Path.of(answers))).isEqualTo(key);
  }

  private static void notAPage(String reason, String... arguments) {
    Run run = run(false, arguments);
    assertThat(run.code()).as(reason).isEqualTo(2);
    assertThat(run.err()).contains("--html", reason);
  }
}
