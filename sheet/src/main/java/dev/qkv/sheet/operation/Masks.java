package dev.qkv.sheet.operation;

import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Message;
import dev.qkv.sheet.SheetException;
import dev.qkv.sheet.operation.Operation.Shape;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Expr;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Value;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/** Masks: how they are made from a rule, and how scores meet them. */
public final class Masks {
  /** Which positions may be attended. */
  @FunctionalInterface
  interface Keep {
    /**
     * Whether a query may see a key.
     *
     * @param query from 0
     * @param key from 0
     * @param queries number of queries
     * @param keys number of keys
     * @return true where the score stays
     */
    boolean at(int query, int key, int queries, int keys);
  }

  private Masks() {}

  /**
   * The additive mask of a rule, in the shape of the first input: 0 where the rule keeps, −∞
   * elsewhere.
   *
   * @param keep the rule
   * @return the operation
   */
  static Operation mask(Keep keep) {
    return Operation.cellwise(
        (in, i, j) ->
            Expr.of(
                keep.at(i, j, in.matrix(0).rows(), in.matrix(0).columns())
                    ? Exact.ZERO
                    : NegativeInfinity.INSTANCE));
  }

  /**
   * The causal mask in the shape of the first input.
   *
   * @param alignment where the diagonal lies; may be left unsaid for as many queries as keys
   * @return the operation
   */
  public static Operation causal(Masking.Alignment alignment) {
    Operation mask = mask(causalRule(alignment));
    return Operation.of(
        in -> {
          Matrix scores = in.matrix(0);
          if (alignment == Masking.Alignment.UNSAID && scores.rows() != scores.columns()) {
            throw new SheetException(
                Message.of("error.mask.alignment", scores.rows(), scores.columns()));
          }
          return mask.shape(in);
        },
        mask::cell);
  }

  private static Keep causalRule(Masking.Alignment alignment) {
    return alignment == Masking.Alignment.BOTTOM_RIGHT
        ? (i, j, queries, keys) -> j <= i + keys - queries
        : (i, j, queries, keys) -> j <= i;
  }

  /**
   * The mask that lets some queries see the listed keys only.
   *
   * @param kept keys by query, both from 1
   * @return the operation
   */
  public static Operation keep(SortedMap<Integer, SortedSet<Integer>> kept) {
    Operation mask =
        mask(
            (i, j, queries, keys) -> {
              SortedSet<Integer> seen = kept.get(i + 1);
              return seen == null || seen.contains(j + 1);
            });
    return Operation.of(
        in -> {
          Matrix scores = in.matrix(0);
          kept.forEach(
              (query, keys) -> {
                requireWithin("error.keep.query", query, scores.rows());
                keys.forEach(key -> requireWithin("error.keep.key", key, scores.columns()));
              });
          return mask.shape(in);
        },
        mask::cell);
  }

  private static void requireWithin(String rule, int token, int count) {
    if (token < 1 || token > count) {
      throw new SheetException(Message.of(rule, token, count));
    }
  }

  /**
   * Scores (first input) plus an additive mask (second).
   *
   * @return the operation
   */
  public static Operation add() {
    return masked((score, mask) -> plus(score, mask));
  }

  /**
   * Scores where the mask is 0, and the number zero where it is −∞: the mistake of filling with 0.
   *
   * @return the operation
   */
  public static Operation fillZero() {
    return masked((score, mask) -> Expr.of(mask == NegativeInfinity.INSTANCE ? Exact.ZERO : score));
  }

  /**
   * Scores plus the mask transposed, as many queries as keys: the mistake of seeing only the
   * future.
   *
   * @return the operation
   */
  public static Operation addTransposed() {
    return Operation.of(
        in -> {
          Matrix scores = in.matrix(0);
          in.require(
              scores.rows() == scores.columns(),
              "error.shape.rows",
              0,
              1,
              scores.columns(),
              scores.rows());
          return sameShape(in);
        },
        (in, i, j) -> plus(in.at(0, i, j), in.at(1, j, i)));
  }

  /**
   * Scores where the mask says −∞ and −∞ where it says 0: the mistake of the wrong polarity.
   *
   * @return the operation
   */
  public static Operation addInverted() {
    return masked(
        (score, mask) ->
            Expr.of(mask == NegativeInfinity.INSTANCE ? score : NegativeInfinity.INSTANCE));
  }

  /**
   * Scores plus a mask that also hides a query from itself: the strict mask.
   *
   * @return the operation
   */
  public static Operation addStrict() {
    return Operation.of(
        Masks::sameShape,
        (in, i, j) ->
            i == j ? Expr.of(NegativeInfinity.INSTANCE) : plus(in.at(0, i, j), in.at(1, i, j)));
  }

  /**
   * Softmax of the scores (first input), set to 0 where the mask (second) hides and not
   * renormalised: the mistake of masking after softmax.
   *
   * @return the operation
   */
  public static Operation afterSoftmax() {
    Operation softmax = Softmax.variant(Softmax.Over.ROW, Softmax.Weight.E);
    return Operation.of(
        Masks::sameShape,
        (in, i, j) ->
            in.at(1, i, j) == NegativeInfinity.INSTANCE
                ? Expr.of(Exact.ZERO)
                : softmax.cell(in, i, j));
  }

  /** What becomes of one score. */
  @FunctionalInterface
  private interface Meeting {
    Expr of(Value score, Value mask);
  }

  private static Operation masked(Meeting meeting) {
    return Operation.of(Masks::sameShape, (in, i, j) -> meeting.of(in.at(0, i, j), in.at(1, i, j)));
  }

  private static Shape sameShape(Operands in) {
    in.requireSameShape(0, 1);
    return Shape.of(in.matrix(0));
  }

  private static Expr plus(Value score, Value mask) {
    if (mask == NegativeInfinity.INSTANCE || mask.signum() == 0) {
      return Expr.of(mask.signum() == 0 ? score : mask);
    }
    return new Expr.Sum(List.of(Expr.of(score), Expr.of(mask)));
  }

  /**
   * The rule that a row has something to attend to.
   *
   * @param in the inputs of a softmax
   * @param row from 0
   * @throws SheetException naming the row, where every score is −∞
   */
  static void requireAttendable(Operands in, int row) {
    if (!attendable(in, row)) {
      throw new SheetException(
          Message.of(
              "error.masked.row", in.output().name(), in.quantities().getFirst().name(), row + 1));
    }
  }

  /** Whether some score of the row is finite. */
  static boolean attendable(Operands in, int row) {
    return in.matrix(0).row(row).stream().anyMatch(s -> s != NegativeInfinity.INSTANCE);
  }
}
