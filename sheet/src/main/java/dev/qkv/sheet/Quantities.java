package dev.qkv.sheet;

import static dev.qkv.sheet.term.Axis.CASE;
import static dev.qkv.sheet.term.Axis.FEED_FORWARD_DIM;
import static dev.qkv.sheet.term.Axis.HEAD_DIM;
import static dev.qkv.sheet.term.Axis.KEY;
import static dev.qkv.sheet.term.Axis.MODEL_DIM;
import static dev.qkv.sheet.term.Axis.ONE;
import static dev.qkv.sheet.term.Axis.QUERY;
import static dev.qkv.sheet.term.Axis.VALUE_DIM;

import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every quantity that the sheet knows, in the order in which the paper meets them. */
public final class Quantities {
  private static final Map<String, Quantity> ALL = new LinkedHashMap<>();
  private static final Set<String> OF_HEADS = new HashSet<>();

  /** The layer's input. */
  public static final Quantity X = add("X", QUERY, MODEL_DIM);

  /** What a decoder attends to: the encoder's output. */
  public static final Quantity MEMORY = add("X_enc", KEY, MODEL_DIM);

  /** Projection to queries. */
  public static final Quantity W_Q = ofHead("W_Q", MODEL_DIM, HEAD_DIM);

  /** Projection to keys. */
  public static final Quantity W_K = ofHead("W_K", MODEL_DIM, HEAD_DIM);

  /** Projection to values. */
  public static final Quantity W_V = ofHead("W_V", MODEL_DIM, VALUE_DIM);

  /** Projection of the joined heads. */
  public static final Quantity W_O = add("W_O", VALUE_DIM, MODEL_DIM);

  /** Queries. */
  public static final Quantity Q = ofHead("Q", QUERY, HEAD_DIM);

  /** Keys. */
  public static final Quantity K = ofHead("K", KEY, HEAD_DIM);

  /** Values. */
  public static final Quantity V = ofHead("V", KEY, VALUE_DIM);

  /** Width of the layer. */
  public static final Quantity D_MODEL = add("d_model", ONE, ONE);

  /** Number of heads. */
  public static final Quantity HEADS = add("h", ONE, ONE);

  /** Number of heads of keys and values, where queries share them. */
  public static final Quantity KEY_HEADS = add("h_kv", ONE, ONE);

  /** Width of queries and keys in a head. */
  public static final Quantity D_K = add("d_k", ONE, CASE);

  /** Divisor of the scores. */
  public static final Quantity ROOT_D_K =
      add(
          "sqrt_dk",
          new Symbol("√d_k", "\\sqrt{d_k}", "<msqrt><msub><mi>d</mi><mi>k</mi></msub></msqrt>"),
          ONE,
          CASE);

  /** Factor on the scores, where a worksheet sets its own. */
  public static final Quantity SCALE = add("scale", Symbol.of("c"), ONE, ONE);

  /** Number of tokens. */
  public static final Quantity TOKENS = add("n", ONE, ONE);

  /** Base of the wavelengths of positions. */
  public static final Quantity BASE = add("base", Symbol.of("b"), ONE, ONE);

  /** Positions of the tokens, from 0. */
  public static final Quantity POSITION = add("pos", Symbol.of("p"), QUERY, ONE);

  /** Angle from one position to the next, a pair of columns each. */
  public static final Quantity FREQUENCY =
      add("theta", Symbol.letter("θ", "\\theta"), ONE, MODEL_DIM);

  /** Position times frequency. */
  public static final Quantity ANGLE =
      add("angle", Symbol.letter("φ", "\\varphi"), QUERY, MODEL_DIM);

  /** Sines and cosines of the angles. */
  public static final Quantity ENCODING = add("PE", QUERY, MODEL_DIM);

  /** Input with positions added. */
  public static final Quantity X_POSITION = add("X_pos", QUERY, MODEL_DIM);

  /** Queries turned by their angles. */
  public static final Quantity Q_TURNED = ofHead("Q_rot", QUERY, HEAD_DIM);

  /** Keys turned by their angles. */
  public static final Quantity K_TURNED = ofHead("K_rot", KEY, HEAD_DIM);

  /** Inner products of queries and keys. */
  public static final Quantity DOT =
      ofHead(
          "dot",
          new Symbol(
              "QKᵀ", "QK^{\\top}", "<mrow><mi>Q</mi><msup><mi>K</mi><mo>⊤</mo></msup></mrow>"),
          QUERY,
          KEY);

  /** Scaled scores. */
  public static final Quantity S = ofHead("S", QUERY, KEY);

  /** Bound of the scores. */
  public static final Quantity CAP = add("cap", ONE, ONE);

  /** Scores held below the bound. */
  public static final Quantity CAPPED = ofHead("S_cap", QUERY, KEY);

  /** Slope of ALiBi. */
  public static final Quantity SLOPE = ofHead("slope", Symbol.letter("λ", "\\lambda"), ONE, ONE);

  /** Scores with ALiBi's bias. */
  public static final Quantity BIASED = ofHead("S_bias", QUERY, KEY);

  /** Temperature of the softmax. */
  public static final Quantity TEMPERATURE = add("tau", Symbol.letter("τ", "\\tau"), ONE, ONE);

  /** Scores over the temperature. */
  public static final Quantity TEMPERED = ofHead("S_tau", QUERY, KEY);

  /** The additive mask. */
  public static final Quantity MASK = add("mask", Symbol.of("M"), QUERY, KEY);

  /** Scores after the mask. */
  public static final Quantity MASKED =
      ofHead(
          "S_masked",
          new Symbol("S̃", "\\tilde S", "<mover><mi>S</mi><mo>~</mo></mover>"),
          QUERY,
          KEY);

  /** Largest score of a row. */
  public static final Quantity ROW_MAX = ofHead("row_max", Symbol.of("m"), QUERY, ONE);

  /** Exponentials of the scores less the row's largest. */
  public static final Quantity EXPONENTIALS = ofHead("E", QUERY, KEY);

  /** A learned score that takes weight and has no value. */
  public static final Quantity SINK = ofHead("sink", ONE, ONE);

  /** Row sums of the exponentials. */
  public static final Quantity ROW_SUM = ofHead("row_sum", Symbol.letter("ℓ", "\\ell"), QUERY, ONE);

  /** Attention weights. */
  public static final Quantity A = ofHead("A", QUERY, KEY);

  /** Output of attention. */
  public static final Quantity Z = ofHead("Z", QUERY, VALUE_DIM);

  /** The heads' outputs side by side. */
  public static final Quantity CONCAT = add("Z_concat", QUERY, VALUE_DIM);

  /** Output after W_O. */
  public static final Quantity O = add("O", QUERY, MODEL_DIM);

  /** Residual sum. */
  public static final Quantity Y = add("Y", QUERY, MODEL_DIM);

  /** Row means of the residual sum. */
  public static final Quantity MEAN = add("mean", Symbol.letter("μ", "\\mu"), QUERY, ONE);

  /** Residual sum less its row mean. */
  public static final Quantity CENTERED =
      add(
          "centered",
          new Symbol("Y−μ", "Y-\\mu", "<mrow><mi>Y</mi><mo>−</mo><mi>μ</mi></mrow>"),
          QUERY,
          MODEL_DIM);

  /** Biased row variances. */
  public static final Quantity VARIANCE =
      add("var", new Symbol("σ²", "\\sigma^2", "<msup><mi>σ</mi><mn>2</mn></msup>"), QUERY, ONE);

  /** LayerNorm's ε. */
  public static final Quantity EPSILON = add("eps", Symbol.letter("ε", "\\varepsilon"), ONE, ONE);

  /** √(variance + ε). */
  public static final Quantity DEVIATION =
      add(
          "std",
          new Symbol(
              "√(σ²+ε)",
              "\\sqrt{\\sigma^2+\\varepsilon}",
              "<msqrt><msup><mi>σ</mi><mn>2</mn></msup><mo>+</mo><mi>ε</mi></msqrt>"),
          QUERY,
          ONE);

  /** Row means of the squares. */
  public static final Quantity MEAN_SQUARE = add("mean_square", Symbol.of("MS"), QUERY, ONE);

  /** √(mean square + ε). */
  public static final Quantity RMS = add("rms", QUERY, ONE);

  /** LayerNorm's gain. */
  public static final Quantity GAMMA = add("gamma", Symbol.letter("γ", "\\gamma"), ONE, MODEL_DIM);

  /** LayerNorm's shift. */
  public static final Quantity BETA = add("beta", Symbol.letter("β", "\\beta"), ONE, MODEL_DIM);

  /** Rows normalised, before gain and shift. */
  public static final Quantity NORMALISED = add("N", QUERY, MODEL_DIM);

  /** The normalised residual sum. */
  public static final Quantity LAYER_NORM =
      add(
          "LN",
          new Symbol(
              "LN",
              "\\operatorname{LN}(Y)",
              "<mrow><mi>LN</mi><mo>(</mo><mi>Y</mi><mo>)</mo></mrow>"),
          QUERY,
          MODEL_DIM);

  /** Rows of root mean square 1, with their gain. */
  public static final Quantity RMS_NORM =
      add(
          "RMSNorm",
          new Symbol(
              "RMSNorm",
              "\\operatorname{RMSNorm}(Y)",
              "<mrow><mi>RMSNorm</mi><mo>(</mo><mi>Y</mi><mo>)</mo></mrow>"),
          QUERY,
          MODEL_DIM);

  /** Width between the two halves of the feed-forward layer. */
  public static final Quantity D_FF = add("d_ff", ONE, ONE);

  /** First weights of the feed-forward layer. */
  public static final Quantity W_1 = add("W_1", MODEL_DIM, FEED_FORWARD_DIM);

  /** First bias of the feed-forward layer. */
  public static final Quantity B_1 = add("b_1", ONE, FEED_FORWARD_DIM);

  /** The feed-forward layer before its activation. */
  public static final Quantity HIDDEN = add("U", QUERY, FEED_FORWARD_DIM);

  /** The feed-forward layer after its activation. */
  public static final Quantity ACTIVATED = add("U_act", QUERY, FEED_FORWARD_DIM);

  /** Second weights of the feed-forward layer. */
  public static final Quantity W_2 = add("W_2", FEED_FORWARD_DIM, MODEL_DIM);

  /** Second bias of the feed-forward layer. */
  public static final Quantity B_2 = add("b_2", ONE, MODEL_DIM);

  /** Output of the feed-forward layer. */
  public static final Quantity FEED_FORWARD = add("FFN", QUERY, MODEL_DIM);

  /** What the second norm's quantities are called. */
  private static final String SECOND = "_2";

  /** Second residual sum. */
  public static final Quantity SECOND_Y = second(Y);

  /** Gain of the second norm. */
  public static final Quantity SECOND_GAMMA = second(GAMMA);

  /** Shift of the second norm. */
  public static final Quantity SECOND_BETA = second(BETA);

  /** The encoder block's output. */
  public static final Quantity SECOND_LAYER_NORM = second(LAYER_NORM);

  /** The encoder block's output with RMSNorm. */
  public static final Quantity SECOND_RMS_NORM = second(RMS_NORM);

  static {
    add(
        CENTERED.concept() + SECOND,
        new Symbol(
            "Y′−μ′", "Y'-\\mu'", "<mrow><mi>Y</mi><mo>′</mo><mo>−</mo><mi>μ</mi><mo>′</mo></mrow>"),
        QUERY,
        MODEL_DIM);
    add(
        VARIANCE.concept() + SECOND,
        new Symbol("σ′²", "\\sigma'^{2}", "<msup><mi>σ′</mi><mn>2</mn></msup>"),
        QUERY,
        ONE);
    add(
        DEVIATION.concept() + SECOND,
        new Symbol(
            "√(σ′²+ε′)",
            "\\sqrt{\\sigma'^{2}+\\varepsilon'}",
            "<msqrt><msup><mi>σ′</mi><mn>2</mn></msup><mo>+</mo><mi>ε′</mi></msqrt>"),
        QUERY,
        ONE);
    List.of(MEAN, EPSILON, MEAN_SQUARE, RMS, NORMALISED).forEach(Quantities::second);
  }

  /** The class that each row should have, from 1. */
  public static final Quantity LABEL = add("label", Symbol.of("y"), QUERY, ONE);

  /** Cross entropy of each row. */
  public static final Quantity CROSS_ENTROPY = add("CE", QUERY, ONE);

  /** A column input to a bare projection. */
  public static final Quantity INPUT = add("x", MODEL_DIM, ONE);

  /** The weights of a bare projection q = Wx. */
  public static final Quantity W = add("W", HEAD_DIM, MODEL_DIM);

  /** Variance of a dot product of d_k products of independent standard entries. */
  public static final Quantity DOT_VARIANCE =
      add(
          "var_dot",
          new Symbol(
              "Var(q·k)",
              "\\operatorname{Var}(q\\cdot k)",
              "<mrow><mi>Var</mi><mo>(</mo><mi>q</mi><mo>·</mo><mi>k</mi><mo>)</mo></mrow>"),
          ONE,
          CASE);

  /** Seed of the sampled quantities. */
  public static final Quantity SEED = add("seed", ONE, ONE);

  /** Sampled norm of the softmax Jacobian of unscaled scores. */
  public static final Quantity JACOBIAN =
      add(
          "jacobian_norm",
          new Symbol(
              "E‖J(QKᵀ)‖", "\\mathbb E\\lVert J(QK^{\\top})\\rVert_F", "<mtext>E‖J(QKᵀ)‖</mtext>"),
          ONE,
          CASE);

  /** Sampled norm of the softmax Jacobian of scaled scores. */
  public static final Quantity JACOBIAN_SCALED =
      add(
          "jacobian_norm_scaled",
          new Symbol(
              "E‖J(QKᵀ/√d_k)‖",
              "\\mathbb E\\lVert J(QK^{\\top}/\\sqrt{d_k})\\rVert_F",
              "<mtext>E‖J(QKᵀ/√d_k)‖</mtext>"),
          ONE,
          CASE);

  /** Weights of the projections of attention. */
  public static final Quantity PARAMETERS_ATTENTION = count("params_attention", "P_attn");

  /** Weights of the feed-forward layer. */
  public static final Quantity PARAMETERS_FEED_FORWARD = count("params_ffn", "P_ffn");

  /** Biases of both. */
  public static final Quantity PARAMETERS_BIAS = count("params_bias", "P_bias");

  /** Gains and shifts of both norms. */
  public static final Quantity PARAMETERS_NORM = count("params_norm", "P_norm");

  /** All parameters of a layer. */
  public static final Quantity PARAMETERS = count("params", "P");

  /** Operations of the projections of attention. */
  public static final Quantity FLOPS_PROJECTIONS = count("flops_projections", "F_proj");

  /** Operations of scores and output. */
  public static final Quantity FLOPS_ATTENTION = count("flops_attention", "F_attn");

  /** Operations of the feed-forward layer. */
  public static final Quantity FLOPS_FEED_FORWARD = count("flops_ffn", "F_ffn");

  /** All operations of a layer. */
  public static final Quantity FLOPS = count("flops", "F");

  /** Row sums of A ∘ ∂L/∂A. */
  public static final Quantity ROW_DOT = ofHead("row_dot", Symbol.of("r"), QUERY, ONE);

  /** What the layer's output should be. */
  public static final Quantity TARGET = add("target", Symbol.of("T"), QUERY, MODEL_DIM);

  /** The loss. */
  public static final Quantity LOSS = add("L", ONE, ONE);

  /** The learning rate of a step of gradient descent. */
  public static final Quantity RATE = add("eta", Symbol.letter("η", "\\eta"), ONE, ONE);

  /** W_Q after the step. */
  public static final Quantity NEW_W_Q = after(W_Q);

  /** W_K after the step. */
  public static final Quantity NEW_W_K = after(W_K);

  /** W_V after the step. */
  public static final Quantity NEW_W_V = after(W_V);

  /** W_O after the step. */
  public static final Quantity NEW_W_O = after(W_O);

  /** ∂L/∂O. */
  public static final Quantity D_O = O.gradient();

  /** ∂L/∂W_O. */
  public static final Quantity D_W_O = W_O.gradient();

  /** ∂L/∂Z_concat. */
  public static final Quantity D_CONCAT = CONCAT.gradient();

  /** ∂L/∂Z. */
  public static final Quantity D_Z = Z.gradient();

  /** ∂L/∂V. */
  public static final Quantity D_V = V.gradient();

  /** ∂L/∂A. */
  public static final Quantity D_A = A.gradient();

  /** ∂L/∂S. */
  public static final Quantity D_S = S.gradient();

  /** ∂L/∂Q. */
  public static final Quantity D_Q = Q.gradient();

  /** ∂L/∂K. */
  public static final Quantity D_K_GRADIENT = K.gradient();

  /** ∂L/∂W_Q. */
  public static final Quantity D_W_Q = W_Q.gradient();

  /** ∂L/∂W_K. */
  public static final Quantity D_W_K = W_K.gradient();

  /** ∂L/∂W_V. */
  public static final Quantity D_W_V = W_V.gradient();

  /** ∂L/∂X. */
  public static final Quantity D_X = X.gradient();

  /** ∂L/∂W of a bare projection. */
  public static final Quantity D_W = W.gradient();

  /** ∂L/∂x of a bare projection. */
  public static final Quantity D_INPUT = INPUT.gradient();

  private static final Pattern HEAD = Pattern.compile("(.*\\D)([1-9]\\d?)");

  private Quantities() {}

  private static Quantity add(String name, Symbol symbol, Axis rows, Axis columns) {
    Quantity quantity = Quantity.of(name, symbol, rows, columns);
    ALL.put(name, quantity);
    return quantity;
  }

  private static Quantity add(String name, Axis rows, Axis columns) {
    return add(name, Symbol.of(name), rows, columns);
  }

  private static Quantity ofHead(String name, Symbol symbol, Axis rows, Axis columns) {
    OF_HEADS.add(name);
    return add(name, symbol, rows, columns);
  }

  private static Quantity ofHead(String name, Axis rows, Axis columns) {
    return ofHead(name, Symbol.of(name), rows, columns);
  }

  private static Quantity count(String name, String symbol) {
    return add(name, Symbol.of(symbol), ONE, ONE);
  }

  /** A quantity of the second norm of an encoder block; eps serves both. */
  static Quantity second(Quantity of) {
    Quantity known = ALL.get(of.concept() + SECOND);
    return known == null
        ? add(of.concept() + SECOND, of.sign().prime(), of.rows(), of.columns())
        : known;
  }

  private static Quantity after(Quantity of) {
    return add(of.name() + "_new", of.sign().prime(), of.rows(), of.columns());
  }

  /**
   * All of them; each has a gradient besides.
   *
   * @return in the paper's order
   */
  public static List<Quantity> all() {
    return List.copyOf(ALL.values());
  }

  /**
   * Whether each head has its own.
   *
   * @param quantity any quantity
   * @return true for Q, S, A and the like and for their gradients
   */
  public static boolean isOfHeads(Quantity quantity) {
    return OF_HEADS.contains(quantity.differentiated().orElse(quantity).concept());
  }

  /**
   * A quantity as one head has it.
   *
   * @param quantity a quantity
   * @param head the head, from 1; 0 for none
   * @return that of the head; the quantity itself if heads have none of their own
   */
  public static Quantity inHead(Quantity quantity, int head) {
    return isOfHeads(quantity) && !quantity.isScalar() ? quantity.head(head) : quantity;
  }

  /**
   * The names of all quantities.
   *
   * @return without gradients and without those of single heads
   */
  public static Set<String> names() {
    return Collections.unmodifiableSet(ALL.keySet());
  }

  /**
   * A quantity by its name, with or without a head number; a gradient by a d in front.
   *
   * @param name as in {@code d_k}, {@code Z2} or {@code dW_Q}
   * @return the quantity, or nothing for a name that the sheet does not know
   */
  public static Optional<Quantity> named(String name) {
    Quantity known = ALL.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Matcher head = HEAD.matcher(name);
    if (head.matches()) {
      Optional<Quantity> whole = named(head.group(1)).filter(Quantities::isOfHeads);
      if (whole.isPresent()) {
        return whole.map(q -> q.head(Integer.parseInt(head.group(2))));
      }
    }
    return name.length() > 1 && name.charAt(0) == 'd'
        ? Optional.ofNullable(ALL.get(name.substring(1))).map(Quantity::gradient)
        : Optional.empty();
  }
}
