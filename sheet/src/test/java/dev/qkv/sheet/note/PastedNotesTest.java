package dev.qkv.sheet.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.document.Doubling;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Issue;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastedNotesTest {
  private static Exercise first(String text) {
    return Notes.read(text).exercises().getFirst();
  }

  private static Matrix row(long... numbers) {
    return Matrix.of(1, numbers.length, (i, j) -> Value.of(numbers[j]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          打分 ss。                                  | 打分 $s$。
          设 dk=2d_k=2（不做dk\\sqrt{d_k}缩放）       | 设 $d_k=2$（不做$\\sqrt{d_k}$缩放）
          Q=[1, 0]Q=[1,\\,0]，K                       | $Q=[1,\\,0]$，K
          Q=[1234]Q=\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}. | $Q=\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}$.
          TeX first s_1=\\frac12s1=12 then           | TeX first $s_1=\\frac12$ then
          thrice a12=0.5a_{12}=0.5a12=0.5 end        | thrice $a_{12}=0.5$ end
          plain 11 and 1010 stay                     | plain 11 and 1010 stay
          """)
  void doubledFormulasAreReducedToTheirTex(String pasted, String expected) {
    assertThat(Doubling.undo(pasted, true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dog, ran, home, away | dog, ran, home, away
          狗, 跑, 回, 家        | 狗, 跑, 回, 家
          1, 2, 3, 4           | ''
          i, j, m, n           | ''
          """)
  void wordsThatRowsAreToldByAreTokens(String written, String expected) {
    List<String> names = List.of(written.split(", "));
    StringBuilder note = new StringBuilder("Problem 1. Find the output.\n\n");
    for (String letter : List.of("q", "k", "v")) {
      for (int i = 0; i < names.size(); i++) {
        note.append("$%s_{%s} = [%d, %d]$%n".formatted(letter, names.get(i), i + 1, 4 - i));
      }
    }
    String found = String.join(", ", first(note.toString()).tokens());
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void englishNotesInDollars() {
    Exercise e =
        first(
            """
            **Problem 3.** Causal attention

            Let $Q = \\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}$, $K = \\begin{pmatrix} 1 \\\\ 0 \\end{pmatrix}$
            and $V = \\begin{pmatrix} 3 \\\\ 5 \\end{pmatrix}$ with $d_k = 1$. Apply a causal mask.

            **Answer:** $Z = \\begin{pmatrix} 3 \\\\ 3.24 \\end{pmatrix}$
            """);
    assertThat(e.id()).isEqualTo("3");
    assertThat(e.choices().masking()).isInstanceOf(Masking.Causal.class);
    Checked checked = Checked.of(e);
    assertThat(checked.hasErrors()).isFalse();
    assertThat(checked.count(Outcome.RIGHT)).isEqualTo(2);
  }

  @Test
  void rowVectorsAndUnscaledScores() {
    Exercise e =
        first(
            """
            ### Question 2

            Tokens: q1 = [1, 0], q2 = [0, 2], k1 = [1, 1], k2 = [2, 0]; v1 = [4], v2 = [8].
            Compute the unscaled scores and the weights.

            Solution:
            s_{11} = 1, s_{12} = 2, s_{21} = 2, s_{22} = 0.
            a_1 = [0.27, 0.73]
            """);
    assertThat(e.choices().scaling()).isEqualTo(Choices.Scaling.NONE);
    assertThat(e.problem().givens())
        .hasEntrySatisfying(Quantities.Q, q -> assertThat(q.rows()).isEqualTo(2));
    Checked checked = Checked.of(e);
    assertThat(checked.hasErrors()).isFalse();
    assertThat(checked.count(Outcome.RIGHT)).isEqualTo(6);
    assertThat(checked.count(Outcome.WRONG)).isZero();
  }

  @Test
  void tablesOfTokens() {
    Exercise e =
        first(
            """
            ## Exercise 4: a table

            | token | Q | K | V |
            |---|---|---|---|
            | 1 | [1, 0] | [0, 1] | 2 |
            | 2 | [0, 1] | [1, 1] | 6 |

            What is the output?

            **Solution.** z_1 = 4.68, z_2 = 4
            """);
    assertThat(e.problem().givens().get(Quantities.K))
        .isEqualTo(
            Matrix.ofRows(
                List.of(List.of(Value.of(0), Value.of(1)), List.of(Value.of(1), Value.of(1)))));
    Checked checked = Checked.of(e);
    assertThat(checked.count(Outcome.RIGHT)).isEqualTo(2);
  }

  /** Another page copies each formula three times: glyphs, TeX, glyphs. */
  @Test
  void formulasCopiedThreeTimes() {
    Exercise e =
        first(
            """
            ### 练习 7：三份公式

            设 Q=[10]Q=\\begin{pmatrix}1\\\\0\\end{pmatrix}Q=[10]，K=[21]K=\\begin{pmatrix}2\\\\1\\end{pmatrix}K=[21]，V=[38]V=\\begin{pmatrix}3\\\\8\\end{pmatrix}V=[38]，dk=1d_k=1dk=1。求 ZZZ。

            答案：z1=4.34z_1=4.34z1=4.34，z2=5.5z_2=5.5z2=5.5。
            """
                .replace("[10]", "(10)")
                .replace("[21]", "(21)")
                .replace("[38]", "(38)"));
    assertThat(e.id()).isEqualTo("7");
    assertThat(e.problem().givens()).containsKeys(Quantities.Q, Quantities.K, Quantities.V);
    Checked checked = Checked.of(e);
    assertThat(checked.hasErrors()).isFalse();
    assertThat(checked.count(Outcome.RIGHT)).isEqualTo(2);
  }

  @Test
  void guessesAreShownAndNothingIsSilent() {
    Exercise e = first("## 题 1\n\nQ=[1,2]，K=[3,4]，不缩放，怪量=7。\n\n**解答** S=11，怪答=?\n");
    assertThat(e.issues())
        .extracting(i -> i.kind() + " " + i.message().in(Locale.ENGLISH))
        .anyMatch(i -> i.startsWith("GUESS scores are not scaled"))
        .anyMatch(i -> i.contains("怪量=7"));
    Checked checked = Checked.of(e);
    assertThat(checked.count(Outcome.RIGHT)).isEqualTo(1);
    assertThat(checked.count(Outcome.UNCHECKED)).isEqualTo(1);
  }

  @Test
  void brokenMatricesAreSaidWithTheirLine() {
    Exercise e = first("## 题 1\n\n$Q=[1,2,x]$\n\n$K=\\begin{bmatrix}1&2\\\\3\\end{bmatrix}$\n");
    assertThat(e.issues())
        .filteredOn(i -> i.kind() == Issue.Kind.GUESS && !i.message().key().startsWith("guess"))
        .extracting(Issue::line)
        .containsExactly(3, 5);
  }

  /** The same note with other numbers has other verdicts: nothing is memorised. */
  @Property(tries = 60, seed = "20261122")
  void verdictsFollowTheNumbers(@ForAll long seed) {
    Random random = new Random(seed);
    long a = random.nextLong(9) + 1;
    long b = random.nextLong(9) + 1;
    long c = random.nextLong(9) + 1;
    long d = random.nextLong(9) + 1;
    long score = a * c + b * d;
    String note =
        """
        ### 题 1 （改数）

        给定 Q=[%1$d, %2$d]Q=[%1$d,\\,%2$d]，K=[%3$d, %4$d]K=[%3$d,\\,%4$d]，V=[%1$d, %4$d]V=[%1$d,\\,%4$d]，dk=2d_k=2。求 ss 与 zz。

        **解答**

        1. 点积 %1$d⋅%3$d+%2$d⋅%4$d=%5$d%1$d\\cdot%3$d+%2$d\\cdot%4$d=%5$d，s=%5$d2≈%6$ss=\\frac{%5$d}{\\sqrt2}\\approx %6$s。
        2. z=[%1$d,%4$d]z=[%1$d,%4$d]。
        """;
    String right = String.format(Locale.ROOT, "%.3f", score / Math.sqrt(2));
    String wrong = String.format(Locale.ROOT, "%.3f", score / Math.sqrt(2) + 1.5);
    Checked good = Checked.of(first(note.formatted(a, b, c, d, score, right)));
    Checked bad = Checked.of(first(note.formatted(a, b, c, d, score, wrong)));
    assertThat(good.exercise().problem().givens().get(Quantities.Q)).isEqualTo(row(a, b));
    assertThat(good.count(Outcome.RIGHT)).isEqualTo(4);
    assertThat(good.count(Outcome.WRONG)).isZero();
    assertThat(bad.count(Outcome.WRONG)).isEqualTo(1);
    assertThat(bad.count(Outcome.RIGHT)).isEqualTo(3);
  }

  /** Whatever is pasted, reading ends without an exception. */
  @Property(tries = 300, seed = "20261122")
  void anyTextIsRead(@ForAll String text, @ForAll long seed) {
    String note = "## 题 1\n" + shuffled(seed) + text + "\n**解答** " + text + shuffled(seed + 1);
    Notes.read(note).exercises().forEach(Checked::of);
    Notes.read("## 1\n```qkv\n" + shuffled(seed) + "\n" + text).exercises().forEach(Checked::of);
  }

  private static String shuffled(long seed) {
    List<String> pieces =
        List.of(
            "Q=[1,2]",
            "\\begin{bmatrix}",
            "\\end{bmatrix}",
            "K=",
            "[1;",
            "]",
            "\\frac{",
            "}{2}",
            "$",
            "→",
            "{2,3}",
            "d_k=",
            "0.5",
            "−∞",
            "\\sqrt",
            "^{\\top}",
            "S_{12}=",
            "第一行",
            "\n",
            "| a | Q |\n|---|---|\n| 1 | [1,2] |\n",
            "h=3",
            "V=[1 2; 3 4]",
            "Z^{(1)}=[1]",
            "_",
            "∂L/∂Q=");
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < 12; k++) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }
}
