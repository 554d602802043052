package dev.qkv.io;

/** What of a file's own words is shown to people: no control characters, and not much. */
final class Shown {
  private static final int MOST = 100;

  private Shown() {}

  /** The words, cut off where they are long. */
  static String brief(String words) {
    return words.length() <= MOST ? visible(words) : visible(words.substring(0, MOST)) + "…";
  }

  /** The words with escapes for what a terminal would obey or hide. */
  static String visible(String words) {
    if (isPlain(words)) {
      return words;
    }
    StringBuilder visible = new StringBuilder();
    words
        .codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                visible.appendCodePoint(c);
              } else {
                visible.append(String.format("\\u%04x", c));
              }
            });
    return visible.toString();
  }

  /** Whether the words can be shown as they are. */
  static boolean isPlain(String words) {
    return words.codePoints().allMatch(Shown::isPlain);
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
