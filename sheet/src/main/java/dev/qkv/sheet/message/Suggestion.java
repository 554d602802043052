package dev.qkv.sheet.message;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote a word that does not exist. */
public final class Suggestion {
  private static final int LETTERS_FOR_A_SLIP = 3;

  private Suggestion() {}

  /**
   * The known word that takes the fewest slips (a letter too many, one missing, another one, two
   * swapped), if they are few for its length.
   *
   * @param written the unknown word
   * @param known the words that exist
   * @return the nearest, if one is near
   */
  public static Optional<String> of(String written, Collection<String> known) {
    String word = written.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(k -> slips(word, k.toLowerCase(Locale.ROOT)) <= allowed(word, k))
        .min(
            Comparator.<String>comparingInt(k -> slips(word, k.toLowerCase(Locale.ROOT)))
                .thenComparing(k -> !k.regionMatches(true, 0, word, 0, 1)));
  }

  /**
   * The nearest word as part of a sentence: “, did you mean causal?”.
   *
   * @param written the unknown word
   * @param known the words that exist
   * @return what can be an argument of a message; empty if nothing is near
   */
  public static Object clause(String written, Collection<String> known) {
    return of(written, known).<Object>map(k -> Message.of("suggestion", k)).orElse("");
  }

  private static int allowed(String word, String known) {
    return Math.min(word.length(), known.length()) / LETTERS_FOR_A_SLIP;
  }

  /** The distance of Damerau and Levenshtein, each pair of letters swapped at most once. */
  private static int slips(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] next = new int[b.length() + 1];
      next[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        next[j] = Math.min(Math.min(last[j] + 1, next[j - 1] + 1), last[j - 1] + other);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          next[j] = Math.min(next[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = next;
    }
    return last[b.length()];
  }
}
