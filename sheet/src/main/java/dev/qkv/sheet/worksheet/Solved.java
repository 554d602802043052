package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An exercise with its worked solution.
 *
 * @param exercise the exercise
 * @param derivation every step; none where the exercise makes no sense
 * @param issues what the reader and the sheet have to say
 */
public record Solved(Exercise exercise, Derivation derivation, List<Issue> issues) {
  /**
   * Works an exercise.
   *
   * @param exercise the exercise
   * @return its solution; what could not be computed is among the issues
   */
  public static Solved of(Exercise exercise) {
    List<Issue> issues = new ArrayList<>(exercise.issues());
    try {
      Derivation derivation = Derivation.of(exercise.problem());
      for (Message failure : derivation.failures()) {
        Issue.addOnce(issues, exercise.line(), failure);
      }
      for (Message missing : derivation.unreachable()) {
        issues.add(new Issue(exercise.line(), Issue.Kind.ERROR, missing));
      }
      issues.addAll(exercise.remarks());
      return new Solved(exercise, derivation, List.copyOf(issues));
    } catch (SheetException e) {
      issues.add(new Issue(exercise.line(), Issue.Kind.ERROR, e.reason()));
      Derivation nothing =
          new Derivation(exercise.problem(), List.of(), Map.of(), List.of(e.reason()), List.of());
      return new Solved(exercise, nothing, List.copyOf(issues));
    }
  }
}
