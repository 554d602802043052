package dev.qkv.browser.standin.java.util.regex;

/**
 * A set of code points: those of ASCII as bits, which most texts need alone, and a rule for the
 * others.
 */
final class Signs {
  private static final int ASCII = 128;

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

  private final long low;
  private final long high;
  private final Rule rule;

  private Signs(long low, long high, Rule rule) {
    this.low = low;
    this.high = high;
    this.rule = rule;
  }

  static Signs where(Rule rule) {
    long low = 0;
    long high = 0;
    for (int c = 0; c < ASCII; c++) {
      if (rule.has(c)) {
        if (c < Long.SIZE) {
          low |= 1L << c;
        } else {
          high |= 1L << c;
        }
      }
    }
    return new Signs(low, high, rule);
  }

  static Signs of(int codePoint) {
    return range(codePoint, codePoint);
  }

  static Signs range(int from, int to) {
    return where(to < ASCII ? c -> c <= to && c >= from : c -> c >= from && c <= to);
  }

  /** With the other case of every ASCII letter, which is all that CASE_INSENSITIVE asks for. */
  Signs anyCase() {
    long letters = 0x07FF_FFFEL;
    long upper = high & letters;
    long lower = high >>> Integer.SIZE & letters;
    return new Signs(low, high | upper << Integer.SIZE | lower, rule);
  }

  Signs or(Signs other) {
    Rule mine = rule;
    Rule others = other.rule;
    return new Signs(low | other.low, high | other.high, c -> mine.has(c) || others.has(c));
  }

  Signs and(Signs other) {
    Rule mine = rule;
    Rule others = other.rule;
    return new Signs(low & other.low, high & other.high, c -> mine.has(c) && others.has(c));
  }

  Signs not() {
    Rule mine = rule;
    return new Signs(~low, ~high, c -> !mine.has(c));
  }

  boolean has(int codePoint) {
    if (codePoint < Long.SIZE) {
      return (low >>> codePoint & 1) != 0;
    }
    return codePoint < ASCII ? (high >>> codePoint & 1) != 0 : rule.has(codePoint);
  }
}
