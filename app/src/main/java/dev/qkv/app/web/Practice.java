package dev.qkv.app.web;

import dev.qkv.sheet.Problem;
import dev.qkv.sheet.audit.Audit;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.report.Json;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A cell that a learner filled in, judged as {@code check} would: against the right numbers, and
 * where it is not among them against what follows from the learner's own earlier ones.
 */
final class Practice {
  private final Exercise exercise;
  private final ClaimsJson claims;

  Practice(Exercise exercise, Locale locale) {
    this.exercise = exercise;
    this.claims = new ClaimsJson(locale);
  }

  /**
   * Judges a cell.
   *
   * @param place what is filled in, as the native form names it: {@code S[1, 2]}
   * @param typed the number
   * @param earlier the learner's own earlier results in the native form, a quantity to a line
   * @return whether it is right, right from there on (carried), wrong or unreadable; and why
   */
  String judge(String place, String typed, String earlier) {
    Claim.Numbers claim;
    try {
      claim = claim(place, typed);
    } catch (SheetException e) {
      return outcome("unreadable", List.of(), List.of(e.reason()));
    }
    Verdict verdict = new Audit(exercise.problem()).judge(claim);
    if (verdict.outcome() == Outcome.WRONG) {
      Optional<Problem> own = ownProblem(claim.quantity(), earlier);
      if (own.isPresent() && isRight(own.get(), claim)) {
        return outcome("carried", List.of(), List.of(Message.of("practice.carried")));
      }
    }
    return outcome(
        verdict.outcome().name().toLowerCase(Locale.ROOT), verdict.cells(), verdict.notes());
  }

  private String outcome(String outcome, List<Verdict.Cell> cells, List<Message> notes) {
    return Json.line(
        "page-1",
        json -> {
          json.writeStringProperty("outcome", outcome);
          claims.cells(json, cells);
          claims.notes(json, notes);
        });
  }

  private static boolean isRight(Problem problem, Claim claim) {
    try {
      return new Audit(problem).judge(claim).outcome() == Outcome.RIGHT;
    } catch (SheetException e) {
      return false; // What a learner wrote may lead nowhere.
    }
  }

  private static Claim.Numbers claim(String place, String typed) {
    String line = Change.oneLine(place) + " = " + Change.number(typed);
    Exercise answer = Block.read("```answer\n" + line + "\n```\n");
    if (answer.claims().size() == 1
        && answer.claims().getFirst() instanceof Claim.Numbers numbers
        && numbers.numbers().size() == 1
        && numbers.numbers().getFirst().size() == 1) {
      return numbers;
    }
    throw new SheetException(Message.of("error.cell.number", typed.strip()));
  }

  /** The exercise as if the learner's results before this one were given. */
  private Optional<Problem> ownProblem(Quantity judged, String earlier) {
    if (earlier.isBlank()) {
      return Optional.empty();
    }
    Map<Quantity, Matrix> givens = new LinkedHashMap<>(exercise.problem().givens());
    for (Given given : Block.read("```qkv\n" + earlier + "\n```\n").givens()) {
      if (!given.quantity().equals(judged)) {
        givens.putIfAbsent(given.quantity(), given.matrix());
      }
    }
    return Optional.of(new Problem(givens, exercise.choices(), List.of()));
  }
}
