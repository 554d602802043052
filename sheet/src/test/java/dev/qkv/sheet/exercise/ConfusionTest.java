package dev.qkv.sheet.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeCatalogue;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.audit.Audit;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every mistake, made in random exercises, is named; on right answers nothing is said. */
class ConfusionTest {
  private static final int EACH = Integer.getInteger("qkv.confusion", 2);
  private static final FloatArithmetic FLOATS = new FloatArithmetic();

  /** Random numbers of any level, pleasant or not; −1 rounds nothing on the way. */
  private static Map<Quantity, Doubles> worked(Problem problem, Sheet sheet, int decimals) {
    Map<Quantity, Doubles> known = new HashMap<>();
    problem.givens().forEach((q, m) -> known.put(q, Doubles.of(m)));
    for (Equation equation : sheet.plan(problem.goals())) {
      Doubles result = FLOATS.evaluate(equation, known);
      boolean written = decimals >= 0 && !equation.output().isScalar();
      known.put(
          equation.output(),
          written ? FLOATS.rounded(result, decimals, RoundingMode.HALF_UP) : result);
    }
    return known;
  }

  @ParameterizedTest
  @EnumSource
  void mistakesAreNamedAndRightAnswersAreNot(Kind kind) {
    Map<String, Integer> missed = new TreeMap<>();
    int named = 0;
    for (int number = 0; number < 5 * EACH; number++) {
      Level level = new Level(number % 5 + 1);
      Problem problem = Draw.of(kind, new Random(31L * kind.word().hashCode() + number), level);
      if (!Generator.isPleasant(problem)) {
        continue;
      }
      Sheet sheet = FormulaSheet.of(problem);
      for (int decimals = 2; decimals <= 4; decimals++) {
        Audit audit = new Audit(problem);
        for (int onTheWay : new int[] {-1, decimals}) {
          for (Claim claim : claims(problem, worked(problem, sheet, onTheWay), decimals)) {
            Verdict verdict = audit.judge(claim);
            assertThat(verdict.outcome()).as("%s of %s", claim, problem).isEqualTo(Outcome.RIGHT);
            assertThat(verdict.cells()).allMatch(c -> c.mistakes().isEmpty());
          }
        }
        for (Mistake mistake : MistakeCatalogue.of(problem)) {
          Sheet wrong = sheet.with(mistake.alternatives());
          Set<Equation> changed = Set.copyOf(mistake.alternatives());
          if (wrong.plan(problem.goals()).stream().noneMatch(changed::contains)) {
            continue;
          }
          for (Claim claim : claims(problem, mistaken(problem, wrong), decimals)) {
            Optional<Verdict> judged = judged(audit, claim);
            if (judged.isEmpty() || judged.get().outcome() != Outcome.WRONG) {
              continue;
            }
            Verdict verdict = judged.get();
            if (codes(verdict).contains(mistake.code())) {
              named++;
            } else {
              missed.merge(mistake.code() + " gives " + codes(verdict), 1, Integer::sum);
            }
          }
        }
      }
    }
    assertThat(missed).isEmpty();
    assertThat(named).isPositive();
  }

  /** Nothing where the wrong formulas do not fit these shapes. */
  private static Map<Quantity, Doubles> mistaken(Problem problem, Sheet wrong) {
    try {
      return worked(problem, wrong, -1);
    } catch (SheetException e) {
      return Map.of();
    }
  }

  /** Nothing for numbers of another shape. */
  private static Optional<Verdict> judged(Audit audit, Claim claim) {
    try {
      return Optional.of(audit.judge(claim));
    } catch (SheetException e) {
      return Optional.empty();
    }
  }

  private static List<Claim.Numbers> claims(
      Problem problem, Map<Quantity, Doubles> known, int decimals) {
    return problem.goals().stream()
        .filter(known::containsKey)
        .flatMap(
            goal ->
                WrittenAnswer.of(goal, Objects.requireNonNull(known.get(goal)), decimals).stream())
        .toList();
  }

  private static Set<String> codes(Verdict verdict) {
    return verdict.cells().stream()
        .flatMap(c -> c.mistakes().stream())
        .map(Verdict.Match::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
