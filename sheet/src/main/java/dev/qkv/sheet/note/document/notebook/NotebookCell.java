package dev.qkv.sheet.note.document.notebook;

import dev.qkv.sheet.note.document.text.Page;
import dev.qkv.sheet.note.document.text.Traced;
import java.util.ArrayList;
import java.util.List;

/** A cell of a notebook while it is read: its keys come in any order. */
final class NotebookCell {
  private enum Kind {
    STREAM,
    RESULT,
    MARKDOWN
  }

  private record Output(List<Integer> quotes, Kind kind) {}

  String type = "";
  String language = "";
  int level = 1;
  List<Integer> source = List.of();
  private final List<Output> outputs = new ArrayList<>();

  /** The cell printed something; what a stream prints piece by piece is one. */
  void print(List<Integer> quotes, boolean stream) {
    if (stream && !outputs.isEmpty() && outputs.getLast().kind() == Kind.STREAM) {
      outputs.getLast().quotes().addAll(quotes);
    } else {
      outputs.add(new Output(new ArrayList<>(quotes), stream ? Kind.STREAM : Kind.RESULT));
    }
  }

  /** The cell showed something that is to be read as Markdown. */
  void show(List<Integer> quotes) {
    outputs.add(new Output(quotes, Kind.MARKDOWN));
  }

  /** Writes the cell as Markdown, code between fences. */
  void write(Traced.Builder out, JsonStrings strings, String usualLanguage) {
    Traced text = strings.decoded(source);
    int origin = source.isEmpty() ? 0 : source.get(0);
    switch (type) {
      case "code" -> {
        fenced(out, text, language.isEmpty() ? usualLanguage : language, origin);
        for (Output output : outputs) {
          Traced printed = strings.decoded(output.quotes());
          int start = printed.origin(0);
          if (output.kind() == Kind.MARKDOWN) {
            apart(out, start);
            line(out, printed, start);
          } else {
            fenced(out, printed, "output", start);
          }
        }
      }
      case "heading" -> {
        apart(out, origin);
        out.insert("#".repeat(level) + " ", origin);
        line(out, text, origin);
      }
      default -> {
        if (!text.text().isBlank()) {
          apart(out, origin);
          line(out, text, origin);
        }
      }
    }
  }

  private static void fenced(Traced.Builder out, Traced text, String language, int origin) {
    if (text.text().isBlank()) {
      return;
    }
    String fence = Page.fence(text.text());
    apart(out, origin);
    out.insert(fence + language + "\n", origin);
    line(out, text, origin);
    out.insert(fence + "\n", origin);
  }

  private static void apart(Traced.Builder out, int origin) {
    if (out.length() > 0) {
      out.insert("\n", origin);
    }
  }

  private static void line(Traced.Builder out, Traced text, int origin) {
    out.append(text);
    if (!text.text().endsWith("\n")) {
      out.insert("\n", origin);
    }
  }
}
