package dev.qkv.sheet.note.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in front of a line: bullets, and a number or letter in one of the ways of counting.
 *
 * @param value the number or letter, as 1 or a; empty without one
 * @param style how it is written; empty without one
 * @param indent how far the line is indented
 * @param length how many characters come before the words
 */
record Label(String value, String style, int indent, int length) {
  private static final Pattern FRONT =
      Pattern.compile(
          "^(\\s*)(?:>\\s*)*(?:[-*+•·▪●○‣–]\\s+)?(?:\\[[ xX]\\]\\s+)?(?:\\*\\*|__)?"
              + "(?:([(（])\\s*(\\d{1,2}|[a-zA-Z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3})\\s*[)）][.:：、]?"
              + "|(\\d{1,2})[.)、．](?!\\d)|([a-h])[.)](?=\\s)|(i{1,3}|iv|vi{0,3})[.)](?=\\s)"
              + "|([一二三四五六七八九十]{1,3})[、.．]|([①-⑳]))?\\s*");
  private static final String CHINESE = "一二三四五六七八九";

  static Label of(String line) {
    Matcher front = FRONT.matcher(line);
    if (!front.find()) {
      return new Label("", "", 0, 0);
    }
    int indent = front.group(1).length();
    int length = front.end();
    if (front.group(3) != null) {
      String inner = front.group(3);
      return new Label(plain(inner), "(" + kind(inner) + ")", indent, length);
    }
    for (int g = 4; g <= 8; g++) {
      String found = front.group(g);
      if (found != null) {
        return new Label(plain(found), kind(found) + ".", indent, length);
      }
    }
    return new Label("", "", indent, length);
  }

  boolean isThere() {
    return !value.isEmpty();
  }

  private static String kind(String label) {
    char c = label.charAt(0);
    return Character.isDigit(c) && c < 128 ? "1" : c >= '①' && c <= '⑳' ? "①" : c < 128 ? "a" : "一";
  }

  /** One way of counting: ② and 二 are 2. */
  private static String plain(String label) {
    char c = label.charAt(0);
    if (c >= '①' && c <= '⑳') {
      return String.valueOf(c - '①' + 1);
    }
    int ten = label.indexOf('十');
    if (CHINESE.indexOf(c) < 0 && ten < 0) {
      return label.toLowerCase(java.util.Locale.ROOT);
    }
    if (ten < 0) {
      return String.valueOf(CHINESE.indexOf(c) + 1);
    }
    int tens = ten == 0 ? 1 : CHINESE.indexOf(c) + 1;
    int ones = ten + 1 < label.length() ? CHINESE.indexOf(label.charAt(ten + 1)) + 1 : 0;
    return String.valueOf(10 * tens + ones);
  }
}
