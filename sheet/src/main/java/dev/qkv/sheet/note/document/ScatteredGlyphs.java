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
      Pattern.compile(
          "\\\\(?:begin|end)\\s*\\{\\w*\\*?}(?:\\{[lcr|]*})?|\\\\tag\\s*(?=\\{)|\\\\[A-Za-z]+");

  private static final int FEWEST_LINES = 3;
  private static final int MOST_LINES = 400;

  /** Longer lines than a word such as softmax are no glyphs. */
  private static final int LONGEST_GLYPH = 12;

  private ScatteredGlyphs() {}

  /** The text without scattered copies. */
  static Traced without(String text) {
    Lines lines = new Lines(text);
    boolean[] copies = new boolean[lines.count() + 2];
    boolean any = false;
    for (int line = 1; line <= lines.count(); line++) {
      any |= isTex(lines.line(line)) && mark(lines, line, copies);
    }
    if (!any) {
      return Traced.whole(text);
    }
    Traced.Builder out = new Traced.Builder(text);
    for (int line = 1; line <= lines.count(); line++) {
      if (!copies[line]) {
        out.copy(lines.start(line), lines.start(line + 1));
      }
    }
    return out.build();
  }

  private static boolean isTex(String line) {
    return line.indexOf('\\') >= 0
        || ((line.indexOf('_') >= 0 || line.indexOf('^') >= 0) && line.indexOf('=') >= 0);
  }

  /** Marks the copies of a line of TeX that stand right above and below it; whether there are. */
  private static boolean mark(Lines lines, int tex, boolean[] copies) {
    int above = copy(lines, tex, -1);
    for (int k = 1; k <= above; k++) {
      copies[tex - k] = true;
    }
    int below = above == 0 ? 0 : copy(lines, tex, 1);
    for (int k = 1; k <= below; k++) {
      copies[tex + k] = true;
    }
    return above > 0;
  }

  /** How many lines above or below a line of TeX show the same; 0 if none do. */
  private static int copy(Lines lines, int tex, int step) {
    int[] count = new int[128];
    int shown = count(UNSEEN.matcher(lines.line(tex)).replaceAll(" "), -1, count);
    int seen = 0;
    for (int k = 1; k < MOST_LINES && seen < shown; k++) {
      int line = tex + step * k;
      boolean within = line >= 1 && line <= lines.count();
      boolean whole = k == 1 && within && isWhole(lines.line(line));
      if (!within || !(whole || isGlyph(lines.line(line)))) {
        return 0;
      }
      seen += count(lines.line(line), 1, count);
      if (seen == shown) {
        boolean same = Arrays.stream(count).allMatch(c -> c == 0);
        return same && (whole || k >= FEWEST_LINES) ? rest(lines, line, step) + k : 0;
      }
    }
    return 0;
  }

  /** How many further lines show signs alone: they belong to the copy. */
  private static int rest(Lines lines, int last, int step) {
    int more = 0;
    int line = last + step;
    while (line >= 1
        && line <= lines.count()
        && more < MOST_LINES
        && isGlyph(lines.line(line))
        && count(lines.line(line), 0, new int[128]) == 0) {
      more++;
      line += step;
    }
    return more;
  }

  /** Whether a line shows a whole formula. */
  private static boolean isWhole(String line) {
    return line.indexOf('=') > 0
        && line.chars().noneMatch(c -> Character.isIdeographic(c) || "\\_^{}$".indexOf(c) >= 0);
  }

  private static boolean isGlyph(String line) {
    String glyph = line.strip();
    return !glyph.isEmpty()
        && glyph.length() <= LONGEST_GLYPH
        && glyph.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isIdeographic(c))
        && glyph.indexOf('\\') < 0;
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
