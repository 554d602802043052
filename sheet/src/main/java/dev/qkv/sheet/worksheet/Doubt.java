package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import java.util.Optional;

/**
 * Why what looks wrong may be right: it may mean another thing, or something was not understood. A
 * claim that a doubt touches is never called wrong.
 *
 * @param claim the claim that it is about; empty for all of an exercise
 * @param reason why it cannot be called wrong
 */
public record Doubt(Optional<Claim> claim, Message reason) {
  /**
   * Whether a claim is touched.
   *
   * @param other any claim
   * @return true if the doubt is about it or about all
   */
  public boolean touches(Claim other) {
    return claim.isEmpty() || claim.get().equals(other);
  }
}
