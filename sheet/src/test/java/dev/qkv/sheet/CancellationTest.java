package dev.qkv.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Solved;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work that nobody waits for any longer ends. */
class CancellationTest {
  private static final Exercise EXERCISE =
      Notes.read(
              """
              ## 1
              ```qkv
              Q = [1 2; 0 1]
              K = [1 1; 0 1]
              V = [1 0; 2 1]
              find Z
              ```
              ```answer
              Z = [1.33 0.33; 1.5 0.51]
              ```
              """)
          .exercises()
          .getFirst();

  @AfterEach
  void clear() {
    assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
  }

  @Test
  void aSolutionIsGivenUp() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Solved.of(EXERCISE)).isInstanceOf(CancellationException.class);
  }

  @Test
  void anAuditIsGivenUp() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Checked.of(EXERCISE)).isInstanceOf(CancellationException.class);
  }
}
