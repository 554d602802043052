package dev.qkv.app.web;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.report.Finding;
import dev.qkv.sheet.report.Json;
import dev.qkv.sheet.report.JsonWriter;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Worksheet;
import java.util.List;
import java.util.Locale;

/** What was read in a note: its exercises by name, and what there is to say about its lines. */
final class NoteJson {
  private final Locale locale;

  NoteJson(Locale locale) {
    this.locale = locale;
  }

  String write(Worksheet worksheet) {
    List<Finding> findings =
        worksheet.issues().stream().map(issue -> Finding.of(issue, locale)).toList();
    return document(worksheet.text(), worksheet.exercises(), findings);
  }

  /** A note that cannot be read at all. */
  String write(Message reason) {
    return document("", List.of(), List.of(Finding.error(reason.key(), reason.in(locale))));
  }

  private String document(String text, List<Exercise> exercises, List<Finding> findings) {
    return Json.line(
        "page-1",
        json -> {
          json.writeStringProperty("language", locale.getLanguage());
          json.writeStringProperty("text", text);
          json.writeArrayPropertyStart("exercises");
          for (int i = 0; i < exercises.size(); i++) {
            exercise(json, i, exercises.get(i));
          }
          json.writeEndArray();
          Finding.writeList(json, "issues", findings);
        });
  }

  private static void exercise(JsonWriter json, int place, Exercise exercise) {
    json.writeStartObject();
    json.writeNumberProperty("index", place);
    json.writeStringProperty("id", exercise.id());
    json.writeStringProperty("title", exercise.title());
    json.writeNumberProperty("line", exercise.line());
    json.writeEndObject();
  }
}
