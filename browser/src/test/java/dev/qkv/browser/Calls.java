package dev.qkv.browser;

import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Calls that a page makes about a note: a method and its strings each. */
final class Calls {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("browser.root", "..")).resolve("examples");

  private static final List<String> FORMATS = List.of("native", "markdown", "tex", "numpy", "csv");

  private final String name;
  private final String text;
  private final List<List<String>> all = new ArrayList<>();

  Calls(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** Every worksheet of the examples. */
  static List<Path> worksheets() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static Calls of(Path file) {
    try {
      return new Calls(String.valueOf(file.getFileName()), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls that no page makes, and one without a note. */
  static List<List<String>> mistaken() {
    return List.of(
        List.of("examples", "en"),
        List.of("nothing", "en"),
        List.of("nothing", "zh"),
        List.of("read"),
        List.of("sheet", "zh", "a.md", "text", "3", ""),
        List.of("solve", "en", "a.ipynb", "{\"cells\": [1, }"),
        List.of("solve", "zh", "a.ipynb", "{\"cells\": [{\"source\": [\"Q = [1 2]\\n\"]}]}"));
  }

  List<List<String>> all() {
    return all;
  }

  /** The documents of the command line, in both languages. */
  Calls documents() {
    for (String language : List.of("en", "zh")) {
      all.add(List.of("solve", language, name, text));
      all.add(List.of("check", language, name, text));
    }
    return this;
  }

  /** What a page asks when somebody looks at each exercise, changes it and practises. */
  Calls visit(List<String> languages) {
    List<Exercise> exercises = Notes.read(name, text.getBytes(StandardCharsets.UTF_8)).exercises();
    for (String language : languages) {
      all.add(List.of("read", language, name, text));
      for (int i = 0; i < exercises.size(); i++) {
        exercise(exercises.get(i), i, language);
      }
    }
    return this;
  }

  private void exercise(Exercise exercise, int place, String language) {
    about("sheet", language, place);
    about("audit", language, place);
    for (String format : FORMATS) {
      about("copy", language, place, format);
    }
    for (Given given : exercise.givens()) {
      String quantity = given.quantity().name();
      about("edit", language, place, "cell", quantity, "0", "0", "1/3");
      about("edit", language, place, "rows", quantity, "+1");
      about("picture", language, place, quantity);
    }
    about("edit", language, place, "choice", "mask", "causal");
    Checked checked = Checked.of(exercise);
    for (Verdict verdict : checked.verdicts()) {
      verdict(verdict, language, place);
    }
  }

  private void verdict(Verdict verdict, String language, int place) {
    for (Verdict.Cell cell : verdict.cells()) {
      int row = cell.row().orElse(1);
      int column = cell.column().orElse(1);
      about("cell", language, place, verdict.name(), "" + (row - 1), "" + (column - 1));
      String blank = verdict.name() + "[" + row + ", " + column + "]";
      about("judge", language, place, blank, cell.claimed().text(), "");
      for (Verdict.Match mistake : cell.mistakes()) {
        about("mistake", language, place, verdict.name(), mistake.code());
      }
    }
  }

  private void about(String method, String language, int place, String... more) {
    List<String> call =
        new ArrayList<>(List.of(method, language, name, text, String.valueOf(place), ""));
    call.addAll(List.of(more));
    all.add(call);
  }
}
