package dev.qkv.sheet;

import dev.qkv.sheet.operation.Softmax;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One way of evaluating a sheet again, for an audit: a plan and the numbers it starts from.
 *
 * @param problem what is solved
 * @param plan formulas in firing order
 * @param givens numbers to start from
 * @param bareExponentials whether softmax is written without subtracting the maximum
 */
public record SheetPath(
    Problem problem, List<Formula> plan, Map<Quantity, Matrix> givens, boolean bareExponentials) {
  /**
   * The equivalent ways to a goal: softmax with and without its maximum, and LayerNorm with 0 and
   * with the usual ε where none was given.
   *
   * @param sheet the formulas
   * @param goal what is asked
   * @param exact whether to compute exactly rather than in float64
   * @return one or more ways
   */
  public static List<SheetPath> variants(FormulaSheet sheet, Quantity goal, boolean exact) {
    Map<Quantity, Matrix> givens = new LinkedHashMap<>();
    sheet
        .problem()
        .givens()
        .forEach((quantity, m) -> givens.put(quantity, exact ? m : m.map(SheetPath::approximate)));
    List<FormulaSheet> sheets = new ArrayList<>(List.of(sheet));
    List<Formula> plan = sheet.plan(List.of(goal));
    if (plan.stream().anyMatch(f -> f.output().equals(Quantities.EPSILON))) {
      sheets.add(sheet.with(List.of(FormulaSheet.usualEpsilon())));
    }
    List<SheetPath> paths = new ArrayList<>();
    for (FormulaSheet variant : sheets) {
      List<Formula> formulas = variant.plan(List.of(goal));
      paths.add(new SheetPath(sheet.problem(), formulas, givens, false));
      if (formulas.stream().anyMatch(SheetPath::exponentiates)) {
        List<Formula> bare = formulas.stream().map(SheetPath::bare).toList();
        paths.add(new SheetPath(sheet.problem(), bare, givens, true));
      }
    }
    return paths;
  }

  private static Value approximate(Value value) {
    return value instanceof NegativeInfinity ? value : new Approximate(value.toDouble());
  }

  private static boolean exponentiates(Formula formula) {
    return formula.output().concept().equals(Quantities.EXPONENTIALS.concept());
  }

  private static Formula bare(Formula formula) {
    return exponentiates(formula)
        ? FormulaSheet.formula(
            formula.output(),
            Softmax.bareExponentials(),
            "e^#0",
            "e^{#0}",
            formula.inputs().getFirst())
        : formula;
  }

  /** What happens to a result before later formulas see it. */
  @FunctionalInterface
  public interface Rewriting {
    /**
     * The result that goes on.
     *
     * @param quantity what was computed
     * @param result what came out
     * @return what later formulas see
     */
    Matrix of(Quantity quantity, Matrix result);
  }

  /**
   * Evaluates.
   *
   * @param rewriting what happens to each result on the way
   * @return the trace
   */
  public Derivation fire(Rewriting rewriting) {
    return Derivation.fire(problem, plan, givens, rewriting);
  }
}
