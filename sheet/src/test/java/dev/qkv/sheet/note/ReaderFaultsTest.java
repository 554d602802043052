package dev.qkv.sheet.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.Issue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers of notes got wrong, lost or gave up on; each an example of a principle. */
class ReaderFaultsTest {
  private static final String PAIR =
      "Q=[1, 0], K=[[1, 0], [0, 1], [1, 1], [2, 0]], V=[1; 2; 3; 4]. ";

  private static Exercise first(String note) {
    return Notes.read(note).exercises().getFirst();
  }

  private static Map<Quantity, String> givens(Exercise exercise) {
    return exercise.givens().stream()
        .collect(
            Collectors.toMap(
                g -> g.quantity(),
                g ->
                    g.numbers().stream()
                        .map(r -> r.stream().map(c -> c.text()).collect(Collectors.joining(" ")))
                        .collect(Collectors.joining("; "))));
  }

  private static long count(String note, Outcome outcome) {
    return Notes.read(note).exercises().stream()
        .map(Checked::of)
        .mapToLong(
            c ->
                c.verdicts().stream()
                    .flatMap(v -> v.cells().stream())
                    .filter(cell -> cell.outcome() == outcome)
                    .count())
        .sum();
  }

  @Test
  void equalRowsOfAMatrixAreNoDoubledFormula() {
    String note =
        "设 dk=2d_k=2，Q=[1, 0]Q=[1,\\,0]，$K=\\begin{bmatrix} 1 & 0 \\\\ -1 & 1 \\\\ -1 & 1 \\end{bmatrix}$，求 ss。\n";
    assertThat(givens(first("## 题 1\n\n" + note))).containsEntry(Quantities.K, "1 0; -1 1; -1 1");
  }

  @Test
  void oneRepeatedNameDoesNotMakeAFileDoubled() {
    assertThat(givens(first("## 题 1\n\n令 X_1X_1 为积。Q=[1, 1], K=[1, 1]，求 S\n")))
        .containsEntry(Quantities.Q, "1 1");
  }

  @Test
  void namesWithoutCommasHaveTheirOwnNumbers() {
    assertThat(givens(first("## 1. x\n\nQ=[1, 0]  K=[0, 1]  V=[2, 3]\n\nCompute S.\n")))
        .containsEntry(Quantities.Q, "1 0")
        .containsEntry(Quantities.K, "0 1")
        .containsEntry(Quantities.V, "2 3");
  }

  @Test
  void wordsBetweenNumberAndNameEndTheNumber() {
    assertThat(givens(first("## 1. x\n\nd_model = 512 is split over h = 8 heads. What is d_k?\n")))
        .containsEntry(Quantities.D_MODEL, "512")
        .containsEntry(Quantities.HEADS, "8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The query may only attend to keys 2 and 4.",
        "The query can only see keys 2 and 4.",
        "查询只能看到第 2、4 个键。",
        "查询只关注键 2 和 4。"
      })
  void onlySomeKeys(String words) {
    assertThat(first("## Exercise 1\n\n" + PAIR + words + " Compute A.\n").choices().masking())
        .isEqualTo(
            new Masking.Keep(
                new java.util.TreeMap<>(Map.of(1, new java.util.TreeSet<>(Set.of(2, 4))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Future positions are masked.",
        "Tokens cannot see the future.",
        "每个位置不能看到未来。",
        "Position i only sees positions j ≤ i.",
        "采用因果掩码。"
      })
  void theFutureIsHidden(String words) {
    String note =
        "## Exercise 1\n\nQ=[[1],[2]], K=[[1],[2]], V=[[1],[2]]. " + words + " Compute A.\n";
    assertThat(first(note).choices().masking()).isInstanceOf(Masking.Causal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"There is no causal mask.", "Without a causal mask.", "不使用因果掩码。", "没有掩码。"})
  void aMaskThatIsDeniedIsNone(String words) {
    String note =
        "## Exercise 1\n\nQ=[[1],[2]], K=[[1],[2]], V=[[1],[2]]. " + words + " Compute A.\n";
    assertThat(first(note).choices().masking()).isInstanceOf(Masking.None.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Do not divide by sqrt(d_k).",
        "Omit the scaling.",
        "忽略缩放。",
        "不使用缩放。",
        "Ignore the scaling.",
        "无需除以 √d_k。"
      })
  void scalingThatIsDeniedIsNone(String words) {
    assertThat(first("## Exercise 1\n\n" + PAIR + words + " Compute S.\n").choices().scaling())
        .isEqualTo(Choices.Scaling.NONE);
  }

  @Test
  void aPaddedTokenIsNotSeen() {
    assertThat(
            count(
                "## Exercise 1\n\nQ=[1], K=[1; 1; 1], V=[1; 3; 9]. Token 3 is padding. Compute A.\n\nAnswer: A = [0.5, 0.5, 0]\n",
                Outcome.RIGHT))
        .isEqualTo(3);
  }

  @Test
  void aMaskOfZerosAndOnes() {
    String note =
        "## Exercise 1\n\nQ=[1; 1], K=[1; 1], V=[2; 4], mask=[[1,0],[1,1]]. Compute A.\n\nAnswer: A = [[1, 0], [0.5, 0.5]]\n";
    assertThat(count(note, Outcome.RIGHT)).isEqualTo(4);
  }

  @Test
  void rowsBelongToWhatWasMentionedLast() {
    String note =
        "## Exercise 1\n\nQ=[[1,0],[0,1]], K=[[1,0],[0,1]]. Do not scale.\n\nAnswer:\n\nAttention weights:\n\nRow 1: [0.73, 0.27]\n\nRow 2: [0.27, 0.73]\n";
    assertThat(count(note, Outcome.RIGHT)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"【答案】", "解题过程：", "## Answers\n\n", "→ ", "**Solution.** ", "Answer: "})
  void answersAreNoGivens(String marker) {
    String note =
        "## Exercise 1\n\nQ=[1], K=[2], V=[3]. Compute S and Z.\n\n" + marker + "S = 2, Z = 3\n";
    assertThat(count(note, Outcome.RIGHT)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"【例%d】", "## Problem %d", "Q%d. ", "**Question %d:** ", "题目%d：", "第 %d 题 "})
  void exercisesSeparate(String heading) {
    String body = "\n\nQ=[1], K=[2], V=[3]. Compute S.\n\nAnswer: S = 2\n\n";
    String note = heading.formatted(1) + body + heading.formatted(2) + body.replace("2", "4");
    assertThat(Notes.read(note).exercises()).extracting(Exercise::id).containsExactly("1", "2");
  }

  @Test
  void roundedRootsAndEulersNumberAreNoGivens() {
    String note =
        "## Exercise 1\n\nQ=[1, 1], K=[2, 0], √d_k ≈ 1.41, e ≈ 2.718. Compute S.\n\nAnswer: S = 1.41\n";
    assertThat(givens(first(note))).containsOnlyKeys(Quantities.Q, Quantities.K);
  }

  @Test
  void powersOfTenPromiseTheirDigits() {
    Exercise exercise =
        first("## Exercise 1\n\nQ=[1], K=[2].\n\nAnswer: S = $3.0\\times10^{-2}$\n");
    assertThat(
            ((Claim.Numbers) exercise.claims().getFirst())
                .numbers()
                .getFirst()
                .getFirst()
                .decimals())
        .hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Query: [1, 0], Key: [1, 1]",
        "设 Q 为 [1, 0]，K 为 [1, 1]",
        "Q = np.array([1, 0]), K = np.array([1, 1])",
        "q = (1, 0), k = (1, 1)",
        "$\\mathbf{q} = (1, 0)^\\top$, $\\mathbf{k} = (1, 1)^\\top$"
      })
  void waysOfGiving(String given) {
    assertThat(
            givens(
                first(
                    "## Exercise 1\n\n"
                        + given
                        + "\n\nCompute the score.\n\nSolution: s = 0.71\n")))
        .containsEntry(Quantities.Q, "1 0")
        .containsEntry(Quantities.K, "1 1");
  }

  @Test
  void aMatrixOverSeveralLines() {
    String note = "## Exercise 1\n\nQ = [1 0\n     0 1]\nK =\n1 2\n3 4\n\nCompute S.\n";
    assertThat(givens(first(note)))
        .containsEntry(Quantities.Q, "1 0; 0 1")
        .containsEntry(Quantities.K, "1 2; 3 4");
  }

  @Test
  void thousandsAndShapes() {
    String note =
        "## Exercise 1\n\nd_model = 512, h = 8. How many parameters do W_Q, W_K, W_V and W_O have?\n\nAnswer: 4 · 512² = 1,048,576\n";
    assertThat(count(note, Outcome.RIGHT)).isEqualTo(1);
  }

  @Test
  void anIndexOfOneQueryIsAKey() {
    String note =
        "## Exercise 1\n\nq = (1, 0), k1 = (1, 0), k2 = (0, 1).\n\nAnswer: s_1 = 0.71, s_2 = 0, α₁ = 0.67, a_2 = 0.33\n";
    assertThat(count(note, Outcome.RIGHT)).isEqualTo(4);
  }

  @Test
  void headsByWordAndIndex() {
    String note =
        "## Exercise 1\n\nhead₁ = [1, 2], $\\text{head}_2 = [3, 4]$. Concatenate the heads.\n\nAnswer: Concat = [1, 2, 3, 4]\n";
    assertThat(count(note, Outcome.RIGHT)).isEqualTo(4);
  }

  @Test
  void aClaimThatDoesNotFitLeavesTheRest() {
    String note = "## Exercise 1\n\nQ=[1], K=[2], V=[3].\n\nAnswer: S = [1, 2, 3], Z = 3\n";
    Checked checked = Checked.of(first(note));
    assertThat(checked.hasErrors()).isFalse();
    assertThat(checked.count(Outcome.RIGHT)).isEqualTo(1);
    assertThat(checked.count(Outcome.UNCHECKED)).isEqualTo(1);
  }

  @Test
  void whatIsAskedAndNotAnsweredIsListed() {
    String note =
        "## Exercise 1\n\nQ=[1], K=[2], V=[3]. Compute the scores and the output.\n\nAnswer: S = 2\n";
    assertThat(Checked.of(first(note)).issues())
        .extracting(i -> i.message().in(Locale.ENGLISH))
        .contains("asked, but not answered: Z");
  }

  @Test
  void aSentenceOfMasksThatSaysNothingLeavesDoubt() {
    String note =
        "## Exercise 1\n\nQ=[1; 2], K=[1; 2], V=[1; 2]. The attention is masked somehow.\n\nAnswer: A = [[0.9, 0.1], [0.5, 0.5]]\n";
    Checked checked = Checked.of(first(note));
    assertThat(checked.count(Outcome.WRONG)).isZero();
    assertThat(checked.issues()).extracting(Issue::kind).contains(Issue.Kind.GUESS);
  }

  @Test
  void answersInAFileOfTheirOwn() {
    byte[] questions =
        "1. Q=[1], K=[2], V=[3]. Compute S.\n\n2. Q=[2], K=[2], V=[3]. Compute S.\n"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] key = "1. S = 2\n2. S = 5\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    List<Checked> checked = CorpusNote.checked(Notes.read("q.md", questions, "k.md", key));
    assertThat(checked).extracting(c -> c.count(Outcome.RIGHT)).containsExactly(1L, 0L);
    assertThat(checked).extracting(c -> c.count(Outcome.WRONG)).containsExactly(0L, 1L);
  }

  @Test
  void rowsOfADerivedGivenAreAllGiven() {
    String note =
        """
        ## 题 1

        权重 A：第一行 (0.8, 0.2)，第二行 (0.4, 0.6)，值 V = [[1, 2], [3, 1]]，
        上游梯度 dZ：第一行 (1, 0)，第二行 (0.5, 2)。求 dV。

        解：dV = Aᵀ dZ：第一行 (1.0, 0.8)，第二行 (0.7, 1.2)
        """;
    assertThat(givens(first(note)))
        .containsEntry(Quantities.A, "0.8 0.2; 0.4 0.6")
        .containsEntry(Quantities.D_Z, "1 0; 0.5 2");
    assertThat(count(note, Outcome.RIGHT)).isEqualTo(3);
    assertThat(count(note, Outcome.WRONG)).isEqualTo(1);
  }

  @Test
  void codeIsToldByWhatItComputesAndPrints() {
    String note =
        """
        # two heads

        ```python
        Q1 = np.array([[1, 0], [0, 1]]); K1 = Q1.copy(); V1 = np.array([[1.], [3.]])
        s = Q1 @ K1.T / np.sqrt(2)
        print(f"scores of head 1:\\n{s.round(2)}", softmax(s).shape)
        ```

        ```
        scores of head 1:
        [[0.71 0.  ]
         [0.7  0.71]] (2, 2)
        ```
        """;
    int numbers = 3;
    int sizes = 2;
    assertThat(count(note, Outcome.RIGHT)).isEqualTo(numbers + sizes);
    assertThat(count(note, Outcome.WRONG)).isEqualTo(1);
  }

  @Test
  void anArrayThatCannotBeReadIsSaid() {
    Exercise exercise = first("# x\n\n```python\nQ = np.array([[1, oops]])\n```\n");
    assertThat(exercise.issues())
        .anyMatch(i -> i.line() == 4 && i.message().key().startsWith("expected"));
  }

  @Test
  void whatAnExerciseGivesIsNotMadeAClaimByAnother() {
    String note =
        """
        ## 题 1

        X = [1 0; 0 1], W_Q = [1 1; 0 1], W_K = [1 0; 1 1], W_V = [1 0; 0 2]，求 Q。

        答：Q = [1 1; 0 1]

        ## 题 2

        Q = [2 0], K = [1 0; 0 1], V = [1; 2]，求 S。

        答：S = [1.41 0]
        """;
    assertThat(givens(Notes.read(note).exercises().getLast()))
        .containsEntry(Quantities.Q, "2 0")
        .doesNotContainKey(Quantities.X);
    assertThat(count(note, Outcome.WRONG)).isZero();
  }

  @Test
  void linesGoToTheSettingUnderWhichTheyAreRight() {
    String note =
        """
        ## 题 1

        Q = K = [1 0; 0 1], V = [1; 3], d_k = 2。求权重 A；如果加上因果掩码，结果又是什么？

        解：

        - A = [0.67 0.33; 0.33 0.67]

        - A = [1 0; 0.33 0.67]
        """;
    assertThat(count(note, Outcome.RIGHT)).isEqualTo(8);
    assertThat(count(note, Outcome.WRONG)).isZero();
  }

  @Test
  void whatMakesAllElseImpossibleIsLeftOut() {
    Exercise exercise =
        first("## 1. x\n\nQ = [1, 0], K = [1, 0], h = 5.2. Find S.\n\nAnswer: S = 0.71\n");
    assertThat(givens(exercise)).doesNotContainKey(Quantities.HEADS);
    assertThat(Checked.of(exercise).hasErrors()).isFalse();
    assertThat(exercise.issues()).anyMatch(i -> i.message().key().equals("guess.given.unfit"));
  }
}
