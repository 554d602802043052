package dev.qkv.sheet.note.document.notebook;

import dev.qkv.sheet.note.document.text.Traced;
import java.util.List;

/** Decodes strings of a JSON text, each character traced to where it is written. */
final class JsonStrings {
  private static final int HEX = 16;
  private static final int HEX_DIGITS = 4;
  private static final char ESCAPE = '\u001b';

  private final String json;

  JsonStrings(String json) {
    this.json = json;
  }

  /** Whether the string at a quote starts with plain characters. */
  boolean startsWith(int quote, String start) {
    return json.startsWith(start, quote + 1);
  }

  /** Strings one behind the other, by the places of their opening quotes. */
  Traced decoded(List<Integer> quotes) {
    Traced.Builder out = new Traced.Builder(json);
    for (int quote : quotes) {
      decode(quote, out);
    }
    return out.build();
  }

  /** Colours of a terminal, which a letter ends, are left out. */
  private void decode(int quote, Traced.Builder out) {
    boolean colour = false;
    int i = quote + 1;
    while (i < json.length() && json.charAt(i) != '"') {
      int end = json.charAt(i) == '\\' ? escapeEnd(i) : i + 1;
      char c = end == i + 1 ? json.charAt(i) : escaped(i);
      if (c == ESCAPE) {
        colour = true;
      } else if (colour) {
        colour = !isLetter(c);
      } else if (end == i + 1) {
        out.copy(i, end);
      } else if (c != '\r') {
        out.insert(String.valueOf(c), i);
      } else if (!json.startsWith("\\n", end)) {
        out.insert("\n", i);
      }
      i = end;
    }
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private int escapeEnd(int backslash) {
    boolean unicode = json.startsWith("u", backslash + 1);
    return Math.min(json.length(), backslash + 2 + (unicode ? HEX_DIGITS : 0));
  }

  private char escaped(int backslash) {
    char c = json.charAt(backslash + 1);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> (char) Integer.parseInt(json, backslash + 2, backslash + 2 + HEX_DIGITS, HEX);
      default -> c;
    };
  }
}
