package dev.qkv.app.cli;

import dev.qkv.sheet.report.Finding;
import dev.qkv.sheet.worksheet.Issue;
import java.util.List;

/** What there is to say about a worksheet outside the report on its exercises. */
final class FileIssues {
  private FileIssues() {}

  static void print(Console console, WorksheetFile sheet) {
    print(console, sheet, sheet.worksheet().issues());
  }

  /** Says something about a worksheet where its report does not. */
  static void print(Console console, WorksheetFile sheet, List<Issue> issues) {
    for (Issue issue : issues) {
      console
          .err()
          .println(sheet.name() + ":" + issue.line() + ": " + issue.message().in(sheet.locale()));
    }
  }

  /** The same for JSON. */
  static List<Finding> findings(WorksheetFile sheet) {
    return sheet.worksheet().issues().stream()
        .map(issue -> Finding.of(issue, sheet.locale()).about(sheet.file()))
        .toList();
  }

  static boolean hasErrors(WorksheetFile sheet) {
    return sheet.worksheet().issues().stream().anyMatch(i -> i.kind() == Issue.Kind.ERROR);
  }
}
