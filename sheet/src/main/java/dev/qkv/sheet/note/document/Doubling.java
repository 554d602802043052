package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Traced;
import dev.qkv.sheet.note.notation.Token;
import dev.qkv.sheet.note.notation.Token.Kind;
import dev.qkv.sheet.note.notation.Tokens;
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
  private static final int SHORTEST_JUMBLE = 6;

  /** Pieces of tall brackets, three of each. */
  private static final String PIECES = "⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠";

  private static final String WHOLE = "[]()";
  private static final int LONGEST_LINE = 2_000;

  /** One visible character and where it comes from. */
  private record Glyph(char shown, int start, int end, int depth) {}

  private final String line;
  private final List<Glyph> glyphs = new ArrayList<>();
  private final char[] shown;
  private final boolean plainToo;

  private Doubling(String line, boolean plainToo) {
    this.line = line;
    this.plainToo = plainToo;
    int depth = 0;
    for (Token token : Tokens.of(line)) {
      depth -= token.kind() == Kind.END ? 1 : 0;
      String visible = glyphs(token);
      boolean literal = token.kind() == Kind.NUMBER || token.kind() == Kind.WORD;
      if (tall(token)) {
        continue;
      }
      for (int k = 0; k < visible.length(); k++) {
        int start = literal ? token.start() + k : token.start();
        glyphs.add(new Glyph(visible.charAt(k), start, literal ? start + 1 : token.end(), depth));
      }
      depth += token.kind() == Kind.BEGIN ? 1 : 0;
    }
    this.shown = new char[glyphs.size()];
    for (int k = 0; k < glyphs.size(); k++) {
      this.shown[k] = glyphs.get(k).shown();
    }
  }

  /** Adds the pieces of a tall bracket as the one bracket that they are. */
  private boolean tall(Token token) {
    int piece = token.text().length() == 1 ? PIECES.indexOf(token.text()) : -1;
    if (piece < 0) {
      return false;
    }
    char bracket = WHOLE.charAt(piece / 3);
    Glyph before = glyphs.isEmpty() ? null : glyphs.getLast();
    boolean goesOn = before != null && before.shown() == bracket && before.end() == token.start();
    int start = goesOn ? glyphs.removeLast().start() : token.start();
    glyphs.add(new Glyph(bracket, start, token.end(), 0));
    return true;
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
    if (line.length() > LONGEST_LINE) {
      return line;
    }
    Traced.Builder out = new Traced.Builder(line);
    new Doubling(line, plainToo).undone(0, out);
    return out.build().text();
  }

  /** Appends a line with each doubled formula reduced to its TeX. */
  static void undo(String line, int start, Traced.Builder out) {
    if (line.length() > LONGEST_LINE) {
      out.copy(start, start + line.length());
    } else {
      new Doubling(line, true).undone(start, out);
    }
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
      case NEW_ROW, NEW_LINE, SPACE, STOP -> "";
    };
  }

  private static String fence(String environment, char bracket, char parenthesis) {
    return switch (environment) {
      case "bmatrix" -> String.valueOf(bracket);
      case "pmatrix" -> String.valueOf(parenthesis);
      default -> "";
    };
  }

  private void undone(int offset, Traced.Builder out) {
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
      int before = glyphs.get(i).start();
      out.copy(offset + position, offset + before);
      boolean inDollars = before > 0 && before > position && line.charAt(before - 1) == '$';
      if (!inDollars) {
        out.insert("$", offset + before);
      }
      out.copy(offset + from, offset + to);
      if (!inDollars) {
        out.insert("$", offset + to - 1);
      }
      position = copyEnd(i, length, copies - 1);
      i += copies * length;
    }
    out.copy(offset + position, offset + line.length());
  }

  /** A formula starts after a space, punctuation or another script, not in the middle of a word. */
  private boolean startsHere(int i) {
    if (",;，；、".indexOf(shown[i]) >= 0) {
      return false;
    }
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
          && (same(i, i + length, length) || shuffled(i, length))
          && counts(i, length)
          && endsThere(i, length)) {
        return length;
      }
    }
    return 0;
  }

  /** Whether a piece starts and ends outside matrices: rows that are equal are no copies. */
  private boolean isOutside(int start, int length) {
    return start + length <= glyphs.size()
        && glyphs.get(start).depth() == 0
        && glyphs.get(start + length - 1).depth() == 0;
  }

  private boolean same(int a, int b, int length) {
    return b + length <= shown.length
        && isOutside(a, length)
        && isOutside(b, length)
        && Arrays.equals(shown, a, a + length, shown, b, b + length);
  }

  /**
   * Something in one copy must be TeX, or the text be known to double; digits alone never count.
   */
  private boolean counts(int i, int length) {
    int first = markers(i, length, 0);
    int second = markers(i, length, 1);
    if (first > 0 && second > 0) {
      return false;
    }
    boolean tex = first + second > 0;
    boolean more = false;
    boolean letter = false;
    for (int k = i; k < i + length; k++) {
      char c = glyphs.get(k).shown();
      more |= !Character.isDigit(c) && ".,;:，。、".indexOf(c) < 0;
      letter |= Character.isLetter(c) || c == '[';
    }
    boolean word = length > 1 && plainWord(i, length);
    return tex ? more : plainToo && (letter || isTuple(i, length)) && !word;
  }

  /** Whether a piece is numbers in parentheses. */
  private boolean isTuple(int i, int length) {
    boolean comma = false;
    for (int k = i; k < i + length; k++) {
      comma |= shown[k] == ',';
    }
    return comma && shown[i] == '(' && shown[i + length - 1] == ')';
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
    return end >= line.length()
        || !(isLatin(line.charAt(end)) || "\\{".indexOf(line.charAt(end)) >= 0);
  }

  private int copies(int i, int length) {
    int copies = 2;
    while (same(i, i + copies * length, length)) {
      copies++;
    }
    return jumbled(i, i + copies * length, length) ? copies + 1 : copies;
  }

  /** A further copy whose matrix was read column by column has the same signs in another order. */
  private boolean jumbled(int a, int b, int length) {
    if (length < SHORTEST_JUMBLE || !isOutside(b, length)) {
      return false;
    }
    char[] first = Arrays.copyOfRange(shown, a, a + length);
    char[] second = Arrays.copyOfRange(shown, b, b + length);
    if (first[0] != second[0] || first[1] != second[1] || first[length - 1] != second[length - 1]) {
      return false;
    }
    Arrays.sort(first);
    Arrays.sort(second);
    return Arrays.equals(first, second);
  }

  /** Silent commands before a copy's first glyph belong to it. */
  private int copyStart(int i, int length, int copy) {
    return copy == 0 ? glyphs.get(i).start() : copyEnd(i, length, copy - 1);
  }

  /** Whether a matrix that was read column by column stands before its TeX. */
  private boolean shuffled(int i, int length) {
    return "])".indexOf(shown[i + length - 1]) >= 0
        && isOutside(i, length)
        && jumbled(i, i + length, length)
        && markers(i, length, 0) == 0;
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
