package dev.qkv.sheet.note.document;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document's counters, and what labels print of them. */
final class TexCounters {
  private static final Pattern PRINTED =
      Pattern.compile(
          "\\\\(arabic|alph|Alph|roman|Roman|chinese|zhnum)\\s*(?:\\*|\\{\\s*(\\w*)\\s*\\})|\\\\the(\\w+)");

  private static final String[] ROMAN = {
    "m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"
  };
  private static final int[] VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String CHINESE = "零一二三四五六七八九十";
  private static final int LETTERS = 26;

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
    Matcher matcher = PRINTED.matcher(format);
    StringBuilder label = new StringBuilder();
    while (matcher.find()) {
      String style = matcher.group(1) == null ? "arabic" : matcher.group(1);
      String named = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      String number = number(style, get(named == null ? own : named));
      matcher.appendReplacement(label, Matcher.quoteReplacement(number));
    }
    matcher.appendTail(label);
    return label.toString().replaceAll("\\\\[a-zA-Z]+\\s*|[{}\\\\$]", "").strip();
  }

  /** A number in a style of counting. */
  static String number(String style, int number) {
    return switch (style) {
      case "alph" -> letter(number, 'a');
      case "Alph" -> letter(number, 'A');
      case "roman" -> roman(number);
      case "Roman" -> roman(number).toUpperCase(Locale.ROOT);
      case "chinese", "zhnum" -> chinese(number);
      default -> String.valueOf(number);
    };
  }

  private static String letter(int number, char first) {
    return number < 1 || number > LETTERS
        ? String.valueOf(number)
        : String.valueOf((char) (first + number - 1));
  }

  private static String roman(int number) {
    if (number < 1 || number > VALUES[0]) {
      return String.valueOf(number);
    }
    StringBuilder roman = new StringBuilder();
    int rest = number;
    for (int i = 0; i < VALUES.length; i++) {
      while (rest >= VALUES[i]) {
        roman.append(ROMAN[i]);
        rest -= VALUES[i];
      }
    }
    return roman.toString();
  }

  private static String chinese(int number) {
    if (number < 0 || number > 99) {
      return String.valueOf(number);
    }
    int tens = number / 10;
    int ones = number % 10;
    return number <= 10
        ? CHINESE.substring(number, number + 1)
        : (tens == 1 ? "" : CHINESE.substring(tens, tens + 1))
            + "十"
            + (ones == 0 ? "" : CHINESE.substring(ones, ones + 1));
  }
}
