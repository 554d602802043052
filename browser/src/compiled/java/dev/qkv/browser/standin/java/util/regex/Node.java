package dev.qkv.browser.standin.java.util.regex;

import org.jspecify.annotations.Nullable;

/** A part of a pattern, which knows what comes behind it. */
abstract class Node {
  Node next = Accept.ONLY;

  /**
   * Whether this and all behind it match.
   *
   * @param run the text, and what was found so far
   * @param at where in it
   */
  abstract boolean match(Run run, int at);

  /** Says what comes behind this. */
  void then(Node behind) {
    next = behind;
  }

  /** What a match from here on can begin with; null where nobody knows, or it may be empty. */
  @Nullable Signs starts() {
    return next.starts();
  }

  /** Fewest characters that this alone takes. */
  int least() {
    return 0;
  }

  /** Most characters that this alone takes; {@link Integer#MAX_VALUE} where there is no end. */
  int most() {
    return 0;
  }

  /** The end of a pattern or of a part that is tried by itself. */
  static final class Accept extends Node {
    static final Accept ONLY = new Accept();

    @Override
    boolean match(Run run, int at) {
      if (run.whole && at != run.to) {
        return false;
      }
      run.end = at;
      return true;
    }

    @Override
    @Nullable Signs starts() {
      return null;
    }
  }
}
