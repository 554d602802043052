package dev.qkv.app.cli;

import dev.qkv.app.terminal.Ink;
import dev.qkv.app.terminal.SolutionText;
import dev.qkv.app.terminal.Wrapping;
import dev.qkv.sheet.Verification;
import dev.qkv.sheet.report.Detail;
import dev.qkv.sheet.report.Manuscript;
import dev.qkv.sheet.report.SolutionJson;
import dev.qkv.sheet.report.SolutionManuscript;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.Solved;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code qkv solve FILE}: every step of every exercise. */
final class SolveCommand implements Callable<Integer> {
  private static final int DIGITS = 4;

  private final Console console;
  private final ResourceBundle words;
  private final PositionalParamSpec fileOption =
      PositionalParamSpec.builder()
          .index("0")
          .paramLabel("FILE")
          .required(true)
          .type(String.class)
          .descriptionKey("solve.file")
          .build();
  private final OptionSpec jsonOption = Options.flag("--json", "json");
  private final OptionSpec markdownOption = Options.flag("--markdown", "markdown");
  private final HtmlOption htmlOption;
  private final OptionSpec briefOption = Options.flag("--brief", "brief");
  private final OptionSpec allOption = Options.flag("--all", "all");
  private final OptionSpec verifyOption = Options.flag("--verify", "verify");
  private final OptionSpec onlyOption = Options.text("--only", "ID", "only");
  private final OptionSpec digitsOption =
      OptionSpec.builder("--digits")
          .paramLabel("N")
          .type(int.class)
          .defaultValue(String.valueOf(DIGITS))
          .descriptionKey("digits")
          .build();
  private final OptionSpec languageOption = Options.language("lang");

  private SolveCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
    this.htmlOption = new HtmlOption(console, words);
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    SolveCommand command = new SolveCommand(console, words);
    return CommandSpec.wrapWithoutInspection(command)
        .addOption(Options.help())
        .addPositional(command.fileOption)
        .addArgGroup(
            ArgGroupSpec.builder()
                .addArg(command.jsonOption)
                .addArg(command.markdownOption)
                .addArg(command.htmlOption.spec())
                .build())
        .addOption(command.briefOption)
        .addOption(command.allOption)
        .addOption(command.verifyOption)
        .addOption(command.onlyOption)
        .addOption(command.digitsOption)
        .addOption(command.languageOption);
  }

  @Override
  public Integer call() {
    String file = fileOption.getValue();
    String only = onlyOption.getValue();
    int digits = Options.number(digitsOption);
    try {
      Limits.digits(digits, words);
      htmlOption.check(List.of(file), null, briefOption, allOption, verifyOption, digitsOption);
      WorksheetFile sheet =
          WorksheetFile.read(file, Limits.language(languageOption.getValue(), words), words);
      List<Exercise> exercises = new ArrayList<>(sheet.worksheet().exercises());
      int first = 0;
      if (only != null) {
        List<String> ids = exercises.stream().map(Exercise::id).toList();
        if (!ids.contains(only)) {
          throw Unusable.inFile(
              words,
              "error.only",
              file,
              only,
              Limits.suggestion(only, ids, words),
              String.join(", ", ids));
        }
        first = ids.indexOf(only);
        exercises.removeIf(e -> !e.id().equals(only));
      }
      Solved.Extent extent = Options.given(allOption) ? Solved.Extent.ALL : Solved.Extent.ASKED;
      List<Solved> solutions;
      try (Progress progress =
          new Progress(console, words, "progress", exercises.size(), Progress.USUAL_PAUSE)) {
        solutions =
            exercises.parallelStream().map(e -> progress.done(Solved.of(e, extent))).toList();
        if (htmlOption.given()) {
          htmlOption.write(sheet, first);
          FileIssues.print(console, sheet, errors(solutions));
        } else {
          print(sheet, solutions, digits);
        }
      }
      FileIssues.print(console, sheet);
      boolean errors = !errors(solutions).isEmpty() || FileIssues.hasErrors(sheet);
      boolean contradicted =
          Options.given(verifyOption)
              && solutions.stream()
                  .flatMap(s -> Verification.of(s.derivation()).stream())
                  .anyMatch(v -> !v.agrees());
      return errors ? Failure.CODE : contradicted ? 1 : 0;
    } catch (Unusable e) {
      SolutionJson none = new SolutionJson(words.getLocale(), DIGITS, false);
      return new Failure(
              console, Options.given(jsonOption), errors -> none.write(List.of(), errors))
          .say(e);
    }
  }

  private static List<Issue> errors(List<Solved> solutions) {
    return solutions.stream()
        .flatMap(s -> s.issues().stream())
        .filter(i -> i.kind() == Issue.Kind.ERROR)
        .toList();
  }

  private void print(WorksheetFile sheet, List<Solved> solutions, int digits) {
    Locale locale = sheet.locale();
    boolean verify = Options.given(verifyOption);
    Detail detail = new Detail(digits, Options.given(briefOption), verify);
    if (Options.given(jsonOption)) {
      console
          .out()
          .print(
              new SolutionJson(locale, digits, verify)
                  .write(solutions, FileIssues.findings(sheet)));
    } else if (Options.given(markdownOption)) {
      console
          .out()
          .print(new SolutionManuscript(Manuscript.MARKDOWN, locale, detail).write(solutions));
    } else {
      SolutionText text = new SolutionText(locale, detail, new Ink(console.colour()));
      Wrapping wrapping = new Wrapping(console.width());
      console.out().print(wrapping.of(text.contents(solutions)));
      solutions.forEach(s -> console.out().print(wrapping.of(text.write(sheet.name(), s))));
    }
  }
}
