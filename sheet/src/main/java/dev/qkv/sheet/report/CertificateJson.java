package dev.qkv.sheet.report;

import dev.qkv.sheet.exercise.Certificate;
import dev.qkv.sheet.exercise.Certified;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Certificates as JSON. */
public final class CertificateJson {
  private final Locale locale;

  /**
   * A writer.
   *
   * @param locale language of the words
   */
  public CertificateJson(Locale locale) {
    this.locale = locale;
  }

  /**
   * Writes certificates.
   *
   * @param files certified exercises by file name, in order
   * @param findings what there is to say outside the exercises, in order
   * @return a JSON object with {@code problems} and {@code errors}
   */
  public String write(Map<String, List<Certified>> files, List<Finding> findings) {
    return Json.document(
        "certify-1",
        json -> {
          json.writeArrayPropertyStart("problems");
          files.forEach((file, all) -> all.forEach(c -> problem(json, file, c)));
          json.writeEndArray();
          Finding.writeAll(json, findings);
        });
  }

  private void problem(JsonWriter json, String file, Certified certified) {
    json.writeStartObject();
    json.writeStringProperty("file", file);
    json.writeStringProperty("id", certified.exercise().id());
    json.writeStringProperty("title", certified.exercise().title());
    json.writeNumberProperty("line", certified.exercise().line());
    certified.certificate().ifPresent(c -> certificate(json, c));
    certified.reason().ifPresent(r -> Json.words(json, "reason", r, locale));
    json.writeEndObject();
  }

  private static void certificate(JsonWriter json, Certificate certificate) {
    json.writeObjectPropertyStart("certificate");
    json.writeNumberProperty("decimals", certificate.decimals());
    codes(json, "told", certificate.told());
    codes(json, "unnoticed", certificate.unnoticed());
    groups(json, "alike", certificate.alike());
    groups(json, "same", certificate.same());
    codes(json, "hidden", certificate.hidden());
    groups(json, "cancelling", certificate.cancelling());
    json.writeEndObject();
  }

  private static void codes(JsonWriter json, String name, List<String> codes) {
    json.writeArrayPropertyStart(name);
    codes.forEach(json::writeString);
    json.writeEndArray();
  }

  private static void groups(JsonWriter json, String name, List<List<String>> groups) {
    json.writeArrayPropertyStart(name);
    for (List<String> group : groups) {
      json.writeStartArray();
      group.forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
