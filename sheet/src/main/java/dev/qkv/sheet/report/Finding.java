package dev.qkv.sheet.report;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.worksheet.Issue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something to say about input, as every JSON document says it: a code that is the same in all
 * languages beside the sentence in one of them.
 *
 * @param kind how grave it is
 * @param code the key of the sentence
 * @param text the sentence
 * @param file which file it is about, as it was named; empty where that is clear or there is none
 * @param line from 1; empty where it is about no line
 */
public record Finding(
    Issue.Kind kind, String code, String text, Optional<String> file, OptionalInt line) {
  /**
   * An issue of a worksheet.
   *
   * @param issue what was found
   * @param locale the language
   * @return the same with its line
   */
  public static Finding of(Issue issue, Locale locale) {
    Message message = issue.message();
    return new Finding(
        issue.kind(),
        message.key(),
        message.in(locale),
        Optional.empty(),
        OptionalInt.of(issue.line()));
  }

  /**
   * Something that makes input useless.
   *
   * @param code the key of the sentence
   * @param text the sentence
   * @return an error
   */
  public static Finding error(String code, String text) {
    return new Finding(Issue.Kind.ERROR, code, text, Optional.empty(), OptionalInt.empty());
  }

  /**
   * The same, about a file.
   *
   * @param name the file
   * @return the same with the file
   */
  public Finding about(String name) {
    return new Finding(kind, code, text, Optional.of(name), line);
  }

  /** Writes what there is to say, with a list for each kind. */
  static void writeAll(JsonWriter json, List<Finding> findings) {
    write(json, "remarks", findings, Issue.Kind.REMARK);
    write(json, "guesses", findings, Issue.Kind.GUESS);
    write(json, "errors", findings, Issue.Kind.ERROR);
  }

  /**
   * Writes what is wrong.
   *
   * @param json where to
   * @param findings errors, and others, which are left out
   */
  public static void writeErrors(JsonWriter json, List<Finding> findings) {
    write(json, "errors", findings, Issue.Kind.ERROR);
  }

  /**
   * Writes all that there is to say in one list; each says how grave it is.
   *
   * @param json where to
   * @param name of the list
   * @param findings in order
   */
  public static void writeList(JsonWriter json, String name, List<Finding> findings) {
    json.writeArrayPropertyStart(name);
    for (Finding finding : findings) {
      json.writeStartObject();
      json.writeStringProperty("kind", finding.kind.name().toLowerCase(Locale.ROOT));
      finding.properties(json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonWriter json, String name, List<Finding> findings, Issue.Kind kind) {
    json.writeArrayPropertyStart(name);
    findings.stream().filter(f -> f.kind == kind).forEach(f -> f.write(json));
    json.writeEndArray();
  }

  private void write(JsonWriter json) {
    json.writeStartObject();
    properties(json);
    json.writeEndObject();
  }

  private void properties(JsonWriter json) {
    json.writeStringProperty("code", code);
    json.writeStringProperty("text", text);
    file.ifPresent(name -> json.writeStringProperty("file", name));
    line.ifPresent(number -> json.writeNumberProperty("line", number));
  }
}
