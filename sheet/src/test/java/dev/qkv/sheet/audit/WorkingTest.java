package dev.qkv.sheet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.commentary.Remarks;
import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.note.notation.WorkingParser;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Numeral;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Written-out arithmetic: honest chains pass in silence, broken links and wrong factors do not. */
final class WorkingTest {
  private static Matrix matrix(long[]... rows) {
    return Matrix.of(rows.length, rows[0].length, (i, j) -> Value.of(rows[i][j]));
  }

  /** Exercise 4 of the pasted worksheet: three tokens of width 2. */
  private static final Problem FOURTH =
      new Problem(
          Map.of(
              Quantities.Q,
              matrix(new long[] {2, 1}, new long[] {1, 1}, new long[] {0, 1}),
              Quantities.K,
              matrix(new long[] {1, 0}, new long[] {0, 1}, new long[] {1, 1}),
              Quantities.V,
              matrix(new long[] {3, 0}, new long[] {0, 2}, new long[] {1, 1})),
          Choices.USUAL,
          List.of());

  private static Numeral numeral(String text) {
    int point = text.indexOf('.');
    return new Numeral(
        text,
        -1,
        Value.of(new BigDecimal(text)),
        OptionalInt.of(point < 0 ? 0 : text.length() - point - 1));
  }

  private static List<String> notes(
      Problem problem, Quantity quantity, int row, int column, String number, String chain) {
    Claim.Numbers claim =
        new Claim.Numbers(
                quantity,
                List.of(List.of(numeral(number))),
                OptionalInt.of(row),
                OptionalInt.of(column),
                1,
                chain)
            .with(WorkingParser.of(chain, 0, chain.length()));
    return new Audit(problem)
        .judge(claim).notes().stream()
            .filter(m -> m.key().equals("note.link") || m.key().equals("note.product"))
            .map(m -> m.in(Locale.ENGLISH))
            .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s_{12}=\\frac{1\\cdot0+?}{\\sqrt2}=?",
        "s_12 = (1·0 + 1·1)/√2 = 1/√2 ≈ 0.71",
        "s_12 = (1·1 + 0·1)/√2 = 0.71"
      })
  void namesAFactorThatIsNotTheCells(String chain) {
    assertThat(notes(FOURTH, Quantities.S, 1, 2, "0.71", chain))
        .singleElement()
        .asString()
        .containsAnyOf("product 1 should be 2·0, not 1·0", "product 2 should be 2·0, not 0·1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          s_12 = (2·0 + 1·1)/√2 = 1/√2 ≈ 0.81; 1/√2 is not 0.81
          s_12 = (2·0 + 1·1)/√2 = 2/√2 = 1.41 ≈ 0.71; (2·0 + 1·1)/√2 is not 2/√2
          s_12 = 1/1.414 = 0.8 ≈ 0.71; 1/1.414 is not 0.8
          """)
  void namesTheLinkThatBreaks(String chain, String link) {
    assertThat(notes(FOURTH, Quantities.S, 1, 2, "0.71", chain).getFirst()).contains(link);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s_12 = (2·0 + 1·1)/√2 = 1/√2 ≈ 0.71",
        "s_12 = (1·1)/√2 = 0.707 ≈ 0.71",
        "s_12 = \\frac{1\\cdot1+0\\cdot2}{\\sqrt{2}} = \\frac{1}{1.414} = 0.71",
        "s_12 = 0·2 + 1·1 / √2",
        "s_12 = (0 + 1)/√2 = 0.71",
        "s_12 = √2·0 + 0.707·1 = 0.71",
        "s_12 = 1/√2 ≈ 0.7",
        "s_12 = x = y",
        "s_12 = 1/0 = 0.71",
        "s_12 = 0.5·√2 = 0.71"
      })
  void isSilentAboutHonestWork(String chain) {
    assertThat(notes(FOURTH, Quantities.S, 1, 2, "0.71", chain)).isEmpty();
  }

  @Test
  void comparesMatricesCellByCell() {
    String chain =
        "S=\\begin{bmatrix}2\\cdot1+1\\cdot0 & 2\\cdot0+1\\cdot1 & 2\\cdot1+1\\cdot1\\end{bmatrix}/"
            + "\\sqrt2";
    assertThat(WorkingParser.of(chain, 0, chain.length()).links()).isEmpty();
    String row = "S_1 = [2·1+1·0, 2·0+2·1, 2·1+1·1] = [2, 1, 3]";
    Claim.Numbers claim =
        new Claim.Numbers(
                Quantities.DOT,
                List.of(List.of(numeral("2"), numeral("1"), numeral("3"))),
                OptionalInt.of(1),
                OptionalInt.empty(),
                1,
                row)
            .with(WorkingParser.of(row, 0, row.length()));
    List<String> notes =
        new Audit(FOURTH).judge(claim).notes().stream().map(m -> m.in(Locale.ENGLISH)).toList();
    assertThat(notes)
        .hasSize(2)
        .anySatisfy(n -> assertThat(n).contains("the chain breaks"))
        .anySatisfy(n -> assertThat(n).contains("product 2 should be 1·1, not 2·1"));
  }

  @Test
  void honestChainsGetNoRemark() {
    Random random = new Random(3);
    for (int k = 0; k < 300; k++) {
      int width = 2 + random.nextInt(3);
      int tokens = 2 + random.nextInt(3);
      Problem problem =
          new Problem(
              Map.of(
                  Quantities.Q, drawn(tokens, width, random),
                  Quantities.K, drawn(tokens, width, random),
                  Quantities.V, drawn(tokens, 2, random)),
              Choices.USUAL,
              List.of(Quantities.Z));
      Derivation derivation = Derivation.of(problem);
      boolean scores = random.nextBoolean();
      Quantity quantity = scores ? Quantities.S : Quantities.Z;
      Matrix result = derivation.value(quantity).orElseThrow();
      int row = random.nextInt(result.rows());
      int column = random.nextInt(result.columns());
      String number = rounded(result.at(row, column), 2);
      String chain =
          scores
              ? score(problem, row, column, width, number, random)
              : output(derivation, row, column, number, random);
      assertThat(notes(problem, quantity, row + 1, column + 1, number, chain))
          .as(chain + " " + problem.givens())
          .isEmpty();
    }
  }

  private static Matrix drawn(int rows, int columns, Random random) {
    return Matrix.of(
        rows,
        columns,
        (i, j) ->
            Value.of(BigDecimal.valueOf(random.nextInt(9) - 4L, random.nextInt(5) == 0 ? 1 : 0)));
  }

  private static String rounded(Value value, int digits) {
    return value.decimal().setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  private static Matrix given(Problem problem, Quantity quantity) {
    return Objects.requireNonNull(problem.givens().get(quantity));
  }

  private static String score(
      Problem problem, int row, int column, int width, String number, Random random) {
    List<String> terms = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 0; k < width; k++) {
      BigDecimal q = given(problem, Quantities.Q).at(row, k).decimal();
      BigDecimal other = given(problem, Quantities.K).at(column, k).decimal();
      sum = sum.add(q.multiply(other));
      add(terms, q, other, random);
    }
    String products = sum(terms, random);
    String root = "√" + width;
    String dot = sum.stripTrailingZeros().toPlainString();
    return switch (random.nextInt(3)) {
      case 0 -> "s = (" + products + ")/" + root + " = " + dot + "/" + root + " ≈ " + number;
      case 1 -> "s = \\frac{" + products + "}{\\sqrt{" + width + "}} = " + number;
      default ->
          "s = ("
              + products
              + ")/"
              + root
              + " = "
              + dot
              + "/"
              + rounded(Value.of(width).sqrt(), 3)
              + " ≈ "
              + number;
    };
  }

  private static String output(
      Derivation derivation, int row, int column, String number, Random random) {
    Matrix weights = derivation.value(Quantities.A).orElseThrow();
    Matrix values = derivation.value(Quantities.V).orElseThrow();
    int digits = 2 + random.nextInt(2);
    List<String> terms = new ArrayList<>();
    for (int k = 0; k < weights.columns(); k++) {
      BigDecimal weight = new BigDecimal(rounded(weights.at(row, k), digits));
      add(terms, weight, values.at(k, column).decimal(), random);
    }
    return "z = " + sum(terms, random) + (random.nextBoolean() ? " = " : " ≈ ") + number;
  }

  private static void add(List<String> terms, BigDecimal one, BigDecimal other, Random random) {
    if (one.multiply(other).signum() == 0 && random.nextInt(3) == 0) {
      return;
    }
    boolean turned = random.nextInt(4) == 0;
    BigDecimal first = turned ? other : one;
    BigDecimal last = turned ? one : other;
    terms.add(bracketed(first) + (random.nextBoolean() ? "·" : "\\times ") + bracketed(last));
  }

  private static String bracketed(BigDecimal number) {
    return number.signum() < 0 ? "(" + number.toPlainString() + ")" : number.toPlainString();
  }

  private static String sum(List<String> terms, Random random) {
    if (random.nextInt(4) == 0) {
      Collections.shuffle(terms, random);
    }
    return terms.isEmpty() ? "0" : String.join(" + ", terms);
  }

  @Test
  void aChainWithoutAQuantityIsJudgedLinkByLink() {
    List<Claim> claims =
        Claim.Arithmetic.chain(
            List.of(numeral("512"), numeral("512.0"), numeral("511")), 3, "512 = 512.0 = 511");
    Audit audit = new Audit(FOURTH);
    assertThat(claims.stream().map(c -> audit.judge(c).outcome()))
        .containsExactly(Verdict.Outcome.RIGHT, Verdict.Outcome.WRONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "用缩放避免大梯度",
        "缩放可防止梯度过大",
        "除以 √d_k 是为了避免梯度爆炸",
        "We scale to avoid large gradients.",
        "Scaling prevents the gradients from exploding."
      })
  void saysWhatScalingIsFor(String words) {
    assertThat(Remarks.about(words)).map(Message::key).hasValue("remark.saturation");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "用缩放避免 softmax 饱和、梯度消失",
        "行向量归一，概率意义",
        "Scaling avoids saturation, where gradients vanish.",
        "梯度裁剪避免大梯度",
        ""
      })
  void isSilentAboutOtherWords(String words) {
    assertThat(Remarks.about(words)).isEmpty();
  }

  @Test
  void anyTextIsRead() {
    Random random = new Random(5);
    String signs = "0123456789.·+-/√()[]{}^=≈?e\\frac\\sqrt, ;&";
    for (int k = 0; k < 5_000; k++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n >= 0; n--) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      assertThat(WorkingParser.of(text.toString(), 0, text.length())).isNotNull();
    }
    String deep = "(".repeat(1_000) + "1";
    assertThat(WorkingParser.of(deep, 0, deep.length()).links()).isEmpty();
  }
}
