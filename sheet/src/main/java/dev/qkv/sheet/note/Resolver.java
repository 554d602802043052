package dev.qkv.sheet.note;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Issue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Settles what an exercise gives and what it claims: what the other givens imply is a claim,
 * wherever it stands.
 */
final class Resolver {
  private final Draft draft;
  private final ExerciseBuilder exercise;
  private final Indices indices;

  private Resolver(Draft draft) {
    this.draft = draft;
    this.exercise = new ExerciseBuilder(draft.id, draft.title, draft.line);
    this.indices = new Indices(draft);
  }

  /** The exercise that a draft is by itself. */
  static Exercise resolve(Draft draft) {
    return new Resolver(draft).resolve(Optional.empty(), false);
  }

  /** The exercise that a draft is, going on with the givens of another, and its choices or not. */
  static Exercise resolve(Draft draft, Exercise before, boolean choices) {
    return new Resolver(draft).resolve(Optional.of(before), choices);
  }

  private Exercise resolve(Optional<Exercise> before, boolean chosen) {
    Givens givens = new Givens(draft, exercise, indices);
    Counts counts = new Counts(exercise, indices);
    exercise.forNotes();
    exercise.prose(draft.prose.toString());
    draft.issues.forEach(i -> exercise.issue(i.line(), i.kind(), i.message()));
    List<Assertion> derived = givens.inputs();
    before.ifPresent(givens::inherit);
    before
        .filter(b -> chosen)
        .map(Exercise::choices)
        .ifPresent(b -> exercise.choose(own -> own.with(b.scaling()).with(b.masking())));
    counts.tell();
    List<Assertion> open = givens.projected(derived);
    counts.turn();
    counts.tell();
    choices();
    width();
    List<Claims.Placed> claimed =
        new Consequences(draft, exercise, indices, givens, counts).settle(open);
    boolean bare =
        exercise.isGivenWhole(Quantities.DOT)
            && !exercise.isGiven(Quantities.D_K)
            && !exercise.isGiven(Quantities.Q)
            && claimed.stream().noneMatch(p -> p.assertion().quantity().equals(Quantities.S));
    if (bare) {
      exercise.turn(Quantities.DOT, Quantities.S); // nothing to scale them by
    }
    if (exercise.isGiven(Quantities.S) || exercise.isGiven(Quantities.DOT)) {
      counts.tell();
      choices();
    }
    new Claims(draft, exercise, indices).add(claimed);
    goals();
    exercise.tokens(indices.words());
    return Fitting.of(exercise.build().withReachableGoals()).withReachableGoals();
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
}
