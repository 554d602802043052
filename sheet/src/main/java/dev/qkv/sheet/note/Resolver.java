package dev.qkv.sheet.note;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.Indices.Place;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Checked;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settles what an exercise gives and what it claims: what the other givens imply is a claim,
 * wherever it stands.
 */
final class Resolver {
  /** What exercises start from; everything else can follow from something. */
  private static final Set<Quantity> INPUTS =
      Set.of(
          Quantities.X,
          Quantities.MEMORY,
          Quantities.W_Q,
          Quantities.W_K,
          Quantities.W_V,
          Quantities.W_O,
          Quantities.D_MODEL,
          Quantities.HEADS,
          Quantities.KEY_HEADS,
          Quantities.EPSILON,
          Quantities.GAMMA,
          Quantities.BETA,
          Quantities.TEMPERATURE,
          Quantities.CAP,
          Quantities.SLOPE,
          Quantities.MASK,
          Quantities.W,
          Quantities.INPUT,
          Quantities.W_1,
          Quantities.W_2,
          Quantities.B_1,
          Quantities.B_2,
          Quantities.LABEL,
          Quantities.TARGET,
          Quantities.RATE,
          Quantities.D_FF,
          Quantities.BASE,
          Quantities.SINK,
          Quantities.SCALE,
          Quantities.SECOND_GAMMA,
          Quantities.SECOND_BETA);

  private static final Set<Quantity> PROJECTED = Set.of(Quantities.Q, Quantities.K, Quantities.V);

  private static final Pattern LENGTH = Pattern.compile("(?<![A-Za-z])T\\s*[=:＝：]");

  private final Draft draft;
  private final ExerciseBuilder exercise;
  private final Indices indices;
  private final List<Assertion> open = new ArrayList<>();
  private final List<Claims.Placed> claimed = new ArrayList<>();
  private final Set<Quantity> named;

  private Resolver(Draft draft) {
    this.draft = draft;
    this.exercise = new ExerciseBuilder(draft.id, draft.title, draft.line);
    this.indices = new Indices(draft);
    this.named =
        draft.assertions.stream().map(Assertion::quantity).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Settles a draft; where its own givens do not lead to what it claims or asks, with those of the
   * exercise before from which most of it follows.
   *
   * @param draft what was read
   * @param before exercises that it may go on from, the likeliest first
   * @param told how many of them its words speak of
   */
  static Exercise best(Draft draft, List<Exercise> before, int told) {
    Exercise best = resolve(draft, Optional.empty());
    int most = following(best);
    int value = value(best);
    for (int k = 0; k < before.size(); k++) {
      Exercise other = resolve(draft, Optional.of(before.get(k)));
      if (contradicts(best, other)) {
        continue;
      }
      int count = following(other);
      int worth = value(other);
      if (k < told && worth >= value && count >= most && worth > 0) {
        return other;
      }
      boolean open = k < told || most < wanted(best);
      boolean adds = open && count > most && !gives(best, other);
      if ((worth > value && count >= most) || adds) {
        best = other;
        most = count;
        value = worth;
      }
    }
    return best;
  }

  /** How much more is right than wrong of what an exercise claims of its quantities. */
  static int value(Exercise exercise) {
    int value = 0;
    for (Verdict verdict : Checked.of(exercise).verdicts()) {
      boolean numbers =
          verdict.claim() instanceof Claim.Numbers || verdict.claim() instanceof Claim.Shape;
      for (Verdict.Cell cell : numbers ? verdict.cells() : List.<Verdict.Cell>of()) {
        value += cell.outcome() == Outcome.RIGHT ? 1 : -1;
      }
    }
    return value;
  }

  /** Whether something that an exercise gives by itself is not what another's givens make of it. */
  private static boolean contradicts(Exercise alone, Exercise other) {
    for (Verdict verdict : Checked.of(other).verdicts()) {
      boolean own =
          verdict.claim() instanceof Claim.Numbers numbers
              && alone.givens().stream()
                  .anyMatch(
                      g -> g.quantity().equals(numbers.quantity()) && isProjected(g.quantity()));
      if (own && verdict.outcome() != Outcome.RIGHT) {
        return true;
      }
    }
    return false;
  }

  /** Whether something that was taken as given follows from another exercise's givens. */
  private static boolean gives(Exercise alone, Exercise other) {
    return alone.givens().stream()
        .map(Given::quantity)
        .anyMatch(
            q ->
                !isGivenByNature(q.head(0))
                    && other.givens().stream().noneMatch(g -> g.quantity().equals(q)));
  }

  private static int wanted(Exercise exercise) {
    return exercise.goals().size()
        + (int)
            exercise.givens().stream().filter(g -> !isGivenByNature(g.quantity().head(0))).count()
        + (int)
            exercise.claims().stream()
                .filter(c -> c instanceof Claim.Numbers || c instanceof Claim.Shape)
                .count()
        + (int)
            exercise.issues().stream()
                .filter(i -> i.message().key().equals("guess.unreachable"))
                .count();
  }

  /** How much of what an exercise claims and asks follows from what it gives. */
  private static int following(Exercise exercise) {
    Sheet sheet;
    try {
      sheet = FormulaSheet.of(exercise.problem());
    } catch (SheetException e) {
      return -1;
    }
    int count = (int) exercise.goals().stream().filter(sheet::reaches).count();
    for (Claim claim : exercise.claims()) {
      boolean follows =
          (claim instanceof Claim.Numbers n && sheet.reaches(n.quantity()))
              || (claim instanceof Claim.Shape s && sheet.reaches(s.quantity()));
      count += follows ? 1 : 0;
    }
    return count;
  }

  private static Exercise resolve(Draft draft, Optional<Exercise> before) {
    Resolver resolver = new Resolver(draft);
    resolver.exercise.forNotes();
    resolver.exercise.prose(draft.prose.toString());
    draft.issues.forEach(i -> resolver.exercise.issue(i.line(), i.kind(), i.message()));
    resolver.inputs();
    before.ifPresent(resolver::inherit);
    resolver.sizes();
    resolver.projected();
    resolver.columns();
    resolver.sizes();
    resolver.choices();
    resolver.width();
    resolver.derived();
    if (resolver.exercise.isGiven(Quantities.S) || resolver.exercise.isGiven(Quantities.DOT)) {
      resolver.sizes();
      resolver.choices();
    }
    new Claims(draft, resolver.exercise, resolver.indices).add(resolver.claimed);
    resolver.goals();
    return Fitting.of(resolver.exercise.build()).withReachableGoals();
  }

  /** Whether exercises start from it, as they do from queries and widths. */
  static boolean isGivenByNature(Quantity quantity) {
    return isInput(quantity) || isProjected(quantity) || isDimension(quantity);
  }

  private static boolean isInput(Quantity quantity) {
    return INPUTS.contains(quantity.head(0));
  }

  private static boolean isProjected(Quantity quantity) {
    return PROJECTED.contains(quantity.head(0));
  }

  private void inputs() {
    for (Assertion a : draft.assertions) {
      boolean projection = has(Quantities.W) || has(Quantities.INPUT);
      if (isLength(a)) {
        continue;
      }
      boolean again = exercise.isGivenWhole(a.quantity()) || a.answer();
      if (again && a.origin() == Assertion.Origin.CONTEXT) {
        open.add(a);
        continue;
      }
      if (a.quantity().equals(Quantities.Y.gradient()) && projection) {
        open.add(a.with(a.subject().with(Quantities.D_Q)));
      } else if (isInput(a.quantity())) {
        give(a);
      } else {
        open.add(a);
      }
    }
  }

  /** T is how many tokens there are where nobody speaks of a temperature. */
  private boolean isLength(Assertion a) {
    return a.quantity().equals(Quantities.TEMPERATURE)
        && a.origin() == Assertion.Origin.NAME
        && LENGTH.matcher(a.text()).find()
        && !Concepts.speaksOfTemperature(draft.title + draft.prose + draft.question);
  }

  /** Queries, keys and values are given unless an input and its projection are. */
  private void projected() {
    List<Assertion> waiting = List.copyOf(open);
    open.clear();
    for (Assertion a : waiting) {
      boolean follows =
          isProjected(a.quantity())
              && exercise.isGiven(Quantities.X)
              && Quantities.named("W_" + a.quantity().concept())
                  .filter(w -> exercise.isGiven(w) || exercise.isGiven(w.head(1)))
                  .isPresent();
      boolean again = exercise.isGivenWhole(a.quantity()) || a.answer();
      boolean spoken = again && a.origin() == Assertion.Origin.CONTEXT;
      if (isProjected(a.quantity()) && !follows && !spoken) {
        give(a);
      } else {
        open.add(a);
      }
    }
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

  private final List<Assertion> later = new ArrayList<>();

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

  private void row(Assertion a, Quantity quantity, Place place) {
    if (a.numbers().size() > 1 && a.numbers().getFirst().size() > 1) {
      return;
    }
    List<Numeral> row = a.numbers().stream().flatMap(List::stream).toList();
    if (!exercise.isGivenWhole(quantity)) {
      exercise.givenRow(quantity, place.row().orElseThrow(), row, a.line());
    }
  }

  private void whole(Assertion a, Quantity quantity) {
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
    boolean turned = a.isVector() && ExerciseBuilder.sameValues(before, List.of(flat(a)));
    if (!same && !turned && a.sure()) {
      exercise.issue(
          a.line(),
          a.answer() ? Issue.Kind.REMARK : Issue.Kind.GUESS,
          Message.of("guess.given.again", quantity.name(), a.text()));
    }
  }

  /** Arithmetic on rounded numbers is off by what their rounding reaches. */
  private void rounded(Claim.Arithmetic claim) {
    if (!claim.computed().isFinite() || !claim.claimed().value().isFinite()) {
      return;
    }
    double off = Math.abs(claim.computed().toDouble() - claim.claimed().value().toDouble());
    double half = 0.5 * Math.pow(10, -claim.claimed().decimals().orElse(9));
    if (off > 0 && off <= half + Rounding.reach(claim.expression())) {
      exercise.doubt(claim, Message.of("doubt.rounded", claim.expression()));
    }
  }

  private static List<Numeral> flat(Assertion a) {
    return a.numbers().stream().flatMap(List::stream).toList();
  }

  /** A small letter for a column of numbers is one vector; sheets write it as a row. */
  private List<List<Numeral>> upright(Assertion a, Quantity quantity) {
    boolean column = a.numbers().size() > 1 && a.numbers().getFirst().size() == 1;
    boolean vector =
        !a.subject().capital() && (isProjected(quantity) || quantity.equals(Quantities.X));
    return column && vector ? List.of(flat(a)) : a.numbers();
  }

  private void inherit(Exercise before) {
    for (Given given : before.givens()) {
      if (!exercise.isGiven(given.quantity()) && !named.contains(given.quantity())) {
        exercise.given(given.quantity(), given.numbers(), given.line());
      }
    }
  }

  /** One number for each key, listed in a row, is a column of values. */
  private void columns() {
    boolean narrow = exercise.columns(Quantities.Q) == 1 && exercise.rows(Quantities.Q) == 1;
    if (narrow && exercise.rows(Quantities.K) == 1 && exercise.isGivenWhole(Quantities.K)) {
      exercise.turn(Quantities.K);
    }
    int keys = exercise.rows(Quantities.K);
    if (keys > 1 && exercise.rows(Quantities.V) == 1 && exercise.columns(Quantities.V) == keys) {
      exercise.turn(Quantities.V);
    }
  }

  private void sizes() {
    int queries = exercise.rows(Quantities.Q);
    int inputs = exercise.rows(Quantities.X);
    int scores = Math.max(exercise.rows(Quantities.S), exercise.rows(Quantities.A));
    int keys = exercise.rows(Quantities.K);
    int memory = exercise.rows(Quantities.MEMORY);
    int values = exercise.rows(Quantities.V);
    int width =
        Stream.of(Quantities.V, Quantities.W_V, Quantities.X, Quantities.Y, Quantities.Z)
            .mapToInt(exercise::columns)
            .filter(c -> c > 0)
            .findFirst()
            .orElse(0);
    indices.sizes(
        first(queries, inputs, scores),
        first(keys, values, memory, inputs, exercise.columns(Quantities.S)),
        width);
  }

  private static int first(int... candidates) {
    for (int candidate : candidates) {
      if (candidate > 0) {
        return candidate;
      }
    }
    return 0;
  }

  private void choices() {
    new ChoiceReader(draft, exercise, indices.keys(), indices.queries()).apply();
    OptionalInt count =
        draft.heads.isPresent() ? draft.heads : Concepts.heads(draft.title + "\n" + draft.question);
    boolean parts =
        exercise.isGiven(Quantities.Z.head(1)) || exercise.isGiven(Quantities.Q.head(1));
    boolean widths = exercise.isGiven(Quantities.D_MODEL) || exercise.isGiven(Quantities.W_O);
    if (count.isPresent()
        && count.getAsInt() > 1
        && !parts
        && widths
        && !exercise.isGiven(Quantities.HEADS)) {
      String words = String.valueOf(count.getAsInt());
      exercise.given(
          Quantities.HEADS,
          List.of(List.of(new Numeral(words, -1, Value.of(count.getAsInt()), OptionalInt.of(0)))),
          draft.line);
      exercise.issue(draft.line, Issue.Kind.GUESS, Message.of("guess.heads", words));
    }
  }

  private void derived() {
    Sheet sheet = sheet();
    for (Assertion a : new Sequences(indices).placed(open)) {
      if (a.twin().isPresent()) {
        continue;
      }
      Place place = indices.place(a).orElse(null);
      Quantity quantity = place == null ? a.quantity() : place.quantity();
      if (isGiven(a, quantity, place)) {
        restated(a, quantity, place);
        continue;
      }
      boolean follows = sheet != null && sheet.reaches(quantity);
      if (isDimension(quantity) && !a.answer() && a.working() == null && !isSaidAgain(a)) {
        follows = false;
      }
      if (!follows
          && !a.answer()
          && a.sure()
          && place != null
          && !quantity.equals(Quantities.ROOT_D_K)) {
        giveDerived(a, quantity, place);
        sheet = sheet();
        continue;
      }
      claimed.add(new Claims.Placed(a, place));
    }
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

  private static boolean isDimension(Quantity quantity) {
    return quantity.equals(Quantities.D_K) || quantity.equals(Quantities.TOKENS);
  }

  private void giveDerived(Assertion a, Quantity quantity, Place place) {
    if (place.row().isPresent() && place.column().isEmpty()) {
      row(a, quantity, place);
    } else if (place.row().isEmpty()) {
      whole(a, quantity);
    }
    sizes();
  }

  private void restated(Assertion a, Quantity quantity, @Nullable Place place) {
    boolean whole = place != null && place.row().isEmpty();
    if (whole) {
      whole(a, quantity);
    }
  }

  private @Nullable Sheet sheet() {
    try {
      return FormulaSheet.of(exercise.problem());
    } catch (SheetException e) {
      return null;
    }
  }

  /** A width that is declared otherwise than it is written leaves what is scaled by it in doubt. */
  private void width() {
    int width = exercise.columns(Quantities.Q);
    List<List<Numeral>> declared = exercise.numbers(Quantities.D_K);
    boolean differs =
        width > 0
            && !declared.isEmpty()
            && declared.getFirst().getFirst().value().toDouble() != width
            && exercise.problem().choices().scaling() == Choices.Scaling.ROOT_D_K;
    if (differs) {
      exercise.doubt(Message.of("doubt.width", declared.getFirst().getFirst().text(), width));
    }
  }

  private void goals() {
    for (Claim statement : draft.statements) {
      exercise.claim(statement);
      if (statement instanceof Claim.Arithmetic arithmetic) {
        rounded(arithmetic);
      }
    }
    boolean bare =
        exercise.isGiven(Quantities.D_K)
            && !exercise.isGiven(Quantities.Q)
            && !exercise.isGiven(Quantities.HEADS);
    if (bare && Concepts.asksForStatistics(draft.question.toString())) {
      exercise.goal(Quantities.DOT_VARIANCE);
      exercise.goal(Quantities.JACOBIAN);
      exercise.goal(Quantities.JACOBIAN_SCALED);
      return;
    }
    for (Quantity quantity : draft.asked) {
      if (!exercise.isGiven(quantity)) {
        exercise.goal(quantity);
      }
    }
  }
}
