package dev.qkv.sheet;

import dev.qkv.sheet.evaluation.ExactArithmetic;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * The trace of fired formulas: the worked solution.
 *
 * @param problem what was given and asked
 * @param steps the formulas that fired, in order
 * @param known every number, given and derived
 * @param failures why some formulas could not fire
 * @param unreachable why some goals do not follow from the givens
 */
public record Derivation(
    Problem problem,
    List<Step> steps,
    Map<Quantity, Matrix> known,
    List<Message> failures,
    List<Message> unreachable) {
  private static final ExactArithmetic EXACT = new ExactArithmetic();

  /**
   * Solves a problem: fires every formula on the way from its givens to its goals.
   *
   * @param problem what is given and asked
   * @return the trace; formulas that could not fire are among the failures and the rest goes on
   * @throws SheetException if the number of heads makes no sense
   * @throws CancellationException if the thread is interrupted before its end
   */
  public static Derivation of(Problem problem) {
    return of(FormulaSheet.of(problem), problem.goals());
  }

  /**
   * Fires the formulas of a sheet.
   *
   * @param sheet the formulas
   * @param goals what is asked; empty for all that can be had. What nobody asked for may fail to
   *     fit without being a failure, as long as every given was of use.
   * @return the trace
   * @throws CancellationException if the thread is interrupted before its end
   */
  public static Derivation of(Sheet sheet, List<Quantity> goals) {
    Problem problem = sheet.problem();
    List<Equation> plan = sheet.plan(goals);
    Map<Quantity, Matrix> known = new LinkedHashMap<>(problem.givens());
    List<Step> steps = new ArrayList<>();
    List<Message> failures = new ArrayList<>();
    Set<Quantity> used = new HashSet<>();
    Set<String> failed = new HashSet<>();
    for (Equation equation : plan) {
      if (known.keySet().containsAll(equation.inputs())) {
        try {
          Matrix result = EXACT.evaluate(equation, known);
          steps.add(new Step(equation, known, result));
          known.put(equation.output(), result);
          used.addAll(equation.inputs());
        } catch (SheetException e) {
          if (failed.add(equation.output().concept())) { // the other heads fail alike
            failures.add(e.reason());
          }
        }
      }
    }
    boolean unasked = goals.isEmpty() && used.containsAll(problem.givens().keySet());
    Set<Quantity> planned = new HashSet<>();
    plan.forEach(e -> planned.add(e.output()));
    List<Message> unreachable = new ArrayList<>();
    for (Quantity goal : goals) {
      if (!known.containsKey(goal) && !planned.contains(goal)) {
        unreachable.add(unreachable(sheet, goal));
      }
    }
    return new Derivation(
        problem,
        List.copyOf(steps),
        known,
        failures.stream().filter(f -> !unasked || !isMisfit(f)).toList(),
        List.copyOf(unreachable));
  }

  /** What does not fit where nobody asked for it; anything else that fails is said. */
  private static boolean isMisfit(Message failure) {
    return failure.key().startsWith("error.shape");
  }

  private static Message unreachable(Sheet sheet, Quantity goal) {
    List<Quantity> missing = sheet.missing(goal);
    return missing.isEmpty() || missing.contains(goal)
        ? Message.of("note.unreachable", goal.name())
        : Message.of(
            "note.missing",
            goal.name(),
            String.join(", ", missing.stream().map(Quantity::name).toList()));
  }

  /**
   * A quantity's numbers.
   *
   * @param quantity any quantity
   * @return its numbers, if it was given or derived
   */
  public Optional<Matrix> value(Quantity quantity) {
    return Optional.ofNullable(known.get(quantity));
  }
}
