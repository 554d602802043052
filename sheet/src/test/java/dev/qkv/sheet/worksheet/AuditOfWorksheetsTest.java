package dev.qkv.sheet.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.Notes;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditOfWorksheetsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PASTED =
      ROOT.resolveSibling("shared").resolve("worksheets/attention-exercises-zh.txt");

  private static final Checked NONE =
      new Checked(
          new Exercise(
              "",
              "",
              1,
              "",
              List.of(),
              Choices.USUAL,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              false),
          List.of(),
          List.of());

  private static List<Checked> check(String text) {
    return Notes.read(text).exercises().stream().map(Checked::of).toList();
  }

  private static Checked causal(String z) {
    return check(
            """
            ## 5. Causal
            ```qkv
            Q = [1; 2; 3]
            K = Q
            V = [10; 20; 30]
            d_k = 1
            mask = causal
            ```
            ```answer
            Z = %s
            ```
            """
                .formatted(z))
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [10; 18.80; 29.50] | 3 | 0
          [10; 18.81; 29.48] | 3 | 0
          [10.00, 18.81, 29.48] | 3 | 0
          [10; 18.79; 29.48] | 2 | 1
          [10; 16.3; 23.7]   | 1 | 2
          [10; 19; 29]       | 3 | 0
          [10; 18.8080; 29.4797] | 3 | 0
          [10; 18.8081; 29.4797] | 2 | 1
          """)
  void honestRoundingIsRight(String z, int right, int wrong) {
    Checked checked = causal(z);
    assertThat(checked.count(Outcome.RIGHT)).isEqualTo(right);
    assertThat(checked.count(Outcome.WRONG)).isEqualTo(wrong);
  }

  @ParameterizedTest
  @CsvSource({"0.73,RIGHT", "0.74,WRONG", "0.72,WRONG", "0.7311,RIGHT", "0.731058578630,RIGHT"})
  void twoDigitsOfAWeight(String weight, Outcome outcome) {
    Checked checked =
        check(
                "## 1\n```qkv\nQ = [1]\nK = [1; 0]\nd_k = 1\n```\n```answer\nA[1, 1] = "
                    + weight
                    + "\n```\n")
            .getFirst();
    assertThat(checked.verdicts().getFirst().outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"0.5", "1/2", "2/sqrt(16)", "2/√16", "sqrt(1/4)", "\\frac12", "5e-1"})
  void otherFormsOfTheRightNumber(String half) {
    Checked checked =
        check("## 1\n```qkv\nQ = [1 0 0 0]\nK = [1 3 4 5]\n```\n```answer\nS = " + half + "\n```\n")
            .getFirst();
    assertThat(checked.verdicts().getFirst().outcome()).isEqualTo(Outcome.RIGHT);
  }

  @Test
  void aRightAnswerGetsNoHintAndAWrongOneItsMistake() {
    Checked checked =
        check(
                """
                ## 1
                ```qkv
                Q = [2 1; 0 3]
                K = [1 2; 3 1]
                ```
                ```answer
                S = [2.83 4.95; 4.24 2.12]
                S = [4 7; 6 3]
                ```
                """)
            .getFirst();
    assertThat(checked.verdicts().getFirst().cells())
        .allSatisfy(c -> assertThat(c.mistakes()).isEmpty());
    assertThat(checked.verdicts().get(1).cells().getFirst().mistakes())
        .extracting(Verdict.Match::code)
        .containsExactly("SCALE.MISSING");
  }

  @Test
  void aClaimOfAnotherShapeIsUnchecked() {
    Checked checked =
        check("## 1\n```qkv\nQ = [1 2]\nK = [1 2]\n```\n```answer\nS = [1 2; 3 4]\n```\n")
            .getFirst();
    assertThat(checked.hasErrors()).isFalse();
    assertThat(checked.verdicts().getFirst().outcome()).isEqualTo(Outcome.UNCHECKED);
    assertThat(checked.verdicts().getFirst().notes().getFirst().in(Locale.ENGLISH))
        .isEqualTo("claim for S: has shape 2×2, expected 1×1");
  }

  @ParameterizedTest
  @CsvSource({
    "attention-exercises.md, 92, 0, 1, false",
    "pasted-notes.md, 11, 0, 0, false",
    "pasted-notes-zh.md, 34, 3, 1, false",
    "wrong-answers.md, 1, 21, 0, false"
  })
  void examplesGiveWhatTheySay(String file, int right, int wrong, int unchecked, boolean errors)
      throws Exception {
    List<Checked> audits = check(Files.readString(ROOT.resolve("examples").resolve(file)));
    assertThat(audits.stream().mapToLong(c -> c.count(Outcome.WRONG)).sum()).isEqualTo(wrong);
    assertThat(audits.stream().mapToLong(c -> c.count(Outcome.RIGHT)).sum()).isEqualTo(right);
    assertThat(audits.stream().mapToLong(c -> c.count(Outcome.UNCHECKED)).sum())
        .isEqualTo(unchecked);
    assertThat(audits.stream().anyMatch(Checked::hasErrors)).isEqualTo(errors);
  }

  @Test
  void theRealPastedWorksheet() throws Exception {
    boolean there = Files.exists(PASTED);
    if (!there) {
      System.out.println("skipped: " + PASTED.getFileName() + " is not beside this clone");
    }
    Assumptions.assumeTrue(there, "the pasted worksheet is not beside this clone");
    Map<Integer, Checked> byNumber = new TreeMap<>();
    check(Files.readString(PASTED))
        .forEach(c -> byNumber.put(Integer.parseInt(c.exercise().id()), c));
    assertThat(byNumber.keySet()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    byNumber.forEach(
        (number, checked) -> {
          assertThat(checked.hasErrors()).as("errors in " + number).isFalse();
          boolean wrong = number == 4 || number == 5;
          assertThat(checked.count(Outcome.WRONG))
              .as("wrong in " + number)
              .isEqualTo(wrong ? 2 : 0);
          boolean words = number == 9;
          assertThat(checked.count(Outcome.RIGHT) > 0).as("right in " + number).isEqualTo(!words);
        });
    assertThat(wrongNumbers(byNumber.getOrDefault(4, NONE))).containsExactly("0.1956", "0.8044");
    assertThat(wrongNumbers(byNumber.getOrDefault(5, NONE))).containsExactly("18.8080", "29.4797");
    for (int number : List.of(4, 5)) {
      byNumber.getOrDefault(number, NONE).verdicts().stream()
          .filter(v -> v.outcome() == Outcome.WRONG)
          .forEach(
              v -> {
                assertThat(v.tried()).isPositive();
                assertThat(v.follows()).isEmpty();
                assertThat(v.cells()).allSatisfy(c -> assertThat(c.mistakes()).isEmpty());
              });
    }
    for (int number : List.of(2, 8, 9, 10)) {
      assertThat(byNumber.getOrDefault(number, NONE).issues())
          .as("remark on " + number)
          .anyMatch(i -> i.kind() == Issue.Kind.REMARK);
    }
  }

  private static List<String> wrongNumbers(Checked checked) {
    return checked.verdicts().stream()
        .flatMap(v -> v.cells().stream())
        .filter(c -> c.outcome() == Outcome.WRONG)
        .map(c -> c.computed().decimal().setScale(4, RoundingMode.HALF_UP).toPlainString())
        .toList();
  }

  @Test
  void correctedCopiesAreRight() throws Exception {
    for (String file : List.of("wrong-answers.md", "pasted-notes-zh.md")) {
      Worksheet worksheet = Notes.read(Files.readString(ROOT.resolve("examples").resolve(file)));
      List<Checked> audits = worksheet.exercises().stream().map(Checked::of).toList();
      CorrectedCopy copy = CorrectedCopy.of(worksheet, audits, true);
      assertThat(copy.corrections()).isPositive();
      assertThat(check(copy.text()).stream().mapToLong(c -> c.count(Outcome.WRONG)).sum())
          .as(file)
          .isZero();
      assertThat(check(copy.text()).stream().mapToLong(c -> c.count(Outcome.RIGHT)).sum())
          .as(file)
          .isEqualTo(
              audits.stream()
                  .mapToLong(c -> c.count(Outcome.RIGHT) + c.count(Outcome.WRONG))
                  .sum());
    }
  }
}
