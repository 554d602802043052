package dev.qkv.app.cli;

import dev.qkv.app.terminal.Ink;
import dev.qkv.app.terminal.SolutionText;
import dev.qkv.sheet.report.SolutionJson;
import dev.qkv.sheet.report.SolutionMarkdown;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.Solved;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qkv solve FILE}: every step of every exercise. */
@Command(name = "solve", mixinStandardHelpOptions = true)
final class SolveCommand implements Callable<Integer> {
  private final Console console;
  private final ResourceBundle words;

  @Parameters(paramLabel = "FILE", descriptionKey = "solve.file")
  private String file = "";

  /** How the solution is written. */
  static final class Form {
    @Option(names = "--json", descriptionKey = "json")
    boolean json;

    @Option(names = "--markdown", descriptionKey = "markdown")
    boolean markdown;
  }

  @ArgGroup private Form form = new Form();

  @Option(names = "--only", paramLabel = "ID", descriptionKey = "only")
  private @Nullable String only;

  @Option(names = "--digits", paramLabel = "N", defaultValue = "4", descriptionKey = "digits")
  private int digits = 4;

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "lang")
  private @Nullable String language;

  SolveCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
  }

  @Override
  public Integer call() {
    try {
      Limits.digits(digits, words);
      WorksheetFile sheet =
          WorksheetFile.read(file, Limits.language(language, words), words);
      List<Exercise> exercises = new ArrayList<>(sheet.worksheet().exercises());
      if (only != null) {
        exercises.removeIf(e -> !e.id().equals(only));
        if (exercises.isEmpty()) {
          throw WorksheetFile.unusable(words, "error.only", file, only);
        }
      }
      List<Solved> solutions = exercises.stream().map(Solved::of).toList();
      console.out().print(written(sheet, solutions));
      FileIssues.print(console, sheet);
      boolean errors =
          solutions.stream()
                  .flatMap(s -> s.issues().stream())
                  .anyMatch(i -> i.kind() == Issue.Kind.ERROR)
              || FileIssues.hasErrors(sheet);
      return errors ? 2 : 0;
    } catch (WorksheetFile.Unusable e) {
      console.err().println("qkv: " + e.getMessage());
      return 2;
    }
  }

  private String written(WorksheetFile sheet, List<Solved> solutions) {
    Locale locale = sheet.locale();
    if (form.json) {
      return new SolutionJson(locale, digits).write(solutions);
    }
    if (form.markdown) {
      return new SolutionMarkdown(locale, digits).write(solutions);
    }
    SolutionText text = new SolutionText(locale, digits, new Ink(console.colour()));
    StringBuilder all = new StringBuilder();
    solutions.forEach(s -> all.append(text.write(sheet.name(), s)));
    return all.toString();
  }
}
