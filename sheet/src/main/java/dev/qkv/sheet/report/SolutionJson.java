package dev.qkv.sheet.report;

import dev.qkv.sheet.Step;
import dev.qkv.sheet.Verification;
import dev.qkv.sheet.commentary.Reasons;
import dev.qkv.sheet.expression.Pen;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.Solved;
import java.util.List;
import java.util.Locale;

/** Worked solutions as JSON. */
public final class SolutionJson {
  private final Locale locale;
  private final boolean verify;
  private final Pen plain;
  private final Pen tex;

  /**
   * A writer.
   *
   * @param locale language of the words
   * @param digits decimals of rounded numbers in expressions; values carry all their digits
   * @param verify whether the other evaluations are compared
   */
  public SolutionJson(Locale locale, int digits, boolean verify) {
    this.verify = verify;
    this.locale = locale;
    this.plain = new Pen(new Notation(digits, Markup.PLAIN));
    this.tex = new Pen(new Notation(digits, Markup.TEX));
  }

  /**
   * Writes solutions.
   *
   * @param solutions in order
   * @param findings what there is to say outside the exercises, in order
   * @return a JSON object with {@code problems} and {@code errors}
   */
  public String write(List<Solved> solutions, List<Finding> findings) {
    return Json.document(
        "solve-1",
        json -> {
          json.writeArrayPropertyStart("problems");
          solutions.forEach(s -> solution(json, s));
          json.writeEndArray();
          Finding.writeAll(json, findings);
        });
  }

  private void solution(JsonWriter json, Solved solved) {
    json.writeStartObject();
    json.writeStringProperty("id", solved.exercise().id());
    json.writeStringProperty("title", solved.exercise().title());
    json.writeNumberProperty("line", solved.exercise().line());
    json.writeArrayPropertyStart("givens");
    for (Given given : solved.exercise().givens()) {
      json.writeStartObject();
      json.writeStringProperty("quantity", given.quantity().name());
      Json.matrix(json, "value", given.matrix());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("steps");
    solved.derivation().steps().forEach(step -> step(json, step));
    json.writeEndArray();
    if (verify) {
      json.writeArrayPropertyStart("verification");
      for (Verification v : Verification.of(solved.derivation())) {
        json.writeStartObject();
        json.writeStringProperty("quantity", v.quantity().name());
        Json.number(json, "reference_difference", v.reference());
        Double engine = v.engine();
        Json.number(json, "engine_difference", engine == null ? Double.NaN : engine);
        if (v.differences() != null) {
          Json.number(json, "central_difference", v.differences());
        }
        json.writeBooleanProperty("agrees", v.agrees());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    Finding.writeAll(json, solved.issues().stream().map(i -> Finding.of(i, locale)).toList());
    json.writeEndObject();
  }

  private void step(JsonWriter json, Step step) {
    Matrix result = step.result();
    json.writeStartObject();
    json.writeStringProperty("quantity", step.formula().output().name());
    Json.words(json, "name", step.formula().output().label(), locale);
    json.writeStringProperty("formula", step.formula().text());
    json.writeStringProperty("tex", step.formula().tex());
    Json.words(json, "why", Reasons.of(step.formula()), locale);
    json.writeNumberProperty("rows", result.rows());
    json.writeNumberProperty("columns", result.columns());
    Json.words(json, "row_axis", step.formula().output().rows().label(), locale);
    Json.words(json, "column_axis", step.formula().output().columns().label(), locale);
    json.writeStringProperty("mathml", step.formula().mathml());
    Step.Cells cells = step.cells();
    json.writeArrayPropertyStart("cells");
    for (int i = 0; i < result.rows(); i++) {
      for (int j = 0; j < result.columns(); j++) {
        json.writeStartObject();
        json.writeNumberProperty("row", i + 1);
        json.writeNumberProperty("column", j + 1);
        json.writeStringProperty("expression", plain.write(cells.at(i, j)));
        json.writeStringProperty("tex", tex.write(cells.at(i, j)));
        json.writeStringProperty("shown", plain.number(result.at(i, j)));
        Json.number(json, "value", result.at(i, j));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    Json.matrix(json, "value", result);
    json.writeEndObject();
  }
}
