package dev.qkv.sheet.note.code;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement without its comment.
 *
 * @param targets what it sets, for each sign of assignment; none where it is an expression
 * @param operator the operator of an assignment like {@code S /= 2}; empty for a plain one
 * @param values what it sets them to or evaluates, by what stands between commas
 */
public record Statement(List<List<String>> targets, String operator, List<Range> values) {
  private static final String BEFORE_EQUALS = "=!<>";

  /** A stretch of the statement. */
  public record Range(int from, int to) {}

  /** Divides a statement; what stands in brackets and strings is a whole. */
  public static Statement of(String code) {
    List<Integer> equals = new ArrayList<>();
    List<Integer> commas = new ArrayList<>();
    scan(code, equals, commas);
    List<List<String>> targets = new ArrayList<>();
    String operator = "";
    int from = 0;
    for (int at : equals) {
      String names = code.substring(from, at);
      if (from == 0 && !names.isEmpty() && "+-*/@".indexOf(names.charAt(names.length() - 1)) >= 0) {
        operator = names.substring(names.length() - 1);
        names = names.substring(0, names.length() - 1);
      }
      targets.add(names(names));
      from = at + 1;
    }
    List<Range> values = new ArrayList<>();
    int start = from;
    for (int comma : commas) {
      if (comma > start) {
        values.add(new Range(start, comma));
        start = comma + 1;
      }
    }
    values.add(new Range(start, code.length()));
    return new Statement(targets, operator, values);
  }

  /** Names with commas between them, without their types; none where a part of one is set. */
  private static List<String> names(String written) {
    List<String> names = new ArrayList<>();
    if (written.strip().matches("(?s).*\\w\\s*\\[.*")) {
      return names;
    }
    for (String name : written.replaceAll("[()\\[\\]]", "").split(",")) {
      String plain = name.strip().replaceAll("\\s*:.*", "");
      if (!plain.isEmpty()) {
        names.add(plain);
      }
    }
    return names;
  }

  private static void scan(String code, List<Integer> equals, List<Integer> commas) {
    int depth = 0;
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c == '"' || c == '\'') {
        i = stringEnd(code, i, code.length());
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (depth == 0 && c == ',') {
        commas.add(i);
      } else if (depth == 0 && c == '=') {
        boolean compares =
            code.startsWith("==", i) || (i > 0 && BEFORE_EQUALS.indexOf(code.charAt(i - 1)) >= 0);
        if (!compares) {
          equals.add(i);
        }
      }
    }
  }

  /** Where the string that starts at a quote ends: its last quote; the start where it has none. */
  static int stringEnd(String code, int start, int limit) {
    char quote = code.charAt(start);
    for (int i = start + 1; i < limit; i++) {
      if (code.charAt(i) == '\\') {
        i++;
      } else if (code.charAt(i) == quote) {
        return i;
      } else if (code.charAt(i) == '\n') {
        return start;
      }
    }
    return start;
  }

  /** Whether it sets anything. */
  public boolean assigns() {
    return !targets.isEmpty();
  }
}
