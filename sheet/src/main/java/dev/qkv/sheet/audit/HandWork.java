package dev.qkv.sheet.audit;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 *
 * @param <M> matrices: float64, or exact beyond its decimals
 */
final class HandWork<M> {
  /** Nobody works softmax in whole numbers: an answer in whole numbers was rounded at the end. */
  private static final int FEWEST_DECIMALS_ON_THE_WAY = 1;

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
          Quantities.MEAN_SQUARE.concept(),
          Quantities.RMS.concept(),
          Quantities.HIDDEN.concept(),
          Quantities.ROW_DOT.concept());

  private final Quantity goal;
  private final int decimals;
  private final List<Path> paths = new ArrayList<>();
  private final Evaluations<M> evaluations;
  private final Map<Quantity, M> givens;
  private final List<Way<M>> ways = new ArrayList<>();
  private boolean followed;

  /**
   * One way of writing the same thing.
   *
   * @param plan equations in firing order
   * @param bare whether softmax is written without subtracting the maximum
   */
  private record Path(List<Equation> plan, boolean bare) {}

  /** The path's way: those that come to the same when nothing is rounded are one. */
  private final IdentityHashMap<Path, Way<M>> wayOf = new IdentityHashMap<>();

  /**
   * Follows the first paths: nothing rounded and everything rounded.
   *
   * @param sheet the formulas, right or wrong
   * @param goal what is asked
   * @param decimals to which everything is rounded
   * @param givens the sheet's givens
   * @param evaluations computes, and remembers what it computed
   */
  HandWork(
      Sheet sheet,
      Quantity goal,
      int decimals,
      Map<Quantity, M> givens,
      Evaluations<M> evaluations) {
    this.goal = goal;
    this.decimals = decimals;
    this.givens = givens;
    this.evaluations = evaluations;
    for (Sheet variant : sheet.variants(goal)) {
      paths.add(new Path(variant.plan(List.of(goal)), false));
      variant
          .withoutMaximum()
          .map(s -> s.plan(List.of(goal)))
          .filter(HandWork::isBare)
          .ifPresent(plan -> paths.add(new Path(plan, true)));
    }
    for (Path path : paths) {
      M unrounded = walk(path, Set.of(), RoundingMode.HALF_UP).get(goal);
      if (unrounded != null) {
        Way<M> way = way(unrounded);
        wayOf.put(path, way);
        end(path, Set.copyOf(concepts(path)));
      }
    }
  }

  private Way<M> way(M unrounded) {
    for (Way<M> way : ways) {
      if (way.comesTo(unrounded)) {
        way.end(unrounded);
        return way;
      }
    }
    Way<M> way = new Way<>(evaluations.arithmetic(), decimals, unrounded);
    ways.add(way);
    return way;
  }

  /** Whether a plan has exponentials and nothing in it, such as a gradient, needs the maximum. */
  private static boolean isBare(List<Equation> plan) {
    return plan.stream().anyMatch(e -> e.output().sameConcept(Quantities.EXPONENTIALS))
        && plan.stream().noneMatch(e -> e.output().sameConcept(Quantities.ROW_MAX));
  }

  /** Follows the other paths as well, beyond nothing rounded and everything rounded. */
  HandWork<M> throughout() {
    if (!followed) {
      paths.stream().filter(wayOf::containsKey).forEach(this::follow);
      followed = true;
    }
    return this;
  }

  private List<String> concepts(Path path) {
    Set<String> concepts = new LinkedHashSet<>();
    path.plan().forEach(e -> concepts.add(e.output().concept()));
    concepts.remove(goal.concept());
    concepts.removeIf(c -> c.startsWith(Quantities.EPSILON.concept())); // nobody rounds ε
    return List.copyOf(concepts);
  }

  private void follow(Path path) {
    List<String> concepts = concepts(path);
    List<String> written = concepts.stream().filter(c -> !INSIDE_SOFTMAX.contains(c)).toList();
    Set<Set<String>> choices = new LinkedHashSet<>();
    List<String> named = concepts.stream().filter(c -> !isOnTheWay(c)).toList();
    if (!path.bare()) {
      suffixes(named, choices);
    }
    if (!path.bare() && !evaluations.arithmetic().isSlow()) {
      written.forEach(c -> choices.add(Set.of(c)));
      suffixes(written, choices);
    }
    if (!evaluations.arithmetic().isSlow()) {
      suffixes(concepts, choices);
    }
    choices.forEach(rounded -> end(path, rounded));
  }

  private static boolean isOnTheWay(String concept) {
    return ON_THE_WAY.contains(concept) || ON_THE_WAY.contains(concept.replace("_2", ""));
  }

  /** Everything rounded from some quantity on. */
  private static void suffixes(List<String> concepts, Set<Set<String>> choices) {
    for (int from = 0; from < concepts.size(); from++) {
      choices.add(new HashSet<>(concepts.subList(from, concepts.size())));
    }
  }

  private void end(Path path, Set<String> rounded) {
    if (!end(path, rounded, RoundingMode.HALF_UP)) {
      end(path, rounded, RoundingMode.HALF_DOWN);
      end(path, rounded, RoundingMode.HALF_EVEN);
    }
  }

  /** Follows one path; false if a tie was met, which may as well be rounded another way. */
  private boolean end(Path path, Set<String> rounded, RoundingMode mode) {
    clear = true;
    M end = walk(path, rounded, mode).get(goal);
    if (end != null) {
      Objects.requireNonNull(wayOf.get(path)).end(end);
    }
    return clear;
  }

  /** Whether no tie was met since this was set. */
  private boolean clear;

  private Map<Quantity, M> walk(Path path, Set<String> rounded, RoundingMode mode) {
    Evaluations.Rounding rounding =
        new Evaluations.Rounding(Math.max(decimals, FEWEST_DECIMALS_ON_THE_WAY), mode);
    Map<Quantity, M> known = new HashMap<>(givens);
    for (Equation equation : path.plan()) {
      if (!known.keySet().containsAll(equation.inputs())) {
        continue;
      }
      Optional<M> value = evaluations.value(equation, known);
      if (value.isPresent()) {
        M result = value.get();
        if (rounded.contains(equation.output().concept())) {
          Evaluations.Result<M> here = evaluations.rounded(result, rounding);
          clear &= here.clear();
          result = here.matrix();
        }
        known.put(equation.output(), result);
      }
    }
    return known;
  }

  /**
   * The ways that come to different numbers although both are right, such as exponentials with and
   * without the maximum; whoever goes one goes it for every cell.
   *
   * @return the usual way first; none for formulas whose inputs are missing or do not fit
   */
  List<Way<M>> ways() {
    return ways;
  }
}
