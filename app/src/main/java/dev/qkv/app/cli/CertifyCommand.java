package dev.qkv.app.cli;

import dev.qkv.app.terminal.CertificateText;
import dev.qkv.app.terminal.Ink;
import dev.qkv.app.terminal.Wrapping;
import dev.qkv.sheet.exercise.Certified;
import dev.qkv.sheet.report.CertificateJson;
import dev.qkv.sheet.report.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code qkv certify FILE…}: which mistakes would pass unnoticed in exercises or tests. */
final class CertifyCommand implements Callable<Integer> {
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
          .descriptionKey("certify.files")
          .build();
  private final OptionSpec decimalsOption =
      OptionSpec.builder("--decimals")
          .paramLabel("N")
          .type(int.class)
          .descriptionKey("certify.decimals")
          .build();
  private final OptionSpec jsonOption = Options.flag("--json", "json");
  private final OptionSpec languageOption = Options.language("lang");

  private CertifyCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
  }

  /** The command as the parser sees it. */
  static CommandSpec spec(Console console, ResourceBundle words) {
    CertifyCommand command = new CertifyCommand(console, words);
    return CommandSpec.wrapWithoutInspection(command)
        .addOption(Options.help())
        .addPositional(command.filesOption)
        .addOption(command.decimalsOption)
        .addOption(command.jsonOption)
        .addOption(command.languageOption);
  }

  @Override
  public Integer call() {
    boolean json = Options.given(jsonOption);
    Map<String, List<Certified>> all = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>();
    boolean unusable = false;
    Locale locale = words.getLocale();
    try {
      Optional<Locale> chosen = Limits.language(languageOption.getValue(), words);
      Integer asked = decimalsOption.getValue();
      if (asked != null) {
        Limits.decimals(asked, words);
      }
      OptionalInt decimals = asked == null ? OptionalInt.empty() : OptionalInt.of(asked);
      List<String> files = filesOption.getValue();
      for (String file : files) {
        try {
          WorksheetFile sheet = WorksheetFile.read(file, chosen, words);
          locale = sheet.locale();
          List<Certified> certified = certified(sheet, decimals);
          all.put(file, certified);
          findings.addAll(FileIssues.findings(sheet));
          FileIssues.print(console, sheet);
          if (!json) {
            print(sheet, certified);
          }
        } catch (Unusable e) {
          unusable = true;
          findings.add(e.finding());
          console.err().println("qkv: " + e.getMessage());
        }
      }
    } catch (Unusable e) {
      CertificateJson none = new CertificateJson(words.getLocale());
      return new Failure(console, json, errors -> none.write(Map.of(), errors)).say(e);
    }
    if (json) {
      console.out().print(new CertificateJson(locale).write(all, findings));
    }
    List<Certified> each = all.values().stream().flatMap(List::stream).toList();
    if (unusable || each.stream().noneMatch(c -> c.certificate().isPresent())) {
      return Failure.CODE;
    }
    return each.stream().allMatch(Certified::showsAll) ? 0 : 1;
  }

  private List<Certified> certified(WorksheetFile sheet, OptionalInt decimals) {
    var exercises = sheet.worksheet().exercises();
    try (Progress progress =
        new Progress(console, words, "progress", exercises.size(), Progress.USUAL_PAUSE)) {
      return exercises.parallelStream().map(e -> progress.done(Certified.of(e, decimals))).toList();
    }
  }

  private void print(WorksheetFile sheet, List<Certified> certified) {
    CertificateText text = new CertificateText(sheet.locale(), new Ink(console.colour()));
    Wrapping wrapping = new Wrapping(console.width());
    console.out().println(sheet.name());
    certified.forEach(c -> console.out().print(wrapping.of(text.write(c))));
  }
}
