package dev.qkv.app.web;

import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.report.Json;
import java.util.List;
import java.util.Locale;

/** Worksheets of each kind, in both languages, that the program brings along. */
final class Examples {
  private static final List<String> KINDS =
      List.of(
          "scores",
          "softmax",
          "heads",
          "positions",
          "norms",
          "feed-forward",
          "encoder",
          "cross-entropy",
          "counts");

  private Examples() {}

  static String json() {
    return Json.line(
        "page-1",
        json -> {
          json.writeArrayPropertyStart("examples");
          for (String kind : KINDS) {
            for (String name : List.of(kind + ".md", kind + "-zh.md")) {
              String text = Resource.text("examples/" + name);
              Locale language = Notes.language(text);
              json.writeStartObject();
              json.writeStringProperty("name", name);
              json.writeStringProperty("language", language.getLanguage());
              json.writeStringProperty("text", text);
              json.writeEndObject();
            }
          }
          json.writeEndArray();
        });
  }
}
