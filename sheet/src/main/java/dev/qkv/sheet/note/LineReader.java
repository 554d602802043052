package dev.qkv.sheet.note;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a logical line: what it says that quantities are, and what it asks. */
final class LineReader {
  private static final Pattern QUOTED =
      Pattern.compile("[“\"「『‘]([\\p{IsHan}]{1,4}|[A-Za-z]{1,12})[”\"」』’]");

  private static final Pattern LEADING_TOKEN =
      Pattern.compile("^[^\\p{L}]*([\\p{IsHan}]{1,4}|[A-Za-z]{1,12})[”\"'」』]?\\s*[:：]");

  private final String text;
  private final Draft draft;
  private final Context context;

  LineReader(String text, Draft draft, Context context) {
    this.text = text;
    this.draft = draft;
    this.context = context;
  }

  /** Reads {@code text[from, to)}; a label may have stood before it. */
  void read(int from, int to, int number, boolean labelled) {
    token(text.substring(from, to));
    LogicalLine line = new LogicalLine(text, draft, context, from, to, number);
    Sizes sizes = new Sizes(line);
    new ClauseReader(line, sizes, labelled).read();
    new Remainder(line, sizes).read(labelled);
  }

  /** A token at the start of a line, or in quotation marks where something is asked, is its row. */
  private void token(String words) {
    Matcher leading = LEADING_TOKEN.matcher(words);
    if (leading.find() && draft.isToken(leading.group(1))) {
      context.row = leading.group(1);
      return;
    }
    Matcher quoted = QUOTED.matcher(words);
    String found = "";
    while (quoted.find()) {
      if (draft.isToken(quoted.group(1))) {
        found = found.isEmpty() || found.equals(quoted.group(1)) ? quoted.group(1) : "?";
      }
    }
    if (!found.isEmpty() && !found.equals("?")) {
      context.row = found;
      context.token = true;
    }
  }
}
