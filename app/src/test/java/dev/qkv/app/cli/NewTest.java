package dev.qkv.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code new} and {@code certify}, as a teacher uses them. */
class NewTest {
  @TempDir private Path folder;

  private static CommandLineTest.Run run(String... arguments) {
    return CommandLineTest.run(false, arguments);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("sheet.md"), text).toString();
  }

  @Test
  void whatIsDrawnIsRightAndCertified() throws IOException {
    CommandLineTest.Run drawn =
        run("new", "softmax", "heads", "--count", "2", "--seed", "-5", "--answers");
    assertThat(drawn.code()).isZero();
    assertThat(drawn.out().lines().filter(l -> l.startsWith("## "))).hasSize(4);
    String file = file(drawn.out());
    assertThat(run("check", file).code()).isZero();
    assertThat(run("certify", file).code()).isZero();
    assertThat(run("new", "softmax", "heads", "--count", "2", "--seed", "-5", "--answers").out())
        .isEqualTo(drawn.out());
  }

  @Test
  void wordsAreOfTheLanguage() {
    assertThat(run("new", "causal", "--lang", "zh").out()).contains("因果掩码", "保留 2 位小数");
    assertThat(run("new", "causal", "--lang", "en").out()).contains("causal mask", "to 2 decimals");
  }

  @Test
  void whatShowsLittleIsSaid() throws IOException {
    String file =
        file(
            "## 1. Equal values\n```qkv\nQ = [1 0; 0 2]\nK = [1 1; 0 1]\nV = [3; 3]\nfind Z\n```\n");
    CommandLineTest.Run run = run("certify", file, "--lang", "en");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("Would pass unnoticed", "SCALE.MISSING", "✗");
    assertThat(run("certify", file(" "), "--lang", "en").code()).isEqualTo(2);
  }

  @Test
  void mistakesHavePages() {
    assertThat(run("mistakes", "--lang", "en").out()).contains("SCALE.MISSING", "NORM.BESSEL");
    assertThat(run("mistakes", "norm", "--lang", "zh").out())
        .contains("NORM.EPSILON", "根号外")
        .doesNotContain("SCALE");
    CommandLineTest.Run page = run("mistakes", "scale.missing", "--lang", "en");
    assertThat(page.code()).isZero();
    assertThat(page.out()).contains("✗ wrong  S = QKᵀ\n", "✓ right  S = QKᵀ / √d_k", "find");
    assertThat(run("mistakes", "SCALE.MISING", "--lang", "en").err())
        .contains("did you mean SCALE.MISSING");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new sofmax --lang en|softmax",
        "new softmax --count 0 --lang en|expected 1 to 1000, got 0",
        "new softmax --count 1001 --lang zh|实为 1001",
        "new softmax --level 6 --lang en|expected 1 to 5, got 6",
        "new softmax --level 0 --lang zh|实为 0",
        "new softmax --seed x --lang en|--seed",
        "new --lang en|KIND",
        "certify --decimals 99 x.md --lang en|expected 0 to 10, got 99",
      })
  void whatIsImpossibleIsOneSentence(String arguments, String sentence) {
    CommandLineTest.Run run = run(arguments.split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(sentence).doesNotContain("Exception");
    assertThat(run.out()).isEmpty();
  }
}
