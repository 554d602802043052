package dev.qkv.sheet.note;

import dev.qkv.sheet.term.Axis;
import java.util.ArrayList;
import java.util.List;

/** Rows or cells of one quantity that are listed one by one without saying which: in order. */
final class Sequences {
  private final Indices indices;

  Sequences(Indices indices) {
    this.indices = indices;
  }

  /** The assertions with the places that their order gives them. */
  List<Assertion> placed(List<Assertion> all) {
    List<Assertion> placed = new ArrayList<>();
    int i = 0;
    while (i < all.size()) {
      int end = i;
      while (end < all.size() && belongs(all.get(i), all.get(end))) {
        end++;
      }
      List<Assertion> run = all.subList(i, Math.max(end, i + 1));
      placed.addAll(inOrder(run));
      i += run.size();
    }
    return placed;
  }

  private static boolean belongs(Assertion first, Assertion next) {
    return next.quantity().equals(first.quantity())
        && next.subject().isWhole()
        && next.twin().isEmpty()
        && next.length() == first.length()
        && next.numbers().size() == first.numbers().size()
        && next.answer() == first.answer()
        && !isExponential(first)
        && !isExponential(next);
  }

  private static boolean isExponential(Assertion a) {
    return a.working() != null && a.working().text().matches("(?s).*(?:\\be\\s*\\^|exp).*");
  }

  private List<Assertion> inOrder(List<Assertion> run) {
    Assertion first = run.getFirst();
    boolean rows =
        first.quantity().rows() == Axis.QUERY
            && indices.queries() > 1
            && run.size() == indices.queries()
            && first.numbers().size() == 1
            && first.length() == indices.columns(first.quantity());
    boolean cells =
        indices.queries() == 1
            && first.isNumber()
            && run.size() > 1
            && run.size() == indices.columns(first.quantity());
    if (!rows && !cells) {
      return run;
    }
    List<Assertion> ordered = new ArrayList<>();
    for (int k = 0; k < run.size(); k++) {
      String place = String.valueOf(k + 1);
      Subject subject = run.get(k).subject();
      ordered.add(
          run.get(k).with(rows ? subject.withRow(place) : subject.withRow("1").withColumn(place)));
    }
    return ordered;
  }
}
