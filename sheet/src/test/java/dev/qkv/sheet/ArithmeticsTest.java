package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.sheet.evaluation.ExactArithmetic;
import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One definition each: every formula and every mistake, exact, rounded and in float64. */
class ArithmeticsTest {
  private static final ExactArithmetic EXACT = new ExactArithmetic();
  private static final FloatArithmetic FLOATS = new FloatArithmetic();
  private static final double TOLERANCE = 1e-10;
  private static final int DIGITS = 5;

  private final Map<String, Integer> compared = new TreeMap<>();

  @Test
  void formulasAndMistakesAgreeInAllArithmetics() {
    for (Problems.Kind kind : Problems.Kind.values()) {
      for (long seed = 10; seed < 13; seed++) {
        Problem problem = Problems.random(kind, seed);
        Sheet sheet = FormulaSheet.of(problem);
        walk(kind.name(), sheet);
        for (Mistake mistake : MistakeCatalogue.of(problem)) {
          walk(mistake.code(), sheet.with(mistake.alternatives()));
        }
      }
    }
    System.out.println("cells compared: " + compared);
    assertThat(compared.keySet())
        .contains("MASK.AFTER", "SOFTMAX.ARGMAX", "GRADIENT.SCALE", "ENCODER", "EVERY_CHOICE");
  }

  private void walk(String name, Sheet sheet) {
    Map<Quantity, Matrix> exact = new LinkedHashMap<>(sheet.problem().givens());
    Map<Quantity, Doubles> floats = new HashMap<>(Sheets.floats(exact));
    for (Equation equation : sheet.plan(sheet.problem().goals())) {
      if (exact.keySet().containsAll(equation.inputs())) {
        Doubles fast;
        try {
          fast = FLOATS.evaluate(equation, floats);
        } catch (SheetException e) {
          assertThatThrownBy(() -> EXACT.evaluate(equation, exact)).hasMessage(e.getMessage());
          continue;
        }
        try {
          Matrix slow = EXACT.evaluate(equation, exact);
          compare(name, equation, slow, fast);
          exact.put(equation.output(), slow);
          floats.put(equation.output(), fast);
        } catch (SheetException e) {
          assertThat(hasHole(fast)).as("%s: %s: %s", name, equation.text(), e).isTrue();
        }
      }
    }
  }

  /** Where exact arithmetic says that a number does not exist, float64 has NaN or an infinity. */
  private static boolean hasHole(Doubles matrix) {
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        if (!Double.isFinite(matrix.at(0, i, j))) {
          return true;
        }
      }
    }
    return false;
  }

  private void compare(String name, Equation equation, Matrix slow, Doubles fast) {
    assertThat(List.of(fast.rows(), fast.columns()))
        .as("%s: %s", name, equation.text())
        .isEqualTo(List.of(slow.rows(), slow.columns()));
    Matrix slowRounded = EXACT.rounded(slow, DIGITS, RoundingMode.HALF_UP);
    Doubles fastRounded = FLOATS.rounded(fast, DIGITS, RoundingMode.HALF_UP);
    for (int i = 0; i < slow.rows(); i++) {
      for (int j = 0; j < slow.columns(); j++) {
        Value value = slow.at(i, j);
        double number = fast.at(0, i, j);
        if (!value.isFinite()) {
          assertThat(number).as("%s: %s", name, equation.text()).isEqualTo(value.toDouble());
          continue;
        }
        double scale = Math.max(1, Math.abs(number));
        assertThat(Math.abs(value.toDouble() - number) <= TOLERANCE * scale)
            .as("%s: %s [%d, %d]: %s, %s", name, equation.text(), i, j, value, number)
            .isTrue();
        if (!isNearTie(value)) {
          double difference = slowRounded.at(i, j).toDouble() - fastRounded.at(0, i, j);
          assertThat(Math.abs(difference) <= TOLERANCE * scale)
              .as("%s: %s rounded [%d, %d]", name, equation.text(), i, j)
              .isTrue();
        }
        compared.merge(name, 1, Integer::sum);
      }
    }
  }

  private static boolean isNearTie(Value value) {
    BigDecimal beyond = value.decimal().abs().movePointRight(DIGITS).remainder(BigDecimal.ONE);
    double distance = beyond.subtract(new BigDecimal("0.5")).abs().doubleValue();
    return distance < 1e-4;
  }
}
