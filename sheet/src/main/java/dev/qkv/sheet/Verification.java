package dev.qkv.sheet;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sheet held against the other two evaluations of the same formulas: the engine's float64
 * reference and the engine itself, in float32; gradients also against central differences.
 *
 * @param quantity what was compared: scores, masked scores, weights, output, their gradients
 * @param reference largest difference from float64, relative to the largest number if that is above
 *     1; NaN if one has a number where the other has none
 * @param engine the same for the engine; null where there is none, as in a page without a server
 * @param differences the same for central differences in float64; null for what is no gradient
 * @param beyond whether the numbers are beyond what the others can hold, and nothing was compared
 */
public record Verification(
    Quantity quantity,
    double reference,
    @Nullable Double engine,
    @Nullable Double differences,
    boolean beyond) {
  // What float32 and float64 may lose in a worksheet of up to 64 × 64.
  private static final double FLOAT32 = 1e-4;
  private static final double FLOAT64 = 1e-9;
  // What central differences with a step of 1e-5 may be off by.
  private static final double DIFFERENCES = 1e-6;

  /**
   * Whether all agree that there are, to rounding.
   *
   * @return false if a difference is too large for rounding, or NaN
   */
  public boolean agrees() {
    return beyond
        || (reference <= FLOAT64
            && (engine == null || engine <= FLOAT32)
            && (differences == null || differences <= DIFFERENCES));
  }

  /**
   * The comparison in words.
   *
   * @param locale Chinese or, for anything else, English
   * @return one line
   */
  public String in(Locale locale) {
    if (beyond) {
      return Message.of("report.unverified", quantity.symbol()).in(locale);
    }
    Message byEngine =
        engine == null
            ? Message.of("report.engine.none")
            : Message.of("report.engine", Notation.order(engine), EngineHead.describe());
    if (differences != null) {
      return Message.of(
              agrees() ? "report.verified.gradient" : "report.contradicted.gradient",
              quantity.symbol(),
              Notation.order(reference),
              Notation.order(differences),
              byEngine)
          .in(locale);
    }
    return Message.of(
            agrees() ? "report.verified" : "report.contradicted",
            quantity.symbol(),
            Notation.order(reference),
            byEngine)
        .in(locale);
  }

  /**
   * Verifies every attention of a solution, head by head.
   *
   * @param derivation the solution
   * @return one for each quantity; none if the solution has no attention
   */
  public static List<Verification> of(Derivation derivation) {
    List<Verification> all = new ArrayList<>();
    if (derivation.steps().isEmpty()) {
      return all;
    }
    int heads = derivation.problem().heads();
    for (int head = heads == 0 ? 0 : 1; head <= heads; head++) {
      all.addAll(new HeadVerification(derivation, head).all());
    }
    return all;
  }
}
