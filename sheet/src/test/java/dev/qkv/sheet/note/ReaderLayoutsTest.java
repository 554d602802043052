package dev.qkv.sheet.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.audit.Claim;
import dev.qkv.sheet.audit.Verdict;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.CorrectedCopy;
import dev.qkv.sheet.worksheet.Exercise;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Notes that are laid out, or put, in one of the many ways in which people do it. */
class ReaderLayoutsTest {
  private static List<Exercise> read(String note) {
    return Notes.read(note).exercises();
  }

  /** Each quantity of which a note claims numbers, with how many cells have which outcome. */
  private static String judged(List<Exercise> exercises) {
    TreeMap<String, TreeMap<Outcome, Integer>> counts = new TreeMap<>();
    for (Exercise exercise : exercises) {
      for (Verdict verdict : Checked.of(exercise).verdicts()) {
        if (verdict.claim() instanceof Claim.Numbers numbers) {
          int unchecked = numbers.numbers().stream().mapToInt(List::size).sum();
          TreeMap<Outcome, Integer> own =
              counts.computeIfAbsent(verdict.name(), n -> new TreeMap<>());
          if (verdict.cells().isEmpty()) {
            own.merge(Outcome.UNCHECKED, unchecked, Integer::sum);
          }
          verdict.cells().forEach(c -> own.merge(c.outcome(), 1, Integer::sum));
        }
      }
    }
    return counts.toString();
  }

  @Test
  void tableOfComponentsUnderCaption() {
    assertThat(
            judged(
                read(
                    """
                    ## Task 1: scaled scores, d_k = 2

                    Queries:

                    | token | q_1 | q_2 |
                    |---|---|---|
                    | we | 0 | 2 |
                    | ran | -1 | 2 |

                    Keys:

                    | token | k_1 | k_2 |
                    |---|---|---|
                    | we | 1 | -1 |
                    | ran | -1 | 0 |

                    Scaled scores (row = query, column = key):

                    | score | we | ran |
                    |---|---|---|
                    | **we** | -1.41 | 0.00 |
                    | **ran** | -2.12 | 0.71 |
                    """)))
        .isEqualTo("{S={RIGHT=4}, d_k={RIGHT=1}}");
  }

  @Test
  void tableThatSaysWhichKeysAreSeen() {
    assertThat(
            judged(
                read(
                    """
                    ### 2) One query
                    The query is (1, 0). d_k = 2.

                    | key no. | key | masked? |
                    |---|---|---|
                    | 1 | (1, 1) | no |
                    | 2 | (3, 1) | yes |
                    | 3 | (0, 2) | no |

                    | key no. | weight |
                    |---|---|
                    | 1 | 0.670 |
                    | 2 | 0 |
                    | 3 | 0.330 |
                    """)))
        .isEqualTo("{A={RIGHT=3}, d_k={RIGHT=1}}");
  }

  @Test
  void sumOfInputAndOutputInTable() {
    assertThat(
            judged(
                read(
                    """
                    **Q2. Residual + LayerNorm** (no epsilon)

                    | token | x | attention output |
                    |--|--|--|
                    | A | 2, -1, 4 | 0.3, -0.4, 0.5 |
                    | B | 0, 2, 0 | 0.8, 0.2, 0.7 |

                    | token | x + output | mean |
                    |--|--|--|
                    | A | 2.3, -1.4, 4.5 | 1.800 |
                    | B | 0.8, 2.2, 0.7 | 1.233 |
                    """)))
        .isEqualTo("{Y={RIGHT=6}, mean={RIGHT=2}}");
  }

  @Test
  void gradientOfLetterIsNoRestatement() {
    assertThat(
            judged(
                read(
                    """
                    Problem 1. A = [[0.5, 0.5], [0.25, 0.75]], V = [[1, 0], [0, 2]] and
                    dL/dZ = [[1, 1], [0, 1]].

                    Solution
                    - gradient of V: [[0.5, 0.75], [0.5, 1.25]]
                    - gradient of A: [[1, 2], [0, 2]]
                    - gradient of S: [[-0.25, 0.25], [-0.375, 0.375]]
                    """)))
        .isEqualTo("{dA={RIGHT=4}, dS={RIGHT=4}, dV={RIGHT=4}}");
  }

  @Test
  void resultsOfQueryNamedByItsLetter() {
    assertThat(
            judged(
                read(
                    """
                    Exercise 1
                    q1 = (-1, 1); q2 = (0, 1)
                    k1 = (0, -1); k2 = (-1, 0); k3 = (-1, -1)
                    v1 = (4, 1); v2 = (3, 1); v3 = (1, 0)

                    Answer.
                    - weights for q1: (0.14, 0.576, 0.284)
                    - output for q1: (2.572, 0.716)
                    """)))
        .isEqualTo("{A={RIGHT=3}, Z={RIGHT=2}}");
  }

  @Test
  void maskWithItsLegend() {
    assertThat(
            judged(
                read(
                    """
                    1. Q = [[1, 2], [0, 2]], K = [[0, -1], [0, 2], [1, 1]], scale 1/√2, and the \
                    mask (1 = visible, 0 = hidden) [[1, 1, 0], [1, 0, 1]]. Weights?

                    # Key

                    1. weights [[0.014, 0.986, 0], [0.056, 0, 0.944]]
                    """)))
        .isEqualTo("{A={RIGHT=6}}");
  }

  /** In one sentence some keys are kept and the others hidden, in brackets or behind a comma. */
  @Test
  void keptAndHiddenInOneSentence() {
    String given = "K = [[1, 1], [3, 1], [0, 2]]，d_k = 2，q = (1, 0)。\n";
    String answer = "\n\n答：权重 (0.670, 0, 0.330)\n";
    for (String mask :
        List.of(
            "其中只有第1、3个是真的词，其余是 <pad>，要屏蔽掉。",
            "Mask: only keys 1 and 3 may be attended (key 2 is hidden).")) {
      assertThat(judged(read("## 题 1\n" + given + mask + answer))).isEqualTo("{A={RIGHT=3}}");
    }
  }

  @Test
  void numbersThatAreNotUsedLeaveWhatFollowsInDoubt() {
    assertThat(
            judged(
                read(
                    """
                    3. A token x = (3, -1, -1, 2) goes through a box, which returns \
                    (-0.1, -0.9, -0.1, -0.3).
                       - (a) Residual sum. **Answer:** (2.9, -1.9, -1.1, 1.7)
                    """)))
        .isEqualTo("{Y={UNCHECKED=4}}");
  }

  /** What most numbers agree with has been understood, so that the others are wrong. */
  @Test
  void oneWrongNumberIsWrongInSpiteOfDoubts() {
    assertThat(
            judged(
                read(
                    """
                    3. Q = [[1, 2], [0, 1]] and K = [[1, 0], [0, 1]] with some notes (7, 8, 9). d_k = 2.

                    **Answer:** S = [[0.71, 1.41], [0, 0.17]]
                    """)))
        .isEqualTo("{S={RIGHT=3, WRONG=1}}");
  }

  @Test
  void numberedLinesWithAnswersOfTheirOwn() {
    assertThat(
            read(
                """
                12. For the query matrix with rows (0, -1), (1, 0) and the key matrix with rows \
                (1, 2), (0, 1), find the scaled score matrix.

                Answer: row 1: (-2/√2, -1/√2); row 2: (1/√2, 0).

                13. A layer has model width 32 and 4 heads. How wide is a head?

                Answer: d_k = 8.
                """))
        .extracting(Exercise::id)
        .containsExactly("12", "13");
  }

  @Test
  void exampleWithoutNumberIsNamedByItsWords() {
    String given = "\nQ = [[1.5, 0.5]], K = [[1, 0], [0, 1]].\n\nS = [[1.06, 0.35]]\n\n";
    assertThat(read("## A worked example\n" + given + "## 例题\n" + given))
        .extracting(Exercise::id)
        .containsExactly("A worked example", "例题");
  }

  @Test
  void titleThatNamesQuiz() {
    assertThat(
            read(
                """
                # Quiz 4: attention

                1. Scaled scores for Q = [[1, 2], [0, 2]], K = [[0, -1], [0, 2]].

                2. Causal self-attention: the weights for Q = [[1, 0], [0, 1]], K = [[1, 1], [0, 1]].

                # Answers

                1. [[-1.41, 2.83], [-1.41, 2.83]]
                2. [[1, 0], [0.5, 0.5]]
                """))
        .extracting(Exercise::id)
        .containsExactly("1", "2");
  }

  @Test
  void gradientByItsVariableAndOutputInString() {
    assertThat(
            judged(
                read(
                    """
                    ```python
                    A = torch.tensor([[0.5, 0.5], [0.25, 0.75]])
                    V = torch.tensor([[1., 0.], [0., 2.]], requires_grad=True)
                    Z = A @ V
                    G = torch.tensor([[1., 1.], [0., 1.]])
                    Z.backward(G)
                    print(V.grad)
                    \"""
                    tensor([[0.5000, 0.7500],
                            [0.5000, 1.2500]])
                    \"""
                    ```
                    """)))
        .isEqualTo("{dV={RIGHT=4}}");
  }

  @Test
  void countsInSentences() {
    assertThat(
            judged(
                read(
                    """
                    Problem 1. d_model = 96, h = 6, d_ff = 384, no biases.

                    Answer: the attention block (W_Q, W_K, W_V, W_O) has 36864 parameters and the \
                    feed-forward part has 73728.
                    """)))
        .isEqualTo("{params_attention={RIGHT=1}, params_ffn={RIGHT=1}}");
  }

  /** Weights that the question states, and that its queries do not lead to, are what it gives. */
  @Test
  void whatTheQuestionStatesIsGivenWhereMoreIsRightSo() {
    assertThat(
            judged(
                read(
                    """
                    ## Exercise A: backward pass

                    The forward pass gave the weights $A = [[0.5, 0.5], [0.25, 0.75]]$. Further
                    $V = [[1, 0], [0, 2]]$, $Q = [[9, 1], [0, 1]]$, $K = [[1, 4], [3, 0]]$, and the
                    upstream gradient is $\\partial L/\\partial Z = [[1, 1], [0, 1]]$.

                    - **(a)** $\\partial L/\\partial V = [[0.5, 0.75], [0.5, 1.25]]$
                    - **(b)** $\\partial L/\\partial S = [[-0.25, 0.25], [-0.375, 0.375]]$
                    """)))
        .isEqualTo("{dS={RIGHT=4}, dV={RIGHT=4}}");
  }

  /** A known mistake is none of what the question states, though all that follows fits it. */
  @Test
  void mistakeThatTheRestFollowsIsNotGiven() {
    assertThat(
            judged(
                read(
                    """
                    ## A worked example

                    Q = [[1.5, 2.5], [0.5, 1.5]], K = [[1, 0], [0, 1]], V = [[1, 0], [0, 2]], d_k = 2.

                    S = QKᵀ/√d_k = [[1.5, 2.5], [0.5, 1.5]]

                    A = softmax(S) = [[0.27, 0.73], [0.27, 0.73]]

                    Z = AV = [[0.27, 1.46], [0.27, 1.46]]
                    """)))
        .contains("S={WRONG=4}");
  }

  @Test
  void bracesAndRowsWithoutCommas() {
    assertThat(
            judged(
                read(
                    """
                    Question 1. Weights A = {{0.5, 0.5}, {0.25, 0.75}}, values V = {{1, 0}, {0, 2}},
                    dZ = {{1, 1}, {0, 1}}.

                    Answer: dA = {{1, 2}, {0, 2}}

                    Question 2. q = (0 3), k1 = (0 -1), k2 = (-1 -1), d_k = 2.

                    Answer: scores = (-2.121 -2.121)
                    """)))
        .isEqualTo("{S={RIGHT=2}, dA={RIGHT=4}}");
  }

  @Test
  void tableUnderBoldName() {
    assertThat(
            judged(
                read(
                    """
                    ## 1. Scaled scores

                    **Q**

                    | token | dim 1 | dim 2 |
                    |---|---|---|
                    | the | 0 | 1 |
                    | cat | 1 | 0 |

                    **K**

                    | token | dim 1 | dim 2 |
                    |---|---|---|
                    | the | 2 | 0 |
                    | cat | 1 | 1 |

                    Scores divided by √2 (rows are queries, columns are keys):

                    | S | the | cat |
                    |---|---|---|
                    | the | 0.00 | 0.71 |
                    | cat | 1.41 | 0.71 |
                    """)))
        .isEqualTo("{S={RIGHT=4}}");
  }

  @Test
  void matricesInCells() {
    assertThat(
            judged(
                read(
                    """
                    ## 第 2 题 已知量

                    | 权重 A | 值 V | 输出的梯度 dZ |
                    |:---:|:---:|:---:|
                    | 0.5 0.5<br>0.25 0.75 | 1 0<br>0 2 | 1 1<br>0 1 |

                    ### 第 2 题 结果

                    | 梯度 | 数值 |
                    |:---|:---|
                    | dV | 0.5 0.75<br>0.5 1.25 |
                    | dA | 1 2<br>0 2 |
                    """)))
        .isEqualTo("{dA={RIGHT=4}, dV={RIGHT=4}}");
  }

  @Test
  void keysByOrdinalAndByLetter() {
    String given = "Q = [[1, 0], [1, 0]], K = [[1, 1], [3, 1], [0, 2]], d_k = 2.\n";
    String answer = "\n\nAnswer: weights (0, 0.893, 0.107) and (0.670, 0, 0.330)\n";
    assertThat(
            judged(
                read("## Exercise 1\n" + given + "Allowed: q1 -> k2, k3;  q2 -> k1, k3." + answer)))
        .isEqualTo("{A={RIGHT=6}}");
    String single = "K = [[1, 1], [3, 1], [0, 2]], d_k = 2, q = (1, 0).\n";
    assertThat(
            judged(
                read(
                    "## Exercise 1\n"
                        + single
                        + "The query must not see the second key.\n\nAnswer: weights (0.670, 0, 0.330)\n")))
        .isEqualTo("{A={RIGHT=3}}");
  }

  /** A number is where it stood, however the words around it were spelled again. */
  @Test
  void numbersStayWhereTheyStood() {
    String note =
        """
        Question 1. Weights A = {{0.5, 0.5}, {0.25, 0.75}}, values V = {{1, 0}, {0, 2}},
        dZ = {{1, 1}, {0, 1}}.

        Answer: dA = {{1, 2}, {0, 7}}

        Question 2. q = (0 3), k1 = (0 -1), k2 = (-1 -1), d_k = 2.

        Answer: scores = (-2.121 -9.121)

        Question 3. d_model = 96, h = 6, d_ff = 384, no biases.

        Answer: the attention block has 11111 parameters and 22222 in the feed-forward part.
        """;
    String corrected =
        CorrectedCopy.of(
                Notes.read(note),
                Notes.read(note).exercises().stream().map(Checked::of).toList(),
                false)
            .text();
    assertThat(corrected).contains("{{1, 2}, {0, ").doesNotContain("{0, 7}}");
    assertThat(corrected).contains("(-2.121 ").doesNotContain("-9.121)");
    assertThat(corrected).contains("block has ").doesNotContain("has 11111");
    assertThat(corrected).doesNotContain("and 22222 in");
  }
}
