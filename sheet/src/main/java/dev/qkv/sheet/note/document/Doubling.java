package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.notation.Tokens;
import dev.qkv.sheet.note.notation.Token;
import dev.qkv.sheet.note.notation.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Undoes what copying from a rendered page does to formulas: each stands there as the visible
 * glyphs, then as the TeX that made them, sometimes as glyphs once more. Only the TeX has the shape
 * of a matrix, so that is what stays, between dollar signs.
 */
public final class Doubling {
  private static final int LONGEST_LINE = 4_000;

  /** One visible character and where it comes from. */
  private record Glyph(char shown, int start, int end) {}

  private final String line;
  private final List<Glyph> glyphs = new ArrayList<>();
  private final char[] shown;
  private final boolean plainToo;

  private Doubling(String line, boolean plainToo) {
    this.line = line;
    this.plainToo = plainToo;
    for (Token token : Tokens.of(line)) {
      String visible = glyphs(token);
      boolean literal = token.kind() == Kind.NUMBER || token.kind() == Kind.WORD;
      for (int k = 0; k < visible.length(); k++) {
        int start = literal ? token.start() + k : token.start();
        glyphs.add(new Glyph(visible.charAt(k), start, literal ? start + 1 : token.end()));
      }
    }
    this.shown = new char[glyphs.size()];
    for (int k = 0; k < glyphs.size(); k++) {
      this.shown[k] = glyphs.get(k).shown();
    }
  }

  /** Whether any line has a formula doubled as glyphs and TeX. */
  public static boolean occursIn(List<String> lines) {
    return lines.stream()
        .filter(line -> line.indexOf('\\') >= 0 || line.indexOf('_') >= 0)
        .anyMatch(line -> !undo(line, false).equals(line));
  }

  /**
   * A line with each doubled formula reduced to its TeX.
   *
   * @param plainToo whether formulas whose TeX looks like their glyphs count as well; right only in
   *     a text where formulas are known to be doubled
   */
  public static String undo(String line, boolean plainToo) {
    return line.length() > LONGEST_LINE ? line : new Doubling(line, plainToo).undone();
  }

  /** What a token shows on a page. */
  private static String glyphs(Token token) {
    return switch (token.kind()) {
      case NUMBER -> token.text();
      case WORD -> token.text().startsWith("\\") ? "" : token.text();
      case SYMBOL ->
          Set.of("{", "}", "_", "^", "&", "⦃", "⦄", "√").contains(token.text()) ? "" : token.text();
      case BEGIN -> fence(token.text(), '[', '(');
      case END -> fence(token.text(), ']', ')');
      case NEW_ROW, SPACE, STOP -> "";
    };
  }

  private static String fence(String environment, char bracket, char parenthesis) {
    return switch (environment) {
      case "bmatrix" -> String.valueOf(bracket);
      case "pmatrix" -> String.valueOf(parenthesis);
      default -> "";
    };
  }

  private String undone() {
    StringBuilder out = new StringBuilder();
    int position = 0;
    int i = 0;
    while (i < glyphs.size()) {
      int length = startsHere(i) ? longest(i) : 0;
      if (length == 0) {
        i++;
        continue;
      }
      int copies = copies(i, length);
      int best = 0;
      for (int copy = 1; copy < copies; copy++) {
        if (markers(i, length, copy) > markers(i, length, best)) {
          best = copy;
        }
      }
      int from = copyStart(i, length, best);
      int to = copyEnd(i, length, best);
      out.append(line, position, glyphs.get(i).start());
      boolean inDollars = out.length() > 0 && out.charAt(out.length() - 1) == '$';
      out.append(inDollars ? "" : "$").append(line, from, to).append(inDollars ? "" : "$");
      position = copyEnd(i, length, copies - 1);
      i += copies * length;
    }
    return out.append(line.substring(position)).toString();
  }

  /** A formula starts after a space, punctuation or another script, not in the middle of a word. */
  private boolean startsHere(int i) {
    int before = glyphs.get(i).start() - 1;
    if (before < 0) {
      return true;
    }
    char c = line.charAt(before);
    return !isLatin(c) && "._^=+-".indexOf(c) < 0;
  }

  private static boolean isLatin(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }

  private int longest(int i) {
    char first = shown[i];
    for (int length = (shown.length - i) / 2; length >= 1; length--) {
      if (shown[i + length] == first
          && same(i, i + length, length)
          && counts(i, length)
          && endsThere(i, length)) {
        return length;
      }
    }
    return 0;
  }

  private boolean same(int a, int b, int length) {
    return b + length <= shown.length && Arrays.equals(shown, a, a + length, shown, b, b + length);
  }

  /**
   * Something in one copy must be TeX, or the text be known to double; digits alone never count.
   */
  private boolean counts(int i, int length) {
    boolean tex = markers(i, length, 0) + markers(i, length, 1) > 0;
    boolean more = false;
    boolean letter = false;
    for (int k = i; k < i + length; k++) {
      char c = glyphs.get(k).shown();
      more |= !Character.isDigit(c) && ".,;:，。、".indexOf(c) < 0;
      letter |= Character.isLetter(c) || c == '[';
    }
    boolean word = length > 1 && plainWord(i, length);
    return tex ? more : plainToo && letter && !word;
  }

  private boolean plainWord(int i, int length) {
    for (int k = i; k < i + length; k++) {
      if (!Character.isLetter(glyphs.get(k).shown())) {
        return false;
      }
    }
    return true;
  }

  private boolean endsThere(int i, int length) {
    int end = copyEnd(i, length, copies(i, length) - 1);
    return end >= line.length() || !(isLatin(line.charAt(end)) || line.charAt(end) == '\\');
  }

  private int copies(int i, int length) {
    int copies = 2;
    while (same(i, i + copies * length, length)) {
      copies++;
    }
    return copies;
  }

  /** Silent commands before a copy's first glyph belong to it. */
  private int copyStart(int i, int length, int copy) {
    return copy == 0 ? glyphs.get(i).start() : copyEnd(i, length, copy - 1);
  }

  /** Closing braces behind a copy's last glyph belong to it. */
  private int copyEnd(int i, int length, int copy) {
    int end = glyphs.get(i + (copy + 1) * length - 1).end();
    int start = copy == 0 ? glyphs.get(i).start() : glyphs.get(i + copy * length - 1).end();
    int open = 0;
    for (int k = start; k < end; k++) {
      open += line.charAt(k) == '{' ? 1 : line.charAt(k) == '}' ? -1 : 0;
    }
    while (end < line.length()
        && (line.charAt(end) == ' ' || line.charAt(end) == '}')
        && open > 0) {
      open -= line.charAt(end) == '}' ? 1 : 0;
      end++;
    }
    return end;
  }

  private int markers(int i, int length, int copy) {
    int count = 0;
    for (int k = copyStart(i, length, copy); k < copyEnd(i, length, copy); k++) {
      count += "\\_^{".indexOf(line.charAt(k)) >= 0 ? 1 : 0;
    }
    return count;
  }
}
