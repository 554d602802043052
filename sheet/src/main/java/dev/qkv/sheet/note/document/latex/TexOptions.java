package dev.qkv.sheet.note.document.latex;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Options as {@code label=(\alph*), start=3}.
 *
 * @param values their values by their names; the whole text by an empty name if it names none
 */
record TexOptions(Map<String, String> values) {
  static TexOptions of(String written) {
    Map<String, String> values = new LinkedHashMap<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i <= written.length(); i++) {
      char c = i < written.length() ? written.charAt(i) : ',';
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (i == written.length() || (c == ',' && depth <= 0)) {
        put(values, written.substring(start, i).strip());
        start = i + 1;
      }
    }
    return new TexOptions(values);
  }

  private static void put(Map<String, String> values, String option) {
    int equals = option.indexOf('=');
    String name = equals < 0 ? option : option.substring(0, equals).strip();
    String value = equals < 0 ? "" : option.substring(equals + 1).strip();
    if (value.length() > 1 && value.startsWith("{") && value.endsWith("}")) {
      value = value.substring(1, value.length() - 1);
    }
    if (!name.isEmpty()) {
      values.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String value(String name, String otherwise) {
    String value = values.get(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
