package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.audit.Audit;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.commentary.ModelAnswer;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import java.util.ArrayList;
import java.util.List;

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
      Audit audit = new Audit(exercise.problem());
      for (Claim claim : exercise.claims()) {
        try {
          Verdict verdict = audit.judge(claim);
          verdicts.add(
              claim instanceof Claim.Words
                  ? verdict.noting(ModelAnswer.to(exercise.problem()))
                  : verdict);
        } catch (SheetException e) {
          Issue.addOnce(issues, claim.line(), e.reason());
          verdicts.add(Verdict.unchecked(claim));
        }
      }
      if (exercise.claims().isEmpty()) {
        issues.add(new Issue(exercise.line(), Issue.Kind.REMARK, Message.of("remark.no.answer")));
        for (Message failure : Derivation.of(exercise.problem()).failures()) {
          Issue.addOnce(issues, exercise.line(), failure);
        }
      }
      issues.addAll(exercise.remarks());
    } catch (SheetException e) {
      issues.add(new Issue(exercise.line(), Issue.Kind.ERROR, e.reason()));
    }
    return new Checked(exercise, List.copyOf(verdicts), List.copyOf(issues));
  }

  /**
   * How many numbers or statements have an outcome.
   *
   * @param outcome the outcome
   * @return numbers for right and wrong, statements for unchecked
   */
  public long count(Outcome outcome) {
    return verdicts.stream()
        .mapToLong(
            v ->
                v.cells().isEmpty()
                    ? (outcome == Outcome.UNCHECKED ? 1 : 0)
                    : v.cells().stream().filter(c -> c.outcome() == outcome).count())
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
