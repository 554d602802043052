package dev.qkv.sheet.commentary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.worksheet.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every formula that a worksheet can fire has a reason, in both languages. */
class ReasonsTest {
  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

  private static Set<Equation> formulas() throws IOException {
    Set<Equation> formulas = new LinkedHashSet<>();
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
        for (Exercise exercise : Notes.read(Files.readString(file)).exercises()) {
          formulas.addAll(FormulaSheet.of(exercise.problem()).equations());
        }
      }
    }
    return formulas;
  }

  @Test
  void everyFormulaHasOne() throws IOException {
    Set<Equation> formulas = formulas();
    assertThat(formulas).hasSizeGreaterThan(100);
    for (Equation formula : formulas) {
      Message reason = Reasons.of(formula);
      assertThat(Message.exists(reason.key())).as("%s: %s", formula.text(), reason).isTrue();
      assertThat(reason.in(Locale.CHINESE))
          .as(formula.text())
          .isNotBlank()
          .isNotEqualTo(reason.in(Locale.ENGLISH));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "scale = none, why.S.plain",
    "scale = 0.5, why.S.factor",
    "scale = 1/sqrt(d_k), why.S"
  })
  void scoresSayHowTheyAreScaled(String choice, String key) {
    String note = "## 1. a\n```qkv\nQ = [1 0]\nK = [0 1]\nV = [1]\n" + choice + "\nfind S\n```\n";
    List<Equation> formulas =
        FormulaSheet.of(Notes.read(note).exercises().getFirst().problem()).equations();
    assertThat(formulas)
        .filteredOn(f -> f.output().name().equals("S"))
        .extracting(f -> Reasons.of(f).key())
        .containsExactly(key);
  }
}
