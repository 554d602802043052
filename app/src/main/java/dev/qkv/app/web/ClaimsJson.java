package dev.qkv.app.web;

import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.audit.Interval;
import dev.qkv.sheet.audit.Judgement;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.report.Finding;
import dev.qkv.sheet.report.Json;
import dev.qkv.sheet.report.JsonWriter;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Checked;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an audit found, as a page shows it beside the computed cells. */
final class ClaimsJson {
  private static final Notation PLAIN = new Notation(4, Markup.PLAIN);

  private final Locale locale;

  ClaimsJson(Locale locale) {
    this.locale = locale;
  }

  String write(Checked checked) {
    return Json.line(
        "page-1",
        json -> {
          for (Outcome outcome : Outcome.values()) {
            json.writeNumberProperty(word(outcome), checked.count(outcome));
          }
          json.writeNumberProperty("errors", checked.hasErrors() ? 1 : 0);
          json.writeArrayPropertyStart("claims");
          checked.verdicts().forEach(verdict -> claim(json, verdict));
          json.writeEndArray();
          Finding.writeList(
              json, "issues", checked.issues().stream().map(i -> Finding.of(i, locale)).toList());
        });
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private void claim(JsonWriter json, Verdict verdict) {
    json.writeStartObject();
    json.writeStringProperty("quantity", verdict.name());
    json.writeNumberProperty("line", verdict.claim().line());
    json.writeStringProperty("text", verdict.claim().text());
    json.writeStringProperty("outcome", word(verdict.outcome()));
    notes(json, notes(verdict));
    json.writeArrayPropertyStart("mistakes");
    if (verdict.formula().orElse(null) instanceof Judgement.Wrong(var example, var mistakes)) {
      mistakes.forEach(code -> mistake(json, code));
    }
    json.writeEndArray();
    cells(json, verdict.cells());
    json.writeEndObject();
  }

  void notes(JsonWriter json, List<Message> notes) {
    json.writeArrayPropertyStart("notes");
    notes.forEach(note -> json.writeString(note.in(locale)));
    json.writeEndArray();
  }

  void cells(JsonWriter json, List<Verdict.Cell> cells) {
    json.writeArrayPropertyStart("cells");
    cells.forEach(cell -> cell(json, cell));
    json.writeEndArray();
  }

  private static List<Message> notes(Verdict verdict) {
    List<Message> notes = new ArrayList<>(verdict.notes());
    Judgement judgement = verdict.formula().orElse(null);
    if (judgement instanceof Judgement.Conventional(Message convention)) {
      notes.add(convention);
    } else if (judgement instanceof Judgement.Unchecked(Message reason)) {
      notes.add(reason);
    }
    Set<List<String>> others = new LinkedHashSet<>();
    for (Verdict.Cell cell : verdict.cells()) {
      cell.mistakes().stream().filter(m -> !m.isKnown()).forEach(m -> others.add(m.codes()));
    }
    for (List<String> codes : others) {
      notes.add(
          codes.size() == 1
              ? Mistake.label(codes.getFirst())
              : Message.of(
                  "report.pair", Mistake.label(codes.getFirst()), Mistake.label(codes.getLast())));
    }
    if (!verdict.follows().isEmpty()) {
      notes.add(Message.of("report.follows", String.join(", ", verdict.follows())));
      return notes;
    }
    boolean unexplained =
        verdict.cells().stream()
            .anyMatch(c -> c.outcome() == Outcome.WRONG && c.mistakes().isEmpty());
    if (unexplained && verdict.tried() > 0) {
      notes.add(Message.of("report.no.mistake", verdict.tried()));
    }
    return notes;
  }

  private void cell(JsonWriter json, Verdict.Cell cell) {
    json.writeStartObject();
    place(json, "row", cell.row());
    place(json, "column", cell.column());
    json.writeStringProperty("written", cell.claimed().text().strip());
    json.writeStringProperty("computed", PLAIN.number(cell.computed()));
    bound(json, "low", cell.reach().map(Interval::low).orElse(null));
    bound(json, "high", cell.reach().map(Interval::high).orElse(null));
    json.writeStringProperty("outcome", word(cell.outcome()));
    json.writeArrayPropertyStart("mistakes");
    cell.mistakes().stream()
        .filter(Verdict.Match::isKnown)
        .forEach(match -> mistake(json, match.code()));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void mistake(JsonWriter json, String code) {
    json.writeStartObject();
    json.writeStringProperty("code", code);
    json.writeStringProperty("name", Mistake.label(code).in(locale));
    json.writeStringProperty("hint", Mistake.hint(code).in(locale));
    json.writeEndObject();
  }

  /** A page counts from 0. */
  private static void place(JsonWriter json, String name, OptionalInt place) {
    if (place.isPresent()) {
      json.writeNumberProperty(name, place.getAsInt() - 1);
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void bound(JsonWriter json, String name, @Nullable BigDecimal bound) {
    if (bound == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, PLAIN.rounded(Value.of(bound)));
    }
  }
}
