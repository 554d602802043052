package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.document.text.Traced;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows of numbers on one line, as {@code K: 1 0 / 0 1} or {@code [1 0] / [0 1]}, become a matrix in
 * brackets, and so does a row behind a colon or behind the word for what it is.
 */
final class InlineRows {
  private static final String NUMBER =
      "(?:[-−+]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)|[-−](?:inf|∞))(?![\\w.%]|[/^]\\S)";
  private static final String ROW = NUMBER + "(?:[ \\t]+" + NUMBER + ")*";

  /** Rows with a sign between them. */
  private static final Pattern SEPARATED =
      Pattern.compile(
          "(?<![\\p{L}\\d.)\\]_^/|=−+-])"
              + ROW
              + "(?:(?:[ \\t]+[/|][ \\t]+|[ \\t]*[;；|][ \\t]+)"
              + ROW
              + ")+(?![\\w.(\\[/])");

  /** Rows of which the words before them say that they are. */
  private static final Pattern LISTED =
      Pattern.compile(
          "(?<=(?:行|\\brows?)(?:是|为|分别是|分别为| are)?[ \\t]{0,2}[:：]?[ \\t]{0,2})"
              + ROW
              + "(?:[ \\t]*(?:和|与|,|，|、|\\band\\b)[ \\t]*"
              + ROW
              + ")+(?![\\w.(\\[/])");

  /** Rows in brackets with a sign between them. */
  private static final Pattern BRACKETED =
      Pattern.compile(
          "\\[[-−\\d.,\\s∞inf/]{1,80}\\](?:[ \\t]*[/|][ \\t]*\\[[-−\\d.,\\s∞inf/]{1,80}\\])+");

  /** One row behind a sign or word that leads to it. */
  private static final Pattern SINGLE =
      Pattern.compile(
          "(?<=[:：=＝][ \\t]{0,3}|(?:查询|键|值|权重|得分|打分|分数|输出|注意力|输入|梯度|更新后|矩阵|行|\\brow \\d|W_[QKVO]|[)）])[ \\t]{1,3})"
              + "(?<![\\d.][ \\t]{0,3})"
              + NUMBER
              + "(?:[ \\t]+"
              + NUMBER
              + ")+(?=[ \\t]*(?:$|[;；,，。]|\\.(?!\\d)|\\p{IsHan}|[(（]|[A-Za-z](?:_?\\d{1,2})?[ \\t]*[=＝:]))");

  private static final Pattern CELL = Pattern.compile(NUMBER);
  private static final Pattern BETWEEN = Pattern.compile("[/|;；]");
  private static final Pattern LISTING = Pattern.compile("和|与|[,，、]|\\band\\b");

  /** Longer lines are no rows of an exercise. */
  private static final int LONGEST = 1_000;

  private final String line;

  private InlineRows(String line) {
    this.line = line;
  }

  private record Edit(int from, int to, String words) {}

  /** The text with such rows as matrices, except in code, traced to it. */
  static Traced of(String text) {
    Lines lines = new Lines(text);
    Traced.Builder out = new Traced.Builder(text);
    boolean code = false;
    for (int number = 1; number <= lines.count(); number++) {
      String line = lines.line(number);
      code = line.startsWith("```") ? !code && Cleaning.opensCode(line) : code;
      int start = lines.start(number);
      boolean plain = !code && line.length() <= LONGEST && !line.stripLeading().startsWith("|");
      int from = 0;
      for (Edit edit : plain ? new InlineRows(line).edits() : List.<Edit>of()) {
        out.copy(start + from, start + edit.from()).insert(edit.words(), start + edit.from());
        from = edit.to();
      }
      out.copy(start + from, Math.min(text.length(), start + line.length() + 1));
    }
    return out.build();
  }

  private List<Edit> edits() {
    List<Edit> edits = new ArrayList<>();
    Matcher bracketed = BRACKETED.matcher(line);
    while (bracketed.find()) {
      if (isOutside(bracketed.start()) && even(bracketed.group(), BETWEEN, 1)) {
        edits.add(new Edit(bracketed.start(), bracketed.start(), "["));
        separators(bracketed.start(), bracketed.end(), BETWEEN, ", ", edits);
        edits.add(new Edit(bracketed.end(), bracketed.end(), "]"));
      }
    }
    if (!edits.isEmpty()) {
      return edits;
    }
    Matcher listed = LISTED.matcher(line);
    while (listed.find()) {
      if (isOutside(listed.start()) && even(listed.group(), LISTING, 2)) {
        edits.add(new Edit(listed.start(), listed.start(), "["));
        separators(listed.start(), listed.end(), LISTING, "; ", edits);
        edits.add(new Edit(listed.end(), listed.end(), "]"));
      }
    }
    if (!edits.isEmpty()) {
      return edits;
    }
    Matcher separated = SEPARATED.matcher(line);
    int done = 0;
    while (separated.find()) {
      singles(done, separated.start(), edits);
      done = separated.end();
      int least = separated.group().indexOf('|') >= 0 ? 1 : 2;
      if (isOutside(separated.start()) && even(separated.group(), BETWEEN, least)) {
        edits.add(new Edit(separated.start(), separated.start(), "["));
        separators(separated.start(), separated.end(), BETWEEN, "; ", edits);
        edits.add(new Edit(separated.end(), separated.end(), "]"));
      }
    }
    singles(done, line.length(), edits);
    return edits;
  }

  private void singles(int from, int to, List<Edit> edits) {
    Matcher single = SINGLE.matcher(line).region(from, to).useTransparentBounds(true);
    while (single.find()) {
      if (isOutside(single.start())) {
        edits.add(new Edit(single.start(), single.start(), "["));
        edits.add(new Edit(single.end(), single.end(), "]"));
      }
    }
  }

  private void separators(int from, int to, Pattern sign, String words, List<Edit> edits) {
    Matcher between = sign.matcher(line).region(from, to);
    while (between.find()) {
      edits.add(new Edit(between.start(), between.end(), words));
    }
  }

  /** Whether no bracket is open before a place. */
  private boolean isOutside(int at) {
    int depth = 0;
    for (int i = 0; i < at; i++) {
      char c = line.charAt(i);
      depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
    }
    return depth == 0 && line.substring(0, at).chars().filter(c -> c == '$').count() % 2 == 0;
  }

  /** Whether all rows have as many numbers, and enough of them. */
  private static boolean even(String rows, Pattern sign, int least) {
    int width = -1;
    for (String row : sign.split(rows)) {
      int cells = (int) CELL.matcher(row).results().count();
      if (cells < least || (width >= 0 && cells != width)) {
        return false;
      }
      width = cells;
    }
    return true;
  }
}
