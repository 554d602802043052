package dev.qkv.sheet.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.audit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Notes as people write them, each with what a careful person reads in it. */
class CorpusTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");

  /** What the reader reached when this was last changed; it may only get better. */
  private static final double LEAST_FOUND = 0.96;

  private static final double MOST_ALARMS = 0.006;

  private static final Map<String, List<CorpusNote>> READ = new TreeMap<>();

  @BeforeAll
  static void read() {
    List<Path> notes =
        files(CORPUS).stream()
            .flatMap(way -> files(way).stream())
            .filter(file -> !file.toString().endsWith(".expect.md"))
            .toList();
    List<CorpusNote> read = notes.parallelStream().map(CorpusTest::read).toList();
    for (int i = 0; i < notes.size(); i++) {
      String way = String.valueOf(CORPUS.relativize(notes.get(i)).getParent());
      READ.computeIfAbsent(way, w -> new ArrayList<>()).add(read.get(i));
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CorpusNote read(Path note) {
    try {
      return CorpusNote.of(note);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void scoreboard() {
    Score total = new Score();
    StringBuilder board = new StringBuilder(Score.header()).append('\n');
    READ.forEach(
        (way, notes) -> {
          Score score = new Score();
          notes.forEach(score::add);
          board.append(score.line(way)).append('\n');
          total.add(score);
        });
    board.append(total.line("total"));
    System.out.println(board);
    assertThat(total.notes).isGreaterThanOrEqualTo(100);
    assertThat(total.found).isGreaterThanOrEqualTo((int) (LEAST_FOUND * total.wanted));
    assertThat(total.falseAlarms).isLessThanOrEqualTo((int) (MOST_ALARMS * total.wanted));
  }

  /** What the expectations say is right is right, and what they mark is wrong. */
  @Test
  void expectationsHold() {
    for (CorpusNote read : READ.values().stream().flatMap(List::stream).toList()) {
      for (CorpusNote.Judged judged : CorpusNote.cells(read.wanted())) {
        boolean wrong = judged.outcome() == Verdict.Outcome.WRONG;
        assertThat(read.isPlanted(judged.cell()) || !wrong)
            .as("%s: %s", read.name(), judged.cell())
            .isTrue();
      }
    }
  }
}
