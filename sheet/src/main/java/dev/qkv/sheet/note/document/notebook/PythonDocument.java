package dev.qkv.sheet.note.document.notebook;

import dev.qkv.sheet.note.document.text.Lines;
import dev.qkv.sheet.note.document.text.Traced;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Python files: comments and docstrings are prose, what they print stays with the code. */
public final class PythonDocument {
  private static final Pattern COMMENT = Pattern.compile("\\s*#.*");
  private static final Pattern PRINTED =
      Pattern.compile(
          "\\s*#\\s*(?:\\[|tensor\\(|array\\(|-?\\d+\\.(?!\\s+\\p{L})|[,\\d.\\s\\])inf-]+$).*");
  private static final Pattern DIVIDER = Pattern.compile("\\s*#[\\s#=*_-]*");

  /** The first line of a cell, as editors mark it. */
  private static final Pattern CELL = Pattern.compile("\\s*#\\s*%%\\s*(?=\\S)");

  /** A function for each exercise. */
  private static final Pattern FUNCTION =
      Pattern.compile(
          "def\\s+(?:(?:test|check|solve|run)_)?(?:ex|exercise|problem|prob|task|question|q|drill)_?(\\d{1,2})\\(.*");

  /** What says that the comments below are what the code above prints. */
  private static final Pattern PRINTS =
      Pattern.compile(
          "(?i)\\s*#[\\s=*-]*(?:(?:(?:the|this|printed|program|console|expected)\\s+)?(?:out(?:puts?)?|prints?|printed|stdout|prints the following)(?:\\s*\\[\\d*\\])?(?:\\s*[/(（]?\\s*(?:打印|输出|运行)(?:结果|输出)?[)）]?)?|(?:打印|运行|程序)(?:的?结果|的?输出)?|输出(?:结果)?|控制台输出)\\s*[:：]?[\\s=*-]*");

  /** What prints a line between the outputs of exercises. */
  private static final Pattern PART =
      Pattern.compile(
          "(?i)\\s*[=#*~-]{2,}\\s*(?:exercise|problem|question|task|ex|q|p|题目?|练习|第)?\\s*\\.?(\\d{1,2})\\s*题?[\\s:：.]*[=#*~-]{2,}\\s*");

  /** A comment that shows what the line above it prints. */
  private static final Pattern ARROW =
      Pattern.compile(
          "(\\s*#\\s*(?:->|=>|→|⇒|>>>?|[Oo]ut(?:put)?\\s*:)\\s*)(?=\\[|tensor|array|-?[\\d.]|\\().*");

  /** More rows of it. */
  private static final Pattern ROWS =
      Pattern.compile(
          "\\s*#\\s*(?=[\\[\\]\\d-])[\\[\\](),.\\d\\s+e-]*(?:(?:inf|nan)[\\[\\](),.\\d\\s+e-]*)*");

  private static final Pattern QUOTE = Pattern.compile("\\s*[rbf]?(\"{3}|'{3})\\s*");

  /** A printed array: the string that shows it behind what prints it is read with the code. */
  private static final Pattern NUMBERS =
      Pattern.compile("\\s*(?:(?:tensor|array)\\()?\\[[\\[\\s]*[-\\d.].*");

  private PythonDocument() {}

  public static Traced of(String text) {
    Lines lines = new Lines(text);
    Traced.Builder out = new Traced.Builder(text);
    boolean code = false;
    boolean doc = false;
    for (int line = 1; line <= lines.count(); line++) {
      String words = lines.line(line);
      int start = lines.start(line);
      if (!doc && PRINTS.matcher(words).matches()) {
        out.insert(code ? "```\n" : "", start);
        code = false;
        boolean string = QUOTE.matcher(lines.line(Math.min(line + 1, lines.count()))).matches();
        line = (string ? quoted(lines, line + 2, out) : printed(lines, line + 1, out)) - 1;
        continue;
      }
      if (!doc && ARROW.matcher(words).matches()) {
        out.insert(code ? "```\n" : "", start);
        code = false;
        line = shown(lines, line, out) - 1;
        continue;
      }
      boolean quoted = code && !doc && QUOTE.matcher(words).matches();
      if (quoted && NUMBERS.matcher(lines.line(Math.min(line + 1, lines.count()))).matches()) {
        int end = Math.min(closing(lines, line + 1), lines.count());
        out.copy(start, Math.min(text.length(), lines.end(end) + 1));
        line = end;
        continue;
      }
      Matcher function = FUNCTION.matcher(words);
      if (!doc && function.matches()) {
        out.insert(code ? "```\n\n## Exercise " : "\n## Exercise ", start);
        out.copy(start + function.start(1), start + function.end(1)).insert("\n\n", start);
        code = false;
      }
      boolean quotes = words.contains("\"\"\"") || words.contains("'''");
      boolean prose =
          doc || quotes || (COMMENT.matcher(words).matches() && !PRINTED.matcher(words).matches());
      if (quotes && words.indexOf("\"\"\"") == words.lastIndexOf("\"\"\"")) {
        doc = !doc;
      }
      if (prose != !code && !words.isBlank()) {
        out.insert(code ? "```\n\n" : "\n```python\n", start);
        code = !code;
      }
      if (prose && DIVIDER.matcher(words).matches()) {
        continue;
      }
      Matcher cell = CELL.matcher(words);
      boolean title = prose && cell.lookingAt();
      if (title) {
        out.insert("\n## ", start);
      }
      int from = title ? start + cell.end() : prose ? start + marks(words) : start;
      out.copy(
          Math.min(from, lines.end(line)), Math.min(text.length(), start + words.length() + 1));
      if (prose) {
        out.insert("\n", start);
      }
    }
    if (code) {
      out.insert("\n```\n", Math.max(0, text.length() - 1));
    }
    return out.build();
  }

  /** Writes a comment with an arrow, and rows of numbers below it, as what was printed. */
  private static int shown(Lines lines, int first, Traced.Builder out) {
    out.insert("```output\n", lines.start(first));
    Matcher arrow = ARROW.matcher(lines.line(first));
    int from = arrow.lookingAt() ? arrow.end(1) : 0;
    out.copy(lines.start(first) + from, lines.end(first)).insert("\n", lines.end(first));
    int line = first + 1;
    while (line <= lines.count() && ROWS.matcher(lines.line(line)).matches()) {
      int mark = lines.line(line).indexOf('#') + 1;
      out.copy(lines.start(line) + mark, lines.end(line)).insert("\n", lines.end(line));
      line++;
    }
    out.insert("```\n", lines.start(Math.min(line, lines.count())));
    return line;
  }

  /** Writes comments as what was printed; the line behind them. */
  private static int printed(Lines lines, int first, Traced.Builder out) {
    int line = first;
    out.insert("```output\n", lines.start(first));
    while (line <= lines.count() && COMMENT.matcher(lines.line(line)).matches()) {
      int mark = lines.line(line).indexOf('#') + 1;
      out.copy(lines.start(line) + mark, lines.end(line)).insert("\n", lines.end(line));
      line++;
    }
    out.insert("```\n", lines.start(line));
    return line;
  }

  /**
   * Writes what stands between quotes as what was printed, each exercise's part under its number.
   */
  private static int quoted(Lines lines, int first, Traced.Builder out) {
    int end = closing(lines, first);
    int parts = 0;
    for (int line = first; line < end; line++) {
      parts += PART.matcher(lines.line(line)).matches() ? 1 : 0;
    }
    int start = lines.start(Math.min(first, lines.count()));
    out.insert(parts > 1 ? "\n## Answers\n\n```output\n" : "```output\n", start);
    for (int line = first; line < end; line++) {
      Matcher part = PART.matcher(lines.line(line));
      if (parts > 1 && part.matches()) {
        int at = lines.start(line);
        out.insert("```\n\n", at)
            .copy(at + part.start(1), at + part.end(1))
            .insert(".\n\n```output\n", at);
      } else {
        out.copy(lines.start(line), lines.end(line)).insert("\n", lines.end(line));
      }
    }
    out.insert("```\n", lines.start(Math.min(end, lines.count())));
    return end + 1;
  }

  /** The line of the quotes that close a string; the one behind the last if none do. */
  private static int closing(Lines lines, int first) {
    int end = first;
    while (end <= lines.count() && !QUOTE.matcher(lines.line(end)).matches()) {
      end++;
    }
    return end;
  }

  /** How many characters of a line of prose are marks of a comment. */
  private static int marks(String words) {
    int at = 0;
    while (at < words.length() && " \t#\"'".indexOf(words.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }
}
