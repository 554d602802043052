package dev.qkv.sheet.note.document.csv;

import dev.qkv.sheet.note.document.text.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts separated values into rows of cells. The separator is the one that lines have equally often;
 * brackets and quotation marks hold a cell together.
 */
final class CsvRows {
  /** Lines by which the separator is told. */
  private static final int SAMPLE = 50;

  private static final int LONGEST_SAMPLE = 20_000;

  /** How long a matrix may be that is written in a cell without quotation marks. */
  private static final int LONGEST_BRACKETS = 300;

  private final String source;
  private final char separator;
  private final List<List<CsvCell>> rows = new ArrayList<>();
  private List<CsvCell> row = new ArrayList<>();
  private boolean quotesEnd = true;
  private int column;

  private CsvRows(String source) {
    this.source = source;
    this.separator = separator(source);
  }

  /** The rows of a text; an empty one for each line that has no cells. */
  static CsvRows of(String source) {
    CsvRows rows = new CsvRows(source);
    rows.cut();
    return rows;
  }

  List<List<CsvCell>> rows() {
    return rows;
  }

  /** Whether numbers are written with a comma before their decimals. */
  boolean commaBeforeDecimals() {
    return separator != ','
        && rows.stream()
            .flatMap(List::stream)
            .noneMatch(cell -> cell.isNumber() && cell.text().indexOf('.') >= 0);
  }

  private static char separator(String source) {
    char best = ',';
    int bestLines = 0;
    for (char candidate : new char[] {'\t', ';', ','}) {
      Map<Integer, Integer> lines = new HashMap<>();
      String head = source.substring(0, Math.min(source.length(), LONGEST_SAMPLE));
      head.lines()
          .limit(SAMPLE)
          .filter(line -> !line.isBlank())
          .forEach(line -> lines.merge(count(line, candidate), 1, Integer::sum));
      lines.remove(0);
      int most = lines.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      if (most > bestLines) {
        best = candidate;
        bestLines = most;
      }
    }
    return best;
  }

  private static int count(String line, char candidate) {
    int count = 0;
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
      count += c == candidate && !quoted && depth <= 0 ? 1 : 0;
    }
    return count;
  }

  private void cut() {
    int i = 0;
    while (i < source.length()) {
      char c = source.charAt(i);
      if (c == '\n') {
        endRow();
        i++;
      } else if (c == separator) {
        column++;
        i++;
      } else if (c == ' ' || c == '\t') {
        i++;
      } else {
        i = cell(i, c);
      }
    }
    endRow();
  }

  private void endRow() {
    rows.add(row);
    row = new ArrayList<>();
    column = 0;
  }

  private int cell(int from, char first) {
    int close = first == '"' && quotesEnd ? closingQuote(from) : -1;
    if (close >= 0) {
      String text = source.substring(from + 1, close).replace("\"\"", "\"");
      add(from + 1, close, text);
      return close + 1;
    }
    int end = first == '[' || first == '(' ? behindBrackets(from) : from;
    while (end < source.length() && source.charAt(end) != separator && source.charAt(end) != '\n') {
      end++;
    }
    add(from, end, source.substring(from, end));
    return end;
  }

  private void add(int from, int to, String text) {
    int start = from;
    int end = to;
    while (start < end && Page.blank(source.charAt(start))) {
      start++;
    }
    while (end > start && Page.blank(source.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      row.add(CsvCell.of(column, start, end, text.strip()));
    }
  }

  private int closingQuote(int from) {
    int i = source.indexOf('"', from + 1);
    while (i >= 0 && i + 1 < source.length() && source.charAt(i + 1) == '"') {
      i = source.indexOf('"', i + 2);
    }
    quotesEnd = i >= 0;
    return i;
  }

  private int behindBrackets(int from) {
    int depth = 0;
    int limit = Math.min(source.length(), from + LONGEST_BRACKETS);
    for (int i = from; i < limit && source.charAt(i) != '\n'; i++) {
      char c = source.charAt(i);
      depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return from;
  }
}
