package dev.qkv.sheet.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.audit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Notes as people write them, each with what a careful person reads in it. */
class CorpusTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");

  /** What the reader reached when this was last changed; it may only get better. */
  private static final double LEAST_FOUND = 0.96;

  private static final double MOST_ALARMS = 0.006;

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNote(Path file) {
    return !file.toString().endsWith(".expect.md");
  }

  @Test
  void scoreboard() throws IOException {
    Score total = new Score();
    StringBuilder board = new StringBuilder(Score.header()).append('\n');
    for (Path way : files(CORPUS)) {
      Score score = new Score();
      for (Path note : files(way).stream().filter(CorpusTest::isNote).toList()) {
        score.add(CorpusNote.of(note));
      }
      board.append(score.line(String.valueOf(way.getFileName()))).append('\n');
      total.add(score);
    }
    board.append(total.line("total"));
    System.out.println(board);
    assertThat(total.notes).isGreaterThanOrEqualTo(100);
    assertThat(total.found).isGreaterThanOrEqualTo((int) (LEAST_FOUND * total.wanted));
    assertThat(total.falseAlarms).isLessThanOrEqualTo((int) (MOST_ALARMS * total.wanted));
  }

  /** What the expectations say is right is right, and what they mark is wrong. */
  @Test
  void expectationsHold() throws IOException {
    for (Path way : files(CORPUS)) {
      for (Path note : files(way).stream().filter(CorpusTest::isNote).toList()) {
        CorpusNote read = CorpusNote.of(note);
        for (CorpusNote.Judged judged : CorpusNote.cells(read.wanted())) {
          boolean wrong = judged.outcome() == Verdict.Outcome.WRONG;
          assertThat(read.isPlanted(judged.cell()) || !wrong)
              .as("%s: %s", read.name(), judged.cell())
              .isTrue();
        }
      }
    }
  }
}
