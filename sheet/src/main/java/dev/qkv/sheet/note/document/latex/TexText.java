package dev.qkv.sheet.note.document.latex;

import dev.qkv.sheet.note.document.text.Page;
import java.util.Arrays;

/** TeX with its braces paired. */
final class TexText {
  private static final int NONE = -1;

  /** How far the bracket that closes an optional argument may be away. */
  private static final int LONGEST_OPTION = 500;

  private final String text;
  private final int[] partners;

  /**
   * A text.
   *
   * @param comments whether it has comments, whose braces pair with none
   */
  TexText(String text, boolean comments) {
    this.text = text;
    this.partners = new int[text.length()];
    Arrays.fill(partners, NONE);
    int[] open = new int[16];
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '%' -> {
          if (comments) {
            int end = text.indexOf('\n', i);
            i = end < 0 ? text.length() : end;
          }
        }
        case '{' -> {
          open = depth == open.length ? Arrays.copyOf(open, 2 * depth) : open;
          open[depth++] = i;
        }
        case '}' -> {
          if (depth > 0) {
            partners[open[--depth]] = i;
          }
        }
        default -> {}
      }
    }
  }

  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  boolean is(int i, char c) {
    return i < text.length() && text.charAt(i) == c;
  }

  /** The place of the brace that closes the one at a position; −1 if there is none. */
  int close(int open) {
    return is(open, '{') ? partners[open] : NONE;
  }

  /** The place of the bracket that closes the one at a position; −1 if there is none near. */
  int closeOption(int open) {
    if (!is(open, '[')) {
      return NONE;
    }
    int depth = 0;
    int limit = Math.min(text.length(), open + LONGEST_OPTION);
    for (int i = open; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        if (partners[i] < 0) {
          return NONE;
        }
        i = partners[i];
      } else if (c == '}') {
        return NONE;
      } else if (c == '[') {
        depth++;
      } else if (c == ']' && --depth == 0) {
        return i;
      }
    }
    return NONE;
  }

  /** Where the command at a backslash ends, without its arguments. */
  int commandEnd(int backslash) {
    int i = backslash + 1;
    if (i >= text.length() || !letter(text.charAt(i))) {
      return Math.min(i + 1, text.length());
    }
    while (i < text.length() && letter(text.charAt(i))) {
      i++;
    }
    return i;
  }

  static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** The name of the command at a backslash. */
  String command(int backslash) {
    return text.substring(backslash + 1, commandEnd(backslash));
  }

  /** The first place from a position that is not blank; an empty line is not passed. */
  int skipBlank(int from) {
    int lines = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Page.blank(c) || (c == '\n' && ++lines > 1)) {
        return lines > 1 ? from : i;
      }
    }
    return text.length();
  }

  /** Behind the argument in braces at a position, blanks before it included; there if none is. */
  int skipGroup(int from) {
    int close = close(skipBlank(from));
    return close < 0 ? from : close + 1;
  }

  /** Behind the argument in brackets at a position; there if none is. */
  int skipOption(int from) {
    int close = closeOption(skipBlank(from));
    return close < 0 ? from : close + 1;
  }

  /** What the braces at a position hold; empty if there are none. */
  String group(int from) {
    int open = skipBlank(from);
    int close = close(open);
    return close < 0 ? "" : text.substring(open + 1, close).strip();
  }

  /**
   * Behind arguments: {@code *} stands for a star, {@code o} for brackets, {@code m} for braces,
   * {@code c} for a command with or without braces.
   */
  int skip(int from, String signature) {
    int i = from;
    for (int k = 0; k < signature.length(); k++) {
      i =
          switch (signature.charAt(k)) {
            case '*' -> is(i, '*') ? i + 1 : i;
            case 'o' -> skipOption(i);
            case 'c' -> is(skipBlank(i), '\\') ? commandEnd(skipBlank(i)) : skipGroup(i);
            default -> skipGroup(i);
          };
    }
    return i;
  }
}
