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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What tells a reader what numbers are: their values, what contradicts them, how they are drawn.
 */
class ReaderPrinciplesTest {
  private static List<Exercise> read(String note) {
    return Notes.read(note).exercises();
  }

  private static String given(Exercise exercise, Quantity quantity) {
    return exercise.givens().stream()
        .filter(g -> g.quantity().equals(quantity))
        .flatMap(g -> g.numbers().stream())
        .map(r -> r.stream().map(n -> n.text().strip()).collect(Collectors.joining(" ")))
        .collect(Collectors.joining("; "));
  }

  /** How many cells of a quantity that a note claims have an outcome. */
  private static long cells(List<Exercise> exercises, Quantity quantity, Outcome outcome) {
    return exercises.stream()
        .map(Checked::of)
        .flatMap(c -> c.verdicts().stream())
        .filter(v -> v.claim() instanceof Claim.Numbers n && n.quantity().equals(quantity))
        .flatMap(v -> v.cells().stream())
        .filter(c -> c.outcome() == outcome)
        .count();
  }

  @Test
  void whatContradictsWhatIsGivenBeginsAnotherQuestion() {
    List<Exercise> exercises =
        read(
            """
            已知权重 A = [[0.25, 0.75], [0.5, 0.5]]，V = [[2, 0], [1, 1]]，dZ = [[1, 2], [-1, 0]]。

            dS → [[-0.19, 0.19], [-0.25, 0.25]]

            顺便再问一个温度的：某一行分数是 S = [1, 3]，温度 τ = 2 的时候权重约为 27% 和 73%，对不对？
            """);
    assertThat(cells(exercises, Quantities.D_S, Outcome.RIGHT)).isEqualTo(4);
    assertThat(cells(exercises, Quantities.A, Outcome.RIGHT)).isEqualTo(2);
  }

  @Test
  void whatIsSaidOfAllIsSaidOfEach() {
    List<Exercise> exercises =
        read(
            """
            Problem 1. Let Q = [1 0; 0 1], K = [1 1; 1 1], V = [1 0; 0 3].

            Solution. Every weight is 0.5, and both output rows are (0.5, 1.5).
            """);
    assertThat(cells(exercises, Quantities.A, Outcome.RIGHT)).isEqualTo(4);
    assertThat(cells(exercises, Quantities.Z, Outcome.RIGHT)).isEqualTo(4);
  }

  @Test
  void lettersMeanWhatTheirValuesAre() {
    List<Exercise> exercises =
        read(
            """
            Exercise 1. q = (1, 0), K = [2 1; 0 1], V = [1 0; 0 1]

            Answer: E = (1.41, 0), W = softmax(E) = (0.80, 0.20), O = W V = (0.80, 0.20)
            """);
    assertThat(cells(exercises, Quantities.S, Outcome.RIGHT)).isEqualTo(2);
    assertThat(cells(exercises, Quantities.A, Outcome.RIGHT)).isEqualTo(2);
    assertThat(cells(exercises, Quantities.Z, Outcome.RIGHT)).isEqualTo(2);
  }

  @Test
  void theNumberEIsNeverGiven() {
    Exercise exercise =
        read("Exercise 1. Let s = (1, 0). (Use $e \\approx 2.718$.) Find the weights.\n")
            .getFirst();
    assertThat(given(exercise, Quantities.EXPONENTIALS)).isEmpty();
    assertThat(given(exercise, Quantities.S)).isEqualTo("1 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
                               | 2   2 |      | 2 |
            Q = | 0   1 |, K = | 2   0 |, V = | 4 |
                | 2  .5 |      | 0   1 |      | 4 |
                               | 2  -2 |      | 2 |
        """,
        """
                               / 2   2 \\      / 2 \\
            Q = / 0   1 \\, K = | 2   0 |, V = | 4 |
                \\ 2  .5 /      | 0   1 |      | 4 |
                               \\ 2  -2 /      \\ 2 /
        """,
        """
                ⎡ 0   1 ⎤
            Q = ⎣ 2  .5 ⎦
                ⎡ 2   2 ⎤
            K = ⎢ 2   0 ⎥
                ⎢ 0   1 ⎥
                ⎣ 2  -2 ⎦
            V = [2; 4; 4; 2]
        """,
        """
            Q = [[0, 1],   K = [[2, 2],   V = [[2],
                 [2, .5]]       [2, 0],        [4],
                                [0, 1],        [4],
                                [2, -2]]       [2]]
        """,
        "Q = {(0, 1), (2, .5)}, K = {(2, 2), (2, 0), (0, 1), (2, -2)}, V = [2; 4; 4; 2]\n",
        "Q has rows (0, 1) and (2, .5), K has rows (2, 2), (2, 0), (0, 1) and (2, -2), V = [2; 4; 4; 2]\n"
      })
  void matricesAreReadAsTheyAreDrawn(String drawn) {
    Exercise exercise = read("Exercise 1. Given\n\n" + drawn + "\nFind the scores.\n").getFirst();
    assertThat(given(exercise, Quantities.Q)).isEqualTo("0 1; 2 .5");
    assertThat(given(exercise, Quantities.K)).isEqualTo("2 2; 2 0; 0 1; 2 -2");
    assertThat(given(exercise, Quantities.V)).isEqualTo("2; 4; 4; 2");
  }

  @Test
  void glyphsOnLinesOfTheirOwnAreTheFormulaBelow() {
    Exercise exercise =
        read("""
                题目 1：设

                Q
                =
                [
                1
                0
                2
                3
                ]
                Q=\\begin{bmatrix}1&2 \\\\ 0&3\\end{bmatrix}
                K=[1001]K = \\begin{bmatrix}1 & 0 \\\\ 0 & 1\\end{bmatrix}K=⎣⎡10​01​⎦⎤，求分数。
                """)
            .getFirst();
    assertThat(given(exercise, Quantities.Q)).isEqualTo("1 2; 0 3");
    assertThat(given(exercise, Quantities.K)).isEqualTo("1 0; 0 1");
  }

  @Test
  void answersBehindATitleGoBackToWhatNumbersTheQuestions() {
    List<Exercise> exercises =
        read(
            """
            ## 习题

            1. 设 $q = (1, 0)$，$k_1 = (2, 1)$，$k_2 = (0, 1)$，求缩放后的分数。
            2. 设 $q = (0, 2)$，$k_1 = (1, 1)$，$k_2 = (2, 2)$，求缩放后的分数。

            ## 参考答案

            第 1 题：$S = (1.41, 0)$

            第 2 题：$S = (1.41, 2.83)$
            """);
    assertThat(exercises).hasSize(2);
    assertThat(cells(exercises, Quantities.S, Outcome.RIGHT)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Multiply by W_O -> [[2, 2], [4, 4]].",
        "再乘以 W_O 得 [[2, 2], [4, 4]]。",
        "Output = Concat W_O ~ [[2, 2], [4, 4]]",
        "MHA(X) = [[2, 2], [4, 4]]"
      })
  void whatComesOfAProjectionIsNoGiven(String answer) {
    List<Exercise> exercises =
        read(
            """
            Exercise 1. Two heads return Z_1 = [[1, 0], [0, 2]] and Z_2 = [[1, 1], [3, 0]]; \
            W_O = [[1, 0], [2, 1], [0, 1], [1, 1]].

            Answer: %s
            """
                .formatted(answer));
    assertThat(cells(exercises, Quantities.O, Outcome.RIGHT)).isEqualTo(3);
    assertThat(cells(exercises, Quantities.O, Outcome.WRONG)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Only positions 1 and 2 are real tokens, the other one is padding.",
        "其中只有第 1、2 个键是可见的，别的键被屏蔽。",
        "Key 3 is masked.",
        "第 3 个键被屏蔽。",
        "Only keys 1 and 2 may be attended to; the rest is blocked."
      })
  void keysAreKeptOrHiddenAsWordsSay(String words) {
    Exercise exercise =
        read("1. " + words + " Q = [1 0], K = [1 0; 0 1; 1 1], V = [1; 2; 3]. Find the output.\n")
            .getFirst();
    assertThat(exercise.choices().masking())
        .isInstanceOfSatisfying(
            Masking.Keep.class, keep -> assertThat(keep.kept().get(1)).containsExactly(1, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "每个点积都乘以 0.5，而不是除以 √d_k。",
        "Every dot product is multiplied by 0.5 (not by 1/√d_k).",
        "Here score = 0.5 times the dot product."
      })
  void aFactorOfTheirOwnScalesScores(String words) {
    Exercise exercise =
        read("1. " + words + " Q = [1 0], K = [1 0; 0 1]. Find the scores.\n").getFirst();
    assertThat(exercise.choices().scaling()).isEqualTo(Choices.Scaling.FACTOR);
    assertThat(given(exercise, Quantities.SCALE)).isEqualTo("0.5");
  }

  @Test
  void whatCodeAssertsAndPrintsIsClaimed() {
    String code =
        """
        def ex1():
            \"\"\"Self-attention. Find the weights.\"\"\"
            Q = np.array([[1., 0.]])
            K = np.array([[2., 1.], [0., 1.]])
            S = Q @ K.T / np.sqrt(2)
            print('S', S)

        ex1()
        # output:
        # S [[1.41 0.  ]]

        def ex2():
            \"\"\"Once more.\"\"\"
            s = np.array([1., 1.])
            a = softmax(s)
            assert_allclose(a, [0.5, 0.6], atol=1e-3)
        """;
    List<Exercise> exercises =
        Notes.read("drills.py", code.getBytes(StandardCharsets.UTF_8)).exercises();
    assertThat(exercises).hasSize(2);
    assertThat(cells(exercises, Quantities.S, Outcome.RIGHT)).isEqualTo(2);
    assertThat(cells(exercises, Quantities.A, Outcome.RIGHT)).isEqualTo(1);
    assertThat(cells(exercises, Quantities.A, Outcome.WRONG)).isEqualTo(1);
  }

  @Test
  void matricesInColumnsAreNoQuestionsAndAnswers() {
    List<Exercise> exercises =
        read(
            """
            ## Exercise 1: Projections

            | token | Q | K | V | S | A |
            |---|---|---|---|---|---|
            | 1 | [1, 0] | [1, 0] | [2, 0] | [.7071, .7071] | [.5000, .5000] |
            | 2 | [1, 1] | [1, 1] | [1, 1] | [.7071, 1.4142] | [.3302, .6698] |
            """);
    assertThat(exercises).hasSize(1);
    assertThat(cells(exercises, Quantities.A, Outcome.RIGHT)).isEqualTo(4);
  }

  @Test
  void attentionThatIsNoWeightsIsItsOutput() {
    List<Exercise> exercises =
        read(
            """
            ## Exercise 1: Add & norm

            | quantity | value |
            |---|---|
            | x | [2, 1, 1] |
            | attn | [0, 2, 3] |

            **Answer** y = [2, 3, 4], mean 3
            """);
    assertThat(given(exercises.getFirst(), Quantities.Z)).isEqualTo("0 2 3");
    assertThat(cells(exercises, Quantities.Y, Outcome.RIGHT)).isEqualTo(3);
  }

  @Test
  void gradientsOfScoresAreCalledByTheLetterOfScores() {
    List<Exercise> exercises =
        read(
            """
            Problem 1. dE = [-0.2 0.2; 0.1 -0.1], Q = [-1 0.5; 2 -2], K = [1 2; -1 1]. Find dQ.

            Answer: dQ = [-0.283 -0.141; 0.141 0.071]
            """);
    assertThat(given(exercises.getFirst(), Quantities.D_S)).isEqualTo("-0.2 0.2; 0.1 -0.1");
    assertThat(cells(exercises, Quantities.D_Q, Outcome.RIGHT)).isEqualTo(4);
  }

  @Test
  void aHeadBeyondTheirNumberIsLeftOutAndNothingBreaks() {
    List<Exercise> exercises =
        read(
            "1. h = 1, X = [1 2; 3 4], W_Q = [1 0; 0 1], W_K = [1 0; 0 1], W_V = [1 0; 0 1], "
                + "Z2 = [1 2; 3 4], S2 = [1 2; 3 4]\n");
    assertThat(exercises).allSatisfy(e -> assertThat(Checked.of(e).verdicts()).isNotNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Q = [nan 1]", "Q = [[NaN, 1]]", "Q = / 1 2 \\\n    \\ 3 /"})
  void aMatrixThatCannotBeReadIsSaid(String broken) {
    Exercise exercise = read("1. " + broken + "\n\nK = [1 0; 0 1], find S.\n").getFirst();
    assertThat(given(exercise, Quantities.Q)).isEmpty();
    assertThat(exercise.issues())
        .anySatisfy(i -> assertThat(i.message().key()).isEqualTo("expected.number"));
  }

  /** What is said in words belongs to the question that says it. */
  @Test
  void questionsUnderOneHeadingKeepTheirOwnWords() {
    List<Exercise> exercises =
        read(
            """
            Notes from Tuesday

            Q = [1 0; 1 1], K = [0 1; 2 0]. The scores are [0 1.414; 0.707 1.414].

            Another pair, this time without any scaling: Q = [2 1; 0 3], K = [1 1; 1 0].
            The scores are [3 2; 3 0].
            """);
    assertThat(exercises).hasSize(2);
    assertThat(exercises.get(0).choices().scaling()).isEqualTo(Choices.Scaling.ROOT_D_K);
    assertThat(exercises.get(1).choices().scaling()).isEqualTo(Choices.Scaling.NONE);
    assertThat(cells(exercises, Quantities.S, Outcome.RIGHT)).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Token 1 may look at keys 1 and 3, token 2 at key 2.",
        "第 1 个位置可见 1、3；第 2 个位置可见 2。",
        "query 1 sees keys 1, 3; query 2 sees key 2."
      })
  void whatEachQuerySees(String words) {
    List<Exercise> exercises =
        read("Q = [1 0; 0 1], K = [1 0; 0 1; 1 1]. " + words + "\n\nFind the weights.\n");
    assertThat(exercises.getFirst().choices().masking()).isInstanceOf(Masking.Keep.class);
    Masking.Keep keep = (Masking.Keep) exercises.getFirst().choices().masking();
    assertThat(keep.kept().get(1)).containsExactly(1, 3);
    assertThat(keep.kept().get(2)).containsExactly(2);
  }

  @Test
  void anObservationChoosesNothing() {
    List<Exercise> exercises =
        read(
            """
            Q = [1 0; 3 1], K = [2 0; 0 1]

            A = [0.804 0.196; 0.972 0.028]

            可以看到查询 2 几乎只看第 1 个键。
            """);
    assertThat(exercises.getFirst().choices().masking()).isInstanceOf(Masking.None.class);
    assertThat(cells(exercises, Quantities.A, Outcome.WRONG)).isZero();
  }

  @Test
  void tokensKeepTheirPlacesInLaterQuestions() {
    List<Exercise> exercises =
        read(
            """
            **Q1.** x_{fox} = (1, 0), x_{owl} = (0, 2), W_V = [1 2; 0 1]. What are the values?

            **A1.** V = [1 2; 0 2]

            **Q2.** With the same data, what is the value of owl?

            **A2.** v_{owl} = (0, 2)
            """);
    assertThat(cells(exercises, Quantities.V, Outcome.RIGHT)).isEqualTo(6);
    assertThat(cells(exercises, Quantities.V, Outcome.WRONG)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "       | 1  0 |\n得分 = | 0  2 |\n\n",
        "     | 1  0 |\n得分 = | 0  2 |\n\n",
        "得分 = ⎡ 1  0 ⎤\n       ⎣ 0  2 ⎦\n\n"
      })
  void boxesAlignByColumnsOrBySigns(String box) {
    List<Exercise> exercises = read("已知\n\n```\n" + box + "```\n\n权重 A = [0.73 0.27; 0.12 0.88]\n");
    assertThat(cells(exercises, Quantities.A, Outcome.RIGHT)).isEqualTo(4);
  }

  @Test
  void gradientsThatTorchPrints() {
    List<Exercise> exercises =
        read(
            """
            ```python
            torch.manual_seed(1)
            A = torch.tensor([[0.5, 0.5], [0.2, 0.8]])
            V = torch.tensor([[1., 0.], [0., 2.]], requires_grad=True)
            Z = A @ V
            Z.backward(torch.tensor([[1., 1.], [0., 1.]]))
            print(V.grad)
            ```

            ```
            tensor([[0.5000, 0.7000],
                    [0.5000, 1.3000]])
            ```
            """);
    assertThat(given(exercises.getFirst(), Quantities.D_Z)).isEqualTo("1. 1.; 0. 1.");
    assertThat(cells(exercises, Quantities.V.gradient(), Outcome.RIGHT)).isEqualTo(4);
  }

  @Test
  void aHeadThatNobodyHasIsSaid() {
    List<Exercise> exercises = read("Q = [1 0], K = [1 1; 0 1]\n\nZ^{(734)} = [1 2; 3 4]\n");
    assertThat(exercises.getFirst().issues()).anyMatch(i -> i.message().key().equals("guess.head"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Q = I_2",
        "Q = diag(1, 1)",
        "Q = identity matrix of size 2",
        "Q = 2 阶单位阵",
        "Q 的两行是: 1 0 和 0 1"
      })
  void matricesInWords(String words) {
    List<Exercise> exercises = read(words + "\n\nK = [1 2; 3 4]\n\n点积 QKᵀ = [1 3; 2 4]\n");
    assertThat(cells(exercises, Quantities.DOT, Outcome.RIGHT)).isEqualTo(4);
  }
}
