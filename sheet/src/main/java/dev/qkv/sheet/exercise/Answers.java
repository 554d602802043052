package dev.qkv.sheet.exercise;

import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked, in float64, by right or wrong formulas.
 *
 * @param goals a matrix for each quantity that is asked, in order
 */
record Answers(List<Doubles> goals) {
  private static final FloatArithmetic FLOATS = new FloatArithmetic();

  Answers {
    goals = List.copyOf(goals);
  }

  /** Follows a sheet's formulas; nothing where one of them has no answer. */
  static Optional<Answers> of(Sheet sheet, Map<Quantity, Doubles> givens, List<Quantity> goals) {
    Map<Quantity, Doubles> known = new HashMap<>(givens);
    try {
      for (Equation equation : sheet.plan(goals)) {
        if (!known.keySet().containsAll(equation.inputs())) {
          return Optional.empty();
        }
        known.put(equation.output(), FLOATS.evaluate(equation, known));
      }
    } catch (SheetException e) {
      return Optional.empty();
    }
    return known.keySet().containsAll(goals)
        ? Optional.of(new Answers(goals.stream().map(known::get).toList()))
        : Optional.empty();
  }

  /**
   * Whether some number differs by more than is allowed, and than a share of its size. Numbers that
   * do not exist tell nothing: nobody writes them down.
   */
  boolean differsFrom(Answers other, double allowed, double share) {
    for (int k = 0; k < goals.size(); k++) {
      Doubles one = goals.get(k);
      Doubles two = other.goals.get(k);
      if (one.rows() != two.rows() || one.columns() != two.columns()) {
        return true;
      }
      for (int i = 0; i < one.rows(); i++) {
        for (int j = 0; j < one.columns(); j++) {
          double a = one.at(0, i, j);
          double b = two.at(0, i, j);
          boolean exist = !Double.isNaN(a) && !Double.isNaN(b);
          if (exist && a != b && !(Math.abs(a - b) <= allowed + share * Math.abs(a))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
