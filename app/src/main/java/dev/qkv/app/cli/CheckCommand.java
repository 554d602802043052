package dev.qkv.app.cli;

import dev.qkv.app.terminal.AuditText;
import dev.qkv.app.terminal.Ink;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.report.AuditJson;
import dev.qkv.sheet.worksheet.Checked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qkv check FILE…}: audits the answers that worksheets claim. */
@Command(name = "check", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int DIGITS = 4;

  private final Console console;
  private final ResourceBundle words;

  @Parameters(paramLabel = "FILE", arity = "1..*", descriptionKey = "check.files")
  private List<String> files = List.of();

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  @Option(names = "--fix", descriptionKey = "fix")
  private boolean fix;

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "lang")
  private @Nullable String language;

  CheckCommand(Console console, ResourceBundle words) {
    this.console = console;
    this.words = words;
  }

  @Override
  public Integer call() {
    Optional<Locale> chosen;
    try {
      chosen = Limits.language(language, words);
    } catch (WorksheetFile.Unusable e) {
      console.err().println("qkv: " + e.getMessage());
      return 2;
    }
    Map<String, List<Checked>> audits = new LinkedHashMap<>();
    List<String> unusable = new ArrayList<>();
    boolean errors = false;
    Locale locale = Locale.ENGLISH;
    for (String file : files) {
      try {
        WorksheetFile sheet = WorksheetFile.read(file, chosen, words);
        locale = sheet.locale();
        List<Checked> checked =
            sheet.worksheet().exercises().stream().map(Checked::of).toList();
        audits.put(file, checked);
        errors |= checked.stream().anyMatch(Checked::hasErrors) || FileIssues.hasErrors(sheet);
        if (!json) {
          print(sheet, checked);
        }
        FileIssues.print(console, sheet);
        if (fix) {
          new Correction(console, words).write(sheet, checked);
        }
      } catch (WorksheetFile.Unusable e) {
        unusable.add(e.getMessage());
        console.err().println("qkv: " + e.getMessage());
      }
    }
    if (json) {
      console.out().print(new AuditJson(locale).write(audits, unusable));
    } else if (!audits.isEmpty()) {
      totals(locale, audits, unusable.size());
    }
    if (errors || !unusable.isEmpty()) {
      return 2;
    }
    return count(audits, Outcome.WRONG) > 0 ? 1 : 0;
  }

  private void print(WorksheetFile sheet, List<Checked> checked) {
    AuditText text = new AuditText(sheet.locale(), DIGITS, new Ink(console.colour()));
    console.out().println(sheet.name());
    checked.forEach(c -> console.out().print(text.write(sheet.name(), c)));
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
    return audits.values().stream()
        .flatMap(List::stream)
        .mapToLong(c -> c.count(outcome))
        .sum();
  }
}
