package dev.qkv.app.web;

import dev.qkv.app.report.Axis;
import dev.qkv.app.report.ColourScale;
import dev.qkv.app.report.HeatMap;
import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Step;
import dev.qkv.sheet.Verification;
import dev.qkv.sheet.commentary.Reasons;
import dev.qkv.sheet.evaluation.Tracer;
import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.expression.Pen;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.report.Finding;
import dev.qkv.sheet.report.Json;
import dev.qkv.sheet.report.JsonWriter;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.NativeWriter;
import dev.qkv.sheet.worksheet.Solved;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** An exercise as a page shows it: what can be changed, and everything that follows. */
final class SheetJson {
  private static final int DIGITS = 4;
  private static final Notation PLAIN = new Notation(DIGITS, Markup.PLAIN);

  private final Locale locale;

  SheetJson(Locale locale) {
    this.locale = locale;
  }

  /** Every number of an exercise. */
  String write(Solved solved, String block) {
    return Json.line("page-1", json -> sheet(json, solved, block));
  }

  /** The same, with why a change was not made. */
  String refuse(Solved solved, String block, Message reason) {
    return Json.line(
        "page-1",
        json -> {
          json.writeObjectPropertyStart("refused");
          json.writeStringProperty("code", reason.key());
          json.writeStringProperty("text", reason.in(locale));
          json.writeEndObject();
          sheet(json, solved, block);
        });
  }

  private void sheet(JsonWriter json, Solved solved, String block) {
    Exercise exercise = solved.exercise();
    json.writeStringProperty("id", exercise.id());
    json.writeStringProperty("title", exercise.title());
    json.writeStringProperty("prose", exercise.prose());
    json.writeNumberProperty("line", exercise.line());
    json.writeStringProperty("block", Block.of(exercise));
    json.writeBooleanProperty("edited", !block.isEmpty());
    json.writeArrayPropertyStart("givens");
    exercise.givens().forEach(given -> given(json, given, exercise));
    json.writeEndArray();
    json.writeArrayPropertyStart("steps");
    solved.derivation().steps().forEach(step -> step(json, step, exercise));
    json.writeEndArray();
    words(json, "goals", exercise.goals().stream().map(Quantity::name).toList());
    knobs(json, exercise);
    Finding.writeList(
        json, "issues", solved.issues().stream().map(i -> Finding.of(i, locale)).toList());
  }

  private void given(JsonWriter json, Given given, Exercise exercise) {
    json.writeStartObject();
    numbers(json, given.quantity(), given.matrix(), exercise);
    table(json, "written", given.numbers(), Numeral::text);
    json.writeNumberProperty("line", given.line());
    json.writeEndObject();
  }

  /** Writes a step of an exercise: its formula, why it is made, and its numbers. */
  void step(JsonWriter json, Step step, Exercise exercise) {
    json.writeStartObject();
    numbers(json, step.formula().output(), step.result(), exercise);
    json.writeStringProperty("formula", element(step.formula().heading(Markup.MATHML), "block"));
    json.writeStringProperty("text", step.formula().text());
    json.writeStringProperty("why", Reasons.of(step.formula()).in(locale));
    words(json, "inputs", step.formula().inputs().stream().map(Quantity::name).toList());
    json.writeEndObject();
  }

  private void numbers(JsonWriter json, Quantity quantity, Matrix numbers, Exercise exercise) {
    json.writeStringProperty("quantity", quantity.name());
    json.writeStringProperty("name", quantity.label().in(locale));
    json.writeStringProperty("symbol", math(quantity.written(), "inline"));
    json.writeNumberProperty("rows", numbers.rows());
    json.writeNumberProperty("columns", numbers.columns());
    json.writeStringProperty("rowAxis", quantity.rows().label().in(locale));
    json.writeStringProperty("columnAxis", quantity.columns().label().in(locale));
    words(json, "rowNames", exercise.names(quantity.rows(), numbers.rows()));
    words(json, "columnNames", exercise.names(quantity.columns(), numbers.columns()));
    json.writeStringProperty("kind", kind(quantity, numbers));
    List<List<Value>> rows = rows(numbers);
    List<List<String>> about =
        rows.stream().map(row -> row.stream().map(PLAIN::rounded).toList()).toList();
    table(json, "shown", shown(rows, about), Function.identity());
    table(json, "about", about, Function.identity());
    Json.matrix(json, "value", numbers);
  }

  private static void words(JsonWriter json, String name, List<String> words) {
    json.writeArrayPropertyStart(name);
    words.forEach(json::writeString);
    json.writeEndArray();
  }

  /** Closed forms; what has none is rounded already. */
  private static List<List<String>> shown(List<List<Value>> rows, List<List<String>> about) {
    Pen pen = new Pen(PLAIN);
    return IntStream.range(0, rows.size())
        .mapToObj(
            i ->
                IntStream.range(0, rows.get(i).size())
                    .mapToObj(
                        j ->
                            rows.get(i).get(j) instanceof Exact exact
                                ? pen.number(exact)
                                : about.get(i).get(j))
                    .toList())
        .toList();
  }

  private static <T> void table(
      JsonWriter json, String name, List<List<T>> rows, Function<T, String> text) {
    json.writeArrayPropertyStart(name);
    for (List<T> row : rows) {
      json.writeStartArray();
      row.forEach(cell -> json.writeString(text.apply(cell)));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static List<List<Value>> rows(Matrix numbers) {
    return IntStream.range(0, numbers.rows()).mapToObj(numbers::row).toList();
  }

  /** Which colours suit: for amounts, for numbers of both signs, or none for what is no picture. */
  private static String kind(Quantity quantity, Matrix numbers) {
    if (quantity.isSingle(numbers)) {
      return "plain";
    }
    boolean amounts =
        quantity.sameConcept(Quantities.A) || quantity.sameConcept(Quantities.EXPONENTIALS);
    return amounts ? "amount" : "signed";
  }

  private void knobs(JsonWriter json, Exercise exercise) {
    Choices choices = exercise.choices();
    json.writeObjectPropertyStart("knobs");
    knob(
        json,
        "scale",
        switch (choices.scaling()) {
          case ROOT_D_K -> "root";
          case NONE -> "none";
          case FACTOR -> "factor";
        },
        List.of("root", "none", "factor"));
    knob(
        json,
        "mask",
        mask(choices.masking()),
        List.of("none", "causal", "window", "keep", "given"));
    json.writeStringProperty("maskText", Block.mask(exercise));
    knob(json, "activation", choices.activation(), Choices.Activation.values());
    knob(json, "norm", choices.norm(), Choices.Norm.values());
    knob(json, "positions", choices.positions(), Choices.Positions.values());
    for (Quantity number : List.of(Quantities.HEADS, Quantities.EPSILON, Quantities.TEMPERATURE)) {
      json.writeStringProperty(number.name(), given(exercise, number).orElse(""));
    }
    json.writeStringProperty("tokens", String.join(", ", exercise.tokens()));
    json.writeStringProperty("factor", given(exercise, Quantities.SCALE).orElse(""));
    json.writeEndObject();
  }

  private static String mask(Masking masking) {
    return switch (masking) {
      case Masking.None none -> "none";
      case Masking.Causal causal -> "causal";
      case Masking.Window window -> "window";
      case Masking.Keep keep -> "keep";
      case Masking.Given given -> "given";
    };
  }

  private static Optional<String> given(Exercise exercise, Quantity quantity) {
    return exercise.givens().stream()
        .filter(g -> g.quantity().equals(quantity))
        .map(g -> g.numbers().getFirst().getFirst().text())
        .findFirst();
  }

  private static void knob(JsonWriter json, String name, Enum<?> value, Enum<?>[] all) {
    knob(json, name, NativeWriter.word(value), Arrays.stream(all).map(NativeWriter::word).toList());
  }

  private static void knob(JsonWriter json, String name, String value, List<String> options) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("value", value);
    words(json, "options", options);
    json.writeEndObject();
  }

  /** What stands behind one cell of a result. */
  String cell(Solved solved, String name, int row, int column) {
    Step step =
        solved.derivation().steps().stream()
            .filter(s -> s.formula().output().name().equals(name))
            .findFirst()
            .orElseThrow(() -> new SheetException(Message.of("error.call.cell", name, 1, 1)));
    Matrix result = step.result();
    if (row >= result.rows() || column >= result.columns()) {
      throw new SheetException(Message.of("error.call.cell", name, row + 1, column + 1));
    }
    Value value = result.at(row, column);
    var symbol = step.formula().output().cell(row + 1, column + 1, result);
    var behind = step.cells().at(row, column);
    Pen plain = new Pen(PLAIN);
    Pen mathml = new Pen(new Notation(DIGITS, Markup.MATHML));
    return Json.line(
        "page-1",
        json -> {
          json.writeStringProperty("quantity", name);
          json.writeNumberProperty("row", row);
          json.writeNumberProperty("column", column);
          json.writeStringProperty(
              "arithmetic",
              element(symbol.mathml() + "<mo>=</mo>" + mathml.equation(behind, value), "block"));
          json.writeStringProperty("expression", element(mathml.write(behind), "block"));
          json.writeStringProperty("text", symbol.plain() + " = " + plain.equation(behind, value));
          json.writeArrayPropertyStart("sources");
          for (Tracer.Source source : step.sources(row, column)) {
            json.writeStartObject();
            json.writeStringProperty("quantity", source.quantity().name());
            json.writeNumberProperty("row", source.row());
            json.writeNumberProperty("column", source.column());
            json.writeStringProperty("shown", plain.number(source.value()));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** The sheet, the definition, the engine and central differences held against each other. */
  String verify(Solved solved) {
    return Json.line(
        "page-1",
        json -> {
          json.writeArrayPropertyStart("verification");
          for (Verification verification : Verification.of(solved.derivation())) {
            json.writeStartObject();
            json.writeStringProperty("quantity", verification.quantity().name());
            json.writeBooleanProperty("agrees", verification.agrees());
            json.writeStringProperty("text", verification.in(locale));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** A quantity's numbers as colours; what is hidden is hatched. */
  String picture(Solved solved, String name) {
    Quantity quantity =
        solved.derivation().known().keySet().stream()
            .filter(q -> q.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new SheetException(Message.of("error.call.cell", name, 1, 1)));
    Matrix numbers = solved.derivation().value(quantity).orElseThrow();
    double[][] values = new double[numbers.rows()][numbers.columns()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        Value value = numbers.at(i, j);
        values[i][j] = value.isFinite() ? value.toDouble() : Double.NaN;
      }
    }
    HeatMap map =
        new HeatMap(
            quantity.symbol() + " · " + quantity.label().in(locale),
            axis(quantity.rows(), numbers.rows(), solved.exercise()),
            axis(quantity.columns(), numbers.columns(), solved.exercise()),
            Message.of("report.hidden").in(locale));
    boolean amounts = kind(quantity, numbers).equals("amount");
    ColourScale colours = amounts ? ColourScale.amounts(values) : ColourScale.signed(values);
    return Json.line(
        "page-1", json -> json.writeStringProperty("svg", map.picture(values, colours).file()));
  }

  private Axis axis(dev.qkv.sheet.term.Axis axis, int size, Exercise exercise) {
    String name = axis.label().in(locale);
    List<String> names = exercise.names(axis, size);
    return names.isEmpty() ? Axis.counting(name, size) : Axis.of(name, names, List.of());
  }

  private static String math(Expr written, String display) {
    return element(new Pen(new Notation(DIGITS, Markup.MATHML)).write(written), display);
  }

  private static String element(String content, String display) {
    return "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\""
        + display
        + "\">"
        + content
        + "</math>";
  }
}
