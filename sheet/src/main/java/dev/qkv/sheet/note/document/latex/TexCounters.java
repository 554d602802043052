package dev.qkv.sheet.note.document.latex;

import dev.qkv.sheet.note.document.text.Numbering;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document's counters, and what labels print of them. */
final class TexCounters {
  private static final Pattern PRINTED =
      Pattern.compile(
          "\\\\(arabic|alph|Alph|roman|Roman|chinese|zhnum)\\s*(?:\\*|\\{\\s*(\\w*)\\s*\\})|\\\\the(\\w+)");

  private final Map<String, Integer> values = new HashMap<>();

  int get(String counter) {
    return values.getOrDefault(counter, 0);
  }

  boolean has(String counter) {
    return values.containsKey(counter);
  }

  void set(String counter, int value) {
    values.put(counter, value);
  }

  int step(String counter) {
    int value = get(counter) + 1;
    values.put(counter, value);
    return value;
  }

  /**
   * A label.
   *
   * @param format its TeX
   * @param own the counter that a star stands for
   */
  String label(String format, String own) {
    String label =
        PRINTED.matcher(format).replaceAll(m -> Matcher.quoteReplacement(number(m, own)));
    return label.replaceAll("\\\\[a-zA-Z]+\\s*|[{}\\\\$]", "").strip();
  }

  private String number(MatchResult printed, String own) {
    String style = printed.group(1) == null ? "arabic" : printed.group(1);
    String named = printed.group(2) == null ? printed.group(3) : printed.group(2);
    return Numbering.of(style, get(named == null ? own : named));
  }
}
