package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.document.text.Traced;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Leaves out the visible copy of a formula whose glyphs some pages put on a line each, where the
 * TeX that made them stands below: it has the same letters and digits, and their order.
 */
final class ScatteredGlyphs {
  /** Commands and environments of TeX, of which nothing is seen. */
  private static final Pattern UNSEEN =
      Pattern.compile("\\\\(?:begin|end)\\s*\\{\\w*\\*?}(?:\\{[lcr|]*})?|\\\\[A-Za-z]+");

  private static final int FEWEST_LINES = 3;
  private static final int MOST_LINES = 400;

  /** Longer lines than a word such as softmax are no glyphs. */
  private static final int LONGEST_GLYPH = 12;

  private ScatteredGlyphs() {}

  /** The text without scattered copies. */
  static Traced without(String text) {
    Lines lines = new Lines(text);
    Traced.Builder out = new Traced.Builder(text);
    int from = 0;
    int line = 1;
    while (line <= lines.count()) {
      int behind = run(lines, line);
      boolean copy =
          behind - line >= FEWEST_LINES && behind <= lines.count() && same(lines, line, behind);
      if (copy) {
        out.copy(from, lines.start(line));
        from = lines.start(behind);
      }
      line = Math.max(behind, line + 1);
    }
    return out.copy(from, text.length()).build();
  }

  /** The line behind those that are glyphs alone. */
  private static int run(Lines lines, int first) {
    int line = first;
    while (line <= lines.count() && line - first < MOST_LINES && isGlyph(lines.line(line))) {
      line++;
    }
    return line;
  }

  private static boolean isGlyph(String line) {
    String glyph = line.strip();
    return !glyph.isEmpty()
        && glyph.length() <= LONGEST_GLYPH
        && glyph.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isIdeographic(c))
        && glyph.indexOf('\\') < 0;
  }

  /** Whether a line of TeX shows what the lines before it show. */
  private static boolean same(Lines lines, int first, int tex) {
    String source = lines.line(tex);
    if (source.indexOf('\\') < 0 && source.indexOf('_') < 0 && source.indexOf('=') < 0) {
      return false;
    }
    int[] count = new int[128];
    int seen = 0;
    for (int line = first; line < tex; line++) {
      seen += count(lines.line(line), 1, count);
    }
    int shown = count(UNSEEN.matcher(source).replaceAll(" "), -1, count);
    return seen > 0 && seen == shown && Arrays.stream(count).allMatch(c -> c == 0);
  }

  private static int count(String words, int by, int[] count) {
    int all = 0;
    for (int k = 0; k < words.length(); k++) {
      char c = words.charAt(k);
      if (c < 128 && Character.isLetterOrDigit(c)) {
        count[c] += by;
        all++;
      }
    }
    return all;
  }
}
