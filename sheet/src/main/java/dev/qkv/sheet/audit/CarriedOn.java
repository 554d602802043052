package dev.qkv.sheet.audit;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The claims of one exercise together: a wrong one that follows from an earlier wrong one is right
 * from there on. Only what was wrong first is a mistake.
 */
public final class CarriedOn {
  private final Problem problem;
  private final Sheet sheet;
  private final List<Verdict> verdicts;

  private CarriedOn(Problem problem, List<Verdict> verdicts) {
    this.problem = problem;
    this.sheet = FormulaSheet.of(problem);
    this.verdicts = verdicts;
  }

  /**
   * Marks what follows from numbers that are wrong already.
   *
   * @param problem what was given
   * @param verdicts on all claims, each by itself
   * @return the same verdicts; those that follow say from what, and name no mistake
   * @throws SheetException if the number of heads makes no sense
   */
  public static List<Verdict> of(Problem problem, List<Verdict> verdicts) {
    if (verdicts.stream().filter(CarriedOn::isWrong).limit(2).count() < 2) {
      return verdicts;
    }
    CarriedOn all = new CarriedOn(problem, verdicts);
    return verdicts.stream().map(v -> isWrong(v) ? all.marked(v) : v).toList();
  }

  private static boolean isWrong(Verdict verdict) {
    return verdict.outcome() == Outcome.WRONG && verdict.claim() instanceof Claim.Numbers;
  }

  private Verdict marked(Verdict verdict) {
    Optional<Quantity> quantity = Quantities.named(verdict.name());
    if (quantity.isEmpty()) {
      return verdict;
    }
    Set<Quantity> before = new LinkedHashSet<>();
    sheet.plan(List.of(quantity.get())).stream().map(Equation::output).forEach(before::add);
    before.remove(quantity.get());
    List<Verdict> earlier =
        verdicts.stream()
            .filter(v -> v.claim() instanceof Claim.Numbers && !v.cells().isEmpty())
            .filter(v -> Quantities.named(v.name()).filter(before::contains).isPresent())
            .toList();
    List<String> wrong =
        earlier.stream().filter(CarriedOn::isWrong).map(Verdict::name).distinct().toList();
    if (wrong.isEmpty()) {
      return verdict;
    }
    List<Predicate<Verdict>> choices =
        List.of(CarriedOn::isWrong, v -> v.name().equals(wrong.getLast()), v -> true);
    for (Predicate<Verdict> taken : choices) {
      List<Verdict> own = earlier.stream().filter(taken).toList();
      if (follows(verdict.claim(), own)) {
        return verdict.following(
            own.stream().filter(CarriedOn::isWrong).map(Verdict::name).distinct().toList());
      }
    }
    return verdict;
  }

  private boolean follows(Claim claim, List<Verdict> own) {
    try {
      Map<Quantity, Matrix> givens = new LinkedHashMap<>(problem.givens());
      for (Verdict verdict : own) {
        Quantity quantity = Quantities.named(verdict.name()).orElseThrow();
        Matrix known = givens.get(quantity);
        Optional<Matrix> start = known == null ? right(quantity) : Optional.of(known);
        if (start.isEmpty()) {
          return false;
        }
        givens.put(quantity, written(start.get(), verdict.cells()));
      }
      Problem theirs = new Problem(givens, problem.choices(), List.of());
      return Audit.ofOutcomes(theirs).judge(claim).outcome() == Outcome.RIGHT;
    } catch (SheetException e) {
      return false; // what was written may lead nowhere
    }
  }

  private Optional<Matrix> right(Quantity quantity) {
    return Derivation.of(sheet, List.of(quantity)).value(quantity);
  }

  /** The matrix with the cells that somebody wrote. */
  private static Matrix written(Matrix right, List<Verdict.Cell> cells) {
    List<List<Value>> rows = new ArrayList<>();
    for (int i = 0; i < right.rows(); i++) {
      rows.add(new ArrayList<>(right.row(i)));
    }
    for (Verdict.Cell cell : cells) {
      rows.get(cell.row().orElse(1) - 1).set(cell.column().orElse(1) - 1, cell.claimed().value());
    }
    return Matrix.ofRows(rows);
  }
}
