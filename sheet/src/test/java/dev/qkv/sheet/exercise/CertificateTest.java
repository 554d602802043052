package dev.qkv.sheet.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Exercises that are known to show little, and why. */
class CertificateTest {
  private static Exercise exercise(String question, String answer) {
    String text = "## 1. One\n\n```qkv\n" + question + "\n```\n";
    String whole = answer.isEmpty() ? text : text + "```answer\n" + answer + "\n```\n";
    return Notes.read(whole).exercises().getFirst();
  }

  private static Certificate of(String question, String answer) {
    return Certified.of(exercise(question, answer), OptionalInt.empty())
        .certificate()
        .orElseThrow();
  }

  @Test
  void oneKeyShowsNothingOfScores() {
    Certificate certificate = of("Q = [1 2]\nK = [2 1]\nV = [3 5]\nfind Z", "Z = [3.00, 5.00]");
    assertThat(certificate.hidden()).contains("SCALE.MISSING", "SOFTMAX.BASE2");
    assertThat(certificate.told()).doesNotContain("SCALE.MISSING", "SOFTMAX.BASE2");
    assertThat(certificate.unnoticed()).doesNotContain("SCALE.MISSING");
  }

  @Test
  void equalValuesHideWeights() {
    Certificate certificate = of("Q = [1 0; 0 2]\nK = [1 1; 0 1]\nV = [3 5; 3 5]\nfind Z", "");
    assertThat(certificate.decimals()).isEqualTo(2);
    assertThat(certificate.unnoticed())
        .contains("SCALE.MISSING", "SCALE.DK", "SOFTMAX.BASE2", "SOFTMAX.BASE10");
    assertThat(certificate.told()).doesNotContain("SCALE.MISSING");
  }

  @Test
  void weightsOfEqualScoresHideTheirBase() {
    Certificate certificate = of("Q = [1 1]\nK = [1 2; 2 1; 3 0]\nfind A", "");
    assertThat(certificate.unnoticed())
        .contains("SCALE.MISSING", "SOFTMAX.BASE2", "SOFTMAX.LINEAR");
  }

  /** √2·ln 2 is 0.98. */
  @Test
  void aScaleAndABaseCancel() {
    Certificate certificate = of("Q = [1 0]\nK = [1 1; 0 1]\nfind A", "A = [0.67 0.33]");
    assertThat(certificate.cancelling()).contains(List.of("SCALE.MISSING", "SOFTMAX.BASE2"));
    assertThat(of("Q = [1 0]\nK = [1 1; 0 1]\nfind A", "A = [0.66976 0.33024]").cancelling())
        .doesNotContain(List.of("SCALE.MISSING", "SOFTMAX.BASE2"));
  }

  @Test
  void dividingTwiceIsTheSameAsDividingByTheSquare() {
    Certificate certificate = of("Q = [1 0 2]\nK = [1 1 1; 0 1 3]\nfind S", "");
    assertThat(certificate.same()).contains(List.of("SCALE.DK", "SCALE.TWICE"));
  }

  @Test
  void moreDecimalsShowMore() {
    Exercise exercise = exercise("Q = [0.1 0]\nK = [0.2 0; 0 0.1]\nfind A", "");
    assertThat(Certified.of(exercise, OptionalInt.of(1)).certificate().orElseThrow().unnoticed())
        .contains("SCALE.MISSING");
    assertThat(Certified.of(exercise, OptionalInt.of(6)).certificate().orElseThrow().unnoticed())
        .doesNotContain("SCALE.MISSING");
  }

  @Test
  void withoutAnAnswerThereIsAReason() {
    Certified nothing = Certified.of(exercise("Q = [1 0]", ""), OptionalInt.empty());
    assertThat(nothing.certificate()).isEmpty();
    assertThat(nothing.reason()).isPresent();
    Exercise misfit = exercise("Q = [1 0]\nK = [1 0 0]\nfind S", "");
    assertThat(Certified.of(misfit, OptionalInt.empty()).reason()).isPresent();
    assertThatThrownBy(() -> Certificate.of(misfit.problem(), 2))
        .isInstanceOf(SheetException.class);
  }

  /** Right answers of published tests, and what they do not show. */
  @Test
  void publishedTestsLetWrongCodePass() throws IOException {
    // Scores of 0 and 58, or of 0 and 100 without scaling: TensorFlow's tutorial on transformers.
    String hot =
        """
        K = [10 0 0; 0 10 0; 0 0 10; 0 0 10]
        V = [1 0; 10 0; 100 5; 1000 6]
        find A, Z""";
    List<Exercise> exercises =
        new ArrayList<>(
            Notes.read(Files.readString(Path.of("../examples/published-tests.md"))).exercises());
    exercises.add(
        exercise("Q = [0, 10, 0]\n" + hot, "A = [0.000 1.000 0.000 0.000]\nZ = [10.000 0.000]"));
    exercises.add(
        exercise("Q = [10, 10, 0]\n" + hot, "A = [0.500 0.500 0.000 0.000]\nZ = [5.500 0.000]"));
    List<List<String>> pass =
        List.of(
            List.of("SOFTMAX.COLUMNS", "OUTPUT.TRANSPOSED"),
            List.of("SCALE.MISSING", "SOFTMAX.COLUMNS", "SOFTMAX.LINEAR", "OUTPUT.TRANSPOSED"),
            List.of("SCALE.MISSING", "SCALE.DK", "SOFTMAX.BASE2", "SOFTMAX.ARGMAX"),
            List.of("SCALE.MISSING", "SCALE.DK", "SOFTMAX.BASE2", "SOFTMAX.LINEAR"));
    assertThat(exercises).hasSameSizeAs(pass);
    for (int k = 0; k < pass.size(); k++) {
      Exercise exercise = exercises.get(k);
      assertThat(Checked.of(exercise).count(Outcome.WRONG)).isZero();
      assertThat(Checked.of(exercise).count(Outcome.RIGHT)).isPositive();
      Certificate certificate =
          Certified.of(exercise, OptionalInt.empty()).certificate().orElseThrow();
      assertThat(certificate.unnoticed()).as(exercise.title()).containsAll(pass.get(k));
    }
  }
}
