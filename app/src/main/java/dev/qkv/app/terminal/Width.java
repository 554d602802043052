package dev.qkv.app.terminal;

import org.jline.utils.WCWidth;

/** How many columns text takes; a Chinese character takes two. */
final class Width {
  private Width() {}

  static int of(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }

  static String padRight(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
  }

  static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - of(text))) + text;
  }
}
