package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.message.Message;

/** A piece of text that is not what was expected there. */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, for the user. */
  private final transient Message reason;

  /** Where, in the text that was read. */
  private final int at;

  Unreadable(Message reason, int at) {
    super(reason.key(), null, false, false);
    this.reason = reason;
    this.at = at;
  }

  Message reason() {
    return reason;
  }

  int at() {
    return at;
  }
}
