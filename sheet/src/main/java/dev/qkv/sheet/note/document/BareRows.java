package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.document.text.Traced;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows of numbers without brackets, one below the other, become a matrix on one line; columns that
 * wide gaps part are matrices of their own.
 */
final class BareRows {
  private static final String NUMBER =
      "[-−+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:/\\d+)?%?|[-−]?(?:inf|∞|\\\\infty)|[-−]?√\\d+";
  private static final Pattern CELL = Pattern.compile(NUMBER);
  private static final Pattern ROW =
      Pattern.compile(
          "[> \\t]*(?:"
              + NUMBER
              + ")(?:(?:[ \\t]+|[ \\t]*[,，&][ \\t]*)(?:"
              + NUMBER
              + "))+[ \\t]*");
  private static final Pattern BRACKETED =
      Pattern.compile(
          "[ \\t]*[\\[(|│]([ \\t]*(?:"
              + NUMBER
              + ")(?:(?:[ \\t]+|[ \\t]*[,，&][ \\t]*)(?:"
              + NUMBER
              + "))+)[ \\t]*[\\])|│][ \\t]*[,;，；]?[ \\t]*(?:[(（←#].*)?");
  private static final Pattern GOES_ON =
      Pattern.compile(".*(?:[:：=＝≈]|为|是|\\b(?:are|is|with|be|get|gives?))\\s*");
  private static final int TALLEST = 12;
  private static final int FARTHEST_BRACKET = 40;
  private static final int LONGEST = 200;

  private final Lines lines;
  private final Traced.Builder out;

  BareRows(Lines lines, Traced.Builder out) {
    this.lines = lines;
    this.out = out;
  }

  /** Writes the rows that start on a line as matrices; how many lines they took. */
  int write(int line) {
    int count = count(line);
    if (count < 2 || isInside(line)) {
      return 0;
    }
    List<List<int[]>> rows = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      rows.add(cells(line + k));
    }
    List<Integer> starts = groups(rows);
    for (int g = 0; g < starts.size(); g++) {
      int from = starts.get(g);
      int to = g + 1 < starts.size() ? starts.get(g + 1) : rows.getFirst().size();
      int origin = rows.getFirst().get(from)[0];
      out.insert(g == 0 ? "[" : ", [", origin);
      for (int k = 0; k < count; k++) {
        for (int c = from; c < to; c++) {
          int[] cell = rows.get(k).get(c);
          out.insert(c > from ? " " : k > 0 ? "; " : "", cell[0]).copy(cell[0], cell[1]);
        }
      }
      out.insert("]", origin);
    }
    out.insert("\n", lines.start(line));
    return count;
  }

  /** Whether a bracket that was opened in the lines above is still open. */
  private boolean isInside(int line) {
    int open = 0;
    int first = Math.max(1, line - FARTHEST_BRACKET);
    for (int above = line - 1; above >= first && !lines.line(above).isBlank(); above--) {
      String words = lines.line(above);
      open += count(words, '[') + count(words, '(') - count(words, ']') - count(words, ')');
    }
    return open > 0;
  }

  private static int count(String words, char sign) {
    return (int) words.chars().filter(c -> c == sign).count();
  }

  /** Whether a line goes on with the rows below it, as one does that ends with a colon. */
  boolean continues(int line) {
    String words = lines.line(line);
    return words.length() <= LONGEST
        && line < lines.count()
        && GOES_ON.matcher(words).matches()
        && count(line + 1) > 1;
  }

  /** How many rows of one width stand one below the other. */
  private int count(int line) {
    int count = 0;
    int width = 0;
    while (line + count <= lines.count() && count < TALLEST) {
      String words = lines.line(line + count);
      if (words.length() > LONGEST || !row(words)) {
        break;
      }
      int cells = cells(line + count).size();
      if (count > 0 && cells != width) {
        break;
      }
      width = cells;
      count++;
    }
    return count;
  }

  private static boolean row(String words) {
    return ROW.matcher(words).matches() || BRACKETED.matcher(words).matches();
  }

  private List<int[]> cells(int line) {
    List<int[]> cells = new ArrayList<>();
    String words = lines.line(line);
    Matcher bracketed = BRACKETED.matcher(words);
    Matcher cell = CELL.matcher(words);
    if (bracketed.matches()) {
      cell.region(bracketed.start(1), bracketed.end(1));
    }
    while (cell.find()) {
      cells.add(new int[] {lines.start(line) + cell.start(), lines.start(line) + cell.end()});
    }
    return cells;
  }

  /** The columns at which matrices start: behind gaps that are much wider than the narrowest. */
  private static List<Integer> groups(List<List<int[]>> rows) {
    int width = rows.getFirst().size();
    List<Integer> gaps = new ArrayList<>();
    for (int c = 1; c < width; c++) {
      int gap = Integer.MAX_VALUE;
      for (int k = 0; k < rows.size(); k++) {
        gap = Math.min(gap, rows.get(k).get(c)[0] - rows.get(k).get(c - 1)[1]);
      }
      gaps.add(gap);
    }
    int narrowest = gaps.stream().mapToInt(g -> g).min().orElse(0);
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int c = 1; c < width; c++) {
      if (gaps.get(c - 1) >= 2 * narrowest + 3) {
        starts.add(c);
      }
    }
    return starts;
  }
}
