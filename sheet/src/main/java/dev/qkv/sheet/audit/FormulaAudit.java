package dev.qkv.sheet.audit;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeCatalogue;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Matrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds formulas against the sheet's own: both are evaluated on random numbers of fitting shapes. A
 * formula is wrong only if no reading and no convention makes it right.
 */
final class FormulaAudit {
  private static final List<Quantity> NUMBERS =
      List.of(
          Quantities.D_K,
          Quantities.EPSILON,
          Quantities.SCALE,
          Quantities.D_MODEL,
          Quantities.HEADS,
          Quantities.D_FF,
          Quantities.TOKENS);

  private final Problem problem;

  FormulaAudit(Problem problem) {
    this.problem = problem;
  }

  /** A world in which a reading does not give what is right. */
  private record Failure(Equation reading, World world, Doubles given, boolean fits) {}

  Judgement judge(Claim.Formula claim) {
    Set<Quantity> spoken = new HashSet<>();
    for (Equation reading : claim.readings()) {
      spoken.add(reading.output());
      spoken.addAll(reading.inputs());
    }
    List<World> worlds = Worlds.of(frame(claim, spoken, null), Drawing.any());
    List<Failure> failures = new ArrayList<>();
    Message reason = null;
    World.Near nearest = World.Near.INPUT;
    for (Equation reading : claim.readings()) {
      for (World world : worlds) {
        World.Comparison comparison = world.compare(reading);
        if (comparison instanceof World.Same || isBare(world, reading)) {
          return new Judgement.Right();
        }
        if (comparison instanceof World.Different(Doubles given, Doubles right)) {
          failures.add(new Failure(reading, world, given, true));
        } else if (comparison
            instanceof World.Apart(World.Near near, Message why, Optional<Doubles> given)) {
          given.ifPresent(g -> failures.add(new Failure(reading, world, g, false)));
          reason = reason == null || near.compareTo(nearest) > 0 ? why : reason;
          nearest = near.compareTo(nearest) > 0 ? near : nearest;
        }
      }
    }
    Optional<Message> convention = convention(claim, spoken);
    if (convention.isPresent()) {
      return new Judgement.Conventional(convention.get());
    }
    List<Failure> all = new ArrayList<>(failures);
    all.addAll(elsewhere(claim, spoken));
    List<String> mistakes = mistakes(all);
    boolean wrong = failures.stream().anyMatch(Failure::fits) || !mistakes.isEmpty();
    return wrong
        ? new Judgement.Wrong(example(claim, failures, spoken), mistakes)
        : new Judgement.Unchecked(
            reason == null
                ? Message.of("formula.unchecked.output", claim.quantity().symbol())
                : reason);
  }

  /** Failures as the formula would have them with the usual choices or the exercise's sizes. */
  private List<Failure> elsewhere(Claim.Formula claim, Set<Quantity> spoken) {
    List<Failure> failures = new ArrayList<>();
    for (Convention convention : List.of(Convention.usual(), Convention.own(problem.choices()))) {
      for (World world : Worlds.of(frame(claim, spoken, convention), Drawing.any())) {
        for (Equation reading : claim.readings()) {
          if (world.compare(reading) instanceof World.Different(Doubles given, Doubles right)) {
            failures.add(new Failure(reading, world, given, true));
          }
        }
      }
    }
    return failures;
  }

  private Worlds.Frame frame(
      Claim.Formula claim, Set<Quantity> spoken, @Nullable Convention convention) {
    int heads = Math.max(2, Math.min(8, problem.heads()));
    for (Quantity quantity : spoken) {
      heads = Math.max(heads, Math.min(16, quantity.head()));
    }
    var choices = convention == null ? problem.choices() : convention.choices();
    Sizes sizes = Sizes.different(choices.masking(), heads);
    boolean own = convention != null && convention.ownSizes();
    return new Worlds.Frame(
        problem,
        claim.quantity(),
        spoken,
        choices,
        convention == null || convention.extras(),
        own ? Sizes.own(problem, sizes) : sizes,
        !own || !hasOtherKeys(),
        own ? numbers() : Map.of());
  }

  /** Whether the exercise asks with some tokens and is asked of others. */
  private boolean hasOtherKeys() {
    Matrix queries = problem.givens().get(Quantities.Q);
    Matrix keys = problem.givens().get(Quantities.K);
    return queries != null && keys != null && queries.rows() != keys.rows();
  }

  /** The numbers of the exercise that its formulas may have put in already. */
  private Map<Quantity, Doubles> numbers() {
    Map<Quantity, Doubles> numbers = new HashMap<>();
    for (Quantity quantity : NUMBERS) {
      Matrix given = problem.givens().get(quantity);
      if (given != null && given.rows() == 1 && given.columns() == 1) {
        numbers.put(quantity, Doubles.of(given));
      }
    }
    return numbers;
  }

  /** Exponentials and their sums may be written without the row's maximum. */
  private static boolean isBare(World world, Equation reading) {
    boolean exponentials =
        Set.of(Quantities.EXPONENTIALS, Quantities.ROW_SUM).contains(reading.output().head(0));
    return exponentials
        && world
            .sheet()
            .withoutMaximum()
            .map(s -> new World(world.problem(), s, world.givens()).compare(reading))
            .filter(World.Same.class::isInstance)
            .isPresent();
  }

  private Optional<Message> convention(Claim.Formula claim, Set<Quantity> spoken) {
    for (Convention convention : Convention.of(problem)) {
      Set<Quantity> all = new HashSet<>(spoken);
      List<Equation> changed = new ArrayList<>();
      for (Equation reading : claim.readings()) {
        changed.addAll(convention.changed().apply(reading));
      }
      for (Equation equation : changed) {
        all.add(equation.output());
        all.addAll(equation.inputs());
      }
      if (changed.isEmpty()) {
        continue;
      }
      List<World> worlds = new ArrayList<>(Worlds.of(frame(claim, all, convention), Drawing.any()));
      if (convention.rewrites()) {
        Convention usual = convention.with(Choices.USUAL);
        worlds.addAll(Worlds.of(frame(claim, all, usual), Drawing.any()));
      }
      for (World world : worlds) {
        for (Equation equation : changed) {
          if (world.compare(equation) instanceof World.Same) {
            return Optional.of(
                equation.output().equals(claim.quantity()) || claim.readings().size() > 1
                    ? convention.note()
                    : Message.of("formula.called", equation.output().symbol()));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The catalogued mistakes that give what a reading gives. */
  private static List<String> mistakes(List<Failure> failures) {
    Set<String> codes = new LinkedHashSet<>();
    for (Failure failure : failures) {
      World world = failure.world();
      List<Quantity> wanted = List.of(failure.reading().output());
      for (Mistake mistake : MistakeCatalogue.of(world.problem())) {
        Sheet wrong = world.sheet().with(mistake.alternatives());
        Set<Equation> changed = Collections.newSetFromMap(new IdentityHashMap<>());
        changed.addAll(mistake.alternatives());
        if (!codes.contains(mistake.code())
            && wrong.plan(wanted).stream().anyMatch(changed::contains)) {
          Doubles mistaken = world.values(wrong, wanted).get(wanted.getFirst());
          if (mistaken != null && World.same(mistaken, failure.given())) {
            codes.add(mistake.code());
          }
        }
      }
    }
    return List.copyOf(codes);
  }

  private static Worlds.Frame small(Worlds.Frame usual, boolean square) {
    Sizes sizes = Sizes.small(usual.choices().masking(), usual.sizes().heads(), square);
    return new Worlds.Frame(
        usual.exercise(),
        usual.output(),
        usual.spoken(),
        usual.choices(),
        true,
        sizes,
        true,
        Map.of());
  }

  private Optional<Judgement.Example> example(
      Claim.Formula claim, List<Failure> failures, Set<Quantity> spoken) {
    Equation reading =
        failures.stream()
            .filter(Failure::fits)
            .findFirst()
            .map(Failure::reading)
            .orElse(claim.readings().getFirst());
    Worlds.Frame usual = frame(claim, spoken, null);
    return Examples.of(reading, small(usual, true))
        .or(() -> Examples.of(reading, small(usual, false)))
        .or(() -> Examples.of(reading, usual));
  }
}
