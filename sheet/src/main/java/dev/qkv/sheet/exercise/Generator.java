package dev.qkv.sheet.exercise;

import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Draws exercises until their certificates are complete: every mistake that can be made changes the
 * answer so that no honest rounding explains it, no two lead to the same one, and no pair cancels.
 * The same seed gives the same exercises.
 */
public final class Generator {
  private static final int MOST_DRAWS = 300;

  /** How many more are drawn for shapes that hide nothing: some kinds always hide something. */
  private static final int DRAWS_FOR_SHAPES = 20;

  /** Odd, with bits of both kinds all over: neighbouring seeds give unlike numbers. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final double LARGEST_WEIGHT = 0.98;
  private static final double LARGEST_NUMBER = 99.5;

  private final long seed;
  private final Level level;

  /**
   * A generator.
   *
   * @param seed any number
   * @param level how hard
   */
  public Generator(long seed, Level level) {
    this.seed = seed;
    this.level = level;
  }

  /**
   * Draws an exercise.
   *
   * @param kind what it is about
   * @param number which of its kind, from 0; each is drawn by itself
   * @return the exercise, whose certificate is complete
   * @throws SheetException if none was found; it says which mistakes resisted
   */
  public Drawn draw(Kind kind, int number) {
    long mixed = MIX * (seed + 1) + kind.word().hashCode();
    Random random = new Random(MIX * (MIX * mixed + number));
    Map<String, Integer> resisted = new TreeMap<>();
    Drawn best = null;
    int last = MOST_DRAWS;
    for (int tried = 0; tried < last; tried++) {
      Problem problem = Draw.of(kind, random, level);
      if (!isPleasant(problem)) {
        continue;
      }
      Certificate certificate = Certificate.of(problem, level.decimals());
      if (certificate.isComplete()) {
        Drawn drawn = new Drawn(kind, problem, certificate);
        if (certificate.hidden().isEmpty()) {
          return drawn;
        }
        if (best == null) {
          last = Math.min(MOST_DRAWS, tried + DRAWS_FOR_SHAPES);
        }
        if (best == null || hides(drawn) < hides(best)) {
          best = drawn;
        }
      }
      obstacles(certificate).forEach(o -> resisted.merge(o, 1, Integer::sum));
    }
    if (best != null) {
      return best;
    }
    Optional<String> most =
        resisted.entrySet().stream()
            .max(Comparator.comparingInt(Map.Entry::getValue))
            .map(Map.Entry::getKey);
    throw new SheetException(
        most.isPresent()
            ? Message.of("error.draw.resisted", kind.word(), level.number(), MOST_DRAWS, most.get())
            : Message.of("error.draw.unpleasant", kind.word(), level.number(), MOST_DRAWS));
  }

  private static int hides(Drawn drawn) {
    return drawn.certificate().hidden().size();
  }

  private static List<String> obstacles(Certificate certificate) {
    List<String> all = new ArrayList<>(certificate.unnoticed());
    certificate.alike().forEach(g -> all.add(String.join(" = ", g)));
    certificate.cancelling().forEach(g -> all.add(String.join(" + ", g)));
    return all;
  }

  /** No weight near 1, no number of more than two digits on the way. */
  static boolean isPleasant(Problem problem) {
    Sheet sheet = FormulaSheet.of(problem);
    Map<Quantity, Doubles> givens = new HashMap<>();
    problem.givens().forEach((quantity, numbers) -> givens.put(quantity, Doubles.of(numbers)));
    List<Quantity> way =
        sheet.plan(problem.goals()).stream()
            .map(Equation::output)
            .filter(q -> !q.isScalar())
            .distinct()
            .toList();
    Optional<Answers> answers = Answers.of(sheet, givens, way);
    if (answers.isEmpty()) {
      return false;
    }
    for (int k = 0; k < way.size(); k++) {
      double largest = way.get(k).sameConcept(Quantities.A) ? LARGEST_WEIGHT : LARGEST_NUMBER;
      if (!isWithin(answers.get().goals().get(k), largest, way.get(k))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithin(Doubles numbers, double largest, Quantity quantity) {
    boolean only = quantity.sameConcept(Quantities.A);
    for (int i = 0; i < numbers.rows(); i++) {
      for (int j = 0; j < numbers.columns(); j++) {
        double x = numbers.at(0, i, j);
        boolean hidden = x == Double.NEGATIVE_INFINITY;
        boolean single = only && x == 1; // a query that sees one key
        if (!hidden && !single && !(Math.abs(x) <= largest)) {
          return false;
        }
      }
    }
    return true;
  }
}
