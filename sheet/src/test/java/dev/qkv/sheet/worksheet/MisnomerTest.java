package dev.qkv.sheet.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.Notes;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a note a name may mean something else; what resembles nothing is not called wrong. */
class MisnomerTest {
  private static final String GIVEN =
      """
      ## Exercise 1
      Q = [[1, 2], [0, 1]], K = [[1, 0], [0, 1]], V = [[1, 0], [0, 1]], d_k = 2.

      """;

  private static List<Outcome> outcomes(String name, String text) {
    return Notes.read(text).exercises().stream()
        .map(Checked::of)
        .flatMap(c -> c.verdicts().stream())
        .filter(v -> v.name().equals(name))
        .map(Verdict::outcome)
        .toList();
  }

  /** A sign, an order, a digit or a known mistake is a wrong answer; another quantity is none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          S | [[0.71, 1.41], [0, 0.71]]   | RIGHT
          S | [[0.71, 1.41], [0, 0.17]]   | WRONG
          S | [[-0.71, -1.41], [1, -0.7]] | WRONG
          S | [[1.41, 0.71], [0.71, 0]]   | WRONG
          S | [[1, 2], [0, 1]]            | WRONG
          S | [[31, 42], [53, 64]]        | UNCHECKED
          A | [[0.33, 0.67], [0.33, 0.8]] | WRONG
          A | [[0.05, 0.95], [0.9, 0.1]]  | WRONG
          A | [[3.3, -2.3], [2.4, -1.4]]  | UNCHECKED
          """)
  void resembling(String name, String numbers, Outcome outcome) {
    assertThat(outcomes(name, GIVEN + "**Answer:** " + name + " = " + numbers + "\n"))
        .containsExactly(outcome);
  }

  @Test
  void nativeFormMeansWhatItSays() {
    assertThat(
            outcomes(
                "S",
                """
                ## 1. Scores
                ```qkv
                Q = [1 2; 0 1]
                K = [1 0; 0 1]
                ```
                ```answer
                S = [31 42; 53 64]
                ```
                """))
        .containsExactly(Outcome.WRONG);
  }

  /** The reason shows a number as people write it. */
  @Test
  void sizesThatTheMatricesContradict() {
    List<String> reasons =
        Notes.read(GIVEN + "**Answer:** √d_k = 8\n").exercises().stream()
            .map(Checked::of)
            .flatMap(c -> c.verdicts().stream())
            .flatMap(v -> v.notes().stream())
            .map(m -> m.in(Locale.ENGLISH))
            .toList();
    assertThat(reasons)
        .containsExactly(
            "not checked: √d_k is √2 by the matrices here; another model may be meant");
  }

  /** A count may be of a part, of several layers or of three matrices instead of two. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          params_attention | 65536  | RIGHT
          params_attention | 49152  | WRONG
          params_attention | 393216 | UNCHECKED
          params_ffn       | 131072 | RIGHT
          params_ffn       | 196608 | UNCHECKED
          params_ffn       | 131000 | WRONG
          """)
  void counts(String name, String count, Outcome outcome) {
    assertThat(
            outcomes(
                name,
                "## Exercise 1\nd_model = 128, h = 8, d_ff = 512.\n\n**Answer:** "
                    + name
                    + " = "
                    + count
                    + "\n"))
        .containsExactly(outcome);
  }
}
