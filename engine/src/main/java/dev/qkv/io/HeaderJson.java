package dev.qkv.io;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON of a safetensors header, no more: an object of objects whose values are strings or lists
 * of whole numbers. Keys that come twice are refused, as the format asks. The engine has no
 * dependencies, hence no JSON library.
 */
final class HeaderJson extends HeaderText {
  private static final int MOST_NUMBERS = 64;

  private HeaderJson(String where, String text) {
    super(where, text);
  }

  static Map<String, Map<String, Object>> parse(String where, String text) throws InvalidFile {
    HeaderJson json = new HeaderJson(where, text);
    Map<String, Map<String, Object>> whole = new LinkedHashMap<>();
    json.object(key -> json.once(whole, key, json.fields()));
    json.space();
    if (json.at < text.length()) {
      throw json.bad();
    }
    return whole;
  }

  /** What follows a key. */
  private interface Member {
    void read(String key) throws InvalidFile;
  }

  private void object(Member member) throws InvalidFile {
    expect('{');
    if (accept('}')) {
      return;
    }
    do {
      String key = string();
      expect(':');
      member.read(key);
    } while (accept(','));
    expect('}');
  }

  private Map<String, Object> fields() throws InvalidFile {
    Map<String, Object> fields = new LinkedHashMap<>();
    object(key -> once(fields, key, value()));
    return fields;
  }

  private <T> void once(Map<String, T> map, String key, T value) throws InvalidFile {
    if (map.put(key, value) != null) {
      throw new InvalidFile("safetensors.twice", where, key);
    }
  }

  private Object value() throws InvalidFile {
    space();
    if (at < text.length() && text.charAt(at) == '"') {
      return string();
    }
    expect('[');
    long[] numbers = new long[MOST_NUMBERS];
    int count = 0;
    if (!accept(']')) {
      do {
        if (count == MOST_NUMBERS) {
          throw bad();
        }
        numbers[count++] = number();
      } while (accept(','));
      expect(']');
    }
    return Arrays.copyOf(numbers, count);
  }

  private long number() throws InvalidFile {
    space();
    int start = at;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
      at++;
    }
    try {
      return Long.parseLong(text, start, at, 10);
    } catch (NumberFormatException e) {
      throw bad();
    }
  }

  private String string() throws InvalidFile {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      value.append(c == '\\' ? escape() : c);
    }
    if (at == text.length()) {
      throw bad();
    }
    at++;
    return value.toString();
  }

  private char escape() throws InvalidFile {
    if (at == text.length()) {
      throw bad();
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw bad();
    };
  }

  private char unicode() throws InvalidFile {
    try {
      int code = Integer.parseInt(text, at, Math.min(at + 4, text.length()), 16);
      at += 4;
      return (char) code;
    } catch (NumberFormatException e) {
      throw bad();
    }
  }

  @Override
  InvalidFile bad() {
    return new InvalidFile("safetensors.json", where, at);
  }

  /** A string as JSON writes it. */
  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
