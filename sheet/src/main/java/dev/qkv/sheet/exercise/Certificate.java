package dev.qkv.sheet.exercise;

import dev.qkv.sheet.Problem;
import dev.qkv.sheet.message.SheetException;
import java.util.List;

/**
 * Which mistakes the answer of an exercise would show. A mistake counts if it changes an answer of
 * these quantities for numbers in general; it is told if it changes this one so far that no honest
 * rounding reaches it.
 *
 * @param decimals to which the answer is written
 * @param told codes of the mistakes that the answer shows
 * @param unnoticed codes of those that leave it as it is
 * @param alike groups of codes that lead to the same answer, although in general they do not
 * @param same groups of codes that lead to the same answer whatever the numbers are
 * @param hidden codes of mistakes that no numbers of these shapes could show, though they are made
 *     on the way: a single key has weight 1 whatever its score is
 * @param cancelling pairs of mistakes in different steps that together leave the answer as it is
 */
public record Certificate(
    int decimals,
    List<String> told,
    List<String> unnoticed,
    List<List<String>> alike,
    List<List<String>> same,
    List<String> hidden,
    List<List<String>> cancelling) {
  /** Copies. */
  public Certificate {
    told = List.copyOf(told);
    unnoticed = List.copyOf(unnoticed);
    alike = List.copyOf(alike);
    same = List.copyOf(same);
    hidden = List.copyOf(hidden);
    cancelling = List.copyOf(cancelling);
  }

  /**
   * Examines a problem.
   *
   * @param problem its goals are the answer; they have to follow from its givens
   * @param decimals to which the answer is written
   * @return what the answer shows
   * @throws SheetException if the number of heads makes no sense, or a goal does not follow
   */
  public static Certificate of(Problem problem, int decimals) {
    return new Examination(problem, decimals).certificate();
  }

  /**
   * Whether every mistake and every pair is told, and none for another.
   *
   * @return true if nothing passes unnoticed and nothing is confused that could be told apart
   */
  public boolean isComplete() {
    return unnoticed.isEmpty() && alike.isEmpty() && cancelling.isEmpty();
  }
}
