package dev.qkv.sheet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Mistake;
import dev.qkv.sheet.MistakeCatalogue;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.Notes;
import dev.qkv.sheet.note.notation.formula.FormulaParser;
import dev.qkv.sheet.report.AuditJson;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Product;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import dev.qkv.sheet.worksheet.Checked;
import dev.qkv.sheet.worksheet.Exercise;
import dev.qkv.sheet.worksheet.NativeWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Formulas against the sheet: right, right by convention, wrong with the mistake that it is. */
final class FormulaAuditTest {
  private static final Problem USUAL = problem(Choices.USUAL, Map.of());
  private static final Problem CAUSAL =
      problem(Choices.USUAL.with(new Masking.Causal(Alignment.UNSAID)), Map.of());
  private static final Problem UNSCALED =
      problem(Choices.USUAL.with(Choices.Scaling.NONE), Map.of());

  /** Mistakes only under the choices of a problem: as a formula each is somebody's convention. */
  private static final Set<String> CONVENTIONS =
      Set.of(
          "MASK.NONE",
          "ACTIVATION.OTHER",
          "NORM.EPSILON",
          "PROJECTION.MISSING",
          "PROJECTION.TRANSPOSED");

  private static Problem problem(Choices choices, Map<Quantity, Matrix> givens) {
    return new Problem(givens, choices, List.of());
  }

  private static Matrix number(long number) {
    return Matrix.scalar(Value.of(number));
  }

  private static Matrix matrix(int rows, int columns) {
    return Matrix.of(rows, columns, (i, j) -> Value.of(3L * i - j));
  }

  private static Judgement judged(Problem problem, Claim.Formula claim) {
    return new Audit(problem).judge(claim).formula().orElseThrow();
  }

  private static Judgement judged(Problem problem, String text) {
    FormulaParser.Side side =
        FormulaParser.formula(text, 0, text.length()).orElseThrow().sides().getFirst();
    return judged(problem, new Claim.Formula(side.readings(), 1, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s_{ij}=Q_iK_j^\\top/\\sqrt{d_k}",
        "a_{ij}=\\operatorname{softmax}(s_i)_j",
        "z_i=\\sum_j a_{ij}V_j",
        "Z_{final} = [Z^{(1)} ‖ Z^{(2)}] W^O",
        "∂L/∂W = (∂L/∂Q) x^T",
        "dS = A ∘ (dA − rowsum(dA ∘ A))",
        "dS = A ∘ (dA − rowsum(dZ ∘ Z))",
        "dX = dQ W_Q^T + dK W_K^T + dV W_V^T",
        "dX = dQ W_Q^T",
        "Y = X + Z",
        "LN(x) = γ ∘ (x − μ)/√(σ² + ε) + β",
        "LN = (Y − μ)/√σ²",
        "FFN(x) = max(0, xW_1 + b_1)W_2 + b_2",
        "FFN = ReLU(X W_1) W_2",
        "d_k = d_model / h",
        "d_model = h d_k",
        "params_attention = 4 d_model²",
        "q = Wx",
        "E = exp(S)",
        "A = softmax(S + M)"
      })
  void isRight(String text) {
    assertThat(judged(USUAL, text)).isInstanceOf(Judgement.Right.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          Q = W_Q X; vectors are columns
          Z = V softmax(K^T Q/√d_k); vectors are columns
          Q = X W_Q^T; outputs × inputs
          S = QK^T; called QKᵀ
          A = softmax(S/√d_k); before they are divided
          Y = LayerNorm(X + Z); called LN
          O = A V; called Z
          Z = [Z1 ‖ Z2]; called Z_concat
          head_i = Attention(Q W_i^Q, K W_i^K, V W_i^V); inputs that are projected
          dW_V = X^T dV / n; mean over the tokens
          L = ‖Z − T‖^2; no ½
          GELU(x) = 0.5 x (1 + erf(x/√2)); GELU
          """)
  void isRightByAConvention(String text, String convention) {
    assertThat(judged(USUAL, text))
        .isInstanceOfSatisfying(
            Judgement.Conventional.class,
            c -> assertThat(c.convention().in(Locale.ENGLISH)).contains(convention));
  }

  @Test
  void theChoicesOfTheExerciseCount() {
    assertThat(judged(UNSCALED, "S = QK^T")).isInstanceOf(Judgement.Right.class);
    assertThat(judged(UNSCALED, "A = softmax(QK^T)")).isInstanceOf(Judgement.Right.class);
    assertThat(judged(UNSCALED, "S = QK^T/√d_k")).isInstanceOf(Judgement.Conventional.class);
    assertThat(judged(CAUSAL, "A = softmax(QK^T/√d_k + M)")).isInstanceOf(Judgement.Right.class);
    assertThat(judged(CAUSAL, "A = softmax(S)")).isInstanceOf(Judgement.Conventional.class);
    assertThat(judged(USUAL, "A = softmax(QK^T)").outcome()).isEqualTo(Outcome.WRONG);
  }

  @Test
  void theNumbersOfTheExerciseCount() {
    Map<Quantity, Matrix> givens = new HashMap<>();
    givens.put(Quantities.Q, matrix(3, 4));
    givens.put(Quantities.K, matrix(5, 4));
    assertThat(judged(problem(Choices.USUAL, givens), "S = QK^T/2").outcome())
        .isEqualTo(Outcome.RIGHT);
    assertThat(judged(problem(Choices.USUAL, givens), "S = QK^T/4"))
        .isInstanceOfSatisfying(
            Judgement.Wrong.class, w -> assertThat(w.mistakes()).contains("SCALE.DK"));
    givens.put(Quantities.D_K, number(1));
    assertThat(judged(problem(Choices.USUAL, givens), "A = softmax(QK^T)").outcome())
        .isEqualTo(Outcome.RIGHT);
    Choices causal = CAUSAL.choices();
    assertThat(judged(problem(causal, givens), "A = softmax(QK^T)").outcome())
        .isEqualTo(Outcome.RIGHT);
    Problem heads = problem(Choices.USUAL, Map.of(Quantities.HEADS, number(2)));
    assertThat(judged(heads, "d_k = d_model/2").outcome()).isEqualTo(Outcome.RIGHT);
    assertThat(judged(heads, "d_k = d_model/4").outcome()).isEqualTo(Outcome.WRONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          S = QK^T/d_k; SCALE.DK
          S = QK^T/√d_model; SCALE.DMODEL
          S = QK^T/√n; SCALE.SEQUENCE
          S = QK^T/√d_k/√d_k; SCALE.TWICE
          A = softmax(QK^T); SCALE.MISSING
          Z = softmax(QK^T)V; SCALE.MISSING
          S = KQ^T/√d_k; OUTPUT.TRANSPOSED
          z_i = Σ_j a_{ji} v_j; OUTPUT.TRANSPOSED
          A = S / rowsum(S); SOFTMAX.LINEAR
          σ² = 1/(d−1) Σ_i (x_i − μ)²; NORM.BESSEL
          LN = (Y − μ)/(σ² + ε); NORM.ROOT
          a_{ij} = exp(s_{ij})/Σ_i exp(s_{ij}); SOFTMAX.COLUMNS
          dW = x (∂L/∂Q)^T; GRADIENT.TRANSPOSED
          dV = A dZ; GRADIENT.TRANSPOSED
          dK = dS Q / √d_k; GRADIENT.TRANSPOSED
          dQ = dS K; GRADIENT.SCALE
          dS = A ∘ dA; GRADIENT.SOFTMAX
          """)
  void isACataloguedMistake(String text, String code) {
    assertThat(judged(USUAL, text))
        .isInstanceOfSatisfying(
            Judgement.Wrong.class,
            w -> {
              assertThat(w.mistakes()).contains(code);
              assertThat(w.example()).isPresent();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Y = X − Z", "params_attention = 3 d_model²", "O = [Z2 ‖ Z1] W_O", "Z = QK^TV"})
  void isWrongAndShownByNumbers(String text) {
    assertThat(judged(USUAL, text))
        .isInstanceOfSatisfying(
            Judgement.Wrong.class,
            w -> {
              assertThat(w.mistakes()).isEmpty();
              Judgement.Example example = w.example().orElseThrow();
              assertThat(example.inputs()).isNotEmpty();
              assertThat(example.given().compare(example.right())).isNotZero();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          S = Q K/√d_k; formula.unchecked|error.shape
          Y = X W_Q; formula.unchecked.shape
          X = Y − Z; formula.unchecked.output
          """)
  void isUncheckedWithAReason(String text, String key) {
    assertThat(judged(USUAL, text))
        .isInstanceOfSatisfying(
            Judgement.Unchecked.class, u -> assertThat(u.reason().key()).matches(key + ".*"));
  }

  @Test
  void formulasAreWrittenAndReadInTheNativeForm() {
    String note =
        """
        ## 1. T
        ```qkv
        Q = [1 2]
        K = [1 0; 0 1]
        V = K
        ```
        ```answer
        formula Z = A V = softmax(QK^T)V
        formula S = \\frac{QK^\\top}{\\sqrt{d_k}}
        formula S = Q K
        ```
        """;
    Exercise exercise = Notes.read(note).exercises().getFirst();
    assertThat(exercise.issues()).isEmpty();
    Checked checked = Checked.of(exercise);
    assertThat(checked.count(Outcome.RIGHT)).isEqualTo(2);
    assertThat(checked.count(Outcome.WRONG)).isEqualTo(1);
    assertThat(checked.count(Outcome.UNCHECKED)).isEqualTo(1);
    String printed = NativeWriter.write(Notes.read(note));
    assertThat(printed).contains("formula Z = A V\n").contains("formula Z = softmax(QK^T)V\n");
    assertThat(NativeWriter.write(Notes.read(printed))).isEqualTo(printed);
    assertThat(Notes.read(printed).exercises().getFirst().claims())
        .hasSameSizeAs(exercise.claims());
    String json = new AuditJson(Locale.ENGLISH).write(Map.of("f", List.of(checked)), List.of());
    assertThat(json).contains("SCALE.MISSING").contains("\"example\"").contains("\"reason\"");
  }

  @Test
  void aNativeFormulaThatNobodyUnderstandsIsAnError() {
    String note = "## 1. T\n```qkv\nQ = [1]\n```\n```answer\nformula foo = bar\n```\n";
    assertThat(Notes.read(note).exercises().getFirst().issues())
        .singleElement()
        .satisfies(i -> assertThat(i.message().key()).isEqualTo("error.formula"));
  }

  /** A mistake of one step, as a formula; of several steps, put into one. */
  private static Equation formula(Mistake mistake) {
    Equation last = mistake.alternatives().getLast();
    Map<Quantity, Term> steps = new HashMap<>();
    mistake.alternatives().forEach(e -> steps.putIfAbsent(e.output(), e.term()));
    Set<Quantity> softmax = Set.of(Quantities.EXPONENTIALS, Quantities.ROW_SUM, Quantities.ROW_MAX);
    if (softmax.contains(last.output())) {
      steps.putIfAbsent(Quantities.EXPONENTIALS, Quantities.S.minus(Quantities.ROW_MAX).exp());
      steps.putIfAbsent(Quantities.ROW_SUM, Quantities.EXPONENTIALS.rowSum());
      steps.putIfAbsent(Quantities.ROW_MAX, Quantities.S.rowMax());
      return new Equation(
          Quantities.A, put(put(Quantities.EXPONENTIALS.over(Quantities.ROW_SUM), steps), steps));
    }
    if (last.output().equals(Quantities.DOT)) {
      return new Equation(Quantities.S, last.term().over(Quantities.ROOT_D_K));
    }
    if (last.output().equals(Quantities.S) && last.term().equals(Quantities.DOT)) {
      Term exponentials = Quantities.DOT.exp();
      return new Equation(Quantities.A, exponentials.over(exponentials.rowSum()));
    }
    return last;
  }

  private static Term put(Term term, Map<Quantity, Term> steps) {
    if (term instanceof Quantity quantity) {
      Term step = steps.get(quantity);
      return step == null ? quantity : put(step, steps);
    }
    return term.parts().isEmpty()
        ? term
        : term.with(term.parts().stream().map(p -> put(p, steps)).toList());
  }

  @Test
  void everyMistakeIsFoundByItsCode() {
    Set<String> missed = new TreeSet<>();
    int seen = 0;
    Problem projected =
        problem(
            Choices.USUAL,
            Map.of(
                Quantities.X,
                matrix(3, 4),
                Quantities.W_Q,
                matrix(4, 2),
                Quantities.EPSILON,
                number(1)));
    Choices lower = Choices.USUAL.with(new Masking.Causal(Alignment.BOTTOM_RIGHT));
    for (Problem problem : List.of(projected, problem(lower, Map.of()))) {
      for (Mistake mistake : MistakeCatalogue.of(problem)) {
        boolean ofMask = mistake.code().startsWith("MASK.");
        boolean several = ofMask && mistake.alternatives().size() > 1;
        if (ofMask != problem.choices().isMasked() || several) {
          continue;
        }
        Equation formula = formula(mistake);
        Judgement judgement = judged(problem, new Claim.Formula(List.of(formula), 1, ""));
        seen++;
        boolean found =
            judgement instanceof Judgement.Wrong wrong && wrong.mistakes().contains(mistake.code());
        boolean agreed = judgement instanceof Judgement.Conventional;
        if (!found && !(CONVENTIONS.contains(mistake.code()) && agreed)) {
          missed.add(mistake.code() + " " + formula.text() + " " + judgement);
        }
      }
    }
    assertThat(missed).isEmpty();
    assertThat(seen).isGreaterThan(20);
  }

  @Test
  void whatIsWrittenOtherwiseIsNeverWrong() {
    List<String> formulas =
        List.of(
            "S = QK^T/√d_k",
            "Z = softmax(QK^T/√d_k)V",
            "Z = AV",
            "O = [Z1 ‖ Z2] W_O",
            "Y = X + Z",
            "dQ = dS K/√d_k",
            "dV = A^T dZ",
            "dS = A ∘ (dA − rowsum(dA ∘ A))",
            "dX = dQ W_Q^T + dK W_K^T + dV W_V^T",
            "dW = (∂L/∂Q) x^T",
            "LN = (Y − μ)/√(σ² + ε)",
            "W_Q' = W_Q − η dW_Q",
            "params_ffn = 2 d_model d_ff");
    Random random = new Random(11);
    for (String text : formulas) {
      Equation usual =
          FormulaParser.formula(text, 0, text.length())
              .orElseThrow()
              .sides()
              .getFirst()
              .readings()
              .getFirst();
      for (Problem problem : List.of(USUAL, CAUSAL, UNSCALED)) {
        for (int k = 0; k < 4; k++) {
          Term other = rewritten(usual.term(), random);
          Claim.Formula claim = new Claim.Formula(usual.output(), other, 1, text);
          assertThat(judged(problem, claim).outcome())
              .as(new Equation(usual.output(), other).text())
              .isEqualTo(Outcome.RIGHT);
        }
      }
    }
  }

  /** The same in other words: sums turned around, products distributed, factors moved. */
  private static Term rewritten(Term term, Random random) {
    if (term.parts().isEmpty()) {
      return term;
    }
    List<Term> parts = new ArrayList<>();
    term.parts().forEach(p -> parts.add(rewritten(p, random)));
    Term same = term.with(parts);
    Term first = parts.getFirst();
    Term last = parts.getLast();
    return switch (random.nextInt(3) == 0 ? "" : term.getClass().getSimpleName()) {
      case "Sum", "Hadamard" -> same.with(parts.reversed());
      case "Difference" -> last.negated().plus(first);
      case "Product" -> distributed(first, last, random);
      case "Quotient" -> divided(first, last);
      case "Root" -> first.power(Term.of(1).over(Term.of(2)));
      default -> random.nextBoolean() ? same : same.plus(same).over(Term.of(2));
    };
  }

  private static Term distributed(Term left, Term right, Random random) {
    boolean sum = right.getClass().getSimpleName().equals("Sum");
    if (sum) {
      return right.parts().stream().map(left::times).reduce(Term::plus).orElseThrow();
    }
    if (right instanceof Product(Term inner, Term outer) && random.nextBoolean()) {
      return left.times(inner).times(outer);
    }
    return right.t().times(left.t()).t();
  }

  private static Term divided(Term above, Term below) {
    return above instanceof Product(Term left, Term right) && below.rows() == Axis.ONE
        ? left.over(below).times(right)
        : Term.of(1).over(below).by(above);
  }
}
