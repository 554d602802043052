package dev.qkv.sheet;

import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which equation computes which quantity. Of several the first is taken whose inputs can be had
 * without the quantity itself.
 */
final class Plan {
  private final Map<Quantity, List<Equation>> candidates = new LinkedHashMap<>();
  private final Set<Quantity> givens;
  private Set<Quantity> reachable;

  /** What follows without the equations that are only used on request. */
  private final Set<Quantity> usual;

  private final Map<Quantity, Equation> sources = new LinkedHashMap<>();

  Plan(List<Equation> equations, Set<Quantity> givens) {
    this.givens = givens;
    this.reachable = givens;
    extend(equations);
    this.usual = reachable;
  }

  /** Lets further equations compute what those before them do not. */
  final Plan extend(List<Equation> further) {
    for (Equation equation : further) {
      if (!givens.contains(equation.output())) {
        candidates.computeIfAbsent(equation.output(), q -> new ArrayList<>()).add(equation);
      }
    }
    List<Equation> all = candidates.values().stream().flatMap(List::stream).toList();
    reachable = reachable(all, givens);
    candidates.keySet().forEach(q -> source(q, new HashSet<>()));
    return this;
  }

  /** What follows: each equation is looked at once for each of its inputs that becomes known. */
  private static Set<Quantity> reachable(List<Equation> equations, Set<Quantity> givens) {
    Map<Quantity, List<Equation>> uses = new HashMap<>();
    Deque<Quantity> fresh = new ArrayDeque<>(givens);
    for (Equation equation : equations) {
      equation.inputs().forEach(i -> uses.computeIfAbsent(i, q -> new ArrayList<>()).add(equation));
      if (equation.inputs().isEmpty()) {
        fresh.add(equation.output());
      }
    }
    Set<Quantity> known = new HashSet<>();
    while (!fresh.isEmpty()) {
      Quantity next = fresh.remove();
      if (known.add(next)) {
        for (Equation equation : uses.getOrDefault(next, List.of())) {
          if (known.containsAll(equation.inputs())) {
            fresh.add(equation.output());
          }
        }
      }
    }
    return known;
  }

  /** Whether a quantity can be had without those that are being looked for; remembers how. */
  private boolean source(Quantity quantity, Set<Quantity> lookedFor) {
    if (givens.contains(quantity) || sources.containsKey(quantity)) {
      return true;
    }
    if (!reachable.contains(quantity) || !lookedFor.add(quantity)) {
      return false;
    }
    for (Equation equation : candidates.getOrDefault(quantity, List.of())) {
      boolean all = true;
      for (Quantity input : equation.inputs()) {
        all = all && source(input, lookedFor);
      }
      if (all) {
        sources.put(quantity, equation);
        break;
      }
    }
    lookedFor.remove(quantity);
    return sources.containsKey(quantity);
  }

  /** Whether a quantity is given or follows from what is. */
  boolean reaches(Quantity quantity) {
    return reachable.contains(quantity);
  }

  /** What follows, in the order of the sheet. */
  List<Quantity> derived() {
    return candidates.keySet().stream().filter(sources::containsKey).toList();
  }

  /** The equations that lead to the goals: in the order of the sheet, as soon as they can fire. */
  List<Equation> to(List<Quantity> goals) {
    Set<Quantity> needed = new HashSet<>();
    goals.forEach(goal -> need(goal, needed));
    List<Equation> open = new ArrayList<>();
    for (Quantity quantity : candidates.keySet()) {
      if (needed.contains(quantity)) {
        open.add(Objects.requireNonNull(sources.get(quantity)));
      }
    }
    Set<Quantity> known = new HashSet<>(givens);
    List<Equation> plan = new ArrayList<>();
    while (!open.isEmpty()) {
      List<Equation> later = new ArrayList<>();
      for (Equation equation : open) {
        if (known.containsAll(equation.inputs())) {
          plan.add(equation);
          known.add(equation.output());
        } else {
          later.add(equation);
        }
      }
      open = later;
    }
    return List.copyOf(plan);
  }

  private void need(Quantity quantity, Set<Quantity> needed) {
    Equation equation = sources.get(quantity);
    if (equation != null && needed.add(quantity)) {
      equation.inputs().forEach(input -> need(input, needed));
    }
  }

  /** What a quantity would need that cannot be had: of the equation that lacks the least. */
  List<Quantity> missing(Quantity quantity) {
    return candidates.containsKey(quantity)
        ? List.copyOf(lacking(quantity, new HashMap<>(), new HashSet<>()).orElse(Set.of()))
        : List.of();
  }

  /** The least that a quantity lacks; nothing where its equations only lead in a circle. */
  private Optional<Set<Quantity>> lacking(
      Quantity quantity, Map<Quantity, Set<Quantity>> found, Set<Quantity> lookedFor) {
    Set<Quantity> before = found.get(quantity);
    if (before != null) {
      return Optional.of(before);
    }
    if (!candidates.containsKey(quantity)) {
      return Optional.of(Set.of(quantity));
    }
    if (!lookedFor.add(quantity)) {
      return Optional.empty();
    }
    Optional<Set<Quantity>> least =
        candidates.getOrDefault(quantity, List.of()).stream()
            .map(e -> lacking(e, found, lookedFor))
            .flatMap(Optional::stream)
            .min(Comparator.comparingInt(Set::size));
    lookedFor.remove(quantity);
    if (least.isPresent() && least.get().size() > 1 && !touches(quantity, new HashSet<>())) {
      least = Optional.of(Set.of(quantity)); // nothing that it is made of is there
    }
    least.ifPresent(l -> found.put(quantity, l));
    return least;
  }

  private Optional<Set<Quantity>> lacking(
      Equation equation, Map<Quantity, Set<Quantity>> found, Set<Quantity> lookedFor) {
    Set<Quantity> missing = new LinkedHashSet<>();
    for (Quantity input : equation.inputs()) {
      if (!reachable.contains(input)) {
        Optional<Set<Quantity>> lacks = lacking(input, found, lookedFor);
        if (lacks.isEmpty()) {
          return lacks;
        }
        missing.addAll(lacks.get());
      }
    }
    return Optional.of(missing);
  }

  /** Whether something that is there goes into a quantity, however far up. */
  private boolean touches(Quantity quantity, Set<Quantity> seen) {
    if (!seen.add(quantity)) {
      return false;
    }
    return candidates.getOrDefault(quantity, List.of()).stream()
        .flatMap(e -> e.inputs().stream())
        .anyMatch(i -> reachable.contains(i) || touches(i, seen));
  }

  /**
   * The equation of a quantity; of one that is given or does not follow, the equation that lacks
   * the fewest of its inputs and has at least one of them.
   */
  Optional<Equation> equation(Quantity quantity, List<Equation> equations) {
    Equation source = sources.get(quantity);
    if (source != null) {
      return Optional.of(source);
    }
    return equations.stream()
        .filter(e -> e.output().equals(quantity))
        .filter(e -> e.inputs().stream().anyMatch(reachable::contains))
        .min(Comparator.comparingLong(e -> unknown(e, usual)));
  }

  private static long unknown(Equation equation, Set<Quantity> known) {
    return equation.inputs().stream().filter(q -> !known.contains(q)).count();
  }
}
