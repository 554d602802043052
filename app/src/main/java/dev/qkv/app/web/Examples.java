package dev.qkv.app.web;

import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.report.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

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
              String text = text(name);
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

  private static String text(String name) {
    try (InputStream in = Examples.class.getResourceAsStream("examples/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
