package dev.qkv.sheet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeCatalogue;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Problems;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.evaluation.ExactArithmetic;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Honest hand work is accepted, and every catalogued mistake is named. */
class HandWorkTest {
  private static Claim claim(Quantity quantity, Matrix numbers, int decimals) {
    List<List<Numeral>> rows = new ArrayList<>();
    for (int i = 0; i < numbers.rows(); i++) {
      rows.add(
          numbers.row(i).stream()
              .map(
                  v ->
                      new Numeral(
                          "",
                          -1,
                          v.isFinite()
                              ? Value.of(v.decimal().setScale(decimals, RoundingMode.HALF_UP))
                              : v,
                          OptionalInt.of(decimals)))
              .toList());
    }
    return new Claim.Numbers(
        quantity, rows, OptionalInt.empty(), OptionalInt.empty(), 1, quantity.name());
  }

  private static final ExactArithmetic EXACT = new ExactArithmetic();

  /** A goal, with something done to every result on the way; null where it is not reached. */
  private static @Nullable Matrix fire(Sheet sheet, Quantity goal, UnaryOperator<Matrix> change) {
    Map<Quantity, Matrix> known = new HashMap<>(sheet.problem().givens());
    for (Equation equation : sheet.plan(List.of(goal))) {
      if (known.keySet().containsAll(equation.inputs())) {
        try {
          known.put(equation.output(), change.apply(EXACT.evaluate(equation, known)));
        } catch (SheetException e) {
          // What depends on it is not reached.
        }
      }
    }
    return known.get(goal);
  }

  /** Every intermediate result rounded, as the sheet's own steps go. */
  @Property(tries = 300, seed = "20261122")
  void workRoundedAtEachStepIsRight(
      @ForAll Problems.Kind kind, @ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int d) {
    Problem problem = Problems.random(kind, seed);
    for (Quantity goal : problem.goals()) {
      Matrix rounded =
          fire(FormulaSheet.of(problem), goal, m -> EXACT.rounded(m, d, RoundingMode.HALF_UP));
      if (rounded != null) {
        Verdict verdict = new Audit(problem).judge(claim(goal, rounded, d));
        assertThat(verdict.outcome()).as(goal.name()).isEqualTo(Outcome.RIGHT);
      }
    }
  }

  @Property(tries = 200, seed = "20261122")
  void exactWorkRoundedAtTheEndIsRight(
      @ForAll Problems.Kind kind, @ForAll long seed, @ForAll @IntRange(min = 0, max = 15) int d) {
    Problem problem = Problems.random(kind, seed);
    Derivation derivation = Derivation.of(problem);
    for (Quantity goal : problem.goals()) {
      Verdict verdict =
          new Audit(problem).judge(claim(goal, derivation.value(goal).orElseThrow(), d));
      assertThat(verdict.outcome()).as(goal.name() + " to " + d).isEqualTo(Outcome.RIGHT);
    }
  }

  /** A last digit far beyond the interval is wrong, whatever the kind. */
  @Property(tries = 100, seed = "20261122")
  void aNumberElsewhereIsWrong(@ForAll Problems.Kind kind, @ForAll long seed) {
    Problem problem = Problems.random(kind, seed);
    Quantity goal = problem.goals().getFirst();
    Matrix right = Derivation.of(problem).value(goal).orElseThrow();
    Matrix off = right.map(v -> v.isFinite() ? v.plus(Value.of(7)) : v);
    assertThat(new Audit(problem).judge(claim(goal, off, 3)).outcome()).isEqualTo(Outcome.WRONG);
  }

  /**
   * Injects each mistake into random problems. It must be among those named, unless what it leads
   * to cannot be told from the right answer at that precision; both are counted, and every code has
   * to be named somewhere.
   */
  @Test
  void everyInjectedMistakeIsNamed() {
    List<Problem> problems =
        Arrays.stream(Problems.Kind.values()).map(kind -> Problems.random(kind, 1)).toList();
    Map<String, Tally> counts = new ConcurrentSkipListMap<>();
    problems.parallelStream()
        .forEach(
            problem -> {
              for (Mistake mistake : MistakeCatalogue.of(problem)) {
                for (Quantity goal : problem.goals()) {
                  inject(problem, mistake, goal, counts);
                }
              }
            });
    counts.forEach(
        (code, count) -> {
          System.out.printf(
              "%-20s named %4d, indistinguishable %4d%n",
              code, count.named.get(), count.same.get());
          assertThat(count.named.get()).as(code + " named").isPositive();
        });
    assertThat(counts.keySet())
        .contains(
            "SCALE.MISSING",
            "SCALE.DK",
            "SCALE.DMODEL",
            "SCALE.SEQUENCE",
            "SCALE.TWICE",
            "SOFTMAX.COLUMNS",
            "SOFTMAX.GLOBAL",
            "SOFTMAX.LINEAR",
            "SOFTMAX.ARGMAX",
            "SOFTMAX.BASE2",
            "SOFTMAX.BASE10",
            "MASK.NONE",
            "MASK.ZERO",
            "MASK.AFTER",
            "MASK.TRANSPOSED",
            "MASK.STRICT",
            "MASK.ALIGNMENT",
            "MASK.POLARITY",
            "OUTPUT.TRANSPOSED",
            "GRADIENT.TRANSPOSED",
            "GRADIENT.SOFTMAX",
            "GRADIENT.SCALE");
  }

  private record Tally(AtomicInteger named, AtomicInteger same) {}

  private static void inject(
      Problem problem, Mistake mistake, Quantity goal, Map<String, Tally> counts) {
    int decimals = 4;
    Derivation right = Derivation.of(problem.asking(List.of(goal)));
    Matrix wrong = fire(FormulaSheet.of(problem).with(mistake.alternatives()), goal, m -> m);
    if (wrong == null || !wrong.sameShape(right.value(goal).orElseThrow()) || !isDefined(wrong)) {
      return;
    }
    Verdict verdict = new Audit(problem).judge(claim(goal, wrong, decimals));
    Tally count =
        counts.computeIfAbsent(
            mistake.code(), c -> new Tally(new AtomicInteger(), new AtomicInteger()));
    if (verdict.outcome() == Outcome.RIGHT) {
      count.same.incrementAndGet();
      return;
    }
    assertThat(
            verdict.cells().stream().flatMap(c -> c.mistakes().stream()).map(Verdict.Match::code))
        .as(mistake.code() + " in " + goal.name() + " of " + problem)
        .contains(mistake.code());
    count.named.incrementAndGet();
  }

  private static boolean isDefined(Matrix m) {
    for (int i = 0; i < m.rows(); i++) {
      if (m.row(i).stream()
          .anyMatch(v -> Double.isNaN(v.toDouble()) || v.toDouble() == Double.POSITIVE_INFINITY)) {
        return false;
      }
    }
    return true;
  }
}
