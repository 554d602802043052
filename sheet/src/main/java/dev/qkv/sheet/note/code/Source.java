package dev.qkv.sheet.note.code;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Divides source code into statements with their comments. */
public final class Source {
  private static final Pattern PROMPT =
      Pattern.compile("^\\s*(?:>>>|\\.\\.\\.:?|In \\[\\d+\\]:|Out\\[\\d+\\]:)\\s?");

  /**
   * A statement with its comment.
   *
   * @param from where it starts, behind its prompt
   * @param comment where the comment's words start; −1 without one
   * @param to where it ends, with its comment
   */
  public record Line(int from, int comment, int to) {
    /** Where the code ends. */
    public int codeEnd() {
      return comment < 0 ? to : comment - 1;
    }
  }

  private Source() {}

  /** The statements of {@code text[from, to)}. */
  public static List<Line> of(String text, int from, int to) {
    List<Line> lines = new ArrayList<>();
    int at = from;
    while (at < to) {
      Matcher prompt = PROMPT.matcher(text).region(at, to);
      at = prompt.lookingAt() ? prompt.end() : at;
      Line line = line(text, at, to);
      lines.add(line);
      at = line.to() + 1;
    }
    return lines;
  }

  private static Line line(String text, int from, int limit) {
    int depth = 0;
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'') {
        i = Statement.stringEnd(text, i, limit);
      } else if (c == '#' && depth == 0) {
        return new Line(from, i + 1, commentEnd(text, i, limit));
      } else if (c == '#') {
        int end = text.indexOf('\n', i);
        i = end < 0 || end >= limit ? limit : end - 1;
      } else if ((c == '\n' || c == ';') && depth <= 0) {
        return new Line(from, -1, i);
      } else {
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      }
    }
    return new Line(from, -1, limit);
  }

  /** Where a comment ends: numbers that it prints may go on over lines. */
  private static int commentEnd(String text, int from, int limit) {
    int stop = text.indexOf('\n', from);
    int open = 0;
    int at = from;
    while (stop >= 0 && stop < limit) {
      for (; at < stop; at++) {
        open += text.charAt(at) == '[' ? 1 : text.charAt(at) == ']' ? -1 : 0;
      }
      int next = stop + 1;
      while (next < limit && text.charAt(next) == ' ') {
        next++;
      }
      if (open <= 0 || next >= limit || text.charAt(next) != '#') {
        return stop;
      }
      stop = text.indexOf('\n', next);
    }
    return limit;
  }
}
