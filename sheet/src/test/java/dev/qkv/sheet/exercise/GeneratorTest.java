package dev.qkv.sheet.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeCatalogue;
import dev.qkv.sheet.MistakeIndex;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exercises of every kind: their certificates hold, and their answers are right. */
class GeneratorTest {
  private static final int EACH = Integer.getInteger("qkv.exercises", 1);
  private static final long SEED = 20;

  private static List<Drawn> drawn(Kind kind, long seed) {
    List<Drawn> all = new ArrayList<>();
    for (int level = Level.EASIEST; level <= Level.HARDEST; level++) {
      for (int k = 0; k < EACH; k++) {
        all.add(new Generator(seed, new Level(level)).draw(kind, k));
      }
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void everyKindReadsBackRightAndComplete(Kind kind) {
    List<Drawn> all = drawn(kind, SEED);
    for (Locale locale : List.of(Locale.ENGLISH, Locale.CHINESE)) {
      List<Exercise> read = Notes.read(Drawn.write(all, true, locale)).exercises();
      assertThat(read).hasSameSizeAs(all);
      for (int k = 0; k < all.size(); k++) {
        assertThat(read.get(k).problem()).isEqualTo(all.get(k).problem());
        Checked checked = Checked.of(read.get(k));
        assertThat(checked.hasErrors()).isFalse();
        assertThat(checked.count(Outcome.RIGHT)).isPositive();
        assertThat(checked.count(Outcome.WRONG) + checked.count(Outcome.UNCHECKED)).isZero();
        Certified again = Certified.of(read.get(k), OptionalInt.empty());
        assertThat(again.certificate()).contains(all.get(k).certificate());
        assertThat(again.certificate().orElseThrow().isComplete()).isTrue();
        assertThat(again.certificate().orElseThrow().told()).isNotEmpty();
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameAndAnotherAnother() {
    String once = Drawn.write(drawn(Kind.ATTENTION, 3), false, Locale.ENGLISH);
    assertThat(Drawn.write(drawn(Kind.ATTENTION, 3), false, Locale.ENGLISH)).isEqualTo(once);
    assertThat(Drawn.write(drawn(Kind.ATTENTION, 4), false, Locale.ENGLISH)).isNotEqualTo(once);
    assertThat(once).doesNotContain("```answer");
  }

  /** What plain loops make of each mistake is seen at the asked decimals. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void certificatesHoldForPlainLoops(boolean causal) {
    List<String> mistakes =
        new ArrayList<>(
            List.of(
                "SCALE.MISSING",
                "SCALE.DK",
                "SCALE.TWICE",
                "SCALE.SEQUENCE",
                "SOFTMAX.COLUMNS",
                "SOFTMAX.GLOBAL",
                "SOFTMAX.LINEAR",
                "SOFTMAX.BASE2",
                "SOFTMAX.BASE10"));
    if (causal) {
      mistakes.addAll(List.of("MASK.NONE", "MASK.ZERO"));
    }
    int seen = 0;
    for (long seed = 0; seed < 5; seed++) {
      for (Drawn drawn : drawn(causal ? Kind.CAUSAL : Kind.ATTENTION, seed)) {
        PlainAttention right = plain("", causal, drawn.problem());
        for (String mistake : mistakes) {
          if (drawn.certificate().told().contains(mistake)) {
            seen++;
            PlainAttention wrong = plain(mistake, causal, drawn.problem());
            assertThat(written(wrong, drawn))
                .as("%s in %s", mistake, drawn.problem())
                .isNotEqualTo(written(right, drawn));
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(150);
  }

  private static PlainAttention plain(String wrong, boolean causal, Problem problem) {
    int queries = numbers(problem, Quantities.Q).length;
    int keys = numbers(problem, Quantities.K).length;
    boolean bottom = problem.choices().masking().alignment() == Alignment.BOTTOM_RIGHT;
    return new PlainAttention(
        wrong,
        causal ? (bottom ? keys - queries : 0) : keys,
        numbers(problem, Quantities.Q),
        numbers(problem, Quantities.K),
        numbers(problem, Quantities.V));
  }

  private static double[][] numbers(Problem problem, Quantity quantity) {
    Matrix matrix = Objects.requireNonNull(problem.givens().get(quantity));
    double[][] numbers = new double[matrix.rows()][matrix.columns()];
    for (int i = 0; i < numbers.length; i++) {
      for (int j = 0; j < numbers[0].length; j++) {
        numbers[i][j] = matrix.at(i, j).toDouble();
      }
    }
    return numbers;
  }

  /** The asked quantities, rounded. */
  private static List<Long> written(PlainAttention plain, Drawn drawn) {
    Map<Quantity, double[][]> all =
        Map.of(
            Quantities.S,
            plain.s,
            Quantities.MASKED,
            plain.masked,
            Quantities.A,
            plain.a,
            Quantities.Z,
            plain.z);
    double unit = Math.pow(10, drawn.certificate().decimals());
    List<Long> rounded = new ArrayList<>();
    for (Quantity goal : drawn.problem().goals()) {
      for (double[] row : Objects.requireNonNull(all.get(goal))) {
        for (double x : row) {
          rounded.add(Math.round(x * unit));
        }
      }
    }
    return rounded;
  }

  @Test
  void everyEntryOfTheCatalogueHasAPage() {
    for (MistakeIndex entry : MistakeIndex.all()) {
      assertThat(MistakePage.of(entry).isEmpty()).as(entry.code()).isEqualTo(entry.isSlip());
      if (entry.isSlip()) {
        continue;
      }
      MistakePage page = MistakePage.of(entry).orElseThrow(() -> new AssertionError(entry.code()));
      assertThat(page.wrong()).as(entry.code()).isNotEmpty();
      assertThat(page.right()).as(entry.code()).isNotEmpty();
      assertThat(page.wrongNumbers()).isNotEqualTo(page.rightNumbers());
      assertThat(Mistake.reason(entry.code()).in(Locale.CHINESE)).isNotBlank();
      assertThat(Mistake.hint(entry.code()).in(Locale.ENGLISH)).isNotBlank();
    }
  }

  @Test
  void everyMistakeIsInTheIndex() {
    Set<String> codes = new TreeSet<>();
    for (Kind kind : Kind.values()) {
      for (int level = Level.EASIEST; level <= Level.HARDEST; level++) {
        Problem problem = Draw.of(kind, new Random(level), new Level(level));
        MistakeCatalogue.of(problem).forEach(m -> codes.add(m.code()));
      }
    }
    assertThat(codes)
        .containsExactlyInAnyOrderElementsOf(
            MistakeIndex.all().stream().filter(e -> !e.isSlip()).map(MistakeIndex::code).toList());
  }

  @Test
  void levelsHaveAnEnd() {
    assertThatThrownBy(() -> new Level(6)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Kind.of("Layer_Norm")).contains(Kind.LAYER_NORM);
    assertThat(Kind.of("layers")).isEmpty();
  }
}
