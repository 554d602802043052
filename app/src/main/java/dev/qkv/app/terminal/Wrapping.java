package dev.qkv.app.terminal;

import java.util.regex.Pattern;

/**
 * Breaks lines that are longer than the terminal is wide between words, and indents what goes on.
 * Rows of tall brackets stay whole: broken, they would say something else.
 *
 * @param width columns of the terminal; 0 for no end
 */
public record Wrapping(int width) {
  private static final int HANG = 4;
  private static final int LEAST = 20;

  /** Behind blanks, and beside Chinese characters but for a stop, which begins no line. */
  private static final Pattern PLACES =
      Pattern.compile("(?<= )(?! )|(?<=\\p{IsHan})(?=[\\p{IsHan}\\w])|(?<=[，。、；：])(?=\\p{IsHan})");

  /**
   * Text for the terminal.
   *
   * @param text lines, perhaps with escape sequences of colour
   * @return the same words, on lines that fit where their words do
   */
  public String of(String text) {
    if (width < LEAST) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end;
      line(out, text.substring(from, to));
      out.append(end < 0 ? "" : "\n");
      from = to + 1;
    }
    return out.toString();
  }

  private void line(StringBuilder out, String line) {
    if (shown(line) <= width || line.codePoints().anyMatch(c -> c >= '⎡' && c <= '⎦')) {
      out.append(line);
      return;
    }
    int indent = line.length() - line.stripLeading().length();
    int hang = Math.min(indent + HANG, width / 2);
    int at = indent;
    boolean first = true;
    out.append(line, 0, indent);
    for (String piece : PLACES.split(line.substring(indent))) {
      int length = shown(piece);
      if (!first && at + shown(piece.stripTrailing()) > width) {
        out.setLength(out.length() - trailing(out));
        out.append('\n').append(" ".repeat(hang));
        at = hang;
      }
      out.append(piece);
      at += length;
      first = false;
    }
  }

  private static int trailing(StringBuilder out) {
    int blanks = 0;
    while (blanks < out.length() && out.charAt(out.length() - 1 - blanks) == ' ') {
      blanks++;
    }
    return blanks;
  }

  private static int shown(String text) {
    return Width.of(text.replaceAll("\u001b\\[\\d*m", ""));
  }
}
