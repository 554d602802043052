package dev.qkv.sheet.note;

import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.Indices.Place;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settles what inputs leave open: what follows from them is claimed, anything else is given. */
final class Consequences {
  private final Draft draft;
  private final ExerciseBuilder exercise;
  private final Indices indices;
  private final Givens givens;
  private final Counts counts;

  Consequences(
      Draft draft, ExerciseBuilder exercise, Indices indices, Givens givens, Counts counts) {
    this.draft = draft;
    this.exercise = exercise;
    this.indices = indices;
    this.givens = givens;
    this.counts = counts;
  }

  /** Settles what is left; what is claimed of it. */
  List<Claims.Placed> settle(List<Assertion> open) {
    List<Claims.Placed> claimed = new ArrayList<>();
    Sheet sheet = sheet();
    for (Assertion a : new Sequences(indices).placed(open)) {
      if (a.twin().isPresent()) {
        continue;
      }
      Place place = indices.place(a).orElse(null);
      Quantity quantity = place == null ? a.quantity() : place.quantity();
      if (isGiven(a, quantity, place)) {
        if (means(a, quantity)) {
          claimed.add(new Claims.Placed(a, null));
        } else {
          restated(a, quantity, place);
        }
        continue;
      }
      boolean goesOn = exercise.isGiven(quantity) && !a.answer();
      boolean stated = draft.stated.contains(quantity) && !a.answer();
      boolean follows = sheet != null && sheet.reaches(quantity) && !goesOn && !stated;
      if (Nature.isDimension(quantity) && !a.answer() && a.working() == null && !isSaidAgain(a)) {
        follows = false;
      }
      if (!follows
          && !a.answer()
          && a.sure()
          && place != null
          && (stated || !(sheet != null && FreeNames.mayFollow(quantity, sheet)))
          && !quantity.equals(Quantities.ROOT_D_K)) {
        giveDerived(a, quantity, place);
        sheet = sheet();
        continue;
      }
      claimed.add(new Claims.Placed(a, place));
    }
    return claimed;
  }

  /** Whether a width is what the vectors or the model have anyway. */
  private boolean isSaidAgain(Assertion a) {
    double said = a.numbers().getFirst().getFirst().value().toDouble();
    if (draft.assertions.stream().anyMatch(Assertion::answer) || !draft.statements.isEmpty()) {
      return false;
    }
    boolean heads = exercise.isGiven(Quantities.D_MODEL) && exercise.isGiven(Quantities.HEADS);
    return a.quantity().equals(Quantities.D_K)
        && (heads
            || said == exercise.columns(Quantities.Q)
            || said == exercise.columns(Quantities.K));
  }

  private boolean isGiven(Assertion a, Quantity quantity, @Nullable Place place) {
    boolean row =
        place == null
            || place.row().isEmpty()
            || exercise.isGivenRow(quantity, place.row().getAsInt());
    return exercise.isGivenWhole(quantity)
        || (exercise.isGiven(quantity) && (a.answer() || row) && !a.subject().isWhole())
        || (exercise.isGiven(quantity) && place != null && place.row().isPresent() && row);
  }

  private void giveDerived(Assertion a, Quantity quantity, Place place) {
    if (place.row().isPresent() && place.column().isEmpty()) {
      givens.row(a, quantity, place);
    } else if (place.row().isEmpty()) {
      givens.whole(a, quantity);
    }
    counts.tell();
  }

  /** Whether a word for what is given means something else: the first query's weights, say. */
  private boolean means(Assertion a, Quantity quantity) {
    List<Value> given =
        exercise.numbers(quantity).stream().flatMap(List::stream).map(Numeral::value).toList();
    return a.answer()
        && a.origin() != Assertion.Origin.NAME
        && !given.isEmpty()
        && !given.containsAll(a.cells().stream().map(Numeral::value).toList());
  }

  private void restated(Assertion a, Quantity quantity, @Nullable Place place) {
    boolean whole = place != null && place.row().isEmpty();
    if (whole) {
      givens.whole(a, quantity);
    }
  }

  private @Nullable Sheet sheet() {
    try {
      return FormulaSheet.of(exercise.problem());
    } catch (SheetException e) {
      return null;
    }
  }
}
