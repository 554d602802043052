package dev.qkv.sheet.note.document.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.document.notebook.JsonReader.Token;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON by its tokens and their places. */
class JsonReaderTest {
  private static List<String> tokens(String json) {
    JsonReader reader = new JsonReader(json);
    List<String> tokens = new ArrayList<>();
    while (reader.next() != Token.END) {
      tokens.add(reader.token() + "@" + reader.place());
    }
    return tokens;
  }

  @Test
  void everyTokenHasItsPlace() {
    assertThat(tokens("{\"a\": [1, -2.5e3, \"x\\\"\\u00e9\"], \"b\" : {}, \"c\":null}"))
        .containsExactly(
            "OBJECT@0",
            "NAME@1",
            "ARRAY@6",
            "INTEGER@7",
            "OTHER@10",
            "STRING@18",
            "ARRAY_END@29",
            "NAME@32",
            "OBJECT@38",
            "OBJECT_END@39",
            "NAME@42",
            "OTHER@46",
            "OBJECT_END@50");
  }

  @Test
  void whatIsOpenedCanBePassedOver() {
    JsonReader reader = new JsonReader("[[1, {\"a\": [2]}], 3]");
    assertThat(reader.next()).isEqualTo(Token.ARRAY);
    assertThat(reader.next()).isEqualTo(Token.ARRAY);
    reader.skip();
    assertThat(reader.next()).isEqualTo(Token.INTEGER);
    assertThat(reader.written()).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1 2]|4", "{1: 2}|2", "[1,]|4", "{\"a\" 1}|6", "[tru]|2", "[01]|3", "[\"\\q\"]|4",
        "[\"a|4", "[|2", "``|1", "[1.]|3", "[-]|2", "{\"a\":1,}|8", "]|1"
      })
  void whatIsNoJsonIsSaidWithItsPlace(String json, int column) {
    assertThatThrownBy(() -> tokens(json))
        .isInstanceOf(SheetException.class)
        .hasMessageContaining("line 1, column " + column);
  }
}
