package dev.qkv.app.cli;

import dev.qkv.sheet.worksheet.Issue;

/** What there is to say about a worksheet outside its exercises. */
final class FileIssues {
  private FileIssues() {}

  static void print(Console console, WorksheetFile sheet) {
    for (Issue issue : sheet.worksheet().issues()) {
      console
          .err()
          .println(sheet.name() + ":" + issue.line() + ": " + issue.message().in(sheet.locale()));
    }
  }

  static boolean hasErrors(WorksheetFile sheet) {
    return sheet.worksheet().issues().stream().anyMatch(i -> i.kind() == Issue.Kind.ERROR);
  }
}
