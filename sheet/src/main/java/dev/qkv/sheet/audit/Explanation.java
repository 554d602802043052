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
  private final List<Placement.Place> places;
  private final List<Verdict.Cell> cells;
  private final List<? extends Way<?>> honest;
  private final BigDecimal slack;
  private final List<List<Verdict.Match>> matches = new ArrayList<>();
  private final Set<String> matched = new HashSet<>();
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

  /** Tries one mistake: it explains the claim if one of its ways leads to all of its numbers. */
  void consider(String code, HandWork<?> work) {
    List<? extends Way<?>> ways =
        work.ways().stream().filter(w -> covers(w) && differs(w)).toList();
    if (ways.isEmpty()) {
      return;
    }
    tried++;
    if (ways.stream().anyMatch(this::isNear)) {
      work.throughout();
    }
    for (Way<?> way : ways) {
      consider(code, way);
    }
  }

  private void consider(String code, Way<?> way) {
    boolean all = true;
    boolean some = false;
    double distance = 0;
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
      double gap =
          undefined ? Double.POSITIVE_INFINITY : Math.abs(claimed.toDouble() - reached.toDouble());
      distance = Math.max(distance, claimed.equals(reached) ? 0 : gap);
    }
    if (all && some && matched.add(code)) {
      for (int k = 0; k < places.size(); k++) {
        Placement.Place place = places.get(k);
        if (cells.get(k).outcome() == Outcome.WRONG) {
          Value reached = way.unrounded(place.row(), place.column());
          matches.get(k).add(new Verdict.Match(code, reached));
        }
      }
    }
    if (Double.isFinite(distance) && (nearest == null || distance < nearest.distance())) {
      nearest = new Verdict.Nearest(code, distance);
    }
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
      Verdict.Cell c = cells.get(k);
      explained.add(
          new Verdict.Cell(
              c.row(),
              c.column(),
              c.claimed(),
              c.computed(),
              c.reach(),
              c.outcome(),
              List.copyOf(matches.get(k))));
    }
    return explained;
  }

  int tried() {
    return tried;
  }

  Optional<Verdict.Nearest> nearest() {
    return matched.isEmpty() ? Optional.ofNullable(nearest) : Optional.empty();
  }
}
