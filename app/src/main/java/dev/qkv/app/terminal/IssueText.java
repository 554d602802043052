package dev.qkv.app.terminal;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.worksheet.Issue;
import java.util.Locale;

/**
 * Errors, guesses and remarks.
 *
 * @param locale language of the words
 * @param ink colour or none
 */
record IssueText(Locale locale, Ink ink) {
  String line(String file, Issue issue) {
    String label = Message.of("report.issue." + issue.kind(), issue.line()).in(locale);
    String text = issue.message().in(locale);
    return switch (issue.kind()) {
      case ERROR ->
          "      " + ink.bad(label + " " + file + ":" + issue.line() + ": " + text) + "\n";
      case GUESS -> "      " + ink.warn(label + ": " + text) + "\n";
      case REMARK -> "      " + ink.dim(label + ": ") + text + "\n";
    };
  }
}
