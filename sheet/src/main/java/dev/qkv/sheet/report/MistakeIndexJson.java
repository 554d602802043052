package dev.qkv.sheet.report;

import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeIndex;
import dev.qkv.sheet.exercise.MistakePage;
import dev.qkv.sheet.term.Equation;
import java.util.List;
import java.util.Locale;

/** The catalogue of mistakes as JSON. */
public final class MistakeIndexJson {
  private static final String SCHEMA = "mistakes-1";

  private final Locale locale;

  /**
   * A writer.
   *
   * @param locale language of the words
   */
  public MistakeIndexJson(Locale locale) {
    this.locale = locale;
  }

  /**
   * Writes entries.
   *
   * @param entries in order
   * @param findings what there is to say besides
   * @return a JSON object with {@code mistakes} and {@code errors}
   */
  public String list(List<MistakeIndex> entries, List<Finding> findings) {
    return Json.document(
        SCHEMA,
        json -> {
          json.writeArrayPropertyStart("mistakes");
          for (MistakeIndex entry : entries) {
            json.writeStartObject();
            entry(json, entry);
            json.writeEndObject();
          }
          json.writeEndArray();
          Finding.writeErrors(json, findings);
        });
  }

  /**
   * Writes a page.
   *
   * @param page a mistake with its example
   * @return a JSON object with one entry in {@code mistakes}, which has an {@code example}
   */
  public String page(MistakePage page) {
    return Json.document(
        SCHEMA,
        json -> {
          json.writeArrayPropertyStart("mistakes");
          json.writeStartObject();
          entry(json, page.entry());
          json.writeObjectPropertyStart("example");
          json.writeStringProperty("question", page.question());
          formulas(json, "right_formulas", page.right());
          formulas(json, "wrong_formulas", page.wrong());
          json.writeStringProperty("quantity", page.quantity().name());
          Json.matrix(json, "right", page.rightNumbers());
          Json.matrix(json, "wrong", page.wrongNumbers());
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndArray();
          Finding.writeErrors(json, List.of());
        });
  }

  private void entry(JsonWriter json, MistakeIndex entry) {
    json.writeStringProperty("code", entry.code());
    json.writeStringProperty("family", entry.family());
    Json.words(json, "name", Mistake.label(entry.code()), locale);
    Json.words(json, "hint", Mistake.hint(entry.code()), locale);
    Json.words(json, "reason", Mistake.reason(entry.code()), locale);
    json.writeArrayPropertyStart("sources");
    entry.sources().forEach(json::writeString);
    json.writeEndArray();
  }

  private static void formulas(JsonWriter json, String name, List<Equation> formulas) {
    json.writeArrayPropertyStart(name);
    formulas.forEach(f -> json.writeString(f.text()));
    json.writeEndArray();
  }
}
