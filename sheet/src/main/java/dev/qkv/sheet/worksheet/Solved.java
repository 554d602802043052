package dev.qkv.sheet.worksheet;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.Step;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An exercise with its worked solution.
 *
 * @param exercise the exercise
 * @param derivation every step; none where the exercise makes no sense
 * @param asNoted the steps of a softmax without its maximum, by what they give, where the answers
 *     have those numbers
 * @param issues what the reader and the sheet have to say
 */
public record Solved(
    Exercise exercise, Derivation derivation, Map<Quantity, Step> asNoted, List<Issue> issues) {
  /** How far numbers of a note may be from what they are. */
  private static final double NEAR = 0.02;

  /** How much is worked. */
  public enum Extent {
    /** What is asked; where nothing is, what the answers of the native form speak of, or all. */
    ASKED,
    /** All that follows. */
    ALL
  }

  /**
   * Works what an exercise asks.
   *
   * @param exercise the exercise
   * @return its solution; what could not be computed is among the issues
   */
  public static Solved of(Exercise exercise) {
    return of(exercise, Extent.ASKED);
  }

  /**
   * Works an exercise.
   *
   * @param exercise the exercise
   * @param extent how much of it
   * @return its solution; what could not be computed is among the issues
   */
  public static Solved of(Exercise exercise, Extent extent) {
    List<Issue> issues = new ArrayList<>(exercise.issues());
    try {
      Problem problem = exercise.problem();
      Sheet sheet = FormulaSheet.of(problem);
      Derivation derivation =
          extent == Extent.ALL
              ? Derivation.of(sheet, List.of())
              : answered(exercise, sheet).orElseGet(() -> Derivation.of(sheet, problem.goals()));
      for (Message failure : derivation.failures()) {
        Issue.addOnce(issues, exercise.line(), failure);
      }
      for (Message missing : derivation.unreachable()) {
        issues.add(new Issue(exercise.line(), Issue.Kind.ERROR, missing));
      }
      issues.addAll(exercise.remarks());
      return new Solved(
          exercise, derivation, asNoted(exercise, sheet, derivation), List.copyOf(issues));
    } catch (SheetException e) {
      issues.add(new Issue(exercise.line(), Issue.Kind.ERROR, e.reason()));
      Derivation nothing =
          new Derivation(exercise.problem(), List.of(), Map.of(), List.of(e.reason()), List.of());
      return new Solved(exercise, nothing, Map.of(), List.copyOf(issues));
    }
  }

  /**
   * What the answers speak of, where nothing else is asked and all of that can be had. A note may
   * ask in words that were not understood: there all is worked.
   */
  private static Optional<Derivation> answered(Exercise exercise, Sheet sheet) {
    List<Quantity> claimed =
        numbers(exercise).stream().map(Claim.Numbers::quantity).distinct().toList();
    boolean silent = exercise.goals().isEmpty() && !exercise.read() && !claimed.isEmpty();
    if (!silent || !claimed.stream().allMatch(sheet::reaches)) {
      return Optional.empty();
    }
    return Optional.of(Derivation.of(sheet, claimed)).filter(d -> d.failures().isEmpty());
  }

  private static List<Claim.Numbers> numbers(Exercise exercise) {
    return exercise.claims().stream()
        .filter(Claim.Numbers.class::isInstance)
        .map(Claim.Numbers.class::cast)
        .toList();
  }

  private static Map<Quantity, Step> asNoted(
      Exercise exercise, Sheet sheet, Derivation derivation) {
    List<Claim.Numbers> claims =
        numbers(exercise).stream().filter(c -> isOfExponentials(c.quantity())).toList();
    Optional<Sheet> bare = claims.isEmpty() ? Optional.empty() : sheet.withoutMaximum();
    if (bare.isEmpty()) {
      return Map.of();
    }
    List<Quantity> wanted =
        bare.get().equations().stream()
            .map(Equation::output)
            .filter(Solved::isOfExponentials)
            .distinct()
            .toList();
    Derivation other = Derivation.of(bare.get(), wanted);
    boolean has = claims.stream().anyMatch(c -> near(c, other) > near(c, derivation));
    Map<Quantity, Step> steps = new LinkedHashMap<>();
    for (Step step : has ? other.steps() : List.<Step>of()) {
      Quantity output = step.formula().output();
      if (isOfExponentials(output)) {
        steps.put(output, step);
      }
    }
    return Map.copyOf(steps);
  }

  private static boolean isOfExponentials(Quantity quantity) {
    return quantity.sameConcept(Quantities.EXPONENTIALS)
        || quantity.sameConcept(Quantities.ROW_SUM);
  }

  /** How many of a claim's numbers are in a solution. */
  private static long near(Claim.Numbers claim, Derivation derivation) {
    Optional<Matrix> right = derivation.value(claim.quantity());
    if (right.isEmpty()) {
      return 0;
    }
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < right.get().rows(); i++) {
      values.addAll(right.get().row(i));
    }
    return claim.numbers().stream()
        .flatMap(List::stream)
        .mapToDouble(n -> n.value().toDouble())
        .filter(n -> values.stream().anyMatch(v -> isNear(n, v.toDouble())))
        .count();
  }

  private static boolean isNear(double written, double right) {
    return Math.abs(written - right) <= NEAR * Math.abs(right);
  }
}
