package dev.qkv.app.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What a call sends: a JSON array of strings, and nothing else. */
final class CallBody {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern TYPE =
      Pattern.compile(
          "application/json(?:\\s*;\\s*charset\\s*=\\s*\"?utf-8\"?)?\\s*",
          Pattern.CASE_INSENSITIVE);

  /** More than any method takes. */
  private static final int MOST_STRINGS = 64;

  private CallBody() {}

  /**
   * The strings of a request.
   *
   * @param exchange the request
   * @param most bytes that it may have
   */
  static List<String> strings(HttpExchange exchange, int most) throws Refusal {
    List<String> type = exchange.getRequestHeaders().getOrDefault("Content-Type", List.of());
    if (type.size() != 1 || !TYPE.matcher(type.getFirst()).matches()) {
      throw Refusal.of(Refusal.WRONG_TYPE, "error.page.type");
    }
    return strings(text(bytes(exchange, most)));
  }

  private static byte[] bytes(HttpExchange exchange, int most) throws Refusal {
    String said = exchange.getRequestHeaders().getFirst("Content-Length");
    // The server has read the number already; one that is too large is answered before it comes.
    if (said != null && Long.parseLong(said) > most) {
      throw Refusal.of(Refusal.TOO_LARGE, "error.page.length", most);
    }
    byte[] bytes;
    try {
      bytes = exchange.getRequestBody().readNBytes(most + 1);
    } catch (IOException e) {
      // Less than was announced, or broken chunks; whoever is still there reads why.
      throw Refusal.of(Refusal.BAD_REQUEST, "error.page.cut");
    }
    if (bytes.length > most) {
      throw Refusal.of(Refusal.TOO_LARGE, "error.page.length", most);
    }
    return bytes;
  }

  private static String text(byte[] bytes) throws Refusal {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Refusal.of(Refusal.BAD_REQUEST, "error.page.utf8");
    }
  }

  private static List<String> strings(String text) throws Refusal {
    List<String> strings = new ArrayList<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      boolean array = json.nextToken() == JsonToken.START_ARRAY;
      while (array && json.nextToken() == JsonToken.VALUE_STRING && strings.size() < MOST_STRINGS) {
        strings.add(json.getString());
      }
      if (json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == null) {
        return strings;
      }
    } catch (JacksonException e) {
      // What is no JSON is no array of strings either.
    }
    throw Refusal.of(Refusal.BAD_REQUEST, "error.page.json");
  }
}
