package dev.qkv.browser.standin.java.util.regex;

/** What can be true of a place between signs. */
final class Places {
  private Places() {}

  static boolean starts(Run run, int at) {
    return at == run.edgeFrom;
  }

  static boolean ends(Run run, int at) {
    return at == run.edgeTo;
  }

  /** A line starts behind the end of another, but nothing starts at the end of all. */
  static boolean lineStarts(Run run, int at) {
    if (at == run.edgeFrom) {
      return true;
    }
    if (at >= run.edgeTo || !Signs.LINE_END.has(run.text[at - 1])) {
      return false;
    }
    return run.text[at - 1] != '\r' || run.text[at] != '\n';
  }

  static boolean lineEnds(Run run, int at) {
    if (at == run.edgeTo) {
      return true;
    }
    return Signs.LINE_END.has(run.text[at]) && !isBetween(run, at);
  }

  /** The end, or before what ends the last line. */
  static boolean nearlyEnds(Run run, int at) {
    int left = run.edgeTo - at;
    if (left == 0) {
      return true;
    }
    if (left == 2) {
      return run.text[at] == '\r' && run.text[at + 1] == '\n';
    }
    return left == 1 && Signs.LINE_END.has(run.text[at]) && !isBetween(run, at);
  }

  /** Whether a place divides what ends one line. */
  private static boolean isBetween(Run run, int at) {
    return run.text[at] == '\n' && at > run.edgeFrom && run.text[at - 1] == '\r';
  }

  static boolean isBoundary(Run run, int at) {
    boolean before = at > run.seenFrom && isWord(run, at - 1);
    boolean behind = at < run.seenTo && isWord(run, at);
    return before != behind;
  }

  /** A sign of a word, or a mark on one. */
  private static boolean isWord(Run run, int at) {
    if (Signs.WORD.has(run.text[at])) {
      return true;
    }
    if (run.text[at] < 0x300 || Character.getType(run.text[at]) != Character.NON_SPACING_MARK) {
      return false;
    }
    for (int i = at; i >= run.seenFrom; i--) {
      if (Character.isLetterOrDigit(run.text[i])) {
        return true;
      }
      if (Character.getType(run.text[i]) != Character.NON_SPACING_MARK) {
        return false;
      }
    }
    return false;
  }
}
