package dev.qkv.app.web;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeCatalogue;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Step;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.report.Json;
import dev.qkv.sheet.report.JsonWriter;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.worksheet.Exercise;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A catalogued mistake beside the right way, step by step, from where they part. */
final class MistakeJson {
  private final SheetJson steps;
  private final Locale locale;

  MistakeJson(Locale locale) {
    this.steps = new SheetJson(locale);
    this.locale = locale;
  }

  /**
   * Works a mistake.
   *
   * @param exercise what is given
   * @param name the quantity that came out wrong
   * @param code the mistake's code
   * @return both derivations from the first step that differs
   * @throws SheetException if the mistake cannot be made on the way to that quantity
   */
  String write(Exercise exercise, String name, String code) {
    Problem problem = exercise.problem();
    Quantity asked =
        Quantities.named(name)
            .orElseThrow(() -> new SheetException(Message.of("error.call.mistake", code, name)));
    Derivation right = Derivation.of(problem.asking(List.of(asked)));
    Derivation wrong =
        MistakeCatalogue.of(problem).stream()
            .filter(m -> m.code().equals(code))
            .flatMap(m -> wrong(right, m).stream())
            .findFirst()
            .orElseThrow(() -> new SheetException(Message.of("error.call.mistake", code, name)));
    List<Step> parted =
        wrong.steps().stream().filter(step -> !isSame(step, find(right, step))).toList();
    return Json.line(
        "page-1",
        json -> {
          json.writeStringProperty("code", code);
          json.writeStringProperty("name", Mistake.label(code).in(locale));
          json.writeStringProperty("hint", Mistake.hint(code).in(locale));
          json.writeStringProperty("parts", parted.getFirst().formula().output().name());
          json.writeArrayPropertyStart("steps");
          parted.forEach(step -> pair(json, find(right, step), step, exercise));
          json.writeEndArray();
        });
  }

  /** The derivation with a mistake, if it makes any difference to what is asked. */
  private static Optional<Derivation> wrong(Derivation right, Mistake mistake) {
    Quantity asked = right.problem().goals().getFirst();
    Derivation wrong =
        Derivation.of(
            FormulaSheet.of(right.problem()).with(mistake.alternatives()), List.of(asked));
    Optional<Matrix> number = wrong.value(asked);
    return number.isEmpty() || number.equals(right.value(asked))
        ? Optional.empty()
        : Optional.of(wrong);
  }

  private static @Nullable Step find(Derivation derivation, Step like) {
    return derivation.steps().stream()
        .filter(s -> s.formula().output().equals(like.formula().output()))
        .findFirst()
        .orElse(null);
  }

  private static boolean isSame(Step wrong, @Nullable Step right) {
    return right != null
        && right.formula().equals(wrong.formula())
        && right.result().equals(wrong.result());
  }

  private void pair(JsonWriter json, @Nullable Step right, Step wrong, Exercise exercise) {
    json.writeStartObject();
    json.writeName("right");
    if (right == null) {
      json.writeNull();
    } else {
      steps.step(json, right, exercise);
    }
    json.writeName("wrong");
    steps.step(json, wrong, exercise);
    json.writeEndObject();
  }
}
