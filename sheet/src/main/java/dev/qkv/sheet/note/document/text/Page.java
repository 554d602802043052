package dev.qkv.sheet.note.document.text;

/**
 * Markdown in the making. Spaces and line breaks wait until something follows them, so that none
 * comes twice, stands at the end of a line or splits a heading.
 */
public final class Page {
  private static final int PARAGRAPH = 2;

  /** Ticks that open a block of code. */
  private static final int FENCE = 3;

  private final String source;
  private final Traced.Builder out;
  private int behind;
  private int breaks;
  private boolean space;
  private boolean held = true;
  private String opening = "";
  private int flat;
  private int cells;
  private int bold;
  private String fence = "";

  public Page(String source) {
    this.source = source;
    this.out = new Traced.Builder(source);
  }

  /** Appends a part of the source as it is. */
  public void copy(int from, int to) {
    if (from >= to) {
      return;
    }
    settle(from);
    int start = from;
    if (cells > 0) {
      for (int i = from; i < to; i++) {
        if (source.charAt(i) == '|') {
          out.copy(start, i).insert("\\", i);
          start = i;
        }
      }
    }
    out.copy(start, to);
    behind = to;
  }

  /** Appends a part of the source whose runs of white space count as one space each. */
  public void words(int from, int to) {
    int i = from;
    while (i < to) {
      int start = i;
      while (i < to && !blank(source.charAt(i))) {
        i++;
      }
      copy(start, i);
      if (i < to) {
        space();
      }
      while (i < to && blank(source.charAt(i))) {
        i++;
      }
    }
  }

  public static boolean blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\u000b';
  }

  /** Appends what stands for a place of the source. */
  public void insert(String words, int origin) {
    settle(origin);
    out.insert(words, origin);
    behind = origin;
  }

  /** Appends without the space or break that waits: that comes behind. */
  public void tight(String words) {
    out.insert(words, behind);
    held = false;
  }

  public void space() {
    space = !held && opening.isEmpty();
  }

  /** What follows starts a line. */
  public void line() {
    breakOf(1);
  }

  /** What follows starts a paragraph. */
  public void paragraph() {
    breakOf(PARAGRAPH);
  }

  private void breakOf(int size) {
    if (flat > 0) {
      space();
    } else if (!held) {
      breaks = Math.max(breaks, size);
      space = false;
    }
  }

  /** Whether nothing stands on this line yet. */
  public boolean atLineStart() {
    return held || breaks > 0;
  }

  /** A label stands here: what follows stays on its line. */
  public void label(String label, int origin) {
    insert(label + " ", origin);
    hold();
  }

  /** Breaks and spaces that come before the next character are none. */
  public void hold() {
    held = true;
  }

  /** From here on breaks are spaces, until as many calls of {@link #unflatten}. */
  public void flatten() {
    flat++;
  }

  public void unflatten() {
    flat--;
  }

  /** A cell of a table starts: no breaks, and bars are escaped. */
  void openCell() {
    flatten();
    cells++;
    held = true;
  }

  void closeCell() {
    cells--;
    space = false;
    held = false;
    unflatten();
  }

  /** Whether a heading or a cell is being written, which cannot hold lines of their own. */
  public boolean isFlat() {
    return flat > 0;
  }

  /** What follows is bold, until {@link #unbold}. */
  public void bold() {
    if (bold++ == 0 && flat == cells) {
      opening = "**";
    }
  }

  public void unbold() {
    if (--bold == 0 && flat == cells) {
      if (opening.isEmpty()) {
        tight("**");
      }
      opening = "";
    }
  }

  private void settle(int origin) {
    if (breaks > 0) {
      out.insert("\n".repeat(breaks), behind);
    } else if (space) {
      out.insert(" ", behind);
    }
    if (!opening.isEmpty()) {
      out.insert(opening, origin);
      opening = "";
    }
    breaks = 0;
    space = false;
    held = false;
  }

  /**
   * Starts a block of code, or goes on in a heading or a cell as if there were none.
   *
   * @param content all that the block will hold
   */
  public void openFence(String language, CharSequence content, int origin) {
    fence = fence(content);
    if (!isFlat()) {
      paragraph();
      insert(fence + language, origin);
      out.insert("\n", origin);
    }
  }

  /** Closes the block; the code must have ended its last line. */
  public void closeFence(int origin) {
    if (!isFlat()) {
      insert(fence, origin);
      paragraph();
    }
  }

  /** Enough ticks to fence what contains ticks itself. */
  public static String fence(CharSequence content) {
    return "`".repeat(Math.max(FENCE, longestRunOfTicks(content) + 1));
  }

  private static int longestRunOfTicks(CharSequence content) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < content.length(); i++) {
      run = content.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** A block of code that stands in the source as it is. */
  public void code(String language, int from, int to) {
    String content = source.substring(from, to);
    openFence(language, content, from);
    if (isFlat()) {
      words(from, to);
      return;
    }
    copy(from, to);
    if (!content.endsWith("\n")) {
      line();
    }
    closeFence(to);
  }

  public Traced build() {
    if (out.length() > 0) {
      out.insert("\n", behind);
    }
    return out.build();
  }
}
