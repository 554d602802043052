package dev.qkv.sheet.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.ProcessorTime;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.CorrectedCopy;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.Worksheet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Broken notes end in a report, soon; {@code -Dmutations=100000 -Dlength=80000} makes the run a
 * long one.
 */
@Execution(ExecutionMode.CONCURRENT)
class MutationTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final int MUTATIONS = Integer.getInteger("mutations", 100);
  private static final int LENGTH = Integer.getInteger("length", 12_000);
  private static final int SHARDS = 8;
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final String SIGNS = "[](){}|$=≈→:：,，、；;\\&#*_^'\"-−.0123456789∞√ \n\tQKVSAZ题解答";

  private static List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.toString().endsWith(".expect.md"))
          .sorted()
          .toList();
    }
  }

  private static String mutated(String text, Random random) {
    StringBuilder note = new StringBuilder(text);
    for (int k = 0; k <= random.nextInt(6) && note.length() > 2; k++) {
      int at = random.nextInt(note.length());
      int to = Math.min(note.length(), at + 1 + random.nextInt(30));
      switch (random.nextInt(5)) {
        case 0 -> note.delete(at, to);
        case 1 -> note.insert(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
        case 2 -> note.insert(at, note.substring(at, to));
        case 3 -> note.setCharAt(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
        default -> note.insert(random.nextInt(note.length()), note.substring(at, to));
      }
    }
    return note.toString();
  }

  private static void report(String name, String text) {
    try {
      Worksheet worksheet = Notes.read(name, text.getBytes(StandardCharsets.UTF_8));
      keepsEveryLine(worksheet, CorpusNote.checked(worksheet));
    } catch (SheetException e) {
      assertThat(e.reason().key()).isNotEmpty();
    }
  }

  /** What is reported stands somewhere in the note, and a corrected copy differs only there. */
  private static void keepsEveryLine(Worksheet worksheet, List<Checked> exercises) {
    String[] lines = worksheet.text().split("\n", -1);
    Set<Integer> wrong = new HashSet<>();
    for (Checked checked : exercises) {
      IntStream reported =
          IntStream.concat(
              checked.issues().stream().mapToInt(Issue::line),
              checked.verdicts().stream().mapToInt(v -> v.claim().line()));
      assertThat(reported).allSatisfy(line -> assertThat(line).isBetween(1, lines.length));
      for (Verdict verdict : checked.verdicts()) {
        for (Verdict.Cell cell : verdict.cells()) {
          if (cell.outcome() == Verdict.Outcome.WRONG && cell.claimed().at() >= 0) {
            String before = worksheet.text().substring(0, cell.claimed().at());
            wrong.add((int) before.chars().filter(c -> c == '\n').count());
          }
        }
      }
    }
    String[] copy = CorrectedCopy.of(worksheet, exercises, false).text().split("\n", -1);
    assertThat(copy).hasSameSizeAs(lines);
    for (int i = 0; i < lines.length; i++) {
      if (!wrong.contains(i)) {
        assertThat(copy[i]).isEqualTo(lines[i]);
      }
    }
  }

  private static IntStream shards() {
    return IntStream.range(0, SHARDS);
  }

  @ParameterizedTest
  @MethodSource("shards")
  void everyMutationEndsInAReport(int shard) throws IOException {
    List<Path> notes = notes();
    Random random = new Random(20_261_125 + shard);
    for (int k = shard; k < MUTATIONS; k += SHARDS) {
      Path note = notes.get(random.nextInt(notes.size()));
      String text = mutated(Files.readString(note), random);
      Duration took = ProcessorTime.of(() -> report(String.valueOf(note.getFileName()), text));
      assertThat(took).as("%s, mutation %d", note, k).isLessThan(LONGEST);
    }
  }

  /** Four times as much takes about four times as long, not sixteen times. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "(",
        "=",
        "Q=",
        "[1, ",
        "1+",
        "|1|",
        "Q = [1 0\n",
        "\\begin{bmatrix}",
        "a ",
        "解：",
        "**",
        "$",
        "题 1\n",
        "- ",
        "1. x\n",
        "√",
        "e^{",
        "\\frac{",
        "K_",
        "\n",
        "求注意力权重 ≈ [0.5, 0.25] 。\n",
        "<!--",
        "Q = 1, "
      })
  void lengthCostsItsLength(String piece) {
    costsItsLength(piece, "");
  }

  /** So do code and what it prints, on many lines or on one, and a gap behind a word. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Q| ",
        "查询 1| ",
        "```python\n|a",
        "```python\n|a = 1\n",
        "```python\n|print(A)\n",
        "```python\n|A = 1; ",
        "```python\nprint(A)\n```\n\n```output\n|0.5 ",
        "```python\nprint(A)\n```\n\n```output\n|A = [0.5 0.25]\n"
      })
  void codeAndGapsCostTheirLength(String code) {
    int piece = code.indexOf('|');
    costsItsLength(code.substring(piece + 1), code.substring(0, piece));
  }

  private static void costsItsLength(String piece, String before) {
    report("warm.md", before + piece.repeat(LENGTH / 8 / piece.length()));
    double small = seconds(before + piece.repeat(LENGTH / 4 / piece.length()));
    double most = Math.max(0.3, 10 * small);
    double large = Double.POSITIVE_INFINITY;
    // Once is enough where it is fast; what the compiler is still doing must not decide.
    for (int run = 0; run < 3 && !(large < most); run++) {
      large = Math.min(large, seconds(before + piece.repeat(LENGTH / piece.length())));
    }
    assertThat(large).as("4 times %s%s", before, piece).isLessThan(most);
  }

  /** A question with more settings than anybody asks for. */
  @Test
  void manySettings() {
    StringBuilder note = new StringBuilder("## 题 1\n\nS = [1, 2]\n\n");
    for (int k = 1; k < 200; k++) {
      note.append("温度 T = ").append(k).append(" 时的权重？\n\n");
    }
    note.append("解：\n\n").append("权重 A = [0.3, 0.7]\n\n".repeat(60));
    assertThat(seconds(note.toString())).isLessThan(10);
  }

  @Test
  void aTableOfManyColumns() {
    String table =
        "|"
            + " k1 |".repeat(10_000)
            + "\n|"
            + "---|".repeat(10_000)
            + "\n|"
            + " 1 |".repeat(10_000)
            + "\n";
    assertThat(seconds("## 题 1\n\n" + table)).isLessThan(10);
  }

  private static double seconds(String text) {
    return ProcessorTime.of(() -> report("note.md", text)).toNanos() / 1e9;
  }
}
