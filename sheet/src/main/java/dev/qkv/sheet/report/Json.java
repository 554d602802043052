package dev.qkv.sheet.report;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all JSON documents have in common: the name of their schema, and how numbers are written.
 */
public final class Json {
  private static final MathContext SHOWN = new MathContext(Value.DIGITS);

  /**
   * Digits of what was computed in float64. What exponentials and roots happen to be on a machine
   * shows in the last ones.
   */
  static final MathContext FLOAT_DIGITS = new MathContext(12);

  private static final String SCHEMAS = "https://qkv.dev/schema/";

  private Json() {}

  /**
   * A document over several lines.
   *
   * @param schema the schema that it keeps, with its version: {@code solve-1}
   * @param content writes the properties
   * @return one object, which begins with the address of its schema
   */
  public static String document(String schema, Consumer<JsonWriter> content) {
    return object(new JsonWriter(true), schema, content);
  }

  /**
   * A document in one line.
   *
   * @param schema the schema that it keeps, with its version: {@code train-1}
   * @param content writes the properties
   * @return one object, which begins with the address of its schema
   */
  public static String line(String schema, Consumer<JsonWriter> content) {
    return object(new JsonWriter(false), schema, content);
  }

  private static String object(JsonWriter json, String schema, Consumer<JsonWriter> content) {
    json.writeStartObject();
    json.writeStringProperty("schema", SCHEMAS + schema + ".json");
    content.accept(json);
    json.writeEndObject();
    return json + "\n";
  }

  /** Writes words, with the code that is theirs in every language. */
  static void words(JsonWriter json, String name, Message words, Locale locale) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("code", words.key());
    json.writeStringProperty("text", words.in(locale));
    json.writeEndObject();
  }

  /**
   * Writes a measured number; null for one that is not finite, which JSON lacks.
   *
   * @param json where to
   * @param name of the property
   * @param value the number
   */
  public static void number(JsonWriter json, String name, double value) {
    if (Double.isFinite(value)) {
      json.writeNumberProperty(name, value);
    } else {
      json.writeNullProperty(name);
    }
  }

  /** Writes a number as a number; −∞, which JSON lacks, as the string {@code "-inf"}. */
  static void number(JsonWriter json, String name, @Nullable Value value) {
    json.writeName(name);
    number(json, value);
  }

  private static void number(JsonWriter json, @Nullable Value value) {
    if (value instanceof NegativeInfinity) {
      json.writeString("-inf");
    } else if (value == null || !(value.isFinite() || !(value instanceof Approximate))) {
      json.writeNull();
    } else if (value instanceof Approximate) {
      decimal(json, value.decimal().round(FLOAT_DIGITS));
    } else {
      decimal(json, value.decimal());
    }
  }

  /**
   * Writes a matrix as a list of its rows.
   *
   * @param json where to
   * @param name of the property
   * @param numbers the matrix
   */
  public static void matrix(JsonWriter json, String name, Matrix numbers) {
    json.writeArrayPropertyStart(name);
    for (int i = 0; i < numbers.rows(); i++) {
      json.writeStartArray();
      numbers.row(i).forEach(value -> number(json, value));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  static void decimal(JsonWriter json, @Nullable BigDecimal number) {
    if (number == null) {
      json.writeNull();
      return;
    }
    BigDecimal shown = number.round(SHOWN).stripTrailingZeros();
    json.writeNumber(shown.scale() < 0 ? shown.setScale(0) : shown);
  }
}
