package dev.qkv.sheet.note.document.text;

import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text whose every character knows its place in the source that it was made from. */
public final class Traced {
  private final String source;
  private final String text;
  private final int[] origins;

  private Traced(String source, String text, int[] origins) {
    this.source = source;
    this.text = text;
    this.origins = origins;
  }

  /** A source as it is. */
  public static Traced whole(String source) {
    return new Builder(source).copy(0, source.length()).build();
  }

  /** A text with other words in place of each match of a pattern, traced to it. */
  public static Traced replacing(
      String text, Pattern pattern, Function<MatchResult, String> words) {
    Matcher match = pattern.matcher(text);
    Builder out = new Builder(text);
    int from = 0;
    while (match.find()) {
      out.copy(from, match.start()).replace(match.start(), match.end(), words.apply(match));
      from = match.end();
    }
    return out.copy(from, text.length()).build();
  }

  public String text() {
    return text;
  }

  public String source() {
    return source;
  }

  /**
   * The place in the source of the character at a position; of the end, the place behind the last
   * character.
   */
  public int origin(int position) {
    return position < origins.length
        ? origins[position]
        : origins.length == 0 ? 0 : origins[origins.length - 1] + 1;
  }

  /** Puts a text together from pieces of a source and from insertions. */
  public static final class Builder {
    private static final int FIRST_SIZE = 1_024;

    private final String source;
    private final StringBuilder text = new StringBuilder();
    private int[] origins = new int[FIRST_SIZE];

    public Builder(String source) {
      this.source = source;
    }

    /** Appends {@code source[from, to)}. */
    public Builder copy(int from, int to) {
      reserve(to - from);
      for (int i = from; i < to; i++) {
        origins[text.length() + i - from] = i;
      }
      text.append(source, from, to);
      return this;
    }

    /** Appends text that stands for what is at a place of the source. */
    public Builder insert(String words, int origin) {
      reserve(words.length());
      Arrays.fill(origins, text.length(), text.length() + words.length(), origin);
      text.append(words);
      return this;
    }

    /**
     * Appends text instead of {@code source[from, to)}: what both begin and end with, and all of a
     * text that is as long, stays where it was; the rest stands for where it starts.
     */
    public Builder replace(int from, int to, String words) {
      int length = to - from;
      int shorter = Math.min(length, words.length());
      int before = 0;
      while (before < shorter && source.charAt(from + before) == words.charAt(before)) {
        before++;
      }
      int behind = 0;
      while (behind < shorter - before
          && source.charAt(to - 1 - behind) == words.charAt(words.length() - 1 - behind)) {
        behind++;
      }
      reserve(words.length());
      for (int i = 0; i < words.length(); i++) {
        boolean ahead = i < before || length == words.length();
        boolean end = i >= words.length() - behind;
        origins[text.length() + i] = ahead ? from + i : end ? to - words.length() + i : from;
      }
      text.append(words);
      return this;
    }

    /** Appends a text that was made from the same source. */
    public Builder append(Traced piece) {
      reserve(piece.text.length());
      System.arraycopy(piece.origins, 0, origins, text.length(), piece.text.length());
      text.append(piece.text);
      return this;
    }

    private void trace(Traced piece, int offset) {
      reserve(piece.text.length());
      for (int i = 0; i < piece.text.length(); i++) {
        origins[text.length() + i] = piece.origins[i] + offset;
      }
      text.append(piece.text);
    }

    private void reserve(int more) {
      if (text.length() + more > origins.length) {
        origins = Arrays.copyOf(origins, Math.max(2 * origins.length, text.length() + more));
      }
    }

    public int length() {
      return text.length();
    }

    public Traced build() {
      return new Traced(source, text.toString(), Arrays.copyOf(origins, text.length()));
    }
  }

  /** This text, a title, and another text; their sources follow each other in the same way. */
  public Traced followedBy(String title, Traced other) {
    Builder all = new Builder(source + title + other.source);
    all.trace(this, 0);
    all.copy(source.length(), source.length() + title.length());
    all.trace(other, source.length() + title.length());
    return all.build();
  }

  /** What {@code made} was made of, traced through this text to its source. */
  public Traced then(Traced made) {
    int[] through = new int[made.origins.length];
    for (int i = 0; i < through.length; i++) {
      through[i] = origin(made.origins[i]);
    }
    return new Traced(source, made.text, through);
  }
}
