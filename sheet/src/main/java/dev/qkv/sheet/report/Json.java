package dev.qkv.sheet.report;

import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Value;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** What the JSON of solutions and audits has in common. */
final class Json {
  private static final MathContext SHOWN = new MathContext(Value.DIGITS);

  private Json() {}

  /** Writes one object, indented. */
  static String object(Consumer<JsonGenerator> content) {
    StringWriter out = new StringWriter();
    ObjectWriteContext context =
        new ObjectWriteContext.Base() {
          @Override
          public DefaultPrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
          }

          @Override
          public boolean hasPrettyPrinter() {
            return true;
          }
        };
    try (JsonGenerator json = new JsonFactory().createGenerator(context, out)) {
      json.writeStartObject();
      content.accept(json);
      json.writeEndObject();
    }
    return out.append('\n').toString();
  }

  /** Writes a number as a number; −∞, which JSON lacks, as the string {@code "-inf"}. */
  static void number(JsonGenerator json, String name, @Nullable Value value) {
    json.writeName(name);
    number(json, value);
  }

  static void number(JsonGenerator json, @Nullable Value value) {
    if (value instanceof NegativeInfinity) {
      json.writeString("-inf");
    } else if (value == null || !(value.isFinite() || !(value instanceof Approximate))) {
      json.writeNull();
    } else {
      decimal(json, value.decimal());
    }
  }

  static void decimal(JsonGenerator json, @Nullable BigDecimal number) {
    if (number == null) {
      json.writeNull();
      return;
    }
    BigDecimal shown = number.round(SHOWN).stripTrailingZeros();
    json.writeNumber(shown.scale() < 0 ? shown.setScale(0) : shown);
  }
}
