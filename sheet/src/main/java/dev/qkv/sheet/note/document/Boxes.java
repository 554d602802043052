package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.document.text.Traced;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matrices that are drawn over several lines, each row between brackets of its own, with the name
 * beside one of the rows; several may stand side by side and differ in height. Each becomes a line:
 * the words before it and its rows.
 */
final class Boxes {
  private static final String FIRST = "[ \\t]*[-−+]?(?:[\\d.]|√|∞|inf)";
  private static final String MORE = "\\d.,√∞ \\t−+*inf·-";

  private static final Pattern ROW =
      Pattern.compile(
          "(?<open>[\\[|│⎡⎢⎣┌└⎛⎜⎝])("
              + FIRST
              + "[/"
              + MORE
              + "]*)[\\]|│⎤⎥⎦┐┘⎞⎟⎠]|(?<top>/)("
              + FIRST
              + "["
              + MORE
              + "]*)\\\\|(?<bottom>\\\\)("
              + FIRST
              + "["
              + MORE
              + "]*)/");

  /** What leads from a name to its matrix. */
  private static final Pattern LEADS =
      Pattern.compile(".*\\p{L}.*(?:[=≈~:＝：→⇒]|->|=>|为|是|\\bis|\\bare)\\s*\\[?", Pattern.DOTALL);

  /** Between matrices and behind them nothing else stands. */
  private static final Pattern NOTHING = Pattern.compile("[\\s,，;；.。、\\[\\]]*");

  private static final String TOPS = "⎡┌⎛/";
  private static final String BOTTOMS = "⎣└⎝\\";
  private static final int TALLEST = 16;
  private static final int LONGEST_LINE = 400;

  private final Lines lines;
  private final Traced.Builder out;

  Boxes(Lines lines, Traced.Builder out) {
    this.lines = lines;
    this.out = out;
  }

  /**
   * A row of numbers between brackets.
   *
   * @param open the column of its opening bracket
   * @param close the column behind its closing bracket
   * @param wide how many signs before it are as wide as two
   * @param from where its numbers start in the text
   * @param to where they end
   * @param label where the words before it start in its line
   * @param leads whether those words lead to it
   */
  private record Row(
      int line,
      char bracket,
      int open,
      int close,
      int wide,
      int from,
      int to,
      int label,
      boolean leads) {
    boolean isBelow(Row above) {
      return line == above.line + 1
          && (isAligned(above, 0) || isAligned(above, wide - above.wide))
          && TOPS.indexOf(bracket) < 0
          && BOTTOMS.indexOf(above.bracket) < 0;
    }

    /** Whether its brackets stand below others, if it is shifted to the right. */
    private boolean isAligned(Row above, int shift) {
      return Math.abs(open + shift - above.open) <= 1 && Math.abs(close + shift - above.close) <= 1;
    }
  }

  /** Writes the matrices that start on a line as lines of their own; how many lines they took. */
  int write(int line) {
    List<List<Row>> boxes = new ArrayList<>();
    int last = line - 1;
    int next = line;
    while (next <= Math.min(lines.count(), line + TALLEST)) {
      Optional<List<Row>> rows = rows(next);
      if (rows.isEmpty() || (next > line && next > last + 1)) {
        break;
      }
      boolean joined = false;
      for (Row row : rows.get()) {
        Optional<List<Row>> above =
            boxes.stream().filter(b -> row.isBelow(b.getLast()) && joins(b, row)).findFirst();
        if (above.isPresent()) {
          above.get().add(row);
          joined = true;
        } else {
          boxes.add(new ArrayList<>(List.of(row)));
        }
      }
      boolean starts = next > line && !joined;
      if (starts && boxes.stream().anyMatch(b -> b.size() > 1)) {
        int own = next;
        boxes.removeIf(b -> b.getFirst().line() == own);
        last -= ofNext(boxes);
        break;
      }
      last = next;
      next++;
    }
    return boxes.isEmpty() || !hold(boxes) ? 0 : write(boxes, line, last);
  }

  /**
   * Takes the rows off a lone matrix that stand above the name of the next: a name is in the
   * middle; how many.
   */
  private static int ofNext(List<List<Row>> boxes) {
    List<Row> box = boxes.getFirst();
    int named = 0;
    while (named < box.size() && !box.get(named).leads()) {
      named++;
    }
    int height = 2 * named + 1;
    if (boxes.size() > 1 || named == 0 || box.size() <= height) {
      return 0;
    }
    int more = box.size() - height;
    box.subList(height, box.size()).clear();
    return more;
  }

  /** Whether a row goes on with a matrix: a row with a name of its own begins another. */
  private static boolean joins(List<Row> box, Row row) {
    return !row.leads() || box.stream().noneMatch(Row::leads);
  }

  /** The rows on a line; nothing where other words stand on it. */
  private Optional<List<Row>> rows(int number) {
    String line = lines.line(number);
    List<Row> rows = new ArrayList<>();
    if (line.length() > LONGEST_LINE) {
      return Optional.empty();
    }
    Matcher m = ROW.matcher(line);
    int label = 0;
    while (m.find()) {
      String before = line.substring(label, m.start());
      boolean leads = LEADS.matcher(before).matches() && before.indexOf('|') < 0;
      if (!leads && !NOTHING.matcher(before).matches()) {
        return Optional.empty();
      }
      int group = m.group("open") != null ? 2 : m.group("top") != null ? 4 : 6;
      String numbers = m.group(group);
      int start = lines.start(number) + m.start(group);
      int skipped = numbers.length() - numbers.stripLeading().length();
      rows.add(
          new Row(
              number,
              line.charAt(m.start()),
              m.start(),
              m.end(),
              (int) line.substring(0, m.start()).chars().filter(Boxes::isWide).count(),
              start + skipped,
              start + numbers.stripTrailing().length(),
              label,
              leads));
      label = m.end();
    }
    boolean rest = NOTHING.matcher(line.substring(label)).matches();
    return rows.isEmpty() || !rest ? Optional.empty() : Optional.of(rows);
  }

  /** Whether a sign takes two columns where all letters are as wide as each other. */
  private static boolean isWide(int sign) {
    return Character.isIdeographic(sign)
        || (sign >= 0x3000 && sign < 0x3100)
        || (sign >= 0xFF00 && sign < 0xFF61);
  }

  /** Whether boxes are matrices with a name each, and any has more than one row. */
  private static boolean hold(List<List<Row>> boxes) {
    return boxes.stream().anyMatch(b -> b.size() > 1)
        && boxes.stream().allMatch(b -> b.stream().filter(Row::leads).count() == 1);
  }

  private int write(List<List<Row>> boxes, int first, int last) {
    boxes.sort(
        Comparator.<List<Row>>comparingInt(b -> named(b).line())
            .thenComparingInt(b -> named(b).open()));
    for (List<Row> box : boxes) {
      Row named = named(box);
      int start = lines.start(named.line());
      String label = lines.line(named.line()).substring(named.label(), named.open());
      int skipped = label.length() - label.replaceFirst("^[\\s,，;；.。、\\]]+", "").length();
      int bracket = label.stripTrailing().endsWith("[") ? label.lastIndexOf('[') : label.length();
      out.copy(start + named.label() + skipped, start + named.label() + bracket);
      out.insert("[", start + named.open());
      for (int k = 0; k < box.size(); k++) {
        Row row = box.get(k);
        out.insert(k > 0 ? "; " : "", row.from()).copy(row.from(), row.to());
      }
      out.insert("]\n", start + named.open());
    }
    return last - first + 1;
  }

  private static Row named(List<Row> box) {
    return box.stream().filter(Row::leads).findFirst().orElseThrow();
  }
}
