package dev.qkv.sheet.report;

import dev.qkv.sheet.worksheet.Issue;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Issues in JSON. */
final class Issues {
  private Issues() {}

  static void write(
      JsonGenerator json, List<Issue> issues, Issue.Kind kind, String name, Locale locale) {
    json.writeArrayPropertyStart(name);
    for (Issue issue : issues) {
      if (issue.kind() == kind) {
        json.writeStartObject();
        json.writeNumberProperty("line", issue.line());
        json.writeStringProperty("text", issue.message().in(locale));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }
}
