package dev.qkv.sheet.note;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Working;
import dev.qkv.sheet.note.Assertion.Origin;
import dev.qkv.sheet.note.AssertionWriter.Source;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.language.Numbers;
import dev.qkv.sheet.note.notation.Grid;
import dev.qkv.sheet.note.notation.WorkingParser;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Numeral;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes what a line says that quantities are into the draft. */
final class AssertionWriter {
  private static final Pattern BEHIND =
      Pattern.compile(
          "^[\\s$]*(?:again\\s+)?(?:for|in|as)\\s+(?:the\\s+)?((?:first|second|third|fourth|(?:token|row|query|position)\\s*\\d)\\b)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern EVERYWHERE =
      Pattern.compile("[\\s$]*(?:everywhere|throughout|each)\\b", Pattern.CASE_INSENSITIVE);

  /** Givens that another value makes another setting of. */
  private static final Set<Quantity> SETTINGS =
      Set.of(
          Quantities.TEMPERATURE,
          Quantities.SCALE,
          Quantities.CAP,
          Quantities.D_MODEL,
          Quantities.HEADS);

  private final LogicalLine line;

  AssertionWriter(LogicalLine line) {
    this.line = line;
  }

  /**
   * Where numbers come from.
   *
   * @param origin how it is known what they are
   * @param from where their chain starts
   * @param to where it ends
   * @param working the arithmetic that it starts with; null without any
   */
  record Source(Origin origin, int from, int to, @Nullable Numeral working) {}

  /** Writes that a subject has the numbers that end a part of the text. */
  void add(Subject named, Grid grid, boolean certain, Source source, int from, int to) {
    Subject subject = named;
    subject = ofHeads(subject, grid);
    line.asserts = true;
    OptionalInt stage =
        line.context.answer ? line.draft.stageOf(subject, grid.rows()) : OptionalInt.empty();
    line.context.stage = stage.orElse(line.context.stage);
    boolean said = source.origin() == Origin.NAME || source.origin() == Origin.WORD;
    if (!line.context.answer && said && resets(subject, grid)) {
      line.context.stage++;
    }
    if (!subject.row().isEmpty() && !Nature.isGiven(subject.quantity())) {
      line.context.row = subject.row();
    }
    subject = ownHead(subject, grid);
    subject = source.origin() == Origin.NAME ? line.draft.meant(start(subject, grid)) : subject;
    String behind = subject.isWhole() ? rowBehind(to) : "";
    Quantity quantity = ofHead(meant(subject.quantity(), grid));
    line.context.mention(quantity, certain);
    line.draft.add(
        new Assertion(
            (behind.isEmpty() ? subject : subject.withRow(behind)).with(quantity),
            grid.rows(),
            null,
            line.context.answer,
            certain,
            line.context.row,
            line.number,
            line.shown(Math.min(line.clause, from), everywhere(to)),
            source.working(),
            source.origin(),
            line.context.stage,
            work(subject, source),
            line.hints));
  }

  /** Whether something that was given before gets other numbers: another setting. */
  private boolean resets(Subject subject, Grid grid) {
    Quantity quantity = subject.quantity();
    boolean setting = SETTINGS.contains(quantity);
    if (!subject.isWhole() || !Nature.isGiven(quantity) || quantity.equals(Quantities.D_K)) {
      return false;
    }
    boolean other =
        line.draft.assertions.stream()
            .anyMatch(
                a ->
                    a.stage() == line.context.stage
                        && a.subject().equals(subject)
                        && !a.numbers().isEmpty()
                        && !ExerciseBuilder.sameValues(a.numbers(), grid.rows()));
    return other && (setting || line.draft.hasResults(line.context.stage));
  }

  /** A vector h is no number of heads, and matrices h₁, H₂ are what the heads put out. */
  private Subject ofHeads(Subject subject, Grid grid) {
    Quantity quantity = subject.quantity();
    OptionalInt number = Numbers.of(subject.single());
    boolean letter = quantity.equals(Quantities.HEADS) || quantity.equals(Quantities.HIDDEN);
    boolean outputs =
        letter
            && number.isPresent()
            && !grid.isNumber()
            && Concepts.speaksOfHeads(line.draft.title + line.draft.question);
    if (outputs) {
      return Subject.of(Quantities.Z.head(number.getAsInt()));
    }
    return quantity.equals(Quantities.HEADS) && grid.isVector()
        ? Subject.of(Quantities.Y)
        : subject;
  }

  /** What an exercise starts from under the letter e are scores; exponentials follow from them. */
  private Subject start(Subject subject, Grid grid) {
    Quantity quantity = subject.quantity();
    boolean scores =
        !line.context.answer
            && quantity.head(0).equals(Quantities.EXPONENTIALS)
            && !line.draft.mentioned.contains(Quantities.EXPONENTIALS);
    return scores
        ? subject.with(Quantities.S.head(quantity.head()))
        : subject.with(output(quantity, grid, line.context.answer));
  }

  /** What is given as attention but cannot be weights is attention's output. */
  static Quantity output(Quantity quantity, Grid grid, boolean answer) {
    boolean weights =
        grid.cells().stream()
            .map(Numeral::value)
            .allMatch(v -> v.isFinite() && v.toDouble() >= 0 && v.toDouble() <= 1);
    return !answer && quantity.equals(Quantities.A) && !weights ? Quantities.Z : quantity;
  }

  /** Q₁ in the part of head 1 is that head's, and so is a matrix Q₂ the other's. */
  private Subject ownHead(Subject subject, Grid grid) {
    OptionalInt number = Numbers.of(subject.single());
    boolean own =
        line.context.head > 0
            && number.isPresent()
            && Quantities.isOfHeads(subject.quantity())
            && ((subject.capital() && number.getAsInt() == line.context.head) || grid.height() > 1);
    return own ? Subject.of(subject.quantity().head(number.getAsInt())) : subject;
  }

  /** Where numbers end, with the word behind them that says that they are meant for all cells. */
  private int everywhere(int end) {
    Matcher behind = EVERYWHERE.matcher(line.text).region(end, line.to);
    return behind.lookingAt() ? behind.end() : end;
  }

  /** The row that words behind numbers speak of, as in 0.67 and 0.33 for the first token. */
  private String rowBehind(int end) {
    Matcher behind =
        BEHIND.matcher(line.text.substring(end, Math.min(line.text.length(), end + 40)));
    if (!behind.find()) {
      return "";
    }
    OptionalInt row = Concepts.row(behind.group(1) + " token");
    return row.isPresent() ? String.valueOf(row.getAsInt()) : SpokenReader.rowOf(behind.group(1));
  }

  /** The written-out arithmetic of this chain, or of one that was left open before. */
  private Working work(Subject subject, Source source) {
    Working open = line.draft.open.remove(subject);
    Working own = WorkingParser.of(line.text, source.from(), source.to());
    return own.links().size() > 1 || open == null ? own : open;
  }

  /** In the part of a head its quantities are meant. */
  private Quantity ofHead(Quantity quantity) {
    boolean each = line.context.head > 0 && quantity.head() == 0;
    return each ? Quantities.inHead(quantity, line.context.head) : quantity;
  }

  /** What a quantity with these numbers is: with −∞ in it, scores are masked. */
  static Quantity meant(Quantity quantity, Grid grid) {
    boolean infinite = grid.cells().stream().anyMatch(c -> c.value() == NegativeInfinity.INSTANCE);
    boolean scores =
        quantity.sameConcept(Quantities.DOT)
            || quantity.sameConcept(Quantities.S)
            || quantity.sameConcept(Quantities.A);
    if (infinite && scores) {
      return Quantities.MASKED.head(quantity.head());
    }
    return quantity;
  }
}
