package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.note.Claims.Placed;
import dev.qkv.sheet.note.Indices.Place;
import dev.qkv.sheet.term.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells by their values what letters mean that notes use for one thing or another: some write e for
 * scores, others for exponentials. One letter means one thing throughout an exercise.
 */
final class FreeNames {
  /** What else letters stand for, the likeliest first; nothing that a common mistake makes. */
  private static final Map<Quantity, List<Quantity>> MEANINGS =
      Map.of(
          Quantities.NORMALISED,
          List.of(Quantities.LAYER_NORM),
          Quantities.EXPONENTIALS,
          List.of(Quantities.S, Quantities.DOT, Quantities.MASKED, Quantities.TEMPERED),
          Quantities.Y,
          List.of(Quantities.Z, Quantities.O),
          Quantities.O,
          List.of(Quantities.Z),
          Quantities.HIDDEN,
          List.of(Quantities.Z, Quantities.O),
          Quantities.PARAMETERS,
          List.of(Quantities.PARAMETERS_ATTENTION));

  private final Map<Quantity, Quantity> meant = new LinkedHashMap<>();

  FreeNames(List<Placed> placed, Values values) {
    MEANINGS.forEach(
        (name, others) -> {
          int most = agreeing(placed, name, name, values);
          for (Quantity other : others) {
            int agreeing = agreeing(placed, name, other, values);
            if (agreeing > most) {
              most = agreeing;
              meant.put(name, other);
            }
          }
        });
  }

  /** Whether something else that a letter stands for follows from the givens. */
  static boolean mayFollow(Quantity quantity, Sheet sheet) {
    return MEANINGS.getOrDefault(quantity.head(0), List.of()).stream()
        .anyMatch(other -> sheet.reaches(Quantities.inHead(other, quantity.head())));
  }

  /** A place by what its letter means here. */
  @Nullable Place of(Assertion assertion, @Nullable Place place) {
    Quantity other = place == null ? null : meant.get(place.quantity().head(0));
    return other != null && place != null && assertion.origin() == Assertion.Origin.NAME
        ? in(place, other)
        : place;
  }

  private static Place in(Place place, Quantity other) {
    return new Place(
        Quantities.inHead(other, place.quantity().head()), place.row(), place.column());
  }

  /** How many of the numbers that a letter has are those of a quantity. */
  private static int agreeing(List<Placed> placed, Quantity name, Quantity other, Values values) {
    int agreeing = 0;
    for (Placed one : placed) {
      Place place = one.place();
      if (place != null
          && one.assertion().origin() == Assertion.Origin.NAME
          && place.quantity().head(0).equals(name)) {
        agreeing += values.strictly(one.assertion().numbers(), in(place, other));
      }
    }
    return agreeing;
  }
}
