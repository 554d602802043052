package dev.qkv.sheet.worksheet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where the lines of a text start. */
final class Lines {
  private final String text;
  private final List<Integer> starts = new ArrayList<>();

  Lines(String text) {
    this.text = text;
    starts.add(0);
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      starts.add(i + 1);
    }
  }

  int count() {
    return starts.size();
  }

  /** Start of a line counted from 1; the text's end beyond the last. */
  int start(int line) {
    return line <= starts.size() ? starts.get(line - 1) : text.length();
  }

  /** End of a line without its line break. */
  int end(int line) {
    return line < starts.size() ? starts.get(line) - 1 : text.length();
  }

  String line(int line) {
    return text.substring(start(line), Math.max(start(line), end(line)));
  }

  /** The line, from 1, in which a position lies. */
  int of(int position) {
    int found = Collections.binarySearch(starts, position);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
