package dev.qkv.sheet.audit;

import dev.qkv.sheet.audit.Verdict.Outcome;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Slips of the pen: one number written otherwise than it was meant, or two in each other's place.
 */
final class Slips {
  /** One digit of fewer may be anything. */
  private static final int FEWEST_DIGITS = 3;

  private static final int[] SHIFTS = {1, -1, 2, -2};

  private final List<Verdict.Cell> cells;

  private Slips(List<Verdict.Cell> cells) {
    this.cells = cells;
  }

  /**
   * Names the slip of a claim in which all else is right.
   *
   * @param cells the judged numbers
   * @return the same, the wrong ones with the slip that they are, if they are one
   */
  static List<Verdict.Cell> named(List<Verdict.Cell> cells) {
    return new Slips(cells).named();
  }

  private List<Verdict.Cell> named() {
    List<Verdict.Cell> wrong = cells.stream().filter(c -> c.outcome() == Outcome.WRONG).toList();
    Optional<String> code =
        switch (wrong.size()) {
          case 1 -> slip(wrong.getFirst());
          case 2 -> exchanged(wrong.getFirst(), wrong.getLast());
          default -> Optional.empty();
        };
    if (code.isEmpty()) {
      return cells;
    }
    List<Verdict.Cell> named = new ArrayList<>();
    for (Verdict.Cell cell : cells) {
      named.add(
          cell.outcome() == Outcome.WRONG
              ? cell.with(List.of(new Verdict.Match(code.get(), cell.computed())))
              : cell);
    }
    return named;
  }

  private static Optional<String> exchanged(Verdict.Cell one, Verdict.Cell other) {
    boolean each =
        isFinite(one) && isFinite(other) && fits(one, number(other)) && fits(other, number(one));
    return each ? Optional.of("SLIP.EXCHANGED") : Optional.empty();
  }

  private static boolean isFinite(Verdict.Cell cell) {
    return cell.claimed().value().isFinite() && cell.reach().isPresent();
  }

  private static BigDecimal number(Verdict.Cell cell) {
    return cell.claimed().value().decimal();
  }

  private static boolean fits(Verdict.Cell cell, BigDecimal number) {
    return cell.reach().map(r -> r.contains(number, BigDecimal.ZERO)).orElse(false);
  }

  private static Optional<String> slip(Verdict.Cell cell) {
    if (!isFinite(cell) || number(cell).signum() == 0) {
      return Optional.empty();
    }
    BigDecimal number = number(cell);
    if (fits(cell, number.negate())) {
      return Optional.of("SLIP.SIGN");
    }
    if (swapped(cell, number)) {
      return Optional.of("SLIP.DIGITS");
    }
    for (int shift : SHIFTS) {
      if (fits(cell, number.scaleByPowerOfTen(shift))) {
        return Optional.of("SLIP.POINT");
      }
    }
    return other(cell, number) ? Optional.of("SLIP.DIGIT") : Optional.empty();
  }

  /** Two neighbouring digits in each other's place. */
  private static boolean swapped(Verdict.Cell cell, BigDecimal number) {
    char[] digits = number.unscaledValue().abs().toString().toCharArray();
    for (int i = 0; i + 1 < digits.length; i++) {
      char[] other = digits.clone();
      other[i] = digits[i + 1];
      other[i + 1] = digits[i];
      if (other[i] != digits[i] && fits(cell, number(other, number))) {
        return true;
      }
    }
    return false;
  }

  /** One digit that is another. */
  private static boolean other(Verdict.Cell cell, BigDecimal number) {
    char[] digits = number.unscaledValue().abs().toString().toCharArray();
    if (digits.length < FEWEST_DIGITS) {
      return false;
    }
    for (int i = 0; i < digits.length; i++) {
      char[] other = digits.clone();
      for (char digit = '0'; digit <= '9'; digit++) {
        other[i] = digit;
        if (digit != digits[i] && fits(cell, number(other, number))) {
          return true;
        }
      }
    }
    return false;
  }

  private static BigDecimal number(char[] digits, BigDecimal like) {
    BigDecimal number = new BigDecimal(new BigInteger(new String(digits)), like.scale());
    return like.signum() < 0 ? number.negate() : number;
  }
}
