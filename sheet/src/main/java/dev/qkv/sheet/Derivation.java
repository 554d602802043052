package dev.qkv.sheet;

import dev.qkv.sheet.value.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trace of fired formulas: the worked solution.
 *
 * @param problem what was given and asked
 * @param steps the formulas that fired, in order
 * @param known every number, given and derived
 * @param failures why some formulas could not fire
 */
public record Derivation(
    Problem problem, List<Step> steps, Map<Quantity, Matrix> known, List<Message> failures) {
  /**
   * Solves a problem: fires every formula on the way from its givens to its goals.
   *
   * @param problem what is given and asked
   * @return the trace; formulas that could not fire are among the failures and the rest goes on
   * @throws SheetException if the number of heads makes no sense
   */
  public static Derivation of(Problem problem) {
    FormulaSheet sheet = FormulaSheet.of(problem);
    return fire(problem, sheet.plan(problem.goals()), problem.givens(), (q, result) -> result);
  }

  static Derivation fire(
      Problem problem,
      List<Formula> plan,
      Map<Quantity, Matrix> givens,
      SheetPath.Rewriting rewriting) {
    Map<Quantity, Matrix> known = new LinkedHashMap<>(givens);
    List<Step> steps = new ArrayList<>();
    List<Message> failures = new ArrayList<>();
    for (Formula formula : plan) {
      if (!known.keySet().containsAll(formula.inputs())) {
        continue;
      }
      try {
        Step step = formula.fire(known);
        steps.add(step);
        known.put(formula.output(), rewriting.of(formula.output(), step.result()));
      } catch (SheetException e) {
        failures.add(e.reason());
      }
    }
    return new Derivation(problem, List.copyOf(steps), known, List.copyOf(failures));
  }

  /**
   * A quantity's numbers.
   *
   * @param quantity any quantity
   * @return its numbers, if it was given or derived
   */
  public Optional<Matrix> value(Quantity quantity) {
    return Optional.ofNullable(known.get(quantity));
  }

  /**
   * The goals that could not be had and that no failure explains: the givens do not lead to them.
   *
   * @return quantities in the order asked
   */
  public List<Quantity> unreachable() {
    return failures.isEmpty()
        ? problem.goals().stream().filter(q -> !known.containsKey(q)).toList()
        : List.of();
  }
}
