package dev.qkv.sheet.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Problems;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Given;
import dev.qkv.sheet.worksheet.Issue;
import dev.qkv.sheet.worksheet.NativeWriter;
import dev.qkv.sheet.worksheet.Solved;
import dev.qkv.sheet.worksheet.Worksheet;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeFormTest {
  private static Worksheet block(String... lines) {
    return Notes.read("## 1. Test\n\n```qkv\n" + String.join("\n", lines) + "\n```\n");
  }

  private static Matrix given(Exercise exercise, Quantity quantity) {
    return Objects.requireNonNull(exercise.problem().givens().get(quantity));
  }

  private static List<String> errors(Worksheet worksheet) {
    return worksheet.exercises().stream()
        .flatMap(e -> Solved.of(e).issues().stream())
        .filter(i -> i.kind() == Issue.Kind.ERROR)
        .map(i -> i.line() + ": " + i.message().in(Locale.ENGLISH))
        .toList();
  }

  @Test
  void writesNumbersInManyWays() {
    Exercise e =
        block(
                "Q = [1/2, sqrt(2); −1, 5/sqrt(2)]",
                "K = [[1, 2], [3, 4]]",
                "V = \\begin{bmatrix}1&-2\\\\ \\frac{1}{4}&1e-2\\end{bmatrix}",
                "mask = [0 -inf; 0 −∞]  # a comment")
            .exercises()
            .getFirst();
    assertThat(e.issues()).isEmpty();
    Matrix q = given(e, Quantities.Q);
    assertThat(q.at(0, 0)).isEqualTo(Value.of(1).dividedBy(Value.of(2)));
    assertThat(q.at(0, 1)).isEqualTo(Value.of(2).sqrt());
    assertThat(q.at(1, 0)).isEqualTo(Value.of(-1));
    assertThat(q.at(1, 1)).isEqualTo(Value.of(5).dividedBy(Value.of(2).sqrt()));
    Matrix v = given(e, Quantities.V);
    assertThat(v.at(1, 0)).isEqualTo(Value.of(1).dividedBy(Value.of(4)));
    assertThat(v.at(0, 1)).isEqualTo(Value.of(-2));
    assertThat(e.choices().masking()).isEqualTo(new Masking.Given());
  }

  @Test
  void choicesAreWords() {
    Exercise e =
        block("Q = [1; 2]", "K = Q", "V = Q", "scale = none", "mask = causal", "find Z")
            .exercises()
            .getFirst();
    assertThat(e.choices().scaling()).isEqualTo(Choices.Scaling.NONE);
    assertThat(e.choices().masking()).isEqualTo(new Masking.Causal(Alignment.UNSAID));
    assertThat(e.goals()).containsExactly(Quantities.Z);
    assertThat(e.problem().givens().get(Quantities.K))
        .isEqualTo(e.problem().givens().get(Quantities.Q));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Q = [1 2; 3]            | 4: row 2 has 1 numbers, expected 2 like the first row
          Q = [1 2                | 4: expected “]”, got the end
          Q = [1 abc]             | 4: expected a number, got “abc”
          Foo = [1]               | 4: “Foo” is not a quantity
          Q = [1 2] x             | 4: expected nothing more, got “x”
          Q = 1/0                 | 4: “1/0”: division by zero
          Q = [inf]               | 4: ∞ is only understood as −∞
          d_k = [1 2; 3 4]        | 4: d_k
          h = 1.5                 | 1: h: expected a whole number
          hello                   | 4: “hello” is not understood
          K = Q                   | 4: Q is used before it is given
          Q[1] = [1 2]            | 4: Q[1]: cells and rows are for answers
          """)
  void errorsNameTheLineTheRuleAndWhatCame(String line, String expected) {
    List<String> errors = errors(block(line));
    assertThat(errors).hasSize(1);
    assertThat(errors.getFirst()).startsWith(expected);
  }

  @Test
  void tokensAreCalledByTheirNames() {
    Exercise e =
        block("Q = [1; 2]", "K = [1; 2; 3]", "V = K", "tokens = the  cat", "find Z")
            .exercises()
            .getFirst();
    assertThat(e.tokens()).containsExactly("the", "cat");
    assertThat(e.names(Axis.QUERY, 2)).isEqualTo(e.tokens());
    assertThat(e.names(Axis.KEY, 3)).isEmpty();
    assertThat(e.names(Axis.HEAD_DIM, 2)).isEmpty();
    assertThat(Solved.of(e).issues()).isEmpty();
    Worksheet other = block("Q = [1; 2]", "K = Q", "V = Q", "tokens = New York，#1、猫", "find Z");
    assertThat(other.exercises().getFirst().tokens()).containsExactly("New York", "#1", "猫");
    assertThat(errors(other)).isEmpty();
    assertThat(Solved.of(other.exercises().getFirst()).issues().toString())
        .contains("remark.tokens");
    assertThat(errors(block("Q = [1; 2]", "tokens = a, b", "tokens = a, c")))
        .singleElement()
        .asString()
        .contains("tokens is chosen twice");
  }

  /** Of a sequence that another one attends to only the other one has names. */
  @Test
  void anEncodersTokensAreOthers() {
    Exercise e =
        block("X = [1 0; 0 1]", "X_enc = [1 1; 2 0]", "tokens = le, chat").exercises().getFirst();
    assertThat(e.names(Axis.QUERY, 2)).containsExactly("le", "chat");
    assertThat(e.names(Axis.KEY, 2)).isEmpty();
  }

  @Test
  void otherProblemsOfTheFileAreStillWorked() {
    Worksheet worksheet =
        Notes.read(
            """
            ## 1. Bad
            ```qkv
            Q = [1 2; 3]
            ```
            ## 2. Good
            ```qkv
            Q = [1]
            K = [2]
            V = [3]
            find Z
            ```
            """);
    assertThat(errors(worksheet)).hasSize(1);
    Solved good = Solved.of(worksheet.exercises().get(1));
    assertThat(good.derivation().value(Quantities.Z)).contains(Matrix.scalar(Value.of(3)));
  }

  @Test
  void singularCasesAreErrors() {
    assertThat(errors(block("X = [1 1]", "Z = [2 2]", "eps = 0", "find LN")).getFirst())
        .contains("std: row 1 leaves nothing to divide by");
    assertThat(
            errors(block("Q = [1]", "K = [1; 2]", "V = K", "mask = [-inf -inf]", "find Z"))
                .getFirst())
        .contains("row 1 of S_masked is −∞ throughout");
    assertThat(errors(block("Q = [1; 2]", "K = [1; 2; 3]", "V = K", "mask = causal", "find Z")))
        .singleElement()
        .asString()
        .contains("2 queries and 3 keys");
    assertThat(errors(block("Q = [1 2]", "K = [1 2 3]", "V = [1]", "find Z")))
        .singleElement()
        .asString()
        .contains("dot: K has shape 1×3, expected 2 columns because Q has 2 columns");
  }

  @Test
  void sizesAreBoundedAndTheEngineIsNamed() {
    String row = "1 ".repeat(65).strip();
    assertThat(errors(block("Q = [" + row + "]")).getFirst())
        .contains("1 × 65")
        .contains("64 × 64")
        .contains("engine");
  }

  @Test
  void anUnclosedBlockIsReportedAndStillRead() {
    Worksheet worksheet = Notes.read("## 1. T\n```qkv\nQ = [1]\nK = [1]\nfind S\n");
    assertThat(errors(worksheet))
        .containsExactly(
            "2: the qkv block that opens here is not closed, expected ``` before the end of the file");
    assertThat(worksheet.exercises().getFirst().givens()).hasSize(2);
  }

  @Property(tries = 300, seed = "20261122")
  void printedWorksheetsReadBackTheSame(@ForAll Problems.Kind kind, @ForAll long seed) {
    Problem problem = Problems.random(kind, seed);
    List<Given> givens = new ArrayList<>();
    problem.givens().forEach((q, m) -> givens.add(new Given(q, numerals(m), 1)));
    List<Claim> claims = new ArrayList<>();
    for (Quantity goal : problem.goals()) {
      Matrix right = Derivation.of(problem).value(goal).orElseThrow();
      claims.add(
          new Claim.Numbers(
              goal, numerals(right), OptionalInt.empty(), OptionalInt.empty(), 1, ""));
    }
    claims.add(new Claim.Shape(Quantities.Z, 2, 3, 1, ""));
    claims.add(new Claim.Words(1, "some words, 一些话"));
    Exercise exercise =
        new Exercise(
            "7",
            "A title 标题",
            1,
            "Some prose with a formula $x$.",
            givens,
            problem.choices(),
            List.of("The", "##ing", "New York", "猫"),
            problem.goals(),
            claims,
            List.of(),
            List.of(),
            false);
    Worksheet made =
        new Worksheet("", Worksheet.Form.NATIVE, "# Preface", List.of(exercise), List.of());
    String printed = NativeWriter.write(made);
    Worksheet read = Notes.read(printed);
    assertThat(NativeWriter.write(read)).isEqualTo(printed);
    Exercise back = read.exercises().getFirst();
    assertThat(back.issues()).isEmpty();
    assertThat(back.tokens()).isEqualTo(exercise.tokens());
    assertThat(back.problem()).isEqualTo(exercise.problem());
    assertThat(back.id() + back.title() + back.prose())
        .isEqualTo(exercise.id() + exercise.title() + exercise.prose());
    assertThat(back.claims()).hasSameSizeAs(exercise.claims());
    assertThat(read.preface()).isEqualTo("# Preface");
  }

  private static List<List<Numeral>> numerals(Matrix m) {
    List<List<Numeral>> rows = new ArrayList<>();
    for (int i = 0; i < m.rows(); i++) {
      rows.add(
          m.row(i).stream()
              .map(
                  v ->
                      new Numeral(
                          v.isFinite()
                              ? v.decimal().round(new MathContext(12)).toPlainString()
                              : "-inf",
                          -1,
                          v,
                          OptionalInt.empty()))
              .toList());
    }
    return rows;
  }
}
