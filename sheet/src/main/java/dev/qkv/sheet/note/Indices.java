package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.language.Numbers;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Settles what the indices of an exercise's names count: rows, keys or heads. */
final class Indices {
  /** The cells that a subject means. */
  record Place(Quantity quantity, OptionalInt row, OptionalInt column) {}

  /** Words for numbers that sentences are made of too. */
  private static final Pattern CARDINAL =
      Pattern.compile("one|two|three|four", Pattern.CASE_INSENSITIVE);

  /** A word, which a single letter of an alphabet is not: that is an index. */
  private static final Pattern WORD = Pattern.compile("\\p{IsHan}|[\\p{L}'’]{2,24}");

  private final List<String> tokens = new ArrayList<>();
  private final boolean heads;
  private final boolean fromZero;
  private final boolean headed;
  private int queries;

  /** Whether one query is given alone, by its number among others. */
  private boolean lone;

  private int keys;
  private int width;

  Indices(Draft draft) {
    this.heads = Concepts.speaksOfHeads(draft.title + draft.question);
    boolean words = draft.tokens.stream().anyMatch(t -> Numbers.of(t).isEmpty());
    draft.tokens.stream()
        .filter(t -> Numbers.of(t).isEmpty() || (words && CARDINAL.matcher(t).matches()))
        .forEach(tokens::add);
    this.fromZero =
        draft.assertions.stream()
            .map(Assertion::subject)
            .anyMatch(s -> s.row().equals("0") || s.column().equals("0") || s.single().equals("0"));
    this.headed =
        draft.assertions.stream()
            .anyMatch(
                a ->
                    a.quantity().head() > 0
                        || (a.quantity().sameConcept(Quantities.Q)
                            && a.subject().capital()
                            && Numbers.of(a.subject().single()).isPresent()));
    for (Assertion a : draft.assertions) {
      for (String label : List.of(a.subject().row(), a.subject().single(), a.subject().column())) {
        if (!label.isEmpty() && Numbers.of(label).isEmpty() && !tokens.contains(label)) {
          tokens.add(label);
        }
      }
    }
  }

  /** What is known of the sizes when the given matrices have been read. */
  void sizes(int queryRows, int keyRows, int valueWidth) {
    this.queries = queryRows;
    this.keys = keyRows;
    this.width = valueWidth;
  }

  /** What the tokens are called, as far as they are words. */
  List<String> words() {
    return tokens.stream()
        .map(t -> t.replaceAll("[“”\"'「」$]", ""))
        .filter(t -> WORD.matcher(t).matches())
        .distinct()
        .toList();
  }

  int queries() {
    return queries;
  }

  int keys() {
    return keys;
  }

  OptionalInt number(String label) {
    OptionalInt number = Numbers.of(label);
    if (number.isPresent() && !tokens.contains(label)) {
      return fromZero ? OptionalInt.of(number.getAsInt() + 1) : number;
    }
    int at = tokens.indexOf(label);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at + 1);
  }

  /** Whether the single index of an assertion is a head. */
  boolean isHead(Assertion a) {
    boolean ofHeads = Quantities.isOfHeads(a.quantity()) && a.quantity().head() == 0;
    boolean matrix = a.numbers().size() > 1 && a.numbers().getFirst().size() > 1;
    return ofHeads
        && Numbers.of(a.subject().single()).orElse(Integer.MAX_VALUE) <= Draft.MOST_HEADS
        && (matrix
            || (heads && a.subject().capital() && a.numbers().size() > 1)
            || (heads && headed && a.subject().capital() && queries <= 1));
  }

  /** Says whether one query is given alone, by its number among others. */
  void lone(boolean one) {
    lone = one;
  }

  /** Whether as many numbers as a place has are there, as far as sizes are known. */
  boolean fits(Assertion a, Place place) {
    Quantity quantity = place.quantity();
    if (quantity.isScalar() || queries == 0) {
      return true;
    }
    int wide = columns(quantity);
    int high = quantity.rows() == Axis.QUERY ? queries : quantity.rows() == Axis.KEY ? keys : 0;
    boolean one =
        place.column().isPresent() || (wide == 1 && (place.row().isPresent() || high == 1));
    return !a.isNumber() || one || wide == 0 || high == 0 || (wide == 1 && high == 1);
  }

  /** How many columns a quantity has; 0 if that is not known. */
  int columns(Quantity quantity) {
    return quantity.columns() == Axis.KEY ? keys : quantity.columns() == Axis.ONE ? 1 : width;
  }

  /** The cells that an assertion is about; nothing if they cannot be told. */
  Optional<Place> place(Assertion a) {
    Subject s = a.subject();
    Quantity quantity = s.quantity();
    if (!s.row().isEmpty() || !s.column().isEmpty()) {
      return crossed(a, quantity);
    }
    if (s.single().isEmpty()) {
      return whole(a);
    }
    OptionalInt index = number(s.single());
    if (index.isEmpty()) {
      return Optional.empty();
    }
    if (isHead(a)) {
      return Optional.of(
          new Place(quantity.head(index.getAsInt()), OptionalInt.empty(), OptionalInt.empty()));
    }
    if (a.isNumber() && quantity.columns() != Axis.ONE) {
      return cell(a, quantity, index);
    }
    return Optional.of(new Place(quantity, index, OptionalInt.empty()));
  }

  /** One number with one index: a key of the only query, a component of the only row, or a row. */
  private Optional<Place> cell(Assertion a, Quantity quantity, OptionalInt index) {
    int columns = quantity.columns() == Axis.KEY ? keys : width;
    boolean one = queries <= 1 && quantity.rows() == Axis.QUERY;
    if (one) {
      return Optional.of(new Place(quantity, OptionalInt.of(1), index));
    }
    if (columns == 1) {
      return Optional.of(new Place(quantity, index, OptionalInt.of(1)));
    }
    OptionalInt near = number(a.nearRow());
    return near.isPresent() && quantity.columns() == Axis.KEY
        ? Optional.of(new Place(quantity, near, index))
        : Optional.empty();
  }

  private Optional<Place> crossed(Assertion a, Quantity quantity) {
    Subject s = a.subject();
    OptionalInt row = s.row().isEmpty() ? OptionalInt.empty() : number(s.row());
    OptionalInt column = s.column().isEmpty() ? OptionalInt.empty() : number(s.column());
    if ((row.isEmpty() && !s.row().isEmpty()) || (column.isEmpty() && !s.column().isEmpty())) {
      return Optional.empty();
    }
    if (row.isEmpty()) {
      row = queries <= 1 ? OptionalInt.of(1) : number(a.nearRow());
      if (row.isEmpty()) {
        return Optional.empty();
      }
    }
    if (lone && quantity.rows() == Axis.QUERY) {
      row = OptionalInt.of(1);
    }
    if (a.isNumber() && column.isEmpty() && quantity.columns() != Axis.ONE) {
      int columns = quantity.columns() == Axis.KEY ? keys : width;
      return columns <= 1
          ? Optional.of(new Place(quantity, row, OptionalInt.of(1)))
          : Optional.empty();
    }
    if (!a.isNumber() && column.isPresent()) {
      column = OptionalInt.empty();
    }
    return Optional.of(
        new Place(quantity, row, quantity.columns() == Axis.ONE ? OptionalInt.empty() : column));
  }

  /** All of a quantity, or the row that the words around speak of. */
  private Optional<Place> whole(Assertion a) {
    Quantity quantity = a.quantity();
    boolean rows = quantity.rows() == Axis.QUERY && queries > 1;
    int columns =
        quantity.columns() == Axis.KEY ? keys : quantity.columns() == Axis.ONE ? 1 : width;
    boolean single =
        a.isVector()
            ? a.numbers().size() == 1 && a.length() == columns
            : a.isNumber() && columns == 1;
    boolean column = a.length() == queries && columns == 1;
    OptionalInt near = number(a.nearRow());
    if (rows && single && !column && near.isPresent() && near.getAsInt() <= queries) {
      return Optional.of(new Place(quantity, near, OptionalInt.empty()));
    }
    return Optional.of(new Place(quantity, OptionalInt.empty(), OptionalInt.empty()));
  }
}
