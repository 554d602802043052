package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.message.Message;
import java.util.List;

/**
 * Something to say about a line of a worksheet.
 *
 * @param line from 1
 * @param kind how grave it is
 * @param message the sentence
 */
public record Issue(int line, Kind kind, Message message) {
  /** How grave an issue is. */
  public enum Kind {
    /** Something could not be read or computed. */
    ERROR,
    /** Something that was read by guessing; the guess is in the sentence. */
    GUESS,
    /** Something worth knowing. */
    REMARK
  }

  /**
   * Adds an error, unless the same rule is broken already: one cause is one error, however many
   * heads or claims it is met in.
   */
  static void addOnce(List<Issue> issues, int line, Message reason) {
    boolean there =
        issues.stream().anyMatch(i -> i.kind() == Kind.ERROR && i.message().equals(reason));
    if (!there) {
      issues.add(new Issue(line, Kind.ERROR, reason));
    }
  }
}
