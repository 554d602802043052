package dev.qkv.sheet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.exercise.Generator;
import dev.qkv.sheet.exercise.Kind;
import dev.qkv.sheet.exercise.Level;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was wrong first is a mistake or a slip; what follows from it is not. */
class CarriedOnTest {
  private static final FloatArithmetic FLOATS = new FloatArithmetic();

  private static Checked checked(String question, String answer) {
    String text = "## 1. One\n\n```qkv\n" + question + "\n```\n```answer\n" + answer + "\n```\n";
    return Checked.of(Notes.read(text).exercises().getFirst());
  }

  private static List<String> codes(Verdict verdict) {
    return verdict.cells().stream()
        .flatMap(c -> c.mistakes().stream())
        .flatMap(m -> m.codes().stream())
        .distinct()
        .toList();
  }

  @Test
  void swappedDigitsAreNamedAndWhatFollowsIsNot() {
    Checked checked =
        checked(
            "Q = [1 1]\nK = [1 0; 1 1]\nV = [10; 20]\nfind S, A, Z",
            "S = [0.71, 1.14]\nA = [0.394, 0.606]\nZ = 16.06");
    assertThat(checked.count(Outcome.WRONG)).isEqualTo(4);
    assertThat(codes(checked.verdicts().get(0))).containsExactly("SLIP.DIGITS");
    assertThat(checked.verdicts().get(0).follows()).isEmpty();
    for (Verdict later : checked.verdicts().subList(1, 3)) {
      assertThat(later.follows()).startsWith("S");
      assertThat(codes(later)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'[-0.71, 1.41]', SLIP.SIGN",
    "'[0.71, 1.14]', SLIP.DIGITS",
    "'[0.71, 1.47]', SLIP.DIGIT",
    "'[0.71, 14.1]', SLIP.POINT",
    "'[1.41, 0.71]', SLIP.EXCHANGED",
  })
  void slipsAreNamed(String scores, String code) {
    Checked checked = checked("Q = [1 1]\nK = [1 0; 1 1]\nfind S", "S = " + scores);
    assertThat(codes(checked.verdicts().getFirst())).contains(code);
  }

  @Test
  void twoMistakesTogetherAreNamedTogether() {
    Checked checked =
        checked(
            "Q = [1 0; 2 1; 0 3]\nK = [1 1; 0 1; 2 0]\nV = [1 2; 3 4; 5 7]\nmask = causal\nfind Z",
            "Z = "
                + unscaledWithoutMask(
                    new double[][] {{1, 0}, {2, 1}, {0, 3}},
                    new double[][] {{1, 1}, {0, 1}, {2, 0}},
                    new double[][] {{1, 2}, {3, 4}, {5, 7}}));
    Verdict verdict = checked.verdicts().getFirst();
    assertThat(codes(verdict)).contains("SCALE.MISSING", "MASK.NONE");
    assertThat(verdict.cells())
        .filteredOn(c -> c.outcome() == Outcome.WRONG)
        .allMatch(c -> c.mistakes().stream().noneMatch(Verdict.Match::isKnown));
  }

  private static String unscaledWithoutMask(double[][] q, double[][] k, double[][] v) {
    StringBuilder rows = new StringBuilder();
    for (double[] query : q) {
      double sum = 0;
      double[] z = new double[v[0].length];
      for (int j = 0; j < k.length; j++) {
        double e = Math.exp(query[0] * k[j][0] + query[1] * k[j][1]);
        sum += e;
        for (int c = 0; c < z.length; c++) {
          z[c] += e * v[j][c];
        }
      }
      rows.append(rows.isEmpty() ? "[" : "; ");
      for (double x : z) {
        rows.append(String.format(Locale.ROOT, "%.4f ", x / sum));
      }
    }
    return rows.append(']').toString();
  }

  /** A score that is off, and everything after it worked from there. */
  @Test
  void everythingAfterAWrongScoreFollows() {
    Random random = new Random(4);
    int seen = 0;
    for (long seed = 0; seed < 40; seed++) {
      Problem problem = new Generator(seed, new Level(2)).draw(Kind.ATTENTION, 0).problem();
      Map<Quantity, Doubles> known = new HashMap<>();
      problem.givens().forEach((q, m) -> known.put(q, Doubles.of(m)));
      int place = random.nextInt(2);
      for (Equation equation : FormulaSheet.of(problem).plan(problem.goals())) {
        Doubles result = FLOATS.evaluate(equation, known);
        if (problem.goals().contains(equation.output())) {
          result = FLOATS.rounded(result, 3, RoundingMode.HALF_UP);
        }
        if (equation.output().equals(Quantities.S)) {
          int[] at = {0};
          result = result.map(x -> at[0]++ == place ? x + 0.777 : x);
        }
        known.put(equation.output(), result);
      }
      StringBuilder answer = new StringBuilder();
      for (Quantity goal : problem.goals()) {
        answer
            .append(goal.name())
            .append(" = ")
            .append(written(Objects.requireNonNull(known.get(goal))))
            .append('\n');
      }
      Checked checked = Checked.of(answered(problem, answer.toString()));
      assertThat(checked.verdicts().getFirst().outcome()).isEqualTo(Outcome.WRONG);
      assertThat(checked.verdicts().getFirst().follows()).isEmpty();
      for (Verdict later : checked.verdicts().subList(1, checked.verdicts().size())) {
        if (later.outcome() == Outcome.WRONG) {
          seen++;
          assertThat(later.follows()).as("%s of %s", later.name(), problem).isNotEmpty();
          assertThat(codes(later)).isEmpty();
        }
      }
    }
    assertThat(seen).isGreaterThan(60);
  }

  private static Exercise answered(Problem problem, String answer) {
    StringBuilder question = new StringBuilder();
    problem
        .givens()
        .forEach(
            (q, m) ->
                question
                    .append(q.name())
                    .append(" = ")
                    .append(written(Doubles.of(m)))
                    .append('\n'));
    return Notes.read("## 1. One\n\n```qkv\n" + question + "```\n```answer\n" + answer + "```\n")
        .exercises()
        .getFirst();
  }

  private static String written(Doubles numbers) {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < numbers.rows(); i++) {
      out.append(i == 0 ? "" : "; ");
      for (int j = 0; j < numbers.columns(); j++) {
        out.append(String.format(Locale.ROOT, "%.3f ", numbers.at(0, i, j)));
      }
    }
    return out.append(']').toString();
  }
}
