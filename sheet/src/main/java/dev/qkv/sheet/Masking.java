package dev.qkv.sheet;

import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Condition;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Which keys a query may see. */
public sealed interface Masking {
  /**
   * The rule as a condition on query and key.
   *
   * @return nothing where every key is seen, or the worksheet gives the mask itself
   */
  Optional<Condition> condition();

  /**
   * Where the diagonal lies.
   *
   * @return unsaid for a rule that has none
   */
  default Alignment alignment() {
    return Alignment.UNSAID;
  }

  /**
   * The same mask with its diagonal at the other corner.
   *
   * @param masking a mask
   * @return nothing for one without a diagonal, or whose corner nobody said
   */
  static Optional<Masking> otherCorner(Masking masking) {
    Alignment other = masking.alignment().other();
    if (other == Alignment.UNSAID) {
      return Optional.empty();
    }
    return Optional.of(
        masking instanceof Window(int left, int right, Alignment alignment)
            ? new Window(left, right, other)
            : new Causal(other));
  }

  /** Every key is seen. */
  record None() implements Masking {
    @Override
    public Optional<Condition> condition() {
      return Optional.empty();
    }
  }

  /**
   * A query sees keys up to its own position.
   *
   * @param alignment where the diagonal lies
   */
  record Causal(Alignment alignment) implements Masking {
    @Override
    public Optional<Condition> condition() {
      return Optional.of(Condition.causal(alignment));
    }
  }

  /**
   * A query sees so many keys before and behind its own position.
   *
   * @param left keys before; −1 for all
   * @param right keys behind; −1 for all, 0 for causal
   * @param alignment where the diagonal lies
   */
  record Window(int left, int right, Alignment alignment) implements Masking {
    @Override
    public Optional<Condition> condition() {
      return Optional.of(new Condition.Window(left, right, alignment));
    }
  }

  /**
   * Some queries see the listed keys only; other queries see all.
   *
   * @param kept keys by query, both from 1
   */
  record Keep(SortedMap<Integer, SortedSet<Integer>> kept) implements Masking {
    /**
     * Copies.
     *
     * @param kept keys by query, both from 1
     */
    public Keep {
      kept = new TreeMap<>(kept);
    }

    /**
     * One query's keys.
     *
     * @param query from 1
     * @param keys from 1
     * @return the rule
     */
    public static Keep of(int query, SortedSet<Integer> keys) {
      return new Keep(new TreeMap<>(java.util.Map.of(query, keys)));
    }

    @Override
    public Optional<Condition> condition() {
      return Optional.of(new Condition.Kept(kept));
    }
  }

  /** The worksheet gives the mask as the quantity {@code mask}. */
  record Given() implements Masking {
    @Override
    public Optional<Condition> condition() {
      return Optional.empty();
    }
  }
}
