package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.audit.Audit;
import dev.qkv.sheet.audit.CarriedOn;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.commentary.ModelAnswer;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An exercise with its answer audited.
 *
 * @param exercise the exercise
 * @param verdicts one for each claim that could be judged
 * @param issues what the reader and the audit have to say
 */
public record Checked(Exercise exercise, List<Verdict> verdicts, List<Issue> issues) {
  /**
   * Audits an exercise.
   *
   * @param exercise the exercise
   * @return its verdicts; claims that do not fit are among the issues
   */
  public static Checked of(Exercise exercise) {
    List<Issue> issues = new ArrayList<>(exercise.issues());
    List<Verdict> verdicts = new ArrayList<>();
    try {
      List<Verdict> judged = verdicts(exercise, exercise.claims(), Audit::new);
      for (Verdict verdict : CarriedOn.of(exercise.problem(), judged)) {
        verdicts.add(
            verdict.claim() instanceof Claim.Words
                ? verdict.noting(ModelAnswer.to(exercise.problem()))
                : verdict);
      }
      if (exercise.claims().isEmpty()) {
        issues.add(new Issue(exercise.line(), Issue.Kind.REMARK, Message.of("remark.no.answer")));
        List<Message> failures =
            exercise.givens().isEmpty() ? List.of() : Derivation.of(exercise.problem()).failures();
        failures.forEach(f -> Issue.addOnce(issues, exercise.line(), f));
      }
      unanswered(exercise, verdicts).ifPresent(issues::add);
      issues.addAll(exercise.remarks());
    } catch (SheetException e) {
      issues.add(new Issue(exercise.line(), Issue.Kind.ERROR, e.reason()));
    }
    return new Checked(exercise, List.copyOf(verdicts), List.copyOf(issues));
  }

  /**
   * Tells right from wrong in some claims of an exercise; mistakes are not named.
   *
   * @param exercise the exercise
   * @param claims those of its claims that are judged
   * @return a verdict for each
   * @throws SheetException if nothing can be computed from its givens
   */
  public static List<Verdict> outcomes(Exercise exercise, List<Claim> claims) {
    return verdicts(exercise, claims, Audit::ofOutcomes);
  }

  /**
   * Whether a known mistake leads to numbers that are claimed.
   *
   * @param exercise the exercise
   * @param claim one of its claims
   * @return true if one is named for each wrong number
   * @throws SheetException if nothing can be computed from its givens
   */
  public static boolean isKnownMistake(Exercise exercise, Claim claim) {
    return verdicts(exercise, List.of(claim), Audit::ofKnownMistakes).stream()
        .flatMap(v -> v.cells().stream())
        .filter(c -> c.outcome() == Outcome.WRONG)
        .allMatch(c -> c.mistakes().stream().anyMatch(Verdict.Match::isKnown));
  }

  private static List<Verdict> verdicts(
      Exercise exercise, List<Claim> claims, Function<Problem, Audit> auditor) {
    if (claims.isEmpty()) {
      return List.of();
    }
    Audit audit = auditor.apply(exercise.problem());
    return claims.stream().map(c -> doubted(exercise, c, judged(audit, c))).toList();
  }

  /** What is asked and has no answer, where other things have one. */
  private static Optional<Issue> unanswered(Exercise exercise, List<Verdict> verdicts) {
    boolean words = exercise.claims().stream().anyMatch(c -> c instanceof Claim.Words);
    if (exercise.claims().isEmpty() || words) {
      return Optional.empty();
    }
    List<String> open =
        exercise.goals().stream()
            .filter(g -> exercise.claims().stream().noneMatch(c -> isAbout(c, g)))
            .map(Quantity::name)
            .filter(name -> verdicts.stream().noneMatch(v -> v.name().equals(name)))
            .toList();
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Issue(
                exercise.line(),
                Issue.Kind.REMARK,
                Message.of("remark.unanswered", String.join(", ", open))));
  }

  private static boolean isAbout(Claim claim, Quantity goal) {
    return switch (claim) {
      case Claim.Numbers n -> n.quantity().sameConcept(goal);
      case Claim.Shape s -> s.quantity().sameConcept(goal);
      case Claim.Formula f -> f.readings().stream().anyMatch(e -> e.output().sameConcept(goal));
      case Claim.Arithmetic a -> false;
      case Claim.Words w -> false;
    };
  }

  private static Verdict judged(Audit audit, Claim claim) {
    try {
      return audit.judge(claim);
    } catch (SheetException e) {
      return Verdict.unchecked(claim).noting(List.of(e.reason()));
    }
  }

  /** A verdict that calls nothing wrong that is in doubt. */
  private static Verdict doubted(Exercise exercise, Claim claim, Verdict verdict) {
    if (verdict.outcome() != Outcome.WRONG) {
      return verdict;
    }
    List<Message> reasons = new ArrayList<>();
    exercise.doubts().stream()
        .filter(d -> d.touches(verdict))
        .map(Doubt::reason)
        .forEach(reasons::add);
    Misnomer.of(exercise, verdict).ifPresent(reasons::add);
    return reasons.isEmpty() ? verdict : Verdict.unchecked(claim).noting(reasons);
  }

  /**
   * How many numbers or statements have an outcome.
   *
   * @param outcome the outcome
   * @return numbers and formulas for right and wrong, statements for unchecked
   */
  public long count(Outcome outcome) {
    return verdicts.stream()
        .mapToLong(v -> v.cells().isEmpty() ? (outcome == v.outcome() ? 1 : 0) : v.count(outcome))
        .sum();
  }

  /**
   * Whether something could not be read or judged.
   *
   * @return true if an issue is an error
   */
  public boolean hasErrors() {
    return issues.stream().anyMatch(i -> i.kind() == Issue.Kind.ERROR);
  }
}
