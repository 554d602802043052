package dev.qkv.sheet.exercise;

import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.worksheet.Exercise;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An exercise with what its answer proves.
 *
 * @param exercise the exercise
 * @param certificate which mistakes would show; nothing where it cannot be said
 * @param reason why it cannot be said
 */
public record Certified(
    Exercise exercise, Optional<Certificate> certificate, Optional<Message> reason) {
  /** Decimals of an answer that nobody has written. */
  private static final int USUAL_DECIMALS = 2;

  /** Exact answers are held to as many. */
  private static final int EXACT_DECIMALS = 6;

  /**
   * Examines an exercise: the answer is what is claimed; where nothing is, what is asked.
   *
   * @param exercise the exercise, or a test
   * @param decimals to which the answer is written; empty for as many as its numbers have
   * @return what the answer proves
   */
  public static Certified of(Exercise exercise, OptionalInt decimals) {
    try {
      Problem problem = exercise.problem();
      Sheet sheet = FormulaSheet.of(problem);
      List<Claim.Numbers> claims =
          exercise.claims().stream()
              .filter(Claim.Numbers.class::isInstance)
              .map(Claim.Numbers.class::cast)
              .toList();
      List<Quantity> claimed = claims.stream().map(Claim.Numbers::quantity).distinct().toList();
      List<Quantity> answer =
          (claimed.isEmpty() ? exercise.goals() : claimed)
              .stream().filter(sheet::reaches).filter(q -> !problem.gives(q)).toList();
      if (answer.isEmpty()) {
        return none(exercise, Message.of("certificate.nothing"));
      }
      int written = decimals.orElseGet(() -> decimals(claims));
      return new Certified(
          exercise, Optional.of(Certificate.of(problem.asking(answer), written)), Optional.empty());
    } catch (SheetException e) {
      return none(exercise, e.reason());
    }
  }

  private static Certified none(Exercise exercise, Message reason) {
    return new Certified(exercise, Optional.empty(), Optional.of(reason));
  }

  /** The fewest decimals of any number; exact ones count as many. */
  private static int decimals(List<Claim.Numbers> claims) {
    return claims.isEmpty()
        ? USUAL_DECIMALS
        : claims.stream()
            .flatMap(c -> c.numbers().stream())
            .flatMap(List::stream)
            .map(Numeral::decimals)
            .filter(OptionalInt::isPresent)
            .mapToInt(OptionalInt::getAsInt)
            .filter(d -> d > 0)
            .min()
            .orElse(EXACT_DECIMALS);
  }

  /**
   * Whether every mistake would show.
   *
   * @return false too where that cannot be said, or where the shapes hide one
   */
  public boolean showsAll() {
    return certificate.map(c -> c.isComplete() && c.hidden().isEmpty()).orElse(false);
  }
}
