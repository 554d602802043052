package dev.qkv.sheet.audit;

import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The search for the mistake behind a wrong claim. */
final class Explanation {
  private static final double MUCH_NEARER = 5;

  // How far rounding on the way carries: steps of the last decimal, and a share of the number.
  private static final int STEPS = 5;
  private static final double SHARE = 0.02;

  /** Decimals of what is written exactly. */
  private static final int EXACT = 10;

  private final List<Placement.Place> places;
  private final List<Verdict.Cell> cells;
  private final List<? extends Way<?>> honest;
  private final BigDecimal slack;
  private final List<List<Verdict.Match>> matches = new ArrayList<>();
  private final Set<List<String>> matched = new HashSet<>();
  private Verdict.@Nullable Nearest nearest;
  private int tried;

  Explanation(
      List<Placement.Place> places,
      List<Verdict.Cell> cells,
      List<? extends Way<?>> honest,
      BigDecimal slack) {
    this.places = places;
    this.honest = honest;
    this.cells = cells;
    this.slack = slack;
    cells.forEach(c -> matches.add(new ArrayList<>()));
  }

  /**
   * Tries a mistake, or two together: it explains the claim if one of its ways leads to all of its
   * numbers.
   */
  void consider(List<String> codes, HandWork<?> work) {
    List<? extends Way<?>> ways =
        work.ways().stream().filter(w -> covers(w) && differs(w)).toList();
    if (ways.isEmpty()) {
      return;
    }
    tried++;
    if (codes.size() > 1) {
      // Of hundreds some one reaches anything if it is rounded on the way: it has to lead there.
      ways = ways.stream().filter(this::leads).toList();
    }
    if (ways.stream().anyMatch(this::isNear)) {
      work.throughout();
    }
    for (Way<?> way : ways) {
      consider(codes, way);
    }
  }

  private void consider(List<String> codes, Way<?> way) {
    boolean all = true;
    boolean some = false;
    for (int k = 0; k < places.size(); k++) {
      Placement.Place place = places.get(k);
      Verdict.Cell cell = cells.get(k);
      Value reached = way.unrounded(place.row(), place.column());
      Value claimed = place.claimed().value();
      Optional<Interval> reach = way.reach(place.row(), place.column());
      boolean undefined = Double.isNaN(reached.toDouble());
      boolean agrees = undefined || agrees(claimed, reached, reach);
      all &= agrees;
      some |=
          agrees
              && !undefined
              && cell.outcome() == Outcome.WRONG
              && !Way.isSame(reached, cell.computed());
    }
    if (all && some && matched.add(codes)) {
      for (int k = 0; k < places.size(); k++) {
        Placement.Place place = places.get(k);
        if (cells.get(k).outcome() == Outcome.WRONG) {
          Value reached = way.unrounded(place.row(), place.column());
          Optional<String> with = codes.stream().skip(1).findFirst();
          matches.get(k).add(new Verdict.Match(codes.getFirst(), with, reached));
        }
      }
    }
    double distance = distance(way);
    boolean nearer = nearest == null || distance < nearest.distance();
    if (Double.isFinite(distance) && codes.size() == 1 && nearer) {
      nearest = new Verdict.Nearest(codes.getFirst(), distance);
    }
  }

  /** The largest distance of a claimed number from where a way leads. */
  private double distance(Way<?> way) {
    double distance = 0;
    for (Placement.Place place : places) {
      Value reached = way.unrounded(place.row(), place.column());
      Value claimed = place.claimed().value();
      double gap =
          Double.isNaN(reached.toDouble())
              ? Double.POSITIVE_INFINITY
              : Math.abs(claimed.toDouble() - reached.toDouble());
      distance = Math.max(distance, claimed.equals(reached) ? 0 : gap);
    }
    return distance;
  }

  /** Whether a way leads to the numbers themselves, but for what rounding on the way may do. */
  private boolean leads(Way<?> way) {
    for (Placement.Place place : places) {
      double claimed = place.claimed().value().toDouble();
      double reached = way.unrounded(place.row(), place.column()).toDouble();
      double step = Math.pow(10, -place.claimed().decimals().orElse(EXACT));
      boolean near =
          Double.compare(claimed, reached) == 0
              || Math.abs(claimed - reached) <= STEPS * step + SHARE * Math.abs(claimed);
      if (!near) {
        return false;
      }
    }
    return true;
  }

  /** What is much nearer than the right answer is. */
  private double limit() {
    double right = 0;
    for (Verdict.Cell cell : cells) {
      double gap = Math.abs(cell.claimed().value().toDouble() - cell.computed().toDouble());
      right = Math.max(right, Double.isNaN(gap) ? 0 : gap);
    }
    return right / MUCH_NEARER;
  }

  /** Whether the mistake changes one of the numbers at all, however they are worked. */
  private boolean differs(Way<?> way) {
    return honest.stream()
        .noneMatch(
            h ->
                places.stream()
                    .allMatch(
                        p ->
                            Way.isSame(
                                h.unrounded(p.row(), p.column()),
                                way.unrounded(p.row(), p.column()))));
  }

  private boolean agrees(Value claimed, Value reached, Optional<Interval> reach) {
    return claimed.isFinite()
        ? reach.map(r -> r.contains(claimed.decimal(), slack)).orElse(false)
        : claimed.equals(reached);
  }

  private boolean isNear(Way<?> way) {
    return places.stream()
        .allMatch(
            p ->
                !p.claimed().value().isFinite()
                    || way.comesNear(p.row(), p.column(), p.claimed().value().decimal()));
  }

  private boolean covers(Way<?> way) {
    return places.stream().allMatch(p -> way.has(p.row(), p.column()));
  }

  List<Verdict.Cell> cells() {
    List<Verdict.Cell> explained = new ArrayList<>();
    for (int k = 0; k < cells.size(); k++) {
      explained.add(cells.get(k).with(matches.get(k)));
    }
    return explained;
  }

  int tried() {
    return tried;
  }

  /** Whether nothing leads to the claim so far. */
  boolean isOpen() {
    return matched.isEmpty();
  }

  /** The mistake that comes nearest, if it comes much nearer than the right answer does. */
  Optional<Verdict.Nearest> nearest() {
    return matched.isEmpty()
        ? Optional.ofNullable(nearest).filter(n -> n.distance() <= limit())
        : Optional.empty();
  }
}
