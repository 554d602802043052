package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The gradient of every quantity on the way to a result, against central differences. */
class GradientTest {
  private static final double STEP = 1e-6;
  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-3;

  /** What is not differentiated: counts, and what chooses rather than computes. */
  private static final Set<Quantity> DISCRETE =
      Set.of(
          Quantities.D_K,
          Quantities.D_MODEL,
          Quantities.HEADS,
          Quantities.KEY_HEADS,
          Quantities.TOKENS,
          Quantities.MASK,
          Quantities.LABEL);

  private final Set<String> checked = new TreeSet<>();

  @Test
  void gradientsOfEveryFormulaAgreeWithCentralDifferences() {
    for (Problems.Kind kind : Problems.Kind.values()) {
      for (long seed = 0; seed < 3; seed++) {
        Problem problem = forward(Problems.random(kind, seed));
        for (Quantity end : problem.goals()) {
          if (!DISCRETE.contains(end) && kind != Problems.Kind.COUNTS) {
            check(kind, problem, end, new Random(seed));
          }
        }
      }
    }
    assertThat(checked)
        .contains(
            "X",
            "X_enc",
            "W_Q",
            "W_K",
            "W_V",
            "W_O",
            "Q",
            "K",
            "V",
            "Q_rot",
            "K_rot",
            "dot",
            "S",
            "scale",
            "sqrt_dk",
            "cap",
            "S_cap",
            "slope",
            "S_bias",
            "tau",
            "S_tau",
            "S_masked",
            "row_max",
            "E",
            "sink",
            "row_sum",
            "A",
            "Z",
            "Z_concat",
            "O",
            "Y",
            "mean",
            "centered",
            "var",
            "eps",
            "std",
            "gamma",
            "beta",
            "N",
            "LN",
            "mean_square",
            "rms",
            "W_1",
            "b_1",
            "U",
            "U_act",
            "W_2",
            "b_2",
            "FFN",
            "Y_2",
            "gamma_2",
            "CE",
            "W",
            "x");
    System.out.println("gradients against central differences: " + checked);
  }

  /** The problem without the gradients that it gives and asks. */
  private static Problem forward(Problem problem) {
    Map<Quantity, Matrix> givens = new LinkedHashMap<>(problem.givens());
    givens.keySet().removeIf(Quantity::isGradient);
    Set<Quantity> goals = new LinkedHashSet<>();
    for (Quantity goal : problem.goals()) {
      goals.add(goal.differentiated().isPresent() ? Quantities.Z : goal);
    }
    Sheet sheet = FormulaSheet.of(new Problem(givens, problem.choices(), List.of()));
    return new Problem(
        givens,
        problem.choices(),
        goals.stream().filter(g -> sheet.reaches(g) && !learns(sheet, g)).toList());
  }

  /** Whether a quantity itself comes from gradients, as weights after a step do. */
  private static boolean learns(Sheet sheet, Quantity quantity) {
    return sheet.plan(List.of(quantity)).stream().anyMatch(e -> e.output().isGradient());
  }

  private void check(Problems.Kind kind, Problem problem, Quantity end, Random random) {
    Matrix result = Derivation.of(problem.asking(List.of(end))).value(end).orElseThrow();
    Map<Quantity, Matrix> givens = new LinkedHashMap<>(problem.givens());
    givens.put(
        end.gradient(),
        Matrix.of(
            result.rows(),
            result.columns(),
            (i, j) -> Value.of(BigDecimal.valueOf(random.nextInt(41) - 20, 1))));
    Sheet sheet = FormulaSheet.of(new Problem(givens, problem.choices(), List.of()));
    Set<Quantity> quantities = new LinkedHashSet<>(problem.givens().keySet());
    sheet.plan(List.of(end)).stream().map(Equation::output).forEach(quantities::add);
    Map<Quantity, Doubles> known = Sheets.evaluate(sheet, Sheets.floats(givens), List.of(end));
    for (Quantity quantity : quantities) {
      if (!DISCRETE.contains(quantity)
          && !quantity.equals(end)
          && sheet.reaches(quantity.gradient())) {
        Doubles gradient =
            Sheets.get(
                Sheets.evaluate(sheet, Sheets.floats(givens), List.of(quantity.gradient())),
                quantity.gradient());
        compare(kind, problem, end, quantity, gradient, known);
        checked.add(quantity.concept());
      }
    }
  }

  private static void compare(
      Problems.Kind kind,
      Problem problem,
      Quantity end,
      Quantity quantity,
      Doubles gradient,
      Map<Quantity, Doubles> known) {
    Doubles value = Sheets.get(known, quantity);
    assertThat(gradient.rows()).as("%s: rows of d%s", kind, quantity).isEqualTo(value.rows());
    assertThat(gradient.columns()).as("columns of d%s", quantity).isEqualTo(value.columns());
    Map<Quantity, Matrix> names = new LinkedHashMap<>(problem.givens());
    names.put(quantity, Matrix.scalar(Value.of(0)));
    Sheet sheet = FormulaSheet.of(new Problem(names, problem.choices(), List.of()));
    Map<Quantity, Doubles> givens = new HashMap<>(Sheets.floats(problem.givens()));
    for (int i = 0; i < value.rows(); i++) {
      for (int j = 0; j < value.columns(); j++) {
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
          double moved = value.at(0, i, j) + (side == 0 ? STEP : -STEP);
          givens.put(quantity, Sheets.with(value, i, j, moved));
          losses[side] = loss(sheet, givens, end, Sheets.get(known, end.gradient()));
        }
        double expected = (losses[0] - losses[1]) / (2 * STEP);
        double got = gradient.at(0, i, j);
        assertThat(Math.abs(got - expected) <= ABSOLUTE + RELATIVE * Math.abs(expected))
            .as("%s: d%s[%d, %d] of %s: %s against %s", kind, quantity, i, j, end, got, expected)
            .isTrue();
      }
    }
  }

  private static double loss(
      Sheet sheet, Map<Quantity, Doubles> givens, Quantity end, Doubles gradient) {
    Doubles result = Sheets.get(Sheets.evaluate(sheet, givens, List.of(end)), end);
    double loss = 0;
    for (int i = 0; i < result.rows(); i++) {
      for (int j = 0; j < result.columns(); j++) {
        loss += gradient.at(0, i, j) * result.at(0, i, j);
      }
    }
    return loss;
  }
}
