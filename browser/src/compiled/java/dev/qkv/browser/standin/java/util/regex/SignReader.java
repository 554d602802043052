package dev.qkv.browser.standin.java.util.regex;

import org.jspecify.annotations.Nullable;

/** Reads the signs and sets of signs of a pattern, from left to right. */
class SignReader {
  static final int ASCII = 128;
  final String pattern;
  int at;
  int flags;

  SignReader(String pattern, int flags) {
    this.pattern = unquoted(pattern);
    this.flags = flags;
  }

  /** A pattern whose quoted parts have a backslash before every sign instead. */
  private static String unquoted(String pattern) {
    int quote = pattern.indexOf("\\Q");
    if (quote < 0) {
      return pattern;
    }
    StringBuilder out = new StringBuilder(pattern.substring(0, quote));
    int end = pattern.indexOf("\\E", quote);
    for (char c : pattern.substring(quote + 2, end < 0 ? pattern.length() : end).toCharArray()) {
      out.append(c < ASCII && !Character.isLetterOrDigit(c) ? "\\" : "").append(c);
    }
    return end < 0 ? out.toString() : out + unquoted(pattern.substring(end + 2));
  }

  final Signs set(int sign) {
    Signs signs = Signs.of(sign);
    return has(Pattern.CASE_INSENSITIVE) ? signs.anyCase() : signs;
  }

  /** A sign that stands for itself; negative, and nothing is taken, where none does. */
  final int plain() {
    int sign = pattern.codePointAt(at);
    if ("([.^$".indexOf(sign) >= 0) {
      return -1;
    }
    if ("*+?{".indexOf(sign) >= 0) {
      throw error("Dangling meta character '" + (char) sign + "'");
    }
    if (sign != '\\') {
      at += Character.charCount(sign);
      return sign;
    }
    return escaped();
  }

  /** A sign behind a backslash that stands for one sign; negative where it does not. */
  private int escaped() {
    if (at + 1 >= pattern.length()) {
      throw error("Unexpected end");
    }
    int sign = pattern.codePointAt(at + 1);
    int known = "tnrfae".indexOf(sign);
    if (known >= 0) {
      at += 2;
      return "\t\n\r\f\u0007\u001b".charAt(known);
    }
    if (sign == 'u' || sign == 'x') {
      return hexadecimal(sign == 'u' ? 4 : 2);
    }
    boolean letter = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
    if (letter || (sign >= '0' && sign <= '9')) {
      return -1;
    }
    at += 1 + Character.charCount(sign);
    return sign;
  }

  private int hexadecimal(int digits) {
    int start = at + 2;
    boolean braces = pattern.startsWith("{", start);
    int end = braces ? pattern.indexOf('}', start) : start + digits;
    if (end < 0 || end > pattern.length()) {
      throw error("Illegal hexadecimal escape sequence");
    }
    int code = Integer.parseInt(pattern.substring(braces ? start + 1 : start, end), 16);
    at = braces ? end + 1 : end;
    return code;
  }

  final boolean has(int flag) {
    return (flags & flag) != 0;
  }

  final int number() {
    int start = at;
    while (at < pattern.length() && pattern.charAt(at) >= '0' && pattern.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw error("Illegal repetition");
    }
    return Integer.parseInt(pattern.substring(start, at));
  }

  /** A set of signs; null, and nothing is taken, where none stands here. */
  final @Nullable Signs signs() {
    if (take(".")) {
      return has(Pattern.DOTALL) ? Signs.ALL : Signs.LINE_END.not();
    }
    if (take("[")) {
      return bracketed();
    }
    return named();
  }

  /** A set that a letter behind a backslash names; null, and nothing is taken, where none does. */
  private @Nullable Signs named() {
    if (!pattern.startsWith("\\", at) || at + 1 >= pattern.length()) {
      return null;
    }
    char letter = pattern.charAt(at + 1);
    Signs signs =
        switch (letter) {
          case 'd', 'D' -> Signs.DIGIT;
          case 's', 'S' -> Signs.SPACE;
          case 'w', 'W' -> Signs.WORD;
          case 'h', 'H' -> Signs.BLANK;
          case 'p', 'P' -> property();
          default -> null;
        };
    if (signs == null) {
      return null;
    }
    if (letter != 'p' && letter != 'P') {
      at += 2;
    }
    return letter < 'a' ? signs.not() : signs;
  }

  private Signs property() {
    boolean braces = pattern.startsWith("{", at + 2);
    int start = braces ? at + 3 : at + 2;
    int end = braces ? pattern.indexOf('}', start) : start + 1;
    Signs signs = end < 0 ? null : Properties.named(pattern.substring(start, end));
    if (signs == null) {
      throw error("Unknown character property");
    }
    at = braces ? end + 1 : end;
    return signs;
  }

  private Signs bracketed() {
    boolean not = take("^");
    Signs all = Signs.NONE;
    boolean empty = true;
    while (empty || !pattern.startsWith("]", at)) {
      if (at >= pattern.length()) {
        throw error("Unclosed character class");
      }
      if (take("&&")) {
        Signs others = Signs.NONE;
        while (!pattern.startsWith("]", at) && !pattern.startsWith("&&", at)) {
          others = others.or(member());
        }
        all = all.and(others);
      } else {
        all = all.or(member());
      }
      empty = false;
    }
    at++;
    return not ? all.not() : all;
  }

  private Signs member() {
    if (take("[")) {
      return bracketed();
    }
    Signs named = named();
    if (named != null) {
      return named;
    }
    int from = sign();
    boolean range =
        pattern.startsWith("-", at)
            && at + 1 < pattern.length()
            && pattern.charAt(at + 1) != ']'
            && pattern.charAt(at + 1) != '[';
    if (!range) {
      return set(from);
    }
    at++;
    int to = sign();
    if (to < from) {
      throw error("Illegal character range");
    }
    Signs signs = Signs.range(from, to);
    return has(Pattern.CASE_INSENSITIVE) ? signs.anyCase() : signs;
  }

  /** A sign in brackets. */
  private int sign() {
    if (pattern.startsWith("\\", at)) {
      int sign = escaped();
      if (sign < 0) {
        throw error("Illegal character class");
      }
      return sign;
    }
    int sign = pattern.codePointAt(at);
    at += Character.charCount(sign);
    return sign;
  }

  final boolean take(String expected) {
    if (pattern.startsWith(expected, at)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  final PatternSyntaxException error(String what) {
    return new PatternSyntaxException(what, pattern, at);
  }
}
