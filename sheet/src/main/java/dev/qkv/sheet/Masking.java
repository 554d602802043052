package dev.qkv.sheet;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Which keys a query may see. */
public sealed interface Masking {
  /** Where the diagonal of a causal mask lies when there are more keys than queries. */
  enum Alignment {
    /** Nobody said; fine while there are as many queries as keys. */
    UNSAID,
    /** Query i sees keys up to i. */
    UPPER_LEFT,
    /** The last query sees every key. */
    BOTTOM_RIGHT
  }

  /** Every key is seen. */
  record None() implements Masking {}

  /**
   * A query sees keys up to its own position.
   *
   * @param alignment where the diagonal lies
   */
  record Causal(Alignment alignment) implements Masking {}

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
      return new Keep(new TreeMap<>(Map.of(query, keys)));
    }
  }

  /** The worksheet gives the mask as the quantity {@code mask}. */
  record Given() implements Masking {}
}
