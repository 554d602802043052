package dev.qkv.sheet.report;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Interval;
import dev.qkv.sheet.audit.Judgement;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Checked;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Audits as JSON. */
public final class AuditJson {
  private static final int FLOAT_DECIMALS = 10;

  private final Locale locale;

  /**
   * A writer.
   *
   * @param locale language of the words
   */
  public AuditJson(Locale locale) {
    this.locale = locale;
  }

  /**
   * Writes audits.
   *
   * @param files audits by file name, in order
   * @param findings what there is to say outside the exercises, in order
   * @return a JSON object with {@code problems}, {@code errors} and the totals
   */
  public String write(Map<String, List<Checked>> files, List<Finding> findings) {
    return Json.document(
        "check-1",
        json -> {
          json.writeArrayPropertyStart("problems");
          files.forEach((file, checked) -> checked.forEach(c -> problem(json, file, c)));
          json.writeEndArray();
          Finding.writeAll(json, findings);
          for (Outcome outcome : Outcome.values()) {
            json.writeNumberProperty(
                outcome.name().toLowerCase(Locale.ROOT),
                files.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(c -> c.count(outcome))
                    .sum());
          }
        });
  }

  private void problem(JsonWriter json, String file, Checked checked) {
    json.writeStartObject();
    json.writeStringProperty("file", file);
    json.writeStringProperty("id", checked.exercise().id());
    json.writeStringProperty("title", checked.exercise().title());
    json.writeNumberProperty("line", checked.exercise().line());
    json.writeArrayPropertyStart("claims");
    checked.verdicts().forEach(v -> verdict(json, v));
    json.writeEndArray();
    Finding.writeAll(json, checked.issues().stream().map(i -> Finding.of(i, locale)).toList());
    json.writeEndObject();
  }

  private void verdict(JsonWriter json, Verdict verdict) {
    if (verdict.formula().isPresent()) {
      formula(json, verdict, verdict.formula().get());
    } else if (!verdict.cells().isEmpty()) {
      verdict.cells().forEach(c -> cell(json, verdict, c));
    } else if (verdict.claim() instanceof Claim.Numbers numbers) {
      numbers.numbers().stream()
          .flatMap(List::stream)
          .limit(1)
          .forEach(n -> unchecked(json, verdict, n));
    } else {
      unchecked(json, verdict, null);
    }
  }

  private void formula(JsonWriter json, Verdict verdict, Judgement judgement) {
    json.writeStartObject();
    json.writeStringProperty("quantity", verdict.name());
    json.writeStringProperty("formula", verdict.claim().text());
    json.writeStringProperty("verdict", judgement.outcome().name().toLowerCase(Locale.ROOT));
    json.writeArrayPropertyStart("mistakes");
    if (judgement instanceof Judgement.Wrong(var example, var mistakes)) {
      for (String code : mistakes) {
        json.writeStartObject();
        json.writeStringProperty("code", code);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    if (judgement instanceof Judgement.Conventional(Message convention)) {
      Json.words(json, "convention", convention, locale);
    } else if (judgement instanceof Judgement.Unchecked(Message reason)) {
      Json.words(json, "reason", reason, locale);
    } else if (judgement instanceof Judgement.Wrong(var example, var mistakes)) {
      example.ifPresent(e -> example(json, e));
    }
    json.writeNumberProperty("line", verdict.claim().line());
    json.writeEndObject();
  }

  private static void example(JsonWriter json, Judgement.Example example) {
    json.writeObjectPropertyStart("example");
    json.writeObjectPropertyStart("inputs");
    example.inputs().forEach((quantity, numbers) -> Json.matrix(json, quantity.name(), numbers));
    json.writeEndObject();
    json.writeNumberProperty("row", example.row());
    json.writeNumberProperty("column", example.column());
    Json.number(json, "given", example.given());
    Json.number(json, "right", example.right());
    json.writeEndObject();
  }

  private static void unchecked(JsonWriter json, Verdict verdict, @Nullable Numeral first) {
    json.writeStartObject();
    if (first == null) {
      json.writeNullProperty("quantity");
    } else {
      json.writeStringProperty("quantity", verdict.name());
    }
    json.writeNullProperty("row");
    json.writeNullProperty("column");
    json.writeStringProperty("claimed", verdict.claim().text());
    json.writeNullProperty("computed");
    json.writeNullProperty("low");
    json.writeNullProperty("high");
    json.writeStringProperty("verdict", "unchecked");
    json.writeArrayPropertyStart("mistakes");
    json.writeEndArray();
    json.writeNumberProperty("tried", 0);
    json.writeNumberProperty("line", verdict.claim().line());
    json.writeEndObject();
  }

  private static void cell(JsonWriter json, Verdict verdict, Verdict.Cell cell) {
    json.writeStartObject();
    json.writeStringProperty("quantity", verdict.name());
    index(json, "row", cell.row());
    index(json, "column", cell.column());
    Json.number(json, "claimed", cell.claimed().value());
    Json.number(json, "computed", cell.computed());
    bound(json, "low", cell, Interval::low);
    bound(json, "high", cell, Interval::high);
    json.writeStringProperty("verdict", cell.outcome().name().toLowerCase(Locale.ROOT));
    json.writeArrayPropertyStart("mistakes");
    for (Verdict.Match match : cell.mistakes()) {
      json.writeStartObject();
      json.writeStringProperty("code", match.code());
      match.with().ifPresent(w -> json.writeStringProperty("with", w));
      Json.number(json, "computed", match.computed());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("tried", verdict.tried());
    json.writeNumberProperty("line", verdict.claim().line());
    json.writeStringProperty("written", cell.claimed().text());
    if (!verdict.follows().isEmpty()) {
      json.writeArrayPropertyStart("follows");
      verdict.follows().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /**
   * An end of what honest rounding reaches. It is computed in float64 but for claims of many
   * decimals; its last digits are then what exponentials happen to be on a machine.
   */
  private static void bound(
      JsonWriter json, String name, Verdict.Cell cell, Function<Interval, BigDecimal> end) {
    boolean exact = cell.claimed().decimals().orElse(0) > FLOAT_DECIMALS;
    json.writeName(name);
    Json.decimal(
        json, cell.reach().map(end).map(b -> exact ? b : b.round(Json.FLOAT_DIGITS)).orElse(null));
  }

  private static void index(JsonWriter json, String name, OptionalInt index) {
    if (index.isPresent()) {
      json.writeNumberProperty(name, index.getAsInt());
    } else {
      json.writeNullProperty(name);
    }
  }
}
