package dev.qkv.sheet.note.notation.formula;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.ProcessorTime;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.notation.formula.FormulaParser.Parsed;
import dev.qkv.sheet.term.Equation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Formulas as notes write them, and the terms that they are. */
final class FormulaParserTest {
  private static final String WRITTEN =
      """
      s_{ij}=Q_iK_j^{\\top}/\\sqrt{d_k}  ⇒  S = Q·Kᵀ / √d_k
      a_{ij}=\\operatorname{softmax}(s_i)_j  ⇒  A = e^S / (Σ_j e^S)
      z_i=\\sum_j a_{ij}V_j  ⇒  Z = A·V
      S=QK^{\\top}  ⇒  S = Q·Kᵀ
      A=\\operatorname{softmax}(S)  ⇒  A = e^S / (Σ_j e^S)
      Z=AV  ⇒  Z = A·V
      Z_\\text{final}= \\bigl[Z^{(1)}\\;\\|\\,Z^{(2)}\\bigr]W^O  ⇒  O = [Z⁽¹⁾ ‖ Z⁽²⁾]·W_O
      \\partial L/\\partial W=(\\partial L/\\partial Q)\\,x^{\\top}  ⇒  ∂L/∂W = ∂L/∂Q·xᵀ
      Y=X+Z  ⇒  Y = X + Z
      Attention(Q, K, V) = softmax(QK^T/√d_k)V  ⇒  Z = (e^(Q·Kᵀ / √d_k) / (Σ_j e^(Q·Kᵀ / √d_k)))·V
      \\text{Attention}(Q,K,V)=\\text{softmax}\\left(\\frac{QK^T}{\\sqrt{d_k}}\\right)V  ⇒  Z = (e^(Q·Kᵀ / √d_k) / (Σ_j e^(Q·Kᵀ / √d_k)))·V
      \\mathrm{MultiHead}(Q,K,V)=\\mathrm{Concat}(\\mathrm{head}_1,\\ldots,\\mathrm{head}_h)W^O  ⇒  O = Z_concat·W_O
      \\text{head}_i = \\text{Attention}(QW_i^Q, KW_i^K, VW_i^V)  ⇒  Z = (e^((Q·W_Q)·((W_K)ᵀ·Kᵀ) / √(dim K·W_K)) / (Σ_j e^((Q·W_Q)·((W_K)ᵀ·Kᵀ) / √(dim K·W_K))))·(V·W_V)
      Q = X W_Q  ⇒  Q = X·W_Q
      Q = XW_Q  ⇒  Q = X·W_Q
      K = XW^K  ⇒  K = X·W_K
      V = X @ W_v  ⇒  V = X·W_V
      q_i = W_Q x_i  ⇒  Q = X·(W_Q)ᵀ
      q = Wx  ⇒  Q = W·x
      s = q·k/√d_k  ⇒  S = Q·Kᵀ / √d_k
      s = q^T k / sqrt(d_k)  ⇒  S = (K·Qᵀ / √d_k)ᵀ
      α_{ij} = exp(s_{ij}) / Σ_l exp(s_{il})  ⇒  A = e^S / (Σ_j e^S)
      a_{ij} = \\frac{e^{s_{ij}}}{\\sum_{k=1}^n e^{s_{ik}}}  ⇒  A = e^S / (Σ_j e^S)
      \\alpha_j = \\frac{\\exp(q\\cdot k_j/\\sqrt{d_k})}{\\sum_l \\exp(q\\cdot k_l/\\sqrt{d_k})}  ⇒  A = e^(Q·Kᵀ / √d_k) / (Σ_j e^(Q·Kᵀ / √d_k))
      z = \\sum_{j=1}^{n} \\alpha_j v_j  ⇒  Z = A·V
      z = Σ_j a_j v_j  ⇒  Z = A·V
      o_i = \\sum_j \\alpha_{ij} v_j  ⇒  O = A·V
      dV = A^T dZ  ⇒  ∂L/∂V = Aᵀ·∂L/∂Z
      dA = dZ V^T  ⇒  ∂L/∂A = ∂L/∂Z·Vᵀ
      dS = A ∘ (dA − rowsum(dA ∘ A))  ⇒  ∂L/∂S = A∘(∂L/∂A − Σ_j ∂L/∂A∘A)
      dS = A \\odot (dA - \\text{rowsum}(dA \\odot A))  ⇒  ∂L/∂S = A∘(∂L/∂A − Σ_j ∂L/∂A∘A)
      dS_{ij} = A_{ij}(dA_{ij} - \\sum_l A_{il} dA_{il})  ⇒  ∂L/∂S = A∘(∂L/∂A − Σ_j A∘∂L/∂A)
      dQ = dS K / √d_k  ⇒  ∂L/∂Q = ∂L/∂S·K / √d_k
      \\frac{\\partial L}{\\partial K} = \\frac{1}{\\sqrt{d_k}} \\left(\\frac{\\partial L}{\\partial S}\\right)^{\\top} Q  ⇒  ∂L/∂K = ((1 / √d_k)∘(∂L/∂S)ᵀ)·Q
      dX = dQ W_Q^T + dK W_K^T + dV W_V^T  ⇒  ∂L/∂X = ∂L/∂Q·(W_Q)ᵀ + ∂L/∂K·(W_K)ᵀ + ∂L/∂V·(W_V)ᵀ
      \\frac{\\partial L}{\\partial W_Q} = X^\\top \\frac{\\partial L}{\\partial Q}  ⇒  ∂L/∂W_Q = Xᵀ·∂L/∂Q
      \\nabla_{W} L = (\\nabla_Q L) x^T  ⇒  ∂L/∂W = ∂L/∂Q·xᵀ
      d_k = d_model / h  ⇒  d_k = d_model / h
      d_k = \\frac{d_{\\text{model}}}{h}  ⇒  d_k = d_model / h
      params_attention = 4 d_model²  ⇒  P_attn = 4·(d_model)²
      params_attention = 4·d_{model}^2  ⇒  P_attn = 4·(d_model)²
      params_ffn = 2·d_model·d_ff  ⇒  P_ffn = 2·d_model·d_ff
      FFN(x) = max(0, xW_1 + b_1)W_2 + b_2  ⇒  FFN = relu(X·W_1 + b_1)·W_2 + b_2
      \\mathrm{LN}(x) = \\gamma \\odot \\frac{x-\\mu}{\\sqrt{\\sigma^2+\\epsilon}} + \\beta  ⇒  LN = γ∘((Y − μ) / √(σ² + ε)) + β
      LayerNorm(x) = γ (x − μ)/√(σ² + ε) + β  ⇒  LN = γ∘(Y − μ) / √(σ² + ε) + β
      \\mu = \\frac{1}{d}\\sum_{i=1}^{d} x_i  ⇒  μ = (1 / (dim Y))·(Σ_j Y)
      σ² = 1/d Σ_i (x_i − μ)²  ⇒  σ² = (1 / (dim Y))·(Σ_j (Y − μ)²)
      \\mu_i = \\frac1d \\sum_j x_{ij}  ⇒  μ = (1 / (dim Y))·(Σ_j Y)
      Y = LayerNorm(X + Z)  ⇒  Y = (X + Z − (1/c)·Σ_j (X + Z)) / √((1/c)·Σ_j (X + Z − (1/c)·Σ_j (X + Z))² + ε)
      LN = LayerNorm(X + Z)  ⇒  LN = (X + Z − (1/c)·Σ_j (X + Z)) / √((1/c)·Σ_j (X + Z − (1/c)·Σ_j (X + Z))² + ε)
      S = Q @ K.T / np.sqrt(d_k)  ⇒  S = Q·Kᵀ / √d_k
      A = torch.softmax(S, dim=-1)  ⇒  A = e^S / (Σ_j e^S)
      Z = A @ V  ⇒  Z = A·V
      A = softmax(S, axis=0)  ⇒  A = e^S / (Σ_i e^S)
      S = torch.matmul(Q, K.transpose(-2, -1)) / math.sqrt(d_k)  ⇒  S = Q·Kᵀ / √d_k
      Z = torch.cat([Z1, Z2], dim=-1) @ W_O  ⇒  Z = [Z⁽¹⁾ ‖ Z⁽²⁾]·W_O
      O = Concat(head_1, …, head_h) W_O  ⇒  O = Z_concat·W_O
      O = [Z1; Z2] W_O  ⇒  O = [Z⁽¹⁾ ‖ Z⁽²⁾]·W_O
      A = softmax(QK^T/√d_k + M)  ⇒  A = e^(Q·Kᵀ / √d_k + M) / (Σ_j e^(Q·Kᵀ / √d_k + M))
      \\tilde{S} = S + M  ⇒  S̃ = S + M
      S_masked = S + M  ⇒  S̃ = S + M
      s_{12} = q_1 k_2^T / √d_k  ⇒  S = Q·Kᵀ / √d_k
      S_{ij} = \\frac{\\langle q_i, k_j\\rangle}{\\sqrt{d_k}}  ⇒  S = Q·Kᵀ / √d_k
      S = K^T Q  ⇒  S = Kᵀ·Q
      Z = V softmax(K^T Q/√d_k)  ⇒  Z = V·(e^(Kᵀ·Q / √d_k) / (Σ_j e^(Kᵀ·Q / √d_k)))
      softmax(z)_i = e^{z_i}/\\sum_j e^{z_j}  ⇒  A = e^S / (Σ_j e^S)
      W_Q' = W_Q - η dW_Q  ⇒  W_Q′ = W_Q − η·∂L/∂W_Q
      L = \\frac12 \\|Z - T\\|^2  ⇒  L = (1 / 2)·(√(Σ (Z − T)²))²
      s_{ij}=\\sum_{m} q_{im}k_{jm}/\\sqrt{d_k}  ⇒  S = Q·Kᵀ / √d_k
      Z_i = softmax(Q_i K_i^T/√d_k) V_i  ⇒  Z = (e^(Q·Kᵀ / √d_k) / (Σ_j e^(Q·Kᵀ / √d_k)))·V
      A_{ij} = softmax_j(S_{ij})  ⇒  A = e^S / (Σ_j e^S)
      dA_{ij} = \\sum_k dZ_{ik} V_{jk}  ⇒  ∂L/∂A = ∂L/∂Z·Vᵀ
      ∂L/∂V_j = Σ_i A_{ij} ∂L/∂Z_i  ⇒  ∂L/∂V = Aᵀ·∂L/∂Z
      S = QK/√d_k  ⇒  S = Q·K / √d_k
      scores = Q @ K.T  ⇒  S = Q·Kᵀ
      dW_V = X^T dV / n  ⇒  ∂L/∂W_V = Xᵀ·∂L/∂V / n
      h = d_model/d_k  ⇒  h = d_model / d_k
      E = exp(S - rowmax(S))  ⇒  E = e^(S − max_j S)
      A = E / rowsum(E)  ⇒  A = E / (Σ_j E)
      A = softmax(S/τ)  ⇒  A = e^(S / τ) / (Σ_j e^(S / τ))
      GELU(x) = 0.5 x (1 + erf(x/√2))  ⇒  U_act = 0.5·U·(1 + erf(U / √2))
      d_k = Q.shape[-1]  ⇒  d_k = dim Q
      W_Q ← W_Q − η dW_Q  ⇒  W_Q′ = W_Q − η·∂L/∂W_Q
      attn_weights = softmax(scores)  ⇒  A = e^S / (Σ_j e^S)
      scores = Q @ K.T / sqrt(d_k)  ⇒  S = Q·Kᵀ / √d_k
      dS = A * (dA - (dA * A).sum(-1))  ⇒  ∂L/∂S = A·(∂L/∂A − Σ_j ∂L/∂A·A)
      s = \\frac{q^\\top k}{\\sqrt{d}}  ⇒  S = (K·Qᵀ / √d_k)ᵀ
      \\mathbf{S} = \\frac{\\mathbf{Q}\\mathbf{K}^\\top}{\\sqrt{d_k}}  ⇒  S = Q·Kᵀ / √d_k
      \\boldsymbol{\\alpha}_{ij} = \\frac{\\exp(s_{ij})}{\\sum_{l}\\exp(s_{il})}  ⇒  A = e^S / (Σ_j e^S)
      S^\\top = K Q^\\top / \\sqrt{d_k}  ⇒  S = (K·Qᵀ / √d_k)ᵀ
      """;

  static Stream<Arguments> written() {
    return WRITTEN
        .lines()
        .map(line -> line.split("  ⇒  "))
        .map(halves -> Arguments.of(halves[0], halves[1]));
  }

  private static Optional<Parsed> parsed(String text) {
    return FormulaParser.formula(text, 0, text.length());
  }

  private static List<String> readings(String text) {
    return parsed(text).orElseThrow().sides().getFirst().readings().stream()
        .map(Equation::text)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("written")
  void becomesATerm(String text, String term) {
    assertThat(readings(text).getFirst()).isEqualTo(term);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X = 3",
        "Z = V",
        "Q = K = V = X",
        "so we get A = b",
        "c = a b",
        "W = g x^T",
        "dW = g x^\\top",
        "",
        "=",
        "Z =",
        "= A V",
        "Z = A V V)",
        "the output is Z = AV as said",
        "Z = 3·2",
        "注意力 = softmax(S)",
        "s = 2·1+1·3"
      })
  void isNoFormula(String text) {
    assertThat(parsed(text)).isEmpty();
  }

  @Test
  void readsEveryLinkOfAChain() {
    String text = "see Z = AV = softmax(S)V = [1, 2].";
    Parsed parsed = FormulaParser.formula(text, 4, text.length()).orElseThrow();
    assertThat(parsed.quantity()).isEqualTo(Quantities.Z);
    assertThat(parsed.sides()).hasSize(2);
    FormulaParser.Side second = parsed.sides().getLast();
    assertThat(text.substring(second.from(), second.to()).strip()).isEqualTo("softmax(S)V");
  }

  @Test
  void takesLettersThatTheNoteBinds() {
    String text = "dW = g x^T";
    Parsed parsed =
        FormulaParser.formula(
                text,
                0,
                text.length(),
                name -> name.equals("g") ? Optional.of(Quantities.D_Q) : Optional.empty())
            .orElseThrow();
    assertThat(parsed.sides().getFirst().readings().getFirst().text())
        .isEqualTo("∂L/∂W = ∂L/∂Q·xᵀ");
  }

  @Test
  void keepsWhatAFormulaLeavesOpen() {
    assertThat(readings("o_i = Σ_j α_{ij} v_j")).containsExactly("O = A·V", "Z = A·V");
    assertThat(readings("dS = A * dA")).contains("∂L/∂S = A·∂L/∂A", "∂L/∂S = A∘∂L/∂A");
    assertThat(readings("S = QK^T/√d")).contains("S = Q·Kᵀ / √d_k", "S = Q·Kᵀ / √d_model");
  }

  @Test
  void endsForAnyText() {
    Random random = new Random(7);
    List<String> lines = WRITTEN.lines().map(l -> l.split("  ⇒  ")[0]).toList();
    for (int k = 0; k < 4_000; k++) {
      StringBuilder text = new StringBuilder(lines.get(random.nextInt(lines.size())));
      for (int n = random.nextInt(4); n >= 0; n--) {
        String other = lines.get(random.nextInt(lines.size()));
        int at = random.nextInt(text.length() + 1);
        int from = random.nextInt(other.length());
        int to = from + random.nextInt(other.length() - from + 1);
        switch (random.nextInt(3)) {
          case 0 -> text.insert(at, other, from, to);
          case 1 -> text.delete(at, Math.min(text.length(), at + to - from));
          default -> text.insert(at, "()[]{}_^=|‖∑√\\\n中½".charAt(random.nextInt(17)));
        }
      }
      parsed(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{", "√", "-", "Q^", "Q_", "softmax(", "\\frac{", "∑_j ", "‖"})
  void refusesWhatIsTooDeepOrTooLong(String part) {
    for (int times : new int[] {30, 100, 300, 100_000}) {
      String formula = "Z = " + part.repeat(times) + "Q";
      assertThat(ProcessorTime.of(() -> assertThat(parsed(formula)).isNotNull()))
          .isLessThan(Duration.ofSeconds(2));
    }
  }
}
