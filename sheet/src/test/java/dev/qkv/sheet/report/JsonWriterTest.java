package dev.qkv.sheet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void aPropertyToALineAndListsBesideEachOther() {
    assertThat(written(new JsonWriter(true)))
        .isEqualTo(
            """
            {
              "words" : "a/b\\"\\\\\\u0000\\u001F \\b\\t\\n\\f\\r中𝐀",
              "none" : [ ],
              "nothing" : { },
              "list" : [ [ 1, 1E-30, 2.5 ], {
                "null" : null
              }, { }, "x" ],
              "yes" : true
            }""");
  }

  @Test
  void oneLine() {
    assertThat(written(new JsonWriter(false)))
        .isEqualTo(
            "{\"words\":\"a/b\\\"\\\\\\u0000\\u001F \\b\\t\\n\\f\\r中𝐀\",\"none\":[],\"nothing\":{},"
                + "\"list\":[[1,1E-30,2.5],{\"null\":null},{},\"x\"],\"yes\":true}");
  }

  private static String written(JsonWriter json) {
    json.writeStartObject();
    json.writeStringProperty("words", "a/b\"\\\u0000\u001F \b\t\n\f\r中𝐀");
    json.writeArrayPropertyStart("none");
    json.writeEndArray();
    json.writeObjectPropertyStart("nothing");
    json.writeEndObject();
    json.writeArrayPropertyStart("list");
    json.writeStartArray();
    json.writeNumber(1);
    json.writeNumber(new BigDecimal("1E-30"));
    json.writeNumber(2.5);
    json.writeEndArray();
    json.writeStartObject();
    json.writeNullProperty("null");
    json.writeEndObject();
    json.writeStartObject();
    json.writeEndObject();
    json.writeString("x");
    json.writeEndArray();
    json.writeBooleanProperty("yes", true);
    json.writeEndObject();
    return json.toString();
  }
}
