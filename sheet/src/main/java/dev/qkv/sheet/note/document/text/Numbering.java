package dev.qkv.sheet.note.document.text;

import java.util.Locale;

/** Prints numbers in the styles in which lists and sections count. */
public final class Numbering {
  private static final String[] ROMAN = {
    "m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"
  };
  private static final int[] VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String CHINESE = "零一二三四五六七八九十";
  private static final int LETTERS = 26;

  private Numbering() {}

  /** A number in a style of counting. */
  public static String of(String style, int number) {
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
