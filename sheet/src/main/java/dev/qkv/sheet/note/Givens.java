package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.Indices.Place;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Settles what an exercise gives: what it starts from, and what nothing else leads to. */
final class Givens {
  private static final Pattern LENGTH = Pattern.compile("(?<![A-Za-z])T\\s*[=:＝：]");

  private final Draft draft;
  private final ExerciseBuilder exercise;
  private final Indices indices;

  /** What the exercise speaks of with numbers. */
  private final Set<Quantity> named;

  /** What is said to equal something that is not given yet. */
  private final List<Assertion> later = new ArrayList<>();

  Givens(Draft draft, ExerciseBuilder exercise, Indices indices) {
    this.draft = draft;
    this.exercise = exercise;
    this.indices = indices;
    this.named =
        draft.assertions.stream().map(Assertion::quantity).collect(Collectors.toUnmodifiableSet());
  }

  /** Gives what nothing leads to; the rest. */
  List<Assertion> inputs() {
    List<Assertion> open = new ArrayList<>();
    for (Assertion a : draft.assertions) {
      boolean projection = has(Quantities.W) || has(Quantities.INPUT);
      if (isLength(a)) {
        continue;
      }
      boolean again = exercise.isGivenWhole(a.quantity()) || a.answer() || isNamed(a.subject());
      if (again && a.origin() == Assertion.Origin.CONTEXT) {
        open.add(a);
        continue;
      }
      boolean unprojected =
          a.quantity().equals(Quantities.O.gradient())
              && !has(Quantities.W_O)
              && !has(Quantities.Z.head(1));
      if (unprojected) {
        open.add(a.with(a.subject().with(Quantities.D_Z)));
      } else if (a.quantity().equals(Quantities.Y.gradient()) && projection) {
        open.add(a.with(a.subject().with(Quantities.D_Q)));
      } else if (Nature.isInput(a.quantity())) {
        give(a);
      } else {
        open.add(a);
      }
    }
    return open;
  }

  /** Whether something has numbers behind its own name. */
  private boolean isNamed(Subject subject) {
    return draft.assertions.stream()
        .anyMatch(a -> a.origin() == Assertion.Origin.NAME && a.subject().equals(subject));
  }

  /** T is how many tokens there are where nobody speaks of a temperature. */
  private boolean isLength(Assertion a) {
    return a.quantity().equals(Quantities.TEMPERATURE)
        && a.origin() == Assertion.Origin.NAME
        && LENGTH.matcher(a.text()).find()
        && !Concepts.speaksOfTemperature(draft.title + draft.prose + draft.question);
  }

  /** Gives queries, keys and values unless an input and its projection are; the rest. */
  List<Assertion> projected(List<Assertion> waiting) {
    List<Assertion> open = new ArrayList<>();
    for (Assertion a : waiting) {
      boolean follows =
          Nature.isProjected(a.quantity())
              && exercise.isGiven(Quantities.X)
              && Quantities.named("W_" + a.quantity().concept())
                  .filter(w -> exercise.isGiven(w) || exercise.isGiven(w.head(1)))
                  .isPresent();
      boolean again = exercise.isGivenWhole(a.quantity()) || a.answer() || isNamed(a.subject());
      boolean spoken = again && a.origin() == Assertion.Origin.CONTEXT;
      if (Nature.isProjected(a.quantity()) && !follows && !spoken) {
        give(a);
      } else {
        open.add(a);
      }
    }
    return open;
  }

  private void give(Assertion found) {
    boolean column =
        has(Quantities.W) || has(Quantities.D_W) || draft.asked.contains(Quantities.D_W);
    Assertion a =
        found.quantity().equals(Quantities.INPUT) && !column
            ? found.with(found.subject().with(Quantities.X))
            : found.quantity().equals(Quantities.X) && column && !found.subject().capital()
                ? found.with(found.subject().with(Quantities.INPUT))
                : found;
    Optional<Quantity> twin = a.twin();
    if (twin.isPresent()) {
      List<List<Numeral>> numbers = exercise.numbers(twin.get());
      if (numbers.isEmpty()) {
        later.add(a);
      } else if (!exercise.isGiven(a.quantity())) {
        exercise.given(a.quantity(), numbers, a.line());
      }
      return;
    }
    Optional<Place> place = givenPlace(a);
    if (place.isEmpty()) {
      return;
    }
    Quantity quantity = place.get().quantity();
    if (place.get().row().isPresent()) {
      row(a, quantity, place.get());
    } else {
      whole(a, quantity);
    }
    settleTwins();
  }

  private boolean has(Quantity quantity) {
    return named.contains(quantity);
  }

  /** Gives what equals something that is given by now. */
  private void settleTwins() {
    for (Assertion a : List.copyOf(later)) {
      List<List<Numeral>> numbers = exercise.numbers(a.twin().orElseThrow());
      if (!numbers.isEmpty()) {
        later.remove(a);
        if (!exercise.isGiven(a.quantity())) {
          exercise.given(a.quantity(), numbers, a.line());
        }
      }
    }
  }

  /** Rows of givens are numbered by tokens; a matrix with one index is a head's. */
  private Optional<Place> givenPlace(Assertion a) {
    Subject s = a.subject();
    if (s.single().isEmpty() && s.row().isEmpty()) {
      return Optional.of(new Place(a.quantity(), OptionalInt.empty(), OptionalInt.empty()));
    }
    if (indices.isHead(a)) {
      return indices.place(a);
    }
    String label = s.single().isEmpty() ? s.row() : s.single();
    OptionalInt number = indices.number(label);
    return number.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(a.quantity(), number, OptionalInt.empty()));
  }

  /** Gives a row of a quantity. */
  void row(Assertion a, Quantity quantity, Place place) {
    if (a.numbers().size() > 1 && a.numbers().getFirst().size() > 1) {
      return;
    }
    List<Numeral> row = a.cells();
    if (!exercise.isGivenWhole(quantity)) {
      exercise.givenRow(quantity, place.row().orElseThrow(), row, a.line());
    }
  }

  /** Gives a whole quantity; given again with other numbers, it is said so. */
  void whole(Assertion a, Quantity quantity) {
    if (quantity.columns() == Axis.CASE && !a.answer() && !exercise.isGiven(Quantities.Q)) {
      exercise.given(quantity, a.numbers(), a.line());
      return;
    }
    List<List<Numeral>> before = exercise.numbers(quantity);
    if (before.isEmpty()) {
      if (!exercise.isGiven(quantity)) {
        exercise.given(quantity, upright(a, quantity), a.line());
      }
      return;
    }
    boolean same = ExerciseBuilder.sameValues(before, a.numbers());
    boolean turned = a.isVector() && ExerciseBuilder.sameValues(before, List.of(a.cells()));
    if (!same && !turned && a.sure()) {
      exercise.issue(
          a.line(),
          a.answer() ? Issue.Kind.REMARK : Issue.Kind.GUESS,
          Message.of("guess.given.again", quantity.name(), a.text()));
    }
  }

  /** A small letter for a column of numbers is one vector; sheets write it as a row. */
  private List<List<Numeral>> upright(Assertion a, Quantity quantity) {
    boolean column = a.numbers().size() > 1 && a.numbers().getFirst().size() == 1;
    boolean vector =
        !a.subject().capital() && (Nature.isProjected(quantity) || quantity.equals(Quantities.X));
    return column && vector ? List.of(a.cells()) : a.numbers();
  }

  /** Takes over what another exercise gives, where this one does not speak of it. */
  void inherit(Exercise before) {
    for (Given given : before.givens()) {
      if (!exercise.isGiven(given.quantity()) && !named.contains(given.quantity())) {
        exercise.given(given.quantity(), given.numbers(), given.line());
      }
    }
  }
}
