package dev.qkv.sheet.note;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Leaves out what was taken for given but makes an exercise impossible, and says so. */
final class Fitting {
  private Fitting() {}

  /** The exercise, without what keeps everything else from being computed. */
  static Exercise of(Exercise exercise) {
    Exercise fitting = exercise;
    Optional<Message> failure = exercise.givens().isEmpty() ? Optional.empty() : failure(fitting);
    while (failure.isPresent() && !fitting.givens().isEmpty()) {
      Message reason = failure.get();
      Given unfit = unfit(fitting);
      List<Given> rest = new ArrayList<>(fitting.givens());
      rest.remove(unfit);
      fitting =
          fitting
              .withGivens(List.copyOf(rest))
              .withIssue(
                  new Issue(
                      unfit.line(),
                      Issue.Kind.GUESS,
                      Message.of("guess.given.unfit", unfit.quantity().name(), reason)));
      failure = failure(fitting);
    }
    return fitting;
  }

  /** The given without which the others fit, and of such ones that with which most is right. */
  private static Given unfit(Exercise exercise) {
    Given worst = exercise.givens().getLast();
    int most = Integer.MIN_VALUE;
    for (Given given : exercise.givens()) {
      List<Given> rest = new ArrayList<>(exercise.givens());
      rest.remove(given);
      Exercise without = exercise.withGivens(List.copyOf(rest));
      int value = failure(without).isEmpty() ? Merit.of(without).value() : Integer.MIN_VALUE;
      if (value > most) {
        most = value;
        worst = given;
      }
    }
    return worst;
  }

  private static Optional<Message> failure(Exercise exercise) {
    try {
      return Derivation.of(exercise.problem()).failures().stream().findFirst();
    } catch (SheetException e) {
      return Optional.of(e.reason());
    }
  }
}
