package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.message.Message;

/** A piece of text that is not what was expected there. */
public final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, for the user. */
  private final transient Message reason;

  /** Where, in the text that was read. */
  private final int at;

  public Unreadable(Message reason, int at) {
    super(reason.key(), null, false, false);
    this.reason = reason;
    this.at = at;
  }

  public Message reason() {
    return reason;
  }

  public int at() {
    return at;
  }
}
