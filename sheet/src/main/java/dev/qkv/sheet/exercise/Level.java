package dev.qkv.sheet.exercise;

/**
 * How hard an exercise is: its sizes, its numbers, and how much of the way is asked.
 *
 * @param number 1 to 5
 */
public record Level(int number) {
  /** The easiest. */
  public static final int EASIEST = 1;

  /** The hardest. */
  public static final int HARDEST = 5;

  private static final int THREE_DECIMALS = 4;
  private static final int NEGATIVE = 3;
  private static final int HALVES = 4;

  /**
   * Checks.
   *
   * @param number 1 to 5
   */
  public Level {
    if (number < EASIEST || number > HARDEST) {
      throw new IllegalArgumentException("level: number " + number + ", expected 1 to 5");
    }
  }

  /**
   * To how many decimals the answer is asked.
   *
   * @return 2, or 3 for the harder ones
   */
  public int decimals() {
    return number < THREE_DECIMALS ? 2 : 3;
  }

  /** The fewest rows or columns of anything. */
  int fewest() {
    return number < NEGATIVE ? 2 : 3;
  }

  /** The most. */
  int most() {
    return number == HARDEST ? 4 : number == EASIEST ? 2 : 3;
  }

  /** The smallest number, in halves. */
  int smallestHalves() {
    return number < NEGATIVE ? 0 : -2 * (number - 1);
  }

  /** The largest number, in halves. */
  int largestHalves() {
    return number == EASIEST ? 4 : 6;
  }

  /** Whether there are halves as well. */
  boolean hasHalves() {
    return number >= HALVES;
  }

  /** How many of the last quantities are asked. */
  int asked(int quantities) {
    return switch (number) {
      case EASIEST, 2 -> quantities;
      case HARDEST -> 1;
      default -> Math.min(quantities, 2);
    };
  }
}
