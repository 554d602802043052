package dev.qkv.app.cli;

import dev.qkv.app.terminal.AuditText;
import dev.qkv.app.terminal.Ink;
import dev.qkv.app.terminal.Wrapping;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.report.AuditJson;
import dev.qkv.sheet.report.Finding;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code qkv check FILE…}: audits the answers that worksheets claim. */
final class CheckCommand implements Callable<Integer> {
  private static final int DIGITS = 4;

  private final Console console;
  private final ResourceBundle words;
  private final PositionalParamSpec filesOption =
      PositionalParamSpec.builder()
          .index("0..*")
          .arity("1..*")
          .paramLabel("FILE")
          .required(true)
          .type(List.class)
          .auxiliaryTypes(String.class)
          .descriptionKey("check.files")
          .build();
  private final OptionSpec jsonOption = Options.flag("--json", "json");
  private final OptionSpec keyOption = Options.text("--key", "FILE", "key");
  private final OptionSpec fixOption = Options.flag("--fix", "fix");
  private final HtmlOption htmlOption;
  private final OptionSpec languageOption = Options.language("lang");

  private CheckCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
    this.htmlOption = new HtmlOption(console, words);
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    CheckCommand command = new CheckCommand(console, words);
    return CommandSpec.wrapWithoutInspection(command)
        .addOption(Options.help())
        .addPositional(command.filesOption)
        .addOption(command.jsonOption)
        .addOption(command.keyOption)
        .addOption(command.fixOption)
        .addOption(command.htmlOption.spec())
        .addOption(command.languageOption);
  }

  @Override
  public Integer call() {
    boolean json = Options.given(jsonOption);
    try {
      Optional<Locale> chosen = Limits.language(languageOption.getValue(), words);
      List<String> files = filesOption.getValue();
      if (keyOption.getValue() != null && (files.size() > 1 || Options.given(fixOption))) {
        throw Unusable.of(words, "error.key");
      }
      htmlOption.check(files, keyOption.getValue());
      return check(files, chosen, json);
    } catch (Unusable e) {
      AuditJson none = new AuditJson(words.getLocale());
      return new Failure(console, json, errors -> none.write(Map.of(), errors)).say(e);
    }
  }

  private int check(List<String> files, Optional<Locale> chosen, boolean json) {
    Map<String, List<Checked>> audits = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>();
    int unusable = 0;
    boolean errors = false;
    String key = keyOption.getValue();
    Locale locale = chosen.orElse(Locale.ENGLISH);
    for (String file : files) {
      try {
        WorksheetFile sheet =
            key == null
                ? WorksheetFile.read(file, chosen, words)
                : WorksheetFile.read(file, key, chosen, words);
        locale = sheet.locale();
        List<Exercise> exercises = sheet.worksheet().exercises();
        List<Checked> checked;
        try (Progress progress =
            new Progress(console, words, "progress", exercises.size(), Progress.USUAL_PAUSE)) {
          checked = exercises.parallelStream().map(e -> progress.done(Checked.of(e))).toList();
        }
        audits.put(file, checked);
        errors |= checked.stream().anyMatch(Checked::hasErrors) || FileIssues.hasErrors(sheet);
        if (!json) {
          print(sheet, checked);
        }
        findings.addAll(FileIssues.findings(sheet));
        FileIssues.print(console, sheet);
        if (htmlOption.given()) {
          htmlOption.write(sheet, firstWrong(checked));
        }
        if (Options.given(fixOption)) {
          new Correction(console, words).write(sheet, checked);
        }
      } catch (Unusable e) {
        unusable++;
        findings.add(e.finding());
        console.err().println("qkv: " + e.getMessage());
      }
    }
    if (json) {
      console.out().print(new AuditJson(locale).write(audits, findings));
    } else if (!audits.isEmpty()) {
      totals(locale, audits, unusable);
    }
    if (errors || unusable > 0) {
      return Failure.CODE;
    }
    if (count(audits, Outcome.WRONG) > 0) {
      return 1;
    }
    if (count(audits, Outcome.RIGHT) == 0) {
      console.err().println("qkv: " + words.getString("check.nothing"));
      return 3;
    }
    return 0;
  }

  private void print(WorksheetFile sheet, List<Checked> checked) {
    AuditText text = new AuditText(sheet.locale(), DIGITS, new Ink(console.colour()));
    Wrapping wrapping = new Wrapping(console.width());
    console.out().println(sheet.name());
    checked.forEach(c -> console.out().print(wrapping.of(text.write(sheet.name(), c))));
  }

  /** The exercise to begin with: the first that has a wrong answer. */
  private static int firstWrong(List<Checked> checked) {
    for (int i = 0; i < checked.size(); i++) {
      if (checked.get(i).count(Outcome.WRONG) > 0) {
        return i;
      }
    }
    return 0;
  }

  private void totals(Locale locale, Map<String, List<Checked>> audits, int unusable) {
    long errors =
        unusable
            + audits.values().stream().flatMap(List::stream).filter(Checked::hasErrors).count();
    console
        .out()
        .print(
            new AuditText(locale, DIGITS, new Ink(console.colour()))
                .totals(
                    count(audits, Outcome.RIGHT),
                    count(audits, Outcome.WRONG),
                    count(audits, Outcome.UNCHECKED),
                    errors));
  }

  private static long count(Map<String, List<Checked>> audits, Outcome outcome) {
    return audits.values().stream().flatMap(List::stream).mapToLong(c -> c.count(outcome)).sum();
  }
}
