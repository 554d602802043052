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
  private final BigDecimal slack;
  private final List<List<Verdict.Match>> matches = new ArrayList<>();
  private final Set<String> matched = new HashSet<>();
  private Verdict.@Nullable Nearest nearest;
  private int tried;

  Explanation(List<Placement.Place> places, List<Verdict.Cell> cells, BigDecimal slack) {
    this.places = places;
    this.cells = cells;
    this.slack = slack;
    cells.forEach(c -> matches.add(new ArrayList<>()));
  }

  /** Tries one mistake: it explains the claim if it leads to all of its numbers. */
  void consider(String code, HandWork<?> work) {
    if (!work.arrives() || !covers(work)) {
      return;
    }
    tried++;
    if (isNear(work)) {
      work.throughout();
    }
    boolean all = true;
    boolean some = false;
    double distance = 0;
    for (int k = 0; k < places.size(); k++) {
      Placement.Place place = places.get(k);
      Value reached = work.unrounded(place.row(), place.column());
      Value claimed = place.claimed().value();
      Optional<Interval> reach = work.reach(place.row(), place.column());
      boolean undefined = Double.isNaN(reached.toDouble());
      boolean agrees = undefined || agrees(claimed, reached, reach);
      all &= agrees;
      some |= agrees && !undefined && cells.get(k).outcome() == Outcome.WRONG;
      double gap =
          undefined ? Double.POSITIVE_INFINITY : Math.abs(claimed.toDouble() - reached.toDouble());
      distance = Math.max(distance, claimed.equals(reached) ? 0 : gap);
    }
    if (all && some && matched.add(code)) {
      for (int k = 0; k < places.size(); k++) {
        Placement.Place place = places.get(k);
        if (cells.get(k).outcome() == Outcome.WRONG) {
          Value reached = work.unrounded(place.row(), place.column());
          matches.get(k).add(new Verdict.Match(code, reached));
        }
      }
    }
    if (Double.isFinite(distance) && (nearest == null || distance < nearest.distance())) {
      nearest = new Verdict.Nearest(code, distance);
    }
  }

  private boolean agrees(Value claimed, Value reached, Optional<Interval> reach) {
    return claimed.isFinite()
        ? reach.map(r -> r.contains(claimed.decimal(), slack)).orElse(false)
        : claimed.equals(reached);
  }

  private boolean isNear(HandWork<?> work) {
    return places.stream()
        .allMatch(
            p ->
                !p.claimed().value().isFinite()
                    || work.comesNear(p.row(), p.column(), p.claimed().value().decimal()));
  }

  private boolean covers(HandWork<?> work) {
    return places.stream().allMatch(p -> work.has(p.row(), p.column()));
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
