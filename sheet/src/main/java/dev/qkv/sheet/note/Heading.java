package dev.qkv.sheet.note;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heading of an exercise.
 *
 * @param id its number
 * @param title the rest
 */
record Heading(String id, String title) {
  private static final String WORDS =
      "题目?|习题|练习题?|例题?|问题|思考题|Exercise|Problem|Question|Task|Example|Ex\\.?|Q(?=\\s*\\d)|No\\.?|#";
  private static final Pattern NUMBERED =
      Pattern.compile(
          "^(?:第\\s*([0-9一二三四五六七八九十]+)\\s*[题道]|(?:"
              + WORDS
              + ")\\s*[#.]?\\s*([0-9]+[a-z]?)(?!\\d*分)|([0-9]+)\\s*[.、)）:：])\\s*[.:：、)\\-–—]*\\s*(.*)$",
          Pattern.CASE_INSENSITIVE);
  private static final String CHINESE = "一二三四五六七八九";

  /** Reads a heading's text; nothing if it does not number an exercise. */
  static Optional<Heading> of(String text) {
    String plain = text.replace("*", "").replace("_", "_").strip();
    Matcher m = NUMBERED.matcher(plain);
    if (!m.matches()) {
      return Optional.empty();
    }
    String id =
        m.group(1) != null ? arabic(m.group(1)) : m.group(2) != null ? m.group(2) : m.group(3);
    return Optional.of(new Heading(id, brackets(m.group(4))));
  }

  private static String arabic(String number) {
    if (Character.isDigit(number.charAt(0))) {
      return number;
    }
    int ten = number.indexOf('十');
    if (ten < 0) {
      return String.valueOf(CHINESE.indexOf(number.charAt(0)) + 1);
    }
    int tens = ten == 0 ? 1 : CHINESE.indexOf(number.charAt(0)) + 1;
    int ones = ten + 1 < number.length() ? CHINESE.indexOf(number.charAt(ten + 1)) + 1 : 0;
    return String.valueOf(10 * tens + ones);
  }

  /** A title that is one pair of brackets loses them. */
  private static String brackets(String title) {
    boolean wrapped =
        (title.startsWith("（") && title.endsWith("）"))
            || (title.startsWith("(") && title.endsWith(")"));
    return wrapped ? title.substring(1, title.length() - 1) : title;
  }
}
