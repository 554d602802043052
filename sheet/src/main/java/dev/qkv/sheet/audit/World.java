package dev.qkv.sheet.audit;

import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers, several drawings at a time, that a problem's formulas could be given: where two formulas
 * agree on all of them they are the same.
 *
 * @param problem which quantities are there, and the choices
 * @param sheet its formulas
 * @param givens the numbers
 */
record World(Problem problem, Sheet sheet, Map<Quantity, Doubles> givens) {
  private static final FloatArithmetic FLOATS = new FloatArithmetic();

  /** Rounding errors of float64 stay below this; two formulas that differ do not. */
  private static final double SLACK = 1e-8;

  static World of(Problem problem, Map<Quantity, Doubles> givens) {
    return new World(problem, FormulaSheet.of(problem), givens);
  }

  /** How a formula compares with the sheet's own. */
  sealed interface Comparison {}

  /** They agree. */
  record Same() implements Comparison {}

  /** They have one shape and differ. */
  record Different(Doubles given, Doubles right) implements Comparison {}

  /** They do not compare: the nearer they come, the more the reason says. */
  record Apart(Near near, Message reason, Optional<Doubles> given) implements Comparison {}

  /** How near a formula comes to being compared. */
  enum Near {
    /** Something that it needs is not there. */
    INPUT,
    /** Nothing leads to what it is a formula of. */
    OUTPUT,
    /** Its parts do not fit together. */
    PARTS,
    /** Its result has another shape. */
    SHAPE
  }

  /** A quantity's numbers as some formulas give them; what does not follow is missing. */
  Map<Quantity, Doubles> values(Sheet formulas, List<Quantity> wanted) {
    Map<Quantity, Doubles> known = new HashMap<>(givens);
    for (Equation equation : formulas.plan(wanted)) {
      if (known.keySet().containsAll(equation.inputs())) {
        value(equation, known).ifPresent(v -> known.put(equation.output(), v));
      }
    }
    return known;
  }

  /** A formula's numbers; nothing where shapes do not fit. */
  private static Optional<Doubles> value(Equation equation, Map<Quantity, Doubles> known) {
    try {
      return Optional.of(FLOATS.evaluate(equation, known));
    } catch (SheetException e) {
      return Optional.empty();
    }
  }

  Comparison compare(Equation claimed) {
    Quantity output = claimed.output();
    List<Quantity> wanted = new ArrayList<>(claimed.inputs());
    wanted.add(output);
    Map<Quantity, Doubles> known = values(sheet, wanted);
    for (Quantity input : claimed.inputs()) {
      if (!known.containsKey(input)) {
        Message missing = Message.of("formula.unchecked.input", input.symbol());
        return new Apart(Near.INPUT, missing, Optional.empty());
      }
    }
    Doubles right = known.get(output);
    if (right == null || givens.containsKey(output)) {
      Message missing = Message.of("formula.unchecked.output", output.symbol());
      return new Apart(Near.OUTPUT, missing, Optional.empty());
    }
    Doubles given;
    try {
      given = FLOATS.evaluate(claimed, known);
    } catch (SheetException e) {
      return new Apart(Near.PARTS, e.reason(), Optional.empty());
    }
    if (!sameShape(given, right)) {
      return new Apart(
          Near.SHAPE,
          Message.of(
              "formula.unchecked.shape",
              output.symbol(),
              given.rows() + "×" + given.columns(),
              right.rows() + "×" + right.columns()),
          Optional.of(given));
    }
    return same(given, right) ? new Same() : new Different(given, right);
  }

  private static boolean sameShape(Doubles one, Doubles other) {
    return one.rows() == other.rows() && one.columns() == other.columns();
  }

  /** Whether all cells agree; a number that does not exist agrees with nothing but its like. */
  static boolean same(Doubles one, Doubles other) {
    return sameShape(one, other) && firstDifference(one, other).isEmpty() && exists(one);
  }

  private static boolean exists(Doubles numbers) {
    for (int i = 0; i < numbers.rows(); i++) {
      for (int j = 0; j < numbers.columns(); j++) {
        if (!Double.isNaN(numbers.at(0, i, j))) {
          return true;
        }
      }
    }
    return false;
  }

  /** A cell of one drawing. */
  record Place(int drawing, int row, int column) {}

  static Optional<Place> firstDifference(Doubles one, Doubles other) {
    for (int b = 0; b < Math.max(one.batch(), other.batch()); b++) {
      for (int i = 0; i < one.rows(); i++) {
        for (int j = 0; j < one.columns(); j++) {
          if (!close(one.at(b, i, j), other.at(b, i, j))) {
            return Optional.of(new Place(b, i, j));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean close(double one, double other) {
    if (!Double.isFinite(one) || !Double.isFinite(other)) {
      return Double.compare(one, other) == 0;
    }
    return Math.abs(one - other) <= SLACK * (1 + Math.max(Math.abs(one), Math.abs(other)));
  }
}
