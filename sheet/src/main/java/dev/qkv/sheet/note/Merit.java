package dev.qkv.sheet.note;

import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import java.util.List;

/**
 * How well what an exercise says holds together.
 *
 * @param exercise the exercise
 * @param verdicts what is right and wrong of the numbers and shapes that it claims
 * @param value how much more is right than wrong of what it claims of its quantities
 */
record Merit(Exercise exercise, List<Verdict> verdicts, int value) {
  static Merit of(Exercise exercise) {
    List<Verdict> verdicts = verdicts(exercise);
    return new Merit(exercise, verdicts, value(verdicts));
  }

  private static List<Verdict> verdicts(Exercise exercise) {
    try {
      return Checked.outcomes(exercise, exercise.claims().stream().filter(Merit::counts).toList());
    } catch (SheetException e) {
      return List.of();
    }
  }

  private static boolean counts(Claim claim) {
    return claim instanceof Claim.Numbers || claim instanceof Claim.Shape;
  }

  private static int value(List<Verdict> verdicts) {
    return verdicts.stream()
        .mapToInt(v -> 2 * (int) v.count(Outcome.RIGHT) - v.cells().size())
        .sum();
  }

  /** How many numbers are right. */
  int right() {
    return verdicts.stream().mapToInt(v -> (int) v.count(Outcome.RIGHT)).sum();
  }

  /** How much of what it claims and asks follows from what it gives. */
  int following() {
    if (exercise.givens().isEmpty()) {
      return 0;
    }
    Sheet sheet;
    try {
      sheet = FormulaSheet.of(exercise.problem());
    } catch (SheetException e) {
      return -1;
    }
    int count = (int) exercise.goals().stream().filter(sheet::reaches).count();
    for (Claim claim : exercise.claims()) {
      boolean follows =
          (claim instanceof Claim.Numbers n && sheet.reaches(n.quantity()))
              || (claim instanceof Claim.Shape s && sheet.reaches(s.quantity()));
      count += follows ? 1 : 0;
    }
    return count;
  }

  /** How much there is that should follow: goals, claims, and givens that are none by nature. */
  int wanted() {
    return exercise.goals().size()
        + (int)
            exercise.givens().stream().filter(g -> !Nature.isGiven(g.quantity().head(0))).count()
        + (int) exercise.claims().stream().filter(Merit::counts).count()
        + (int)
            exercise.issues().stream()
                .filter(i -> i.message().key().equals("guess.unreachable"))
                .count();
  }
}
