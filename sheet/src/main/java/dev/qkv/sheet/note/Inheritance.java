package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.language.ChoiceGrammar;
import dev.qkv.sheet.term.Quantity;
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
   * @param own how many behind those are other settings of the same exercise
   */
  static Merit best(Draft draft, List<Exercise> before, int told, int own) {
    Merit best = stating(draft, Merit.of(Resolver.resolve(draft)));
    int most = before.isEmpty() ? 0 : best.following();
    for (int k = 0; k < before.size(); k++) {
      Merit other = goingOn(draft, before.get(k));
      if (contradicts(best.exercise(), other)) {
        continue;
      }
      int following = other.following();
      boolean follows = following >= most;
      if (k < told && other.value() >= best.value() && follows && other.value() > 0) {
        return other;
      }
      boolean open = k < told || most < best.wanted();
      boolean adds =
          open
              && following > most
              && !gives(
                  best.exercise(),
                  other.exercise(),
                  k >= told && k < told + own ? before.get(k).claims() : List.of());
      if ((other.value() > best.value() && follows) || (adds && (k < told || !refutes(other)))) {
        best = other;
        most = following;
      }
    }
    return best;
  }

  /**
   * With what a question states taken as given: where nothing of it is what its other givens lead
   * to, and more is right so. What a known mistake leads to is one.
   */
  private static Merit stating(Draft draft, Merit alone) {
    Merit best = alone;
    for (Verdict verdict : alone.verdicts()) {
      boolean nothing =
          verdict.outcome() == Outcome.WRONG
              && verdict.cells().size() > 1
              && verdict.count(Outcome.RIGHT) == 0;
      if (nothing
          && verdict.claim() instanceof Claim.Numbers claim
          && draft.states(claim.quantity())
          && draft.stated.add(claim.quantity())) {
        Merit other = Merit.of(Resolver.resolve(draft));
        boolean better = other.right() > best.right() && other.value() > best.value();
        if (better && !Checked.isKnownMistake(alone.exercise(), claim)) {
          best = other;
        } else {
          draft.stated.remove(claim.quantity());
        }
      }
    }
    return best;
  }

  /** Whether nothing holds with another's givens: several claims are wrong, or a width is. */
  private static boolean refutes(Merit other) {
    List<Verdict> wrong =
        other.verdicts().stream().filter(v -> v.outcome() == Outcome.WRONG).toList();
    boolean width =
        wrong.stream()
            .anyMatch(
                v ->
                    v.claim() instanceof Claim.Numbers numbers
                        && Nature.isDimension(numbers.quantity()));
    return other.right() == 0 && (wrong.size() > 1 || width);
  }

  /** A draft with the givens of an exercise before; with its choices if more is right then. */
  private static Merit goingOn(Draft draft, Exercise before) {
    Merit givens = Merit.of(Resolver.resolve(draft, before, false));
    boolean silent = draft.said.stream().allMatch(c -> c.said() instanceof ChoiceGrammar.Unclear);
    if (!silent || before.choices().equals(givens.exercise().choices())) {
      return givens;
    }
    Merit all = Merit.of(Resolver.resolve(draft, before, true));
    return all.value() > givens.value() ? all : givens;
  }

  /** Whether something that an exercise gives by itself is not what another's givens make of it. */
  private static boolean contradicts(Exercise alone, Merit other) {
    return other.verdicts().stream()
        .filter(v -> v.outcome() != Outcome.RIGHT)
        .map(Verdict::claim)
        .anyMatch(
            c ->
                c instanceof Claim.Numbers numbers
                    && Nature.isProjected(numbers.quantity())
                    && alone.givens().stream()
                        .anyMatch(g -> g.quantity().equals(numbers.quantity())));
  }

  /**
   * Whether something that was taken as given follows from another exercise's givens; what is
   * claimed in another setting is no given here.
   */
  private static boolean gives(Exercise alone, Exercise other, List<Claim> claims) {
    return alone.givens().stream()
        .map(Given::quantity)
        .anyMatch(
            q ->
                !Nature.isGiven(q.head(0))
                    && other.givens().stream().noneMatch(g -> g.quantity().equals(q))
                    && !claims(claims, q));
  }

  private static boolean claims(List<Claim> claims, Quantity quantity) {
    return claims.stream()
        .anyMatch(c -> c instanceof Claim.Numbers n && n.quantity().equals(quantity));
  }
}
