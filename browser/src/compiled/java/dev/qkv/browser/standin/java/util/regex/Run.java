package dev.qkv.browser.standin.java.util.regex;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One attempt to match: the text, its bounds, and what was found so far. */
final class Run {
  /** The text that was looked at last: reading a note asks many patterns about one line. */
  private static String lastText = "";

  private static char[] lastSigns = {};

  final char[] text;

  /** Where signs end for what is being tried. */
  int to;

  /** Where lines and texts begin and end for anchors. */
  int edgeFrom;

  int edgeTo;

  /** What lookarounds and boundaries see. */
  int seenFrom;

  int seenTo;

  /** Whether only a match of all counts. */
  boolean whole;

  /** Where the last match ended. */
  int end;

  /** Starts and ends of groups; -1 where a group has none. */
  final int[] groups;

  /** How often a loop went round, and where its round began. */
  final int[] counts;

  final int[] starts;

  /** Places from which all behind a loop is known not to match. */
  private final @Nullable Places[] hopeless;

  Run(String text, Pattern pattern) {
    this.text = signs(text);
    this.groups = new int[2 * pattern.groups];
    this.counts = new int[pattern.loops];
    this.starts = new int[pattern.loops];
    this.hopeless = new Places[pattern.loops];
  }

  @SuppressWarnings("ReferenceEquality") // another text of the same signs is only slower
  private static char[] signs(String text) {
    if (text != lastText) {
      lastText = text;
      lastSigns = text.toCharArray();
    }
    return lastSigns;
  }

  boolean match(Node node, int at) {
    Arrays.fill(groups, -1);
    for (Places places : hopeless) {
      if (places != null) {
        places.clear();
      }
    }
    if (!node.match(this, at)) {
      return false;
    }
    groups[0] = at;
    groups[1] = end;
    return true;
  }

  Places hopeless(int loop) {
    Places places = hopeless[loop];
    if (places == null) {
      places = new Places();
      hopeless[loop] = places;
    }
    return places;
  }

  /** The code point at a place. */
  int sign(int at) {
    char high = text[at];
    if (high >= Character.MIN_HIGH_SURROGATE
        && high <= Character.MAX_HIGH_SURROGATE
        && at + 1 < to
        && Character.isLowSurrogate(text[at + 1])) {
      return Character.toCodePoint(high, text[at + 1]);
    }
    return high;
  }

  /** Whether a place divides one code point, of which nothing can begin with a half. */
  boolean isWithinPair(int at, int from) {
    return at > from
        && at < to
        && Character.isLowSurrogate(text[at])
        && Character.isHighSurrogate(text[at - 1]);
  }

  /** A set of places. */
  static final class Places {
    private int[] table = new int[16];
    private int size;

    /** Places are kept above 0, which is what an empty table has. */
    boolean has(int place) {
      if (size == 0) {
        return false;
      }
      int mask = table.length - 1;
      for (int i = place & mask; table[i] != 0; i = i + 1 & mask) {
        if (table[i] == place + 1) {
          return true;
        }
      }
      return false;
    }

    void add(int place) {
      if (2 * size >= table.length) {
        int[] before = table;
        table = new int[2 * before.length];
        size = 0;
        for (int kept : before) {
          if (kept != 0) {
            add(kept - 1);
          }
        }
      }
      int mask = table.length - 1;
      int i = place & mask;
      while (table[i] != 0 && table[i] != place + 1) {
        i = i + 1 & mask;
      }
      size += table[i] == 0 ? 1 : 0;
      table[i] = place + 1;
    }

    void clear() {
      if (size > 0) {
        Arrays.fill(table, 0);
        size = 0;
      }
    }
  }
}
