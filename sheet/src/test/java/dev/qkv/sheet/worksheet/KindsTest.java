package dev.qkv.sheet.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Verification;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.Notes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worksheets of every kind: right where they say nothing, wrong where they say so. */
class KindsTest {
  private static final Path KINDS = Path.of("..", "examples", "kinds").toAbsolutePath().normalize();

  static Stream<Path> files() {
    try (Stream<Path> all = Files.list(KINDS)) {
      return all.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Worksheet read(Path file) {
    try {
      return Notes.read(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean saysMistake(Exercise exercise) {
    return exercise.title().endsWith("(a mistake)") || exercise.title().endsWith("（有错）");
  }

  @ParameterizedTest
  @MethodSource("files")
  void answersAreWhatTheTitlesSay(Path file) {
    List<Exercise> exercises = read(file).exercises();
    assertThat(exercises).anyMatch(KindsTest::saysMistake);
    for (Exercise exercise : exercises) {
      Checked checked = Checked.of(exercise);
      assertThat(checked.hasErrors()).as("%s: %s", file, checked.issues()).isFalse();
      assertThat(checked.count(Outcome.UNCHECKED)).as("%s: %s", file, exercise.title()).isZero();
      assertThat(checked.count(Outcome.WRONG) > 0)
          .as("%s: %s: %s", file, exercise.title(), checked.verdicts())
          .isEqualTo(saysMistake(exercise));
      assertThat(checked.count(Outcome.RIGHT) > 0 || saysMistake(exercise))
          .as("%s: %s", file, exercise.title())
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void solutionsAreVerified(Path file) {
    for (Exercise exercise : read(file).exercises()) {
      assertThat(Verification.of(Solved.of(exercise).derivation()))
          .as("%s: %s", file, exercise.title())
          .allMatch(Verification::agrees);
    }
  }

  @Test
  void everyKindStandsThereInBothLanguages() throws IOException {
    for (Path file : files().toList()) {
      String name = file.getFileName().toString();
      boolean chinese = name.endsWith("-zh.md");
      String other = chinese ? name.replace("-zh.md", ".md") : name.replace(".md", "-zh.md");
      assertThat(KINDS.resolve(other)).exists();
      assertThat(Notes.language(Files.readString(file)))
          .as(name)
          .isEqualTo(chinese ? Locale.CHINESE : Locale.ENGLISH);
    }
  }
}
