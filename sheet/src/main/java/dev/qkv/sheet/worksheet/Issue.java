package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Message;

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
}
