package dev.qkv.sheet.audit;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the audit says about one claim.
 *
 * @param claim the claim
 * @param name of the quantity as reports show it
 * @param cells a judgement for each number of the claim; for words none
 * @param tried how many wrong formulas were tried
 * @param nearest the wrong formula that comes nearest where none reproduces the claim
 * @param notes what a reader should know about this claim
 * @param follows the earlier claims from whose wrong numbers this one follows rightly
 * @param formula what is said about a formula; empty for any other claim
 */
public record Verdict(
    Claim claim,
    String name,
    List<Cell> cells,
    int tried,
    Optional<Nearest> nearest,
    List<Message> notes,
    List<String> follows,
    Optional<Judgement> formula) {
  /**
   * The verdict on numbers or words.
   *
   * @param claim the claim
   * @param name of the quantity as reports show it
   * @param cells a judgement for each number of the claim; for words none
   * @param tried how many wrong formulas were tried
   * @param nearest the wrong formula that comes nearest where none reproduces the claim
   * @param notes what a reader should know about this claim
   */
  public Verdict(
      Claim claim,
      String name,
      List<Cell> cells,
      int tried,
      Optional<Nearest> nearest,
      List<Message> notes) {
    this(claim, name, cells, tried, nearest, notes, List.of(), Optional.empty());
  }

  /**
   * The verdict on a formula.
   *
   * @param claim the formula
   * @param judgement what is said about it
   * @return the verdict
   */
  static Verdict of(Claim.Formula claim, Judgement judgement) {
    return new Verdict(
        claim,
        claim.quantity().name(),
        List.of(),
        0,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.of(judgement));
  }

  /**
   * The verdict on what cannot be judged.
   *
   * @param claim the claim
   * @return unchecked
   */
  public static Verdict unchecked(Claim claim) {
    String name =
        claim instanceof Claim.Numbers numbers
            ? numbers.quantity().name()
            : claim instanceof Claim.Formula formula ? formula.quantity().name() : "";
    return new Verdict(claim, name, List.of(), 0, Optional.empty(), List.of());
  }

  /**
   * The verdict with further notes.
   *
   * @param more what a reader should know besides
   * @return the verdict
   */
  public Verdict noting(List<Message> more) {
    List<Message> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Verdict(claim, name, cells, tried, nearest, List.copyOf(all), follows, formula);
  }

  /**
   * The verdict on numbers that follow from earlier wrong ones: no mistake of their own.
   *
   * @param earlier names of what was wrong before
   * @return the verdict
   */
  Verdict following(List<String> earlier) {
    return new Verdict(
        claim,
        name,
        cells.stream().map(c -> c.with(List.of())).toList(),
        0,
        Optional.empty(),
        notes,
        List.copyOf(earlier),
        formula);
  }

  /** The outcome. */
  public enum Outcome {
    /** Honest work arrives there. */
    RIGHT,
    /** It does not. */
    WRONG,
    /** Words, or nothing to compare with. */
    UNCHECKED
  }

  /**
   * One number's judgement.
   *
   * @param row from 1; empty for a scalar
   * @param column from 1; empty for a scalar
   * @param claimed the number as written
   * @param computed what it should be
   * @param reach what honest rounding can reach; empty for −∞
   * @param outcome right or wrong
   * @param mistakes the mistakes that lead to this number, for a wrong one
   */
  public record Cell(
      OptionalInt row,
      OptionalInt column,
      Numeral claimed,
      Value computed,
      Optional<Interval> reach,
      Outcome outcome,
      List<Match> mistakes) {
    /** The same with other explanations. */
    Cell with(List<Match> explanations) {
      return new Cell(row, column, claimed, computed, reach, outcome, List.copyOf(explanations));
    }
  }

  /**
   * A mistake that reproduces a number.
   *
   * @param code its code in the catalogue
   * @param with the code of another that has to be made as well; empty for one alone
   * @param computed what it leads to
   */
  public record Match(String code, Optional<String> with, Value computed) {
    private static final String SLIP = "SLIP.";

    Match(String code, Value computed) {
      this(code, Optional.empty(), computed);
    }

    /**
     * Whether it is one mistake of the catalogue, made alone.
     *
     * @return false for a slip of the pen and for two together
     */
    public boolean isKnown() {
      return with.isEmpty() && !code.startsWith(SLIP);
    }

    /**
     * What was done, in the order in which it is worked.
     *
     * @return one code or two
     */
    public List<String> codes() {
      return with.map(w -> List.of(code, w)).orElseGet(() -> List.of(code));
    }
  }

  /**
   * The mistake that comes nearest.
   *
   * @param code its code in the catalogue
   * @param distance its largest distance from the claimed numbers
   */
  public record Nearest(String code, double distance) {}

  /**
   * How many of its numbers have an outcome.
   *
   * @param outcome which
   * @return their number
   */
  public long count(Outcome outcome) {
    return cells.stream().filter(c -> c.outcome() == outcome).count();
  }

  /**
   * The claim as a whole: wrong if any number is.
   *
   * @return the outcome; unchecked without numbers or a formula
   */
  public Outcome outcome() {
    if (formula.isPresent()) {
      return formula.get().outcome();
    }
    if (cells.isEmpty()) {
      return Outcome.UNCHECKED;
    }
    return cells.stream().allMatch(c -> c.outcome() == Outcome.RIGHT)
        ? Outcome.RIGHT
        : Outcome.WRONG;
  }
}
