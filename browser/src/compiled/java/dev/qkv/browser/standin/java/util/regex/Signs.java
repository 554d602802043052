package dev.qkv.browser.standin.java.util.regex;

/**
 * A set of code points: those of ASCII as bits, which most texts need alone, and a rule for the
 * others.
 */
final class Signs {
  private static final int ASCII = 128;
  private static final int WORD_SHIFT = 5;

  /** Where the bits of capital letters are; those of small ones are behind them. */
  private static final int UPPER = 2;

  private static final int LETTERS = 0x07FF_FFFE;

  static final Signs NONE = where(c -> false);
  static final Signs ALL = where(c -> true);
  static final Signs DIGIT = range('0', '9');
  static final Signs SPACE = range('\t', '\r').or(of(' '));
  static final Signs WORD = range('a', 'z').or(range('A', 'Z')).or(DIGIT).or(of('_'));
  static final Signs BLANK =
      of(' ')
          .or(of('\t'))
          .or(of(0xA0))
          .or(of(0x1680))
          .or(of(0x180E))
          .or(range(0x2000, 0x200A))
          .or(of(0x202F))
          .or(of(0x205F))
          .or(of(0x3000));
  static final Signs LINE_END = of('\n').or(of('\r')).or(of(0x85)).or(range(0x2028, 0x2029));

  /** Whether a code point beyond ASCII is in the set. */
  interface Rule {
    boolean has(int codePoint);
  }

  /** A bit for each sign of ASCII: integers, because scripts have slow numbers of 64 bits only. */
  private final int[] ascii;

  private final Rule rule;

  private Signs(int[] ascii, Rule rule) {
    this.ascii = ascii;
    this.rule = rule;
  }

  static Signs where(Rule rule) {
    int[] ascii = new int[ASCII / Integer.SIZE];
    for (int c = 0; c < ASCII; c++) {
      if (rule.has(c)) {
        ascii[c >> WORD_SHIFT] |= 1 << c;
      }
    }
    return new Signs(ascii, rule);
  }

  static Signs of(int codePoint) {
    return range(codePoint, codePoint);
  }

  static Signs range(int from, int to) {
    return where(to < ASCII ? c -> c <= to && c >= from : c -> c >= from && c <= to);
  }

  /** With the other case of every ASCII letter, which is all that CASE_INSENSITIVE asks for. */
  Signs anyCase() {
    int[] both = ascii.clone();
    int letters = (both[UPPER] | both[UPPER + 1]) & LETTERS;
    both[UPPER] |= letters;
    both[UPPER + 1] |= letters;
    return new Signs(both, rule);
  }

  Signs or(Signs other) {
    int[] both = ascii.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] |= other.ascii[i];
    }
    Rule mine = rule;
    Rule others = other.rule;
    return new Signs(both, c -> mine.has(c) || others.has(c));
  }

  Signs and(Signs other) {
    int[] both = ascii.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= other.ascii[i];
    }
    Rule mine = rule;
    Rule others = other.rule;
    return new Signs(both, c -> mine.has(c) && others.has(c));
  }

  Signs not() {
    int[] rest = new int[ascii.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = ~ascii[i];
    }
    Rule mine = rule;
    return new Signs(rest, c -> !mine.has(c));
  }

  boolean has(int codePoint) {
    return codePoint < ASCII
        ? (ascii[codePoint >> WORD_SHIFT] >>> codePoint & 1) != 0
        : rule.has(codePoint);
  }
}
