package dev.qkv.sheet;

import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Matrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What tests do with sheets. */
final class Sheets {
  private static final FloatArithmetic FLOATS = new FloatArithmetic();

  private Sheets() {}

  static Map<Quantity, Doubles> floats(Map<Quantity, Matrix> givens) {
    Map<Quantity, Doubles> known = new HashMap<>();
    givens.forEach((q, m) -> known.put(q, Doubles.of(m)));
    return known;
  }

  /** Everything that leads to the goals, in float64. */
  static Map<Quantity, Doubles> evaluate(
      Sheet sheet, Map<Quantity, Doubles> givens, List<Quantity> goals) {
    Map<Quantity, Doubles> known = new HashMap<>(givens);
    for (Equation equation : sheet.plan(goals)) {
      known.put(equation.output(), FLOATS.evaluate(equation, known));
    }
    return known;
  }

  static Doubles get(Map<Quantity, Doubles> known, Quantity quantity) {
    return Objects.requireNonNull(known.get(quantity), quantity.name());
  }

  /** The matrix with one cell replaced. */
  static Doubles with(Doubles matrix, int row, int column, double number) {
    double[] cells = new double[matrix.rows() * matrix.columns()];
    for (int k = 0; k < cells.length; k++) {
      cells[k] = matrix.at(0, k / matrix.columns(), k % matrix.columns());
    }
    cells[row * matrix.columns() + column] = number;
    return new Doubles(1, matrix.rows(), matrix.columns(), cells);
  }
}
