package dev.qkv.sheet;

import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The equations of a problem, and how they lead from its givens to its goals. */
public final class Sheet {
  /** Sizes that nobody wants unless they ask. */
  private static final Set<Quantity> SIZES =
      Set.of(Quantities.D_MODEL, Quantities.HEADS, Quantities.TOKENS);

  /** Quantities whose gradient people want without asking for it. */
  private static final Set<Quantity> LEARNING =
      Set.of(
          Quantities.X,
          Quantities.MEMORY,
          Quantities.W_Q,
          Quantities.W_K,
          Quantities.W_V,
          Quantities.W_O,
          Quantities.Q,
          Quantities.K,
          Quantities.V,
          Quantities.S,
          Quantities.A,
          Quantities.Z,
          Quantities.CONCAT,
          Quantities.O,
          Quantities.Y,
          Quantities.GAMMA,
          Quantities.BETA,
          Quantities.LAYER_NORM,
          Quantities.W_1,
          Quantities.B_1,
          Quantities.W_2,
          Quantities.B_2,
          Quantities.FEED_FORWARD,
          Quantities.SECOND_Y,
          Quantities.SECOND_GAMMA,
          Quantities.SECOND_BETA,
          Quantities.INPUT,
          Quantities.W);

  private final Problem problem;
  private final List<Equation> equations;
  private final List<Equation> onRequest;
  private final List<Equation> bare;

  /** How its equations lead on, once somebody asks. */
  private volatile @Nullable Plan plan;

  /**
   * A sheet.
   *
   * @param problem what is given and asked
   * @param equations the formulas; of several for one quantity the first is used that can be
   * @param onRequest formulas that are only used for what is asked
   * @param bare the same softmax written without its maximum
   */
  Sheet(Problem problem, List<Equation> equations, List<Equation> onRequest, List<Equation> bare) {
    this.problem = problem;
    this.equations = List.copyOf(equations);
    this.onRequest = List.copyOf(onRequest);
    this.bare = List.copyOf(bare);
  }

  /**
   * A sheet of formulas of one's own.
   *
   * @param problem what is given and asked
   * @param equations the formulas; of several for one quantity the first is used that can be
   * @return the sheet
   */
  public static Sheet of(Problem problem, List<Equation> equations) {
    return new Sheet(problem, equations, List.of(), List.of());
  }

  /**
   * The problem that the sheet is for.
   *
   * @return the problem
   */
  public Problem problem() {
    return problem;
  }

  /**
   * Every equation of the sheet.
   *
   * @return in the paper's order, those that are only used on request last
   */
  public List<Equation> equations() {
    List<Equation> every = new ArrayList<>(equations);
    every.addAll(onRequest);
    return every;
  }

  /**
   * The sheet with some formulas replaced by others for the same quantities.
   *
   * @param alternatives the other formulas
   * @return the sheet
   */
  public Sheet with(List<Equation> alternatives) {
    Set<Quantity> replaced = new HashSet<>();
    alternatives.forEach(e -> replaced.add(e.output()));
    List<Equation> changed = new ArrayList<>(alternatives);
    changed.addAll(without(equations, replaced));
    return new Sheet(problem, changed, without(onRequest, replaced), without(bare, replaced));
  }

  private static List<Equation> without(List<Equation> equations, Set<Quantity> outputs) {
    return equations.stream().filter(e -> !outputs.contains(e.output())).toList();
  }

  /**
   * The equivalent sheet in which softmax is written without its maximum.
   *
   * @return the sheet; nothing where softmax is not written with it, as after some mistakes
   */
  public Optional<Sheet> withoutMaximum() {
    boolean written = bare.stream().anyMatch(e -> e.output().sameConcept(Quantities.EXPONENTIALS));
    return written ? Optional.of(with(bare)) : Optional.empty();
  }

  /**
   * The equivalent sheets for a goal: where ε is not given, with 0 and with the usual one.
   *
   * @param goal what is asked
   * @return this sheet and perhaps others
   */
  public List<Sheet> variants(Quantity goal) {
    boolean assumed = plan(List.of(goal)).stream().anyMatch(Sheet::assumesEpsilon);
    return assumed ? List.of(this, with(LayerFormulas.usualEpsilon())) : List.of(this);
  }

  /** Whether ε is assumed: it comes from the numbers. */
  private static boolean assumesEpsilon(Equation equation) {
    return equation.output().concept().startsWith(Quantities.EPSILON.concept())
        && !equation.inputs().contains(Quantities.EPSILON);
  }

  /**
   * Whether a quantity follows from the givens.
   *
   * @param quantity what is asked
   * @return true if some formulas lead there; their numbers may still not fit together
   */
  public boolean reaches(Quantity quantity) {
    return plan().reaches(quantity);
  }

  private Plan plan() {
    Plan made = plan;
    if (made == null) {
      made = new Plan(equations, problem.givens().keySet()).extend(onRequest);
      plan = made;
    }
    return made;
  }

  /**
   * The formulas that lead from the givens to the goals, in the order in which they can fire.
   *
   * @param goals what is asked; empty for all that can be had and is wanted unasked
   * @return the plan; goals that cannot be had are missing from it
   */
  public List<Equation> plan(List<Quantity> goals) {
    if (!goals.isEmpty()) {
      return plan().to(goals);
    }
    Plan plan = new Plan(equations, problem.givens().keySet());
    List<Quantity> derived = plan.derived();
    List<Quantity> wanted = derived.stream().filter(Sheet::isWanted).toList();
    return plan.to(wanted.isEmpty() ? derived : wanted);
  }

  /** Whether people want a quantity without asking for it. */
  private static boolean isWanted(Quantity quantity) {
    return quantity
        .differentiated()
        .map(q -> LEARNING.contains(q.head(0)))
        .orElse(!SIZES.contains(quantity));
  }

  /**
   * The givens that no formula uses, whatever is asked.
   *
   * @return in the order given; a mask that shapes scores, a size that is counted are used
   */
  public List<Quantity> unused() {
    Plan plan = plan();
    Set<Quantity> used = new HashSet<>();
    plan.to(plan.derived()).forEach(e -> used.addAll(e.inputs()));
    return problem.givens().keySet().stream().filter(q -> !used.contains(q)).toList();
  }

  /**
   * What would have to be given for a quantity to follow.
   *
   * @param quantity one that does not follow
   * @return the quantities that are missing; none if nothing in the sheet computes it
   */
  public List<Quantity> missing(Quantity quantity) {
    return plan().missing(quantity);
  }
}
