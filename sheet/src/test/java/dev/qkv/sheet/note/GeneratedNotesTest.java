package dev.qkv.sheet.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.worksheet.Checked;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Notes with numbers, names, punctuation and layout drawn at random, and truths from doubles. */
@Execution(ExecutionMode.CONCURRENT)
class GeneratedNotesTest {
  private static final int NOTES = 24;

  @ParameterizedTest
  @EnumSource(NoteGenerator.Way.class)
  void everyNumberIsFoundAndJudged(NoteGenerator.Way way) {
    int claims = 0;
    int found = 0;
    for (int seed = 0; seed < NOTES; seed++) {
      NoteGenerator.Note note = new NoteGenerator(way.name().hashCode() + seed).write(way);
      String file = way == NoteGenerator.Way.LATEX ? "note.tex" : "note.md";
      List<Checked> checked =
          CorpusNote.checked(Notes.read(file, note.text().getBytes(StandardCharsets.UTF_8)));
      int judged = 0;
      int wrong = 0;
      for (Checked exercise : checked) {
        for (Verdict verdict : exercise.verdicts()) {
          if (verdict.claim() instanceof Claim.Numbers) {
            judged += verdict.cells().size();
            wrong +=
                (int) verdict.cells().stream().filter(c -> c.outcome() == Outcome.WRONG).count();
          }
        }
      }
      assertThat(wrong).as("%s %d:%n%s", way, seed, note.text()).isEqualTo(note.planted());
      claims += note.claims();
      found += Math.min(judged, note.claims());
    }
    System.out.printf(
        Locale.ROOT, "%-10s %5d claims, %5.1f%% found%n", way, claims, 100.0 * found / claims);
    assertThat(found).isGreaterThanOrEqualTo((int) (0.97 * claims));
  }

  @Test
  void theSameSeedWritesTheSameNote() {
    assertThat(new NoteGenerator(7).write(NoteGenerator.Way.PLAIN))
        .isEqualTo(new NoteGenerator(7).write(NoteGenerator.Way.PLAIN));
  }
}
