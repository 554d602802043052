package dev.qkv.sheet.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.term.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of an exercise is worked, and what is shown as the notes have it. */
class SolvedTest {
  private static Exercise exercise(String find, String answer) {
    String note =
        """
        ## 1. Two keys
        ```qkv
        Q = [1 0]
        K = [1 0; 0.3 1]
        V = [1; 2]
        %s
        ```
        ```answer
        %s
        ```
        """
            .formatted(find, answer);
    return Notes.read(note).exercises().getFirst();
  }

  private static List<Quantity> outputs(Solved solved) {
    return solved.derivation().steps().stream().map(s -> s.formula().output()).toList();
  }

  @Test
  void whatIsAskedIsWorked() {
    Exercise exercise = exercise("find S", "Z = [1.38]");
    assertThat(outputs(Solved.of(exercise)))
        .contains(Quantities.S)
        .doesNotContain(Quantities.ROW_MAX, Quantities.Z);
    assertThat(outputs(Solved.of(exercise, Solved.Extent.ALL)))
        .contains(Quantities.S, Quantities.A, Quantities.Z);
  }

  @Test
  void whereNothingIsAskedAnswersSayHowFar() {
    assertThat(outputs(Solved.of(exercise("", "A = [0.62 0.38]"))))
        .contains(Quantities.A)
        .doesNotContain(Quantities.Z);
    assertThat(outputs(Solved.of(exercise("", "text nothing to compute")))).contains(Quantities.Z);
  }

  /** e^0.7071 = 2.028 and e^0.2121 = 1.236; with the largest score taken away 1 and 0.610. */
  @Test
  void exponentialsAreShownAsTheAnswersHaveThem() {
    Solved bare = Solved.of(exercise("find Z", "E = [2.028 1.236]\nrow_sum = [3.264]"));
    assertThat(bare.asNoted()).containsOnlyKeys(Quantities.EXPONENTIALS, Quantities.ROW_SUM);
    assertThat(bare.asNoted())
        .hasEntrySatisfying(
            Quantities.ROW_SUM,
            sum -> assertThat(sum.result().at(0, 0).toDouble()).isBetween(3.2643, 3.2645));
    assertThat(Solved.of(exercise("find Z", "E = [1 0.610]")).asNoted()).isEmpty();
    assertThat(Solved.of(exercise("find Z", "Z = [1.38]")).asNoted()).isEmpty();
  }
}
