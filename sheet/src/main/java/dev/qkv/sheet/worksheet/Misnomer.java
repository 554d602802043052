package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.value.Value;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Numbers of a note that look wrong and are hardly meant as what their name says: nothing of them
 * resembles it, and no known mistake leads to them.
 */
final class Misnomer {
  /** Numbers resemble down to this part of one another. */
  private static final double FAR = 0.5;

  /** A gated network has three matrices where the usual one has two. */
  private static final double GATED = 1.5;

  /** What a weight of 1 may miss by rounding. */
  private static final double SLACK = 0.01;

  private static final Notation NOTATION = new Notation(4, Markup.PLAIN);

  private Misnomer() {}

  /**
   * Why wrong numbers may mean something else.
   *
   * @param exercise the exercise
   * @param verdict what is wrong in it
   * @return the reason; empty where the numbers are about what they say, and in the native form
   */
  static Optional<Message> of(Exercise exercise, Verdict verdict) {
    boolean explained =
        verdict.cells().stream()
            .anyMatch(c -> c.mistakes().stream().anyMatch(Verdict.Match::isKnown));
    boolean numbers = verdict.claim() instanceof Claim.Numbers && !verdict.cells().isEmpty();
    if (!exercise.read() || explained || !numbers || verdict.count(Outcome.RIGHT) > 0) {
      return Optional.empty();
    }
    Quantity quantity = ((Claim.Numbers) verdict.claim()).quantity();
    Verdict.Cell first = verdict.cells().getFirst();
    if (isSize(quantity) && showsSizes(exercise)) {
      return Optional.of(
          Message.of("doubt.size", quantity.symbol(), NOTATION.number(first.computed())));
    }
    if (isOtherCount(quantity, first)) {
      return Optional.of(Message.of("doubt.part", first.claimed().text()));
    }
    boolean unlike =
        quantity.sameConcept(Quantities.A)
            ? !verdict.cells().stream().allMatch(Misnomer::isWeight)
            : isUnlike(verdict.cells());
    return unlike
        ? Optional.of(Message.of("doubt.unlike", verdict.claim().text()))
        : Optional.empty();
  }

  private static boolean isSize(Quantity quantity) {
    return quantity.equals(Quantities.D_K)
        || quantity.equals(Quantities.TOKENS)
        || quantity.equals(Quantities.ROOT_D_K);
  }

  private static boolean showsSizes(Exercise exercise) {
    return exercise.givens().stream()
        .anyMatch(g -> !g.quantity().isScalar() && Quantities.isOfHeads(g.quantity()));
  }

  /** Whether a count is that of a part, of several layers or of a gated network. */
  private static boolean isOtherCount(Quantity quantity, Verdict.Cell cell) {
    if (!quantity.name().startsWith("params")) {
      return false;
    }
    double times = cell.claimed().value().toDouble() / cell.computed().toDouble();
    boolean part = times < 1 && quantity.equals(Quantities.PARAMETERS);
    boolean gated = times == GATED && quantity.equals(Quantities.PARAMETERS_FEED_FORWARD);
    boolean several = times > 1 && times == Math.rint(times);
    return part || gated || several;
  }

  private static boolean isWeight(Verdict.Cell cell) {
    Value claimed = cell.claimed().value();
    return claimed.isFinite() && claimed.toDouble() >= 0 && claimed.toDouble() <= 1 + SLACK;
  }

  /** Signs and the order of numbers are easily mistaken; that makes no other quantity of them. */
  private static boolean isUnlike(List<Verdict.Cell> cells) {
    NavigableSet<Double> sizes = new TreeSet<>();
    cells.forEach(c -> sizes.add(Math.abs(c.computed().toDouble())));
    return cells.size() > 1
        && cells.stream()
            .map(c -> Math.abs(c.claimed().value().toDouble()))
            .allMatch(size -> sizes.subSet(size * FAR, true, size / FAR, true).isEmpty());
  }
}
