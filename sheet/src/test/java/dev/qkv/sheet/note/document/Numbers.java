package dev.qkv.sheet.note.document;

import dev.qkv.sheet.note.document.text.Traced;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Reads documents, and looks for numbers that do not lead back to their source. */
public final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");

  private Numbers() {}

  public static Document read(String fileName, String content) {
    return Documents.of(fileName, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The numbers of a document's Markdown that do not stand at their place in the source. */
  public static List<String> untraced(Document document) {
    Traced text = document.text();
    return NUMBER
        .matcher(text.text())
        .results()
        .filter(
            number -> {
              int start = text.origin(number.start());
              return !text.source().startsWith(number.group(), start)
                  || text.origin(number.end() - 1) != start + number.group().length() - 1;
            })
        .map(number -> number.group())
        .toList();
  }
}
