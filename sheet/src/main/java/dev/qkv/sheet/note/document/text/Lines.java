package dev.qkv.sheet.note.document.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where the lines of a text start. */
public final class Lines {
  private final String text;
  private final List<Integer> starts = new ArrayList<>();

  public Lines(String text) {
    this.text = text;
    starts.add(0);
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      starts.add(i + 1);
    }
  }

  public int count() {
    return starts.size();
  }

  /** Start of a line counted from 1; the text's end beyond the last. */
  public int start(int line) {
    return line <= starts.size() ? starts.get(line - 1) : text.length();
  }

  /** End of a line without its line break. */
  public int end(int line) {
    return line < starts.size() ? starts.get(line) - 1 : text.length();
  }

  public String line(int line) {
    return text.substring(start(line), Math.max(start(line), end(line)));
  }

  /** The line, from 1, in which a position lies. */
  public int of(int position) {
    int found = Collections.binarySearch(starts, position);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
