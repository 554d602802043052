package dev.qkv.sheet.message;

import java.util.Locale;

/** A user's mistake, with the sentence that explains it. */
public final class SheetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  private final transient Message reason;

  /**
   * A mistake.
   *
   * @param reason the sentence for the user
   */
  public SheetException(Message reason) {
    super(reason.in(Locale.ROOT), null, false, false);
    this.reason = reason;
  }

  /**
   * The sentence for the user.
   *
   * @return what went wrong
   */
  public Message reason() {
    return reason;
  }
}
