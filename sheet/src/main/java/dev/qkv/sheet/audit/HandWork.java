package dev.qkv.sheet.audit;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Quantity;
import dev.qkv.sheet.SheetPath;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody can arrive at who works by hand to some number of decimals.
 *
 * <p>Who writes a number down rounds it. So the sheet is evaluated along several paths: nothing
 * rounded on the way; one quantity rounded; everything rounded from some quantity on, with the
 * steps that many do in their heads or without them. The steps inside softmax (maximum,
 * exponentials, sum) either stay in the calculator or are all written, and then the weights are
 * written as well; the exponentials are taken with or without the maximum. A result that lies
 * between the smallest and the largest of these ends is reached.
 */
final class HandWork {
  /** Float64 follows paths of this many decimals at the most; longer ones are followed exactly. */
  private static final int LARGEST_FLOAT_DECIMALS = 10;

  /** Nobody works softmax in whole numbers: an answer in whole numbers was rounded at the end. */
  private static final int FEWEST_DECIMALS_ON_THE_WAY = 1;

  /** A float64 that should be a tie may lie this far beside it. */
  private static final double FLOAT_TIE = 1e-12;

  /** Paths end at most this many times as far away as the first ones do. */
  private static final BigDecimal FAR = new BigDecimal(4);

  private static final Set<String> INSIDE_SOFTMAX =
      Set.of(
          Quantities.ROW_MAX.concept(),
          Quantities.EXPONENTIALS.concept(),
          Quantities.ROW_SUM.concept());

  /** What many work out in their heads on the way to the quantities that an exercise names. */
  private static final Set<String> ON_THE_WAY =
      Set.of(
          Quantities.ROOT_D_K.concept(),
          Quantities.DOT.concept(),
          Quantities.ROW_MAX.concept(),
          Quantities.EXPONENTIALS.concept(),
          Quantities.ROW_SUM.concept(),
          Quantities.MEAN.concept(),
          Quantities.CENTERED.concept(),
          Quantities.VARIANCE.concept(),
          Quantities.DEVIATION.concept(),
          Quantities.ROW_DOT.concept());

  private final Quantity goal;
  private final int decimals;
  private final boolean exact;
  private final List<SheetPath> paths;
  private final List<Matrix> ends = new ArrayList<>();
  private boolean followed;

  /**
   * Follows the paths.
   *
   * @param sheet the formulas, right or wrong
   * @param goal what is asked
   * @param decimals to which everything is rounded
   */
  HandWork(FormulaSheet sheet, Quantity goal, int decimals) {
    this.goal = goal;
    this.decimals = decimals;
    this.exact = decimals > LARGEST_FLOAT_DECIMALS;
    this.paths = SheetPath.variants(sheet, goal, exact);
    for (SheetPath path : paths) {
      end(path, Set.of());
      end(path, Set.copyOf(concepts(path)));
    }
  }

  /** Follows the other paths as well, beyond nothing rounded and everything rounded. */
  HandWork throughout() {
    if (!followed) {
      paths.forEach(this::follow);
      followed = true;
    }
    return this;
  }

  private List<String> concepts(SheetPath path) {
    List<String> concepts =
        new ArrayList<>(
            new LinkedHashSet<>(path.plan().stream().map(f -> f.output().concept()).toList()));
    concepts.remove(goal.concept());
    return concepts;
  }

  private void follow(SheetPath path) {
    List<String> concepts = concepts(path);
    List<String> written = concepts.stream().filter(c -> !INSIDE_SOFTMAX.contains(c)).toList();
    Set<Set<String>> choices = new LinkedHashSet<>();
    if (!path.bareExponentials()) {
      written.forEach(c -> choices.add(Set.of(c)));
      suffixes(written, choices);
      suffixes(concepts.stream().filter(c -> !ON_THE_WAY.contains(c)).toList(), choices);
    }
    suffixes(concepts, choices);
    choices.forEach(rounded -> end(path, rounded));
  }

  /** Everything rounded from some quantity on. */
  private static void suffixes(List<String> concepts, Set<Set<String>> choices) {
    for (int from = 0; from < concepts.size(); from++) {
      choices.add(new HashSet<>(concepts.subList(from, concepts.size())));
    }
  }

  private void end(SheetPath path, Set<String> rounded) {
    if (!end(path, rounded, RoundingMode.HALF_UP)) {
      end(path, rounded, RoundingMode.HALF_DOWN);
      end(path, rounded, RoundingMode.HALF_EVEN);
    }
  }

  /** Follows one path; false if a tie was met, which may as well be rounded another way. */
  private boolean end(SheetPath path, Set<String> rounded, RoundingMode mode) {
    int digits = Math.max(decimals, FEWEST_DECIMALS_ON_THE_WAY);
    boolean[] clear = {true};
    Derivation derivation =
        path.fire(
            (quantity, result) ->
                rounded.contains(quantity.concept())
                    ? result.map(
                        v -> {
                          Value here = round(v, digits, mode);
                          clear[0] &= here.equals(round(v, digits, RoundingMode.HALF_DOWN));
                          return here;
                        })
                    : result);
    derivation.value(goal).ifPresent(ends::add);
    return clear[0];
  }

  private static Value round(Value value, int digits, RoundingMode mode) {
    if (!value.isFinite()) {
      return value;
    }
    return value instanceof Approximate(double number)
        ? new Approximate(round(number, digits, mode))
        : Value.of(value.decimal().setScale(digits, mode));
  }

  private static double round(double number, int digits, RoundingMode mode) {
    double unit = Math.pow(10, digits);
    double size = Math.abs(number) * unit;
    double whole = Math.floor(size);
    double beyond = size - whole - 0.5;
    boolean tie = Math.abs(beyond) <= Math.max(unit, size) * FLOAT_TIE;
    boolean up =
        tie
            ? mode == RoundingMode.HALF_UP || (mode == RoundingMode.HALF_EVEN && whole % 2 == 1)
            : beyond > 0;
    return Math.copySign((up ? whole + 1 : whole) / unit, number);
  }

  /**
   * Whether it is worth following the other paths to see if one leads to a number: the first paths
   * end near it, as far as rounding carries.
   */
  boolean comesNear(int row, int column, BigDecimal number) {
    return reach(row, column)
        .map(
            r ->
                r.contains(
                    number,
                    r.high()
                        .subtract(r.low())
                        .add(BigDecimal.ONE.movePointLeft(decimals))
                        .multiply(FAR)))
        .orElse(true);
  }

  /**
   * Whether the sheet leads to the goal at all.
   *
   * @return false for formulas whose inputs are missing or do not fit
   */
  boolean arrives() {
    return !ends.isEmpty();
  }

  /**
   * The result with nothing rounded.
   *
   * @return the first path's end
   */
  Matrix unrounded() {
    return ends.getFirst();
  }

  /**
   * The interval of one cell.
   *
   * @param row from 0
   * @param column from 0
   * @return the interval, or nothing where the cell is −∞ or has no value
   */
  Optional<Interval> reach(int row, int column) {
    return exact ? exactReach(row, column) : floatReach(row, column);
  }

  private Optional<Interval> floatReach(int row, int column) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Matrix end : ends) {
      double number = end.at(row, column).toDouble();
      if (Double.isFinite(number)) {
        double away = round(number, decimals, RoundingMode.HALF_UP);
        double toward = round(number, decimals, RoundingMode.HALF_DOWN);
        low = Math.min(low, Math.min(number, Math.min(away, toward)));
        high = Math.max(high, Math.max(number, Math.max(away, toward)));
      }
    }
    return low <= high
        ? Optional.of(new Interval(BigDecimal.valueOf(low), BigDecimal.valueOf(high)))
        : Optional.empty();
  }

  private Optional<Interval> exactReach(int row, int column) {
    Interval reach = null;
    for (Matrix end : ends) {
      if (end.at(row, column).isFinite()) {
        BigDecimal number = end.at(row, column).decimal();
        Interval start = reach == null ? new Interval(number, number) : reach;
        reach =
            start
                .and(number)
                .and(number.setScale(decimals, RoundingMode.HALF_UP))
                .and(number.setScale(decimals, RoundingMode.HALF_DOWN));
      }
    }
    return Optional.ofNullable(reach);
  }
}
