package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
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
   * Whether a claim is touched. What is in doubt for all of an exercise is not for numbers of which
   * most are right: they were understood.
   *
   * @param verdict on any claim
   * @return true if the doubt is about it or about all
   */
  boolean touches(Verdict verdict) {
    return claim.isEmpty()
        ? 2 * verdict.count(Outcome.RIGHT) <= verdict.cells().size()
        : claim.get().equals(verdict.claim());
  }
}
