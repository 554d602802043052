package dev.qkv.sheet;

import dev.qkv.sheet.term.Adjoints;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The equations of gradients, by going through other equations backwards: what a quantity's
 * consumers contribute, added up. The loss is whatever the known gradients belong to.
 */
final class GradientSheet {
  private final List<Equation> equations;
  private final Plan plan;
  private final Map<Quantity, List<Equation>> consumers = new HashMap<>();

  private GradientSheet(List<Equation> equations, Plan plan) {
    this.equations = equations;
    this.plan = plan;
  }

  /**
   * The equations of all gradients that follow.
   *
   * @param equations the forward equations
   * @param onRequest further ones, for what those do not compute
   * @param givens what is given
   * @param seeds quantities whose gradient is known
   * @return one equation for each gradient, the loss's end first
   */
  static List<Equation> of(
      List<Equation> equations,
      List<Equation> onRequest,
      Set<Quantity> givens,
      Set<Quantity> seeds) {
    List<Equation> all = new ArrayList<>(equations);
    all.addAll(onRequest);
    Plan plan = new Plan(equations, givens).extend(onRequest);
    return new GradientSheet(all, plan).backward(seeds);
  }

  private List<Equation> backward(Set<Quantity> seeds) {
    Set<Quantity> outputs = new LinkedHashSet<>();
    equations.forEach(e -> outputs.add(e.output()));
    for (Quantity output : outputs) {
      plan.equation(output, equations)
          .ifPresent(
              e ->
                  e.inputs()
                      .forEach(i -> consumers.computeIfAbsent(i, q -> new ArrayList<>()).add(e)));
    }
    Set<Quantity> active = active(seeds);
    List<Equation> gradients = new ArrayList<>();
    for (Quantity quantity : active) {
      if (!seeds.contains(quantity)) {
        Collector collector = new Collector(quantity);
        for (Equation consumer : consumers.getOrDefault(quantity, List.of())) {
          collector.counts = active.contains(consumer.output());
          consumer.term().backward(consumer.output(), consumer.output().gradient(), collector);
        }
        collector.total().ifPresent(t -> gradients.add(new Equation(quantity.gradient(), t)));
      }
    }
    return gradients;
  }

  /** What the loss depends on, from its end. */
  private Set<Quantity> active(Set<Quantity> seeds) {
    Map<Quantity, Equation> byOutput = new HashMap<>();
    consumers.values().forEach(all -> all.forEach(e -> byOutput.put(e.output(), e)));
    Set<Quantity> active = new LinkedHashSet<>(seeds);
    Deque<Quantity> open = new ArrayDeque<>(seeds);
    while (!open.isEmpty()) {
      Equation equation = byOutput.get(open.remove());
      if (equation != null) {
        for (Quantity input : equation.inputs()) {
          if (active.add(input)) {
            open.add(input);
          }
        }
      }
    }
    return active;
  }

  /** Adds up the contributions to one quantity's gradient. */
  private static final class Collector implements Adjoints {
    private final Quantity quantity;
    private final List<Term> whole = new ArrayList<>();
    private final SortedMap<Integer, List<Term>> shares = new TreeMap<>();
    private final Set<Integer> everyShare = new HashSet<>();

    /** Whether the loss depends on the consumer whose contribution comes. */
    private boolean counts;

    Collector(Quantity quantity) {
      this.quantity = quantity;
    }

    @Override
    public void add(Quantity input, Term gradient) {
      if (counts && input.equals(quantity)) {
        whole.add(gradient);
      }
    }

    @Override
    public void addShare(Quantity input, int part, Term gradient) {
      if (input.equals(quantity)) {
        everyShare.add(part);
      }
      if (counts && input.equals(quantity)) {
        shares.computeIfAbsent(part, p -> new ArrayList<>()).add(gradient);
      }
    }

    /** The sum; shares of columns stand side by side, and none may be missing. */
    Optional<Term> total() {
      if (!shares.isEmpty() && !shares.keySet().equals(everyShare)) {
        return Optional.empty();
      }
      List<Term> terms = new ArrayList<>(whole);
      if (!shares.isEmpty()) {
        terms.add(Term.beside(shares.values().stream().map(Collector::sum).toList()));
      }
      return terms.isEmpty() ? Optional.empty() : Optional.of(sum(terms));
    }

    private static Term sum(List<Term> terms) {
      return terms.stream().reduce(Term::plus).orElseThrow();
    }
  }
}
