package dev.qkv.sheet.exercise;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeCatalogue;
import dev.qkv.sheet.MistakeIndex;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Matrix;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A mistake with an example: a small problem in which the wrong formula and the right one lead to
 * numbers that differ at two decimals.
 *
 * @param entry the mistake
 * @param kind what the example is about
 * @param problem what it gives
 * @param right the right formulas in the place of the wrong ones
 * @param wrong the wrong formulas
 * @param quantity the first quantity asked that comes out wrong
 * @param rightNumbers what it is
 * @param wrongNumbers what it becomes
 */
public record MistakePage(
    MistakeIndex entry,
    Kind kind,
    Problem problem,
    List<Equation> right,
    List<Equation> wrong,
    Quantity quantity,
    Matrix rightNumbers,
    Matrix wrongNumbers) {
  private static final int MOST_DRAWS = 200;
  private static final double VISIBLE = 0.05;

  /**
   * Finds an example.
   *
   * @param entry a mistake of the catalogue
   * @return its page, the same every time; nothing if no kind of exercise leaves room for it
   */
  public static Optional<MistakePage> of(MistakeIndex entry) {
    for (int number : entry.isSlip() ? new int[0] : new int[] {2, 4}) {
      for (Kind kind : Kind.values()) {
        Random random = new Random(1);
        for (int tried = 0; tried < MOST_DRAWS; tried++) {
          Problem problem = Draw.of(kind, random, new Level(number));
          List<Mistake> such =
              MistakeCatalogue.of(problem).stream()
                  .filter(m -> m.code().equals(entry.code()))
                  .toList();
          if (such.isEmpty() && kind != Kind.MASK) {
            break;
          }
          for (Mistake mistake : such) {
            Optional<MistakePage> page = of(entry, kind, problem, mistake);
            if (page.isPresent()) {
              return page;
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<MistakePage> of(
      MistakeIndex entry, Kind kind, Problem problem, Mistake mistake) {
    Sheet sheet = FormulaSheet.of(problem);
    Sheet mistaken = sheet.with(mistake.alternatives());
    Set<Equation> changed = new HashSet<>(mistake.alternatives());
    List<Equation> made =
        mistaken.plan(problem.goals()).stream().filter(changed::contains).toList();
    if (made.isEmpty() || !Generator.isPleasant(problem)) {
      return Optional.empty();
    }
    Derivation right = Derivation.of(problem);
    Derivation wrong = Derivation.of(mistaken, problem.goals());
    for (Quantity goal : problem.goals()) {
      Optional<Matrix> is = right.value(goal);
      Optional<Matrix> becomes = wrong.value(goal);
      if (is.isPresent() && becomes.isPresent() && differ(is.get(), becomes.get())) {
        Set<Quantity> outputs = new HashSet<>();
        made.forEach(e -> outputs.add(e.output()));
        List<Equation> instead =
            sheet.plan(problem.goals()).stream().filter(e -> outputs.contains(e.output())).toList();
        return Optional.of(
            new MistakePage(entry, kind, problem, instead, made, goal, is.get(), becomes.get()));
      }
    }
    return Optional.empty();
  }

  private static boolean differ(Matrix one, Matrix other) {
    return new Answers(List.of(Doubles.of(one)))
        .differsFrom(new Answers(List.of(Doubles.of(other))), VISIBLE, 0);
  }

  /**
   * The example's question.
   *
   * @return the statements of a {@code qkv} block, one to a line
   */
  public String question() {
    return Drawn.question(kind, problem);
  }
}
