package dev.qkv.sheet.note;

import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.Indices.Place;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes claims of what an answer asserts. Where only the words around say what numbers are, their
 * values decide between what the words may mean.
 */
final class Claims {
  /** Biases are counted too. */
  private static final Pattern BIASED =
      Pattern.compile(
          "(?i)\\b(?:includ\\w+|with|have|count\\w*)\\b[^.;]{0,12}\\bbias|biases (?:are )?included|[含带计加]入?(?:上)?偏置|包括偏置");

  private static final Pattern DECIMAL = Pattern.compile("\\.\\d");

  private static final Pattern ALL =
      Pattern.compile(
          "(?i)\\b(?:all|every|each|both|everywhere|throughout)\\b|处处|都|均为|各为|全(?:部|是|为)|每(?:个|一|行)|两行");

  /** What remains when something is taken away that the same words speak of. */
  static final Map<Quantity, Quantity> TREATED =
      Map.of(
          Quantities.MEAN, Quantities.CENTERED,
          Quantities.VARIANCE, Quantities.LAYER_NORM);

  private final Draft draft;
  private final ExerciseBuilder exercise;
  private final Indices indices;
  private @Nullable Values values;

  /** An assertion and the cells that its words say it is about; null if they do not tell. */
  record Placed(Assertion assertion, @Nullable Place place) {}

  Claims(Draft draft, ExerciseBuilder exercise, Indices indices) {
    this.draft = draft;
    this.exercise = exercise;
    this.indices = indices;
  }

  private Values values() {
    if (values == null) {
      values = Values.of(exercise.problem());
    }
    return values;
  }

  /** Adds the claims of an exercise. */
  void add(List<Placed> placed) {
    if (placed.isEmpty() && draft.loose.isEmpty()) {
      return;
    }
    FreeNames names = new FreeNames(placed, values());
    for (Placed one : placed) {
      Placed all = everywhere(one.assertion(), names.of(one.assertion(), one.place()));
      claim(all.assertion(), all.place());
    }
    for (Loose loose : draft.loose) {
      loose(loose);
    }
  }

  private void loose(Loose loose) {
    OptionalInt near = indices.number(loose.nearRow());
    Optional<Place> count =
        loose.numbers().size() == 1 && loose.numbers().getFirst().size() == 1
            ? values().count(loose.numbers().getFirst().getFirst())
            : Optional.empty();
    Optional<Place> place =
        count.isPresent() ? count : values().find(loose.numbers(), loose.hints(), near);
    if (place.isEmpty() && loose.answer()) {
      place = values().nearly(loose.numbers(), loose.hints(), near);
    }
    Optional<Claim.Numbers> claim =
        place.map(
            p ->
                new Claim.Numbers(
                    p.quantity(),
                    loose.numbers(),
                    p.row(),
                    p.column(),
                    loose.line(),
                    loose.text()));
    if (claim.isPresent() && !exercise.claims(claim.get())) {
      exercise.claim(claim.get());
      return;
    }
    loose.otherwise().forEach(exercise::claim);
    boolean several = loose.numbers().size() > 1 || loose.numbers().getFirst().size() > 1;
    if (claim.isEmpty() && several && !loose.answer()) {
      Message unused = Message.of("guess.ignored", loose.text());
      exercise.issue(loose.line(), Issue.Kind.GUESS, unused);
      exercise.doubt(Message.of("doubt.unused", unused));
    }
  }

  /** A row of as many numbers as keys are seen is about those; false for any other. */
  private boolean visible(Assertion a, @Nullable Place place) {
    if (place == null || !a.isVector() || place.quantity().columns() != Axis.KEY) {
      return false;
    }
    OptionalInt row = indices.queries() == 1 ? OptionalInt.of(1) : place.row();
    List<Integer> seen = row.isEmpty() ? List.of() : seen(row.getAsInt());
    if (a.length() == indices.columns(place.quantity()) || seen.size() != a.length()) {
      return false;
    }
    List<Numeral> cells = a.cells();
    for (int k = 0; k < cells.size(); k++) {
      exercise.claim(
          new Claim.Numbers(
              place.quantity(),
              List.of(List.of(cells.get(k))),
              row,
              OptionalInt.of(seen.get(k)),
              a.line(),
              a.text()));
    }
    return true;
  }

  private List<Integer> seen(int row) {
    return switch (exercise.masking()) {
      case Masking.Causal c -> IntStream.rangeClosed(1, row).boxed().toList();
      case Masking.Keep keep ->
          keep.kept().containsKey(row) ? List.copyOf(keep.kept().get(row)) : List.of();
      default -> List.of();
    };
  }

  private void claim(Assertion a, @Nullable Place said) {
    Place spoken = counted(a, treated(a, said));
    if (visible(a, spoken)) {
      return;
    }
    Place place = spoken;
    boolean named = a.origin() == Assertion.Origin.NAME && spoken != null;
    boolean meant = named || (spoken != null && values().fits(a.numbers(), spoken));
    if (!meant) {
      place = byValue(a, spoken).orElse(spoken);
    }
    Numeral working = a.working();
    boolean fits = place != null && indices.fits(a, place);
    if (working != null && !fits) {
      exercise.claim(
          new Claim.Arithmetic(
              working.text().strip(),
              working.value(),
              a.numbers().getFirst().getFirst(),
              a.line(),
              a.text()));
      return;
    }
    if (place == null) {
      boolean given = exercise.isGivenWhole(a.quantity());
      if (given) {
        exercise.issue(
            a.line(),
            Issue.Kind.REMARK,
            Message.of("guess.given.again", a.quantity().name(), a.text()));
        return;
      }
      exercise.claim(new Claim.Words(a.line(), a.text()));
      exercise.issue(a.line(), Issue.Kind.GUESS, Message.of("guess.unplaced", a.text()));
      return;
    }
    Claim.Numbers claim =
        new Claim.Numbers(
                place.quantity(), a.numbers(), place.row(), place.column(), a.line(), a.text())
            .with(a.work());
    exercise.claim(claim);
    claim.numbers().stream()
        .flatMap(List::stream)
        .filter(n -> n.decimals().isEmpty())
        .map(n -> n.text().isEmpty() ? a.text() : n.text())
        .filter(t -> DECIMAL.matcher(t).find())
        .findFirst()
        .ifPresent(t -> exercise.doubt(claim, Message.of("doubt.rounded", t)));
    boolean biased = Values.isCount(claim.quantity()) && BIASED.matcher(draft.question).find();
    if (biased) {
      exercise.doubt(claim, Message.of("doubt.counted", a.text()));
    }
    boolean guessed = a.origin() == Assertion.Origin.CONTEXT || !a.sure();
    if (guessed && !values().touches(a.numbers(), place)) {
      exercise.doubt(claim, Message.of("doubt.words", a.text()));
    }
  }

  /** A row that cannot be the rows' means is what is left without them, and so for variances. */
  private @Nullable Place treated(Assertion a, @Nullable Place place) {
    Quantity made = place == null ? null : TREATED.get(place.quantity());
    return place != null
            && made != null
            && a.length() > 1
            && values().knows(place.quantity())
            && !values().holds(a.numbers(), place)
        ? new Place(made, place.row(), place.column())
        : place;
  }

  /** A count by its value, where words leave open what was counted. */
  private @Nullable Place counted(Assertion a, @Nullable Place place) {
    if (place == null
        || !Values.isCount(place.quantity())
        || a.origin() == Assertion.Origin.NAME
        || values().fits(a.numbers(), place)) {
      return place;
    }
    return values().count(a.numbers().getFirst().getFirst()).orElse(place);
  }

  /** What is said of all of a place, or of a row of it, is said of each of its cells or rows. */
  private Placed everywhere(Assertion a, @Nullable Place place) {
    if (place == null || !ALL.matcher(a.text()).find()) {
      return new Placed(a, place);
    }
    Place row = new Place(place.quantity(), indices.number(a.nearRow()), OptionalInt.empty());
    boolean whole = place.row().isEmpty() && place.column().isEmpty() && a.isNumber();
    if (whole && row.row().isPresent()) {
      Assertion each = a.with(values().spread(a.numbers(), row));
      if (values().fits(each.numbers(), row)) {
        return new Placed(each, row);
      }
    }
    return new Placed(a.with(values().spread(a.numbers(), place)), place);
  }

  /** What the numbers are by their values, where words leave it open. */
  private Optional<Place> byValue(Assertion a, @Nullable Place spoken) {
    List<Quantity> hints = new ArrayList<>();
    hints.add(a.quantity());
    hints.addAll(a.hints());
    OptionalInt near =
        spoken != null && spoken.row().isPresent() ? spoken.row() : indices.number(a.nearRow());
    boolean sure =
        a.origin() == Assertion.Origin.WORD
            && a.sure()
            && spoken != null
            && values().knows(spoken.quantity())
            && values().holds(a.numbers(), spoken);
    Optional<Place> found =
        sure ? values().hinted(a.numbers(), hints, near) : values().find(a.numbers(), hints, near);
    if (found.isPresent() || (spoken != null && values().touches(a.numbers(), spoken))) {
      return found;
    }
    Optional<Place> almost = values().nearly(a.numbers(), a.hints(), near);
    boolean shaped =
        exercise.isGiven(a.quantity()) || (spoken != null && values().holds(a.numbers(), spoken));
    return almost.isPresent() || shaped ? almost : values().shaped(a.numbers(), a.hints(), near);
  }
}
