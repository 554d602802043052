package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.language.ChoiceGrammar;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import java.util.List;

/** Chooses with whose givens an exercise goes on where its own do not lead far enough. */
final class Inheritance {
  private Inheritance() {}

  /**
   * Settles a draft; where its own givens do not lead to what it claims or asks, with those of the
   * exercise before from which most of it follows.
   *
   * @param draft what was read
   * @param before exercises that it may go on from, the likeliest first
   * @param told how many of them its words speak of
   */
  static Exercise best(Draft draft, List<Exercise> before, int told) {
    Exercise best = Resolver.resolve(draft);
    int most = Merit.following(best);
    int value = Merit.value(best);
    for (int k = 0; k < before.size(); k++) {
      Exercise other = goingOn(draft, before.get(k));
      if (contradicts(best, other)) {
        continue;
      }
      int count = Merit.following(other);
      int worth = Merit.value(other);
      if (k < told && worth >= value && count >= most && worth > 0) {
        return other;
      }
      boolean open = k < told || most < Merit.wanted(best);
      boolean adds = open && count > most && !gives(best, other);
      if ((worth > value && count >= most) || adds) {
        best = other;
        most = count;
        value = worth;
      }
    }
    return best;
  }

  /** A draft with the givens of an exercise before; with its choices if more is right then. */
  private static Exercise goingOn(Draft draft, Exercise before) {
    Exercise givens = Resolver.resolve(draft, before, false);
    boolean silent = draft.said.stream().allMatch(c -> c.said() instanceof ChoiceGrammar.Unclear);
    if (!silent || before.choices().equals(givens.choices())) {
      return givens;
    }
    Exercise all = Resolver.resolve(draft, before, true);
    return Merit.value(all) > Merit.value(givens) ? all : givens;
  }

  /** Whether something that an exercise gives by itself is not what another's givens make of it. */
  private static boolean contradicts(Exercise alone, Exercise other) {
    for (Verdict verdict : Checked.of(other).verdicts()) {
      boolean own =
          verdict.claim() instanceof Claim.Numbers numbers
              && alone.givens().stream()
                  .anyMatch(
                      g ->
                          g.quantity().equals(numbers.quantity())
                              && Nature.isProjected(g.quantity()));
      if (own && verdict.outcome() != Outcome.RIGHT) {
        return true;
      }
    }
    return false;
  }

  /** Whether something that was taken as given follows from another exercise's givens. */
  private static boolean gives(Exercise alone, Exercise other) {
    return alone.givens().stream()
        .map(Given::quantity)
        .anyMatch(
            q ->
                !Nature.isGiven(q.head(0))
                    && other.givens().stream().noneMatch(g -> g.quantity().equals(q)));
  }
}
