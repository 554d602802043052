package dev.qkv.sheet.note.notation.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One way of understanding what a formula leaves open, and which of it the formula leaves open. */
final class Reading {
  /** What may be meant in two ways; the second is meant where it is chosen. */
  enum Choice {
    /** A star multiplies cell by cell. */
    STAR_OF_CELLS,
    /** What stands together behind a slash is divided by together. */
    TIGHT,
    /** Vectors are columns. */
    COLUMNS,
    /** The one index of a weight or a score is its key. */
    KEY_INDEX,
    /** An index is the number of a head. */
    HEAD_INDEX,
    /** The bare d is the width of the model, not of a head. */
    MODEL_WIDTH,
    /** The bare x is the matrix of all inputs, not one column. */
    INPUT_ROWS,
    /** e is a score, o what attention puts out. */
    OTHER_LETTER
  }

  /** More readings than any formula has that somebody understands. */
  private static final int MOST_TRIED = 64;

  private static final int MOST_KEPT = 12;

  private final Set<Choice> chosen;
  private final Set<Choice> open = EnumSet.noneOf(Choice.class);

  private Reading(Set<Choice> chosen) {
    this.chosen = chosen;
  }

  /** Whether the second meaning is meant; the formula leaves it open from now on. */
  boolean is(Choice choice) {
    open.add(choice);
    return chosen.contains(choice);
  }

  /** What a formula comes to in every reading that makes sense, the usual one first. */
  static <R> List<R> all(Function<Reading, Optional<R>> understand) {
    Set<Set<Choice>> seen = new LinkedHashSet<>();
    Deque<Set<Choice>> next = new ArrayDeque<>();
    Set<R> found = new LinkedHashSet<>();
    next.add(EnumSet.noneOf(Choice.class));
    while (!next.isEmpty() && seen.size() < MOST_TRIED && found.size() < MOST_KEPT) {
      Set<Choice> chosen = next.remove();
      if (!seen.add(chosen)) {
        continue;
      }
      Reading reading = new Reading(chosen);
      understand.apply(reading).ifPresent(found::add);
      for (Choice choice : reading.open) {
        Set<Choice> more = EnumSet.of(choice);
        more.addAll(chosen);
        next.add(more);
      }
    }
    return new ArrayList<>(found);
  }
}
