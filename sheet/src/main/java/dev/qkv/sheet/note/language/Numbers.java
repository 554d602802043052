package dev.qkv.sheet.note.language;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Numbers in words: {@code 3}, {@code 三}, {@code third}. */
public final class Numbers {
  /** A pattern for one of them, without a group. */
  public static final String ONE =
      "(?:\\d{1,3}|[一二两三四五六七八九十]{1,3}|first|second|third|fourth|fifth|sixth|one|two|three|four|five|six|seven|eight)";

  private static final String CHINESE = "零一二三四五六七八九";
  private static final List<String> CARDINAL =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight");
  private static final List<String> ORDINAL =
      List.of("zeroth", "first", "second", "third", "fourth", "fifth", "sixth");

  private Numbers() {}

  /** The number that a word stands for. */
  public static OptionalInt of(String word) {
    String plain = word.strip().toLowerCase(Locale.ROOT);
    if (plain.isEmpty()) {
      return OptionalInt.empty();
    }
    if (plain.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return plain.length() > 4 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(plain));
    }
    int english = Math.max(CARDINAL.indexOf(plain), ORDINAL.indexOf(plain));
    return english >= 0 ? OptionalInt.of(english) : chinese(plain);
  }

  private static OptionalInt chinese(String word) {
    int ten = word.indexOf('十');
    if (ten < 0) {
      int digit = word.equals("两") ? 2 : CHINESE.indexOf(word);
      return word.length() == 1 && digit >= 0 ? OptionalInt.of(digit) : OptionalInt.empty();
    }
    int tens = ten == 0 ? 1 : CHINESE.indexOf(word.charAt(0));
    int ones = ten + 1 < word.length() ? CHINESE.indexOf(word.charAt(ten + 1)) : 0;
    return tens < 0 || ones < 0 ? OptionalInt.empty() : OptionalInt.of(10 * tens + ones);
  }
}
