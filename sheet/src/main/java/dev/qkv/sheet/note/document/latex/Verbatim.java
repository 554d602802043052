package dev.qkv.sheet.note.document.latex;

import dev.qkv.sheet.note.document.text.Page;

/** Code within a line: {@code \verb|…|} and its like. */
final class Verbatim {
  private Verbatim() {}

  /** Where the code of the command at a backslash starts: at its delimiter. */
  static int start(TexText tex, int backslash) {
    int end = tex.commandEnd(backslash);
    return switch (tex.command(backslash)) {
      case "lstinline" -> tex.skipOption(end);
      case "mintinline" -> tex.skip(end, "om");
      default -> tex.skip(end, "*");
    };
  }

  /** Behind the code's closing delimiter, which must be on the same line. */
  static int end(TexText tex, int backslash) {
    int start = start(tex, backslash);
    if (tex.close(start) >= 0) {
      return tex.close(start) + 1;
    }
    if (start >= tex.length() || Page.blank(tex.text().charAt(start))) {
      return start;
    }
    char delimiter = tex.text().charAt(start);
    for (int i = start + 1; i < tex.length() && !tex.is(i, '\n'); i++) {
      if (tex.is(i, delimiter)) {
        return i + 1;
      }
    }
    return start;
  }
}
