package dev.qkv.sheet.note.document.latex;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of TeX that is put in where a macro stands.
 *
 * @param text its characters
 * @param origins where each of them stands in the source, −1 if nowhere
 */
record TexPiece(String text, int[] origins) {
  static final int NOWHERE = -1;

  static final TexPiece EMPTY = written("");

  /** Text that does not stand in the source. */
  static TexPiece written(String text) {
    int[] origins = new int[text.length()];
    Arrays.fill(origins, NOWHERE);
    return new TexPiece(text, origins);
  }

  TexPiece slice(int from, int to) {
    return new TexPiece(text.substring(from, to), Arrays.copyOfRange(origins, from, to));
  }

  /**
   * A macro's body with its arguments. A name never grows together with what follows it.
   *
   * @param letterFollows whether a letter stands behind the macro
   * @param limit the most characters that may come out
   * @return what comes out; null if that is more
   */
  static @Nullable TexPiece filled(
      TexPiece body, List<TexPiece> arguments, boolean letterFollows, int limit) {
    Joiner joiner = new Joiner();
    int start = 0;
    String text = body.text();
    for (int i = 0; i + 1 < text.length(); i++) {
      char next = text.charAt(i + 1);
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '#' && next >= '1' && next <= '9') {
        joiner.add(body, start, i);
        if (next - '1' < arguments.size()) {
          TexPiece argument = arguments.get(next - '1');
          if (joiner.text.length() + argument.text().length() > limit) {
            return null;
          }
          joiner.add(argument, 0, argument.text().length());
        }
        i++;
        start = i + 1;
      }
    }
    if (joiner.text.length() + text.length() - start > limit) {
      return null;
    }
    joiner.add(body, start, text.length());
    return joiner.joined(letterFollows);
  }

  private static final class Joiner {
    private final StringBuilder text = new StringBuilder();
    private int[] origins = new int[64];

    void add(TexPiece piece, int from, int to) {
      if (from < to && TexText.letter(piece.text.charAt(from)) && endsInName()) {
        append(written(" "), 0, 1);
      }
      append(piece, from, to);
    }

    private void append(TexPiece piece, int from, int to) {
      int length = text.length();
      if (length + to - from > origins.length) {
        origins = Arrays.copyOf(origins, Math.max(2 * origins.length, length + to - from));
      }
      System.arraycopy(piece.origins, from, origins, length, to - from);
      text.append(piece.text, from, to);
    }

    private boolean endsInName() {
      int i = text.length();
      while (i > 0 && TexText.letter(text.charAt(i - 1))) {
        i--;
      }
      return i > 0 && i < text.length() && text.charAt(i - 1) == '\\';
    }

    TexPiece joined(boolean letterFollows) {
      if (letterFollows && endsInName()) {
        append(written(" "), 0, 1);
      }
      return new TexPiece(text.toString(), Arrays.copyOf(origins, text.length()));
    }
  }
}
