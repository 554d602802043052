package dev.qkv.sheet.note;

import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.Indices.Place;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What follows from the givens of an exercise, to tell by their values what numbers are. A person
 * who reads 0.73 and 0.27 without a name, and has just worked out the weights, knows what they are.
 */
final class Values {
  /** Numbers to this many decimals tell more than that they are small. */
  private static final int TELLING_DECIMALS = 2;

  /** Smaller whole numbers may be anything. */
  private static final double LEAST_COUNT = 100;

  /** Decimals to which exact numbers are compared. */
  private static final int EXACT_DECIMALS = 9;

  /** What arithmetic in float64 leaves of a whole number. */
  private static final double EXACT = 1e-9;

  /** As many different numbers tell more than their digits. */
  private static final int TELLING_COUNT = 3;

  /** What rounding on the way may have carried into a number, as a share of it. */
  private static final double CARRIED = 0.006;

  /** What is called scores at one step or another. */
  private static final Set<Quantity> SCORES =
      Set.of(Quantities.DOT, Quantities.S, Quantities.TEMPERED, Quantities.MASKED);

  private final Map<Quantity, Matrix> derived = new LinkedHashMap<>();
  private final Map<Quantity, Matrix> given = new LinkedHashMap<>();

  private Values() {}

  /** The values of a problem; none where its givens do not fit. */
  static Values of(Problem problem) {
    Values values = new Values();
    try {
      Derivation all = Derivation.of(FormulaSheet.of(problem), List.of());
      all.known()
          .forEach(
              (q, m) ->
                  (problem.givens().containsKey(q) ? values.given : values.derived).put(q, m));
    } catch (SheetException e) {
      return new Values();
    }
    return values;
  }

  /** Whether a quantity counts parameters or operations. */
  static boolean isCount(Quantity quantity) {
    return quantity.name().startsWith("params") || quantity.name().startsWith("flops");
  }

  /** The count that a large whole number is. */
  Optional<Place> count(Numeral number) {
    double value = number.value().toDouble();
    if (number.decimals().orElse(0) > 0 || value < LEAST_COUNT) {
      return Optional.empty();
    }
    return derived.entrySet().stream()
        .filter(e -> isCount(e.getKey()) && e.getValue().at(0, 0).toDouble() == value)
        .map(e -> new Place(e.getKey(), OptionalInt.empty(), OptionalInt.empty()))
        .findFirst();
  }

  /** Whether numbers are those of a place, as far as they are written out. */
  boolean fits(List<List<Numeral>> numbers, Place place) {
    Matrix matrix = derived.get(place.quantity());
    return matrix != null && agreeing(numbers, matrix, place) == size(numbers);
  }

  /** How many numbers are those of a place to their last digit; whole numbers are exact. */
  int strictly(List<List<Numeral>> numbers, Place place) {
    Matrix matrix = derived.get(place.quantity());
    List<Numeral> cells = numbers.stream().flatMap(List::stream).toList();
    List<Value> values = matrix == null ? List.of() : cells(matrix, place);
    if (values.size() != cells.size()) {
      return 0;
    }
    int agreeing = 0;
    for (int k = 0; k < cells.size(); k++) {
      int decimals = decimals(cells.get(k));
      double slack = decimals == 0 ? EXACT : 0.51 * Math.pow(10, -decimals);
      agreeing += within(cells.get(k), values.get(k), slack) ? 1 : 0;
    }
    return agreeing;
  }

  /** Whether a place has a value that any of the numbers has. */
  boolean touches(List<List<Numeral>> numbers, Place place) {
    Matrix matrix = derived.get(place.quantity());
    return matrix == null || agreeing(numbers, matrix, place) > 0;
  }

  /**
   * The place whose values some numbers are.
   *
   * @param numbers row by row
   * @param hints quantities that are spoken of nearby, the likeliest first
   * @param near the row that is spoken of
   */
  Optional<Place> find(List<List<Numeral>> numbers, List<Quantity> hints, OptionalInt near) {
    Optional<Place> hinted = hinted(numbers, hints, near);
    if (hinted.isPresent()) {
      return hinted;
    }
    boolean tells = tells(numbers) && size(numbers) > 1 && !isGiven(numbers);
    return tells ? among(numbers, List.copyOf(derived.keySet()), near, 1) : Optional.empty();
  }

  /** The place among quantities that are spoken of whose values some numbers are. */
  Optional<Place> hinted(List<List<Numeral>> numbers, List<Quantity> hints, OptionalInt near) {
    return hinted(numbers, hints, near, 1);
  }

  private Optional<Place> hinted(
      List<List<Numeral>> numbers, List<Quantity> hints, OptionalInt near, double share) {
    return hints.stream()
        .map(hint -> among(numbers, like(hint), near, share))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The place that all but a few of some numbers are of: a wrong one among right ones. */
  Optional<Place> nearly(List<List<Numeral>> numbers, List<Quantity> hints, OptionalInt near) {
    if (size(numbers) < 2) {
      return Optional.empty();
    }
    Optional<Place> hinted = hinted(numbers, hints, near, 0.5);
    if (hinted.isPresent()) {
      return hinted;
    }
    boolean tells = tells(numbers) && size(numbers) > 2 && !isGiven(numbers);
    return tells
        ? among(numbers, List.copyOf(derived.keySet()), near, (size(numbers) - 1.0) / size(numbers))
        : Optional.empty();
  }

  /** Whether a place has as many cells as there are numbers; true where it has no value. */
  boolean holds(List<List<Numeral>> numbers, Place place) {
    Matrix matrix = derived.get(place.quantity());
    return matrix == null || cells(matrix, place).size() == size(numbers);
  }

  /** Whether a quantity follows from the givens. */
  boolean knows(Quantity quantity) {
    return derived.containsKey(quantity);
  }

  /** A number or row that all of a place has, once for each cell or row of it. */
  List<List<Numeral>> spread(List<List<Numeral>> numbers, Place place) {
    Matrix matrix = derived.get(place.quantity());
    if (matrix == null
        || place.column().isPresent()
        || numbers.size() != 1
        || holds(numbers, place)) {
      return numbers;
    }
    List<Numeral> row = numbers.getFirst();
    List<Numeral> wide =
        row.size() == 1 ? Collections.nCopies(matrix.columns(), row.getFirst()) : row;
    int rows = place.row().isPresent() ? 1 : matrix.rows();
    return wide.size() == matrix.columns() ? Collections.nCopies(rows, wide) : numbers;
  }

  /** The first quantity that is spoken of nearby whose shape the numbers have. */
  Optional<Place> shaped(List<List<Numeral>> numbers, List<Quantity> hints, OptionalInt near) {
    if (size(numbers) < 2) {
      return Optional.empty();
    }
    for (Quantity hint : hints) {
      for (Quantity quantity : like(hint)) {
        List<Place> places =
            places(
                numbers, quantity, derived.getOrDefault(quantity, Matrix.scalar(Exact.ONE)), near);
        if (!places.isEmpty() && (near.isPresent() || places.size() == 1)) {
          return Optional.of(places.getFirst());
        }
      }
    }
    return Optional.empty();
  }

  private List<Quantity> like(Quantity hint) {
    List<Quantity> alike = new ArrayList<>();
    if (derived.containsKey(hint)) {
      alike.add(hint);
    }
    for (Quantity quantity : derived.keySet()) {
      if (quantity.sameConcept(hint) && !quantity.equals(hint)) {
        alike.add(quantity);
      }
    }
    if (SCORES.contains(hint.head(0))) {
      derived.keySet().stream()
          .filter(q -> SCORES.contains(q.head(0)) && !alike.contains(q))
          .forEach(alike::add);
    }
    return alike;
  }

  private Optional<Place> among(
      List<List<Numeral>> numbers, List<Quantity> candidates, OptionalInt near, double share) {
    Place best = null;
    double most = 0;
    for (Quantity quantity : candidates) {
      Matrix matrix = derived.get(quantity);
      if (matrix == null) {
        continue;
      }
      for (Place place : places(numbers, quantity, matrix, near)) {
        double agreeing = (double) agreeing(numbers, matrix, place) / size(numbers);
        if (agreeing > most) {
          most = agreeing;
          best = place;
        }
      }
    }
    return most >= share - 1e-9 ? Optional.ofNullable(best) : Optional.empty();
  }

  /** Where numbers of a shape may belong in a quantity, the row that is spoken of first. */
  private static List<Place> places(
      List<List<Numeral>> numbers, Quantity quantity, Matrix matrix, OptionalInt near) {
    List<Place> places = new ArrayList<>();
    int height = numbers.size();
    int width = numbers.getFirst().size();
    OptionalInt none = OptionalInt.empty();
    if (height == 1 && width == 1) {
      if (matrix.rows() == 1 && matrix.columns() == 1) {
        return List.of(new Place(quantity, none, none));
      }
      for (int i : rows(matrix, near)) {
        for (int j = 1; j <= matrix.columns(); j++) {
          places.add(
              new Place(
                  quantity, OptionalInt.of(i), matrix.columns() == 1 ? none : OptionalInt.of(j)));
        }
      }
      return places;
    }
    boolean same = matrix.rows() == height && matrix.columns() == width;
    boolean turned =
        (height == 1 || width == 1) && matrix.rows() == width && matrix.columns() == height;
    if (same || turned) {
      places.add(new Place(quantity, none, none));
    }
    if (height == 1 && matrix.rows() > 1 && matrix.columns() == width) {
      for (int i : rows(matrix, near)) {
        places.add(new Place(quantity, OptionalInt.of(i), none));
      }
    }
    return places;
  }

  private static List<Integer> rows(Matrix matrix, OptionalInt near) {
    List<Integer> rows = new ArrayList<>();
    if (near.isPresent() && near.getAsInt() >= 1 && near.getAsInt() <= matrix.rows()) {
      rows.add(near.getAsInt());
    }
    for (int i = 1; i <= matrix.rows(); i++) {
      if (!rows.contains(i)) {
        rows.add(i);
      }
    }
    return rows;
  }

  private static int agreeing(List<List<Numeral>> numbers, Matrix matrix, Place place) {
    List<Numeral> cells = numbers.stream().flatMap(List::stream).toList();
    List<Value> values = cells(matrix, place);
    if (values.size() != cells.size()) {
      return 0;
    }
    int agreeing = 0;
    for (int k = 0; k < cells.size(); k++) {
      agreeing += agrees(cells.get(k), values.get(k)) ? 1 : 0;
    }
    return agreeing;
  }

  private static List<Value> cells(Matrix matrix, Place place) {
    List<Value> values = new ArrayList<>();
    int row = place.row().orElse(0);
    int column = place.column().orElse(0);
    if (row > matrix.rows() || column > matrix.columns()) {
      return values;
    }
    if (row > 0 && column > 0) {
      values.add(matrix.at(row - 1, column - 1));
    } else if (row > 0) {
      values.addAll(matrix.row(row - 1));
    } else {
      for (int i = 0; i < matrix.rows(); i++) {
        values.addAll(matrix.row(i));
      }
    }
    return values;
  }

  /** Whether a number is a value as people round: to the last digit, give or take one. */
  private static boolean agrees(Numeral numeral, Value value) {
    int decimals = decimals(numeral);
    double unit = Math.pow(10, -decimals);
    double carried = value.isFinite() ? CARRIED * Math.abs(value.toDouble()) : 0;
    return within(
        numeral,
        value,
        decimals >= TELLING_DECIMALS ? Math.max(1.01 * unit, carried) : 0.51 * unit);
  }

  private static boolean within(Numeral numeral, Value value, double slack) {
    return (numeral.value().isFinite() && value.isFinite())
        ? Math.abs(numeral.value().toDouble() - value.toDouble()) <= slack
        : numeral.value().equals(value);
  }

  /** How many decimals a number has; as many as anybody looks at where it is exact. */
  private static int decimals(Numeral numeral) {
    return numeral.decimals().orElse(EXACT_DECIMALS);
  }

  /** Whether numbers have digits that hardly anything else has. */
  private static boolean tells(List<List<Numeral>> numbers) {
    List<Numeral> finite =
        numbers.stream().flatMap(List::stream).filter(n -> n.value().isFinite()).toList();
    boolean digits =
        finite.stream()
            .anyMatch(
                n ->
                    n.decimals().orElse(TELLING_DECIMALS) >= TELLING_DECIMALS
                        && n.value().toDouble() != Math.rint(n.value().toDouble()));
    long different = finite.stream().map(n -> n.value().toDouble()).distinct().count();
    return digits || different >= TELLING_COUNT;
  }

  private boolean isGiven(List<List<Numeral>> numbers) {
    return given.entrySet().stream()
        .anyMatch(
            e ->
                places(numbers, e.getKey(), e.getValue(), OptionalInt.empty()).stream()
                    .anyMatch(p -> agreeing(numbers, e.getValue(), p) == size(numbers)));
  }

  private static int size(List<List<Numeral>> numbers) {
    return numbers.size() * numbers.getFirst().size();
  }
}
