package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.document.text.Traced;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matrices that are typed side by side over several lines, each with its name on the first and its
 * rows without brackets of their own, become one line each.
 */
final class SideBySide {
  private static final Pattern OPENING =
      Pattern.compile(
          "([\\p{L}][\\w₀-₉^(){}]{0,11})\\s*[=:＝：]\\s*(\\[|(?=[-−.]?\\d)(?![\\d.]+[^\\s\\d.,/]))");
  private static final Pattern NUMBERS = Pattern.compile("[\\s\\d.,/√∞−+-]+");
  private static final int TALLEST = 12;

  private final Lines lines;
  private final Traced.Builder out;

  SideBySide(Lines lines, Traced.Builder out) {
    this.lines = lines;
    this.out = out;
  }

  /** A matrix: where its name starts, where its bracket opens, and its rows. */
  private record Column(int name, int open, char bracket, List<int[]> rows) {}

  /** Writes the matrices that start on a line as lines of their own; how many lines they took. */
  int write(int line) {
    List<Column> columns = columns(lines.line(line));
    if (!goesOn(line, columns)) {
      return 0;
    }
    int last = line;
    for (int next = line; next < Math.min(lines.count(), line + TALLEST); next++) {
      if (!row(next, columns, next == line)) {
        break;
      }
      last = next;
    }
    if (last == line) {
      return 0;
    }
    for (Column column : columns) {
      out.copy(lines.start(line) + column.name(), lines.start(line) + column.open());
      out.insert("[", lines.start(line) + column.open());
      for (int k = 0; k < column.rows().size(); k++) {
        int[] row = column.rows().get(k);
        out.insert(k > 0 ? "; " : "", row[0]).copy(row[0], row[1]);
      }
      out.insert("]\n", lines.start(line) + column.open());
    }
    return last - line + 1;
  }

  private static List<Column> columns(String line) {
    List<Column> columns = new ArrayList<>();
    if (line.length() > 400 || line.indexOf('=') < 0) {
      return columns;
    }
    Matcher m = OPENING.matcher(line);
    while (m.find()) {
      char bracket = m.group(2).isEmpty() ? ' ' : m.group(2).charAt(0);
      columns.add(new Column(m.start(1), m.start(2), bracket, new ArrayList<>()));
    }
    return columns;
  }

  private boolean goesOn(int line, List<Column> columns) {
    boolean bare = !columns.isEmpty() && columns.stream().allMatch(c -> c.bracket() == ' ');
    return bare ? aligned(line, columns) : columns.size() > 1 && continues(line);
  }

  /** Whether rows without brackets go on right below, number below number. */
  private boolean aligned(int line, List<Column> columns) {
    if (line >= lines.count()) {
      return false;
    }
    String next = lines.line(line + 1);
    boolean below =
        NUMBERS.matcher(next).matches()
            && columns.stream().allMatch(c -> starts(next, c.open()))
            && next.stripLeading().length() == next.length() - columns.getFirst().open();
    return below && count(next) == count(OPENING.matcher(lines.line(line)).replaceAll(""));
  }

  private static boolean starts(String row, int at) {
    return at > 0 && at < row.length() && row.charAt(at - 1) == ' ' && row.charAt(at) != ' ';
  }

  private static int count(String row) {
    return row.strip().split("[\\s,，]+").length;
  }

  /** Whether the first row leaves brackets open. */
  private boolean continues(int line) {
    if (line >= lines.count()) {
      return false;
    }
    String next = lines.line(line + 1);
    if (next.isBlank() || OPENING.matcher(next).find()) {
      return false;
    }
    String first = lines.line(line);
    long open =
        first.chars().filter(c -> c == '[').count() - first.chars().filter(c -> c == ']').count();
    return open > 1;
  }

  private boolean row(int line, List<Column> columns, boolean first) {
    String words = lines.line(line);
    if (!first
        && (words.isBlank() || OPENING.matcher(words).find() || !words.matches("[^\\p{L}]*"))) {
      return false;
    }
    boolean any = false;
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      int from = Math.max(0, column.open() - (first ? 0 : 2));
      int to = c + 1 < columns.size() ? columns.get(c + 1).name() : words.length();
      if (!first && c + 1 < columns.size()) {
        to = Math.max(0, columns.get(c + 1).open() - 2);
      }
      any |= cells(line, words, from, Math.min(to, words.length()), column);
    }
    return any;
  }

  private boolean cells(int line, String words, int from, int to, Column column) {
    int start = from;
    while (start < to
        && (Character.isWhitespace(words.charAt(start))
            || "[,，;；".indexOf(words.charAt(start)) >= 0)) {
      start++;
    }
    int end = start;
    int last = start;
    while (end < to && words.charAt(end) != ']') {
      last = Character.isWhitespace(words.charAt(end)) ? last : end + 1;
      end++;
    }
    if (last == start) {
      return false;
    }
    column.rows().add(new int[] {lines.start(line) + start, lines.start(line) + last});
    return true;
  }
}
