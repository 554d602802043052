package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.worksheet.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Divides what stands under one heading, or under none, into the questions that it holds: where
 * something is given that contradicts what is given before it, another question has begun.
 */
final class Division {
  /** What says that something given does not go together with the rest. */
  private static final Set<String> CONTRADICTIONS =
      Set.of("guess.given.again", "guess.given.unfit");

  /** Halved more often than this nothing is. */
  private static final int MOST_DEPTH = 3;

  /** How often it is tried how well a part holds together, at most. */
  private static final int MOST_TRIALS = 60;

  /** More places than these are not tried. */
  private static final int MOST_PLACES = 16;

  private int trials;

  private Division() {}

  /** The questions that a draft holds, in their order; itself if it is one. */
  static List<Draft> of(Draft draft) {
    return new Division().questions(draft, MOST_DEPTH);
  }

  private List<Draft> questions(Draft draft, int depth) {
    int place = depth == 0 ? -1 : place(draft);
    if (place < 0) {
      return List.of(draft);
    }
    List<Draft> questions = new ArrayList<>(questions(draft.between(0, place), depth - 1));
    questions.addAll(questions(draft.between(place, draft.assertions.size()), depth - 1));
    return questions;
  }

  /** The assertion from which on another question makes most right; −1 if none does. */
  private int place(Draft draft) {
    if (draft.lastStage() > 0) {
      return -1;
    }
    Merit whole = merit(draft);
    if (!contradicts(whole)) {
      return -1;
    }
    int most = Integer.MAX_VALUE; // of places with which more is right than without
    int right = right(whole);
    int best = -1;
    for (int place : places(draft.assertions)) {
      if (trials > MOST_TRIALS) {
        break;
      }
      Merit first = merit(draft.between(0, place));
      Merit second = merit(draft.between(place, draft.assertions.size()));
      int value = first.value() + second.value();
      int rights = right(first) + right(second);
      if (value >= whole.value() && (rights > right || (rights == right && value > most))) {
        right = rights;
        most = value;
        best = place;
      }
    }
    return best;
  }

  private Merit merit(Draft part) {
    trials++;
    return Merit.of(Resolver.resolve(part.at(0)));
  }

  private static int right(Merit merit) {
    return (int)
        merit.verdicts().stream()
            .flatMap(v -> v.cells().stream())
            .filter(c -> c.outcome() == Outcome.RIGHT)
            .count();
  }

  private static boolean contradicts(Merit merit) {
    return merit.verdicts().stream().anyMatch(v -> v.outcome() == Outcome.UNCHECKED)
        || merit.exercise().issues().stream()
            .filter(i -> i.kind() == Issue.Kind.GUESS)
            .anyMatch(i -> CONTRADICTIONS.contains(i.message().key()));
  }

  /** Where a given or a line of a question begins. */
  private static List<Integer> places(List<Assertion> all) {
    return IntStream.range(1, all.size())
        .filter(k -> begins(all.get(k), all.get(k - 1)))
        .limit(MOST_PLACES)
        .boxed()
        .toList();
  }

  private static boolean begins(Assertion assertion, Assertion before) {
    boolean line = assertion.line() != before.line() && !assertion.answer();
    return line || Nature.isGiven(assertion.quantity());
  }
}
