package dev.qkv.sheet;

import static dev.qkv.sheet.Axis.CASE;
import static dev.qkv.sheet.Axis.HEAD_DIM;
import static dev.qkv.sheet.Axis.KEY;
import static dev.qkv.sheet.Axis.MODEL_DIM;
import static dev.qkv.sheet.Axis.ONE;
import static dev.qkv.sheet.Axis.QUERY;
import static dev.qkv.sheet.Axis.VALUE_DIM;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every quantity that the sheet knows, in the order in which the paper meets them. */
public final class Quantities {
  private static final List<Quantity> ALL = new ArrayList<>();

  /** The layer's input. */
  public static final Quantity X = add("X", "X", "X", QUERY, MODEL_DIM);

  /** Projection to queries. */
  public static final Quantity W_Q = add("W_Q", "W_Q", "W_Q", MODEL_DIM, HEAD_DIM);

  /** Projection to keys. */
  public static final Quantity W_K = add("W_K", "W_K", "W_K", MODEL_DIM, HEAD_DIM);

  /** Projection to values. */
  public static final Quantity W_V = add("W_V", "W_V", "W_V", MODEL_DIM, VALUE_DIM);

  /** Projection of the joined heads. */
  public static final Quantity W_O = add("W_O", "W_O", "W_O", VALUE_DIM, MODEL_DIM);

  /** Queries. */
  public static final Quantity Q = add("Q", "Q", "Q", QUERY, HEAD_DIM);

  /** Keys. */
  public static final Quantity K = add("K", "K", "K", KEY, HEAD_DIM);

  /** Values. */
  public static final Quantity V = add("V", "V", "V", KEY, VALUE_DIM);

  /** Width of the layer. */
  public static final Quantity D_MODEL = add("d_model", "d_model", "d_{\\text{model}}", ONE, ONE);

  /** Number of heads. */
  public static final Quantity HEADS = add("h", "h", "h", ONE, ONE);

  /** Width of queries and keys in a head. */
  public static final Quantity D_K = add("d_k", "d_k", "d_k", ONE, CASE);

  /** Divisor of the scores. */
  public static final Quantity ROOT_D_K = add("sqrt_dk", "√d_k", "\\sqrt{d_k}", ONE, CASE);

  /** Factor on the scores, where a worksheet sets its own. */
  public static final Quantity SCALE = add("scale", "c", "c", ONE, ONE);

  /** Inner products of queries and keys. */
  public static final Quantity DOT = add("dot", "QKᵀ", "QK^{\\top}", QUERY, KEY);

  /** Scaled scores. */
  public static final Quantity S = add("S", "S", "S", QUERY, KEY);

  /** The additive mask. */
  public static final Quantity MASK = add("mask", "M", "M", QUERY, KEY);

  /** Scores after the mask. */
  public static final Quantity MASKED = add("S_masked", "S̃", "\\tilde S", QUERY, KEY);

  /** Largest score of a row. */
  public static final Quantity ROW_MAX = add("row_max", "m", "m", QUERY, ONE);

  /** Exponentials of the scores less the row's largest. */
  public static final Quantity EXPONENTIALS = add("E", "E", "E", QUERY, KEY);

  /** Row sums of the exponentials. */
  public static final Quantity ROW_SUM = add("row_sum", "ℓ", "\\ell", QUERY, ONE);

  /** Attention weights. */
  public static final Quantity A = add("A", "A", "A", QUERY, KEY);

  /** Output of attention. */
  public static final Quantity Z = add("Z", "Z", "Z", QUERY, VALUE_DIM);

  /** The heads' outputs side by side. */
  public static final Quantity CONCAT =
      add("Z_concat", "Z_concat", "Z_{\\text{concat}}", QUERY, VALUE_DIM);

  /** Output after W_O. */
  public static final Quantity O = add("O", "O", "O", QUERY, MODEL_DIM);

  /** Residual sum. */
  public static final Quantity Y = add("Y", "Y", "Y", QUERY, MODEL_DIM);

  /** Row means of the residual sum. */
  public static final Quantity MEAN = add("mean", "μ", "\\mu", QUERY, ONE);

  /** Residual sum less its row mean. */
  public static final Quantity CENTERED = add("centered", "Y−μ", "Y-\\mu", QUERY, MODEL_DIM);

  /** Biased row variances. */
  public static final Quantity VARIANCE = add("var", "σ²", "\\sigma^2", QUERY, ONE);

  /** LayerNorm's ε. */
  public static final Quantity EPSILON = add("eps", "ε", "\\varepsilon", ONE, ONE);

  /** √(variance + ε). */
  public static final Quantity DEVIATION =
      add("std", "√(σ²+ε)", "\\sqrt{\\sigma^2+\\varepsilon}", QUERY, ONE);

  /** LayerNorm's gain. */
  public static final Quantity GAMMA = add("gamma", "γ", "\\gamma", ONE, MODEL_DIM);

  /** LayerNorm's shift. */
  public static final Quantity BETA = add("beta", "β", "\\beta", ONE, MODEL_DIM);

  /** Rows of mean 0 and variance 1, before gain and shift. */
  public static final Quantity NORMALISED = add("N", "N", "N", QUERY, MODEL_DIM);

  /** The layer's output. */
  public static final Quantity LAYER_NORM =
      add("LN", "LN", "\\operatorname{LN}(Y)", QUERY, MODEL_DIM);

  /** A column input to a bare projection. */
  public static final Quantity INPUT = add("x", "x", "x", MODEL_DIM, ONE);

  /** The weights of a bare projection q = Wx. */
  public static final Quantity W = add("W", "W", "W", HEAD_DIM, MODEL_DIM);

  /** Variance of a dot product of d_k products of independent standard entries. */
  public static final Quantity DOT_VARIANCE =
      add("var_dot", "Var(q·k)", "\\operatorname{Var}(q\\cdot k)", ONE, CASE);

  /** Seed of the sampled quantities. */
  public static final Quantity SEED = add("seed", "seed", "\\text{seed}", ONE, ONE);

  /** Number of keys in the sampled quantities. */
  public static final Quantity KEYS = add("n", "n", "n", ONE, ONE);

  /** Sampled norm of the softmax Jacobian of unscaled scores. */
  public static final Quantity JACOBIAN =
      add("jacobian_norm", "E‖J(QKᵀ)‖", "\\mathbb E\\lVert J(QK^{\\top})\\rVert_F", ONE, CASE);

  /** Sampled norm of the softmax Jacobian of scaled scores. */
  public static final Quantity JACOBIAN_SCALED =
      add(
          "jacobian_norm_scaled",
          "E‖J(QKᵀ/√d_k)‖",
          "\\mathbb E\\lVert J(QK^{\\top}/\\sqrt{d_k})\\rVert_F",
          ONE,
          CASE);

  /** ∂L/∂O. */
  public static final Quantity D_O = gradient(O);

  /** ∂L/∂W_O. */
  public static final Quantity D_W_O = gradient(W_O);

  /** ∂L/∂Z_concat. */
  public static final Quantity D_CONCAT = gradient(CONCAT);

  /** ∂L/∂Z. */
  public static final Quantity D_Z = gradient(Z);

  /** ∂L/∂V. */
  public static final Quantity D_V = gradient(V);

  /** ∂L/∂A. */
  public static final Quantity D_A = gradient(A);

  /** Row sums of A ∘ ∂L/∂A. */
  public static final Quantity ROW_DOT = add("row_dot", "r", "r", QUERY, ONE);

  /** ∂L/∂S. */
  public static final Quantity D_S = gradient(S);

  /** ∂L/∂Q. */
  public static final Quantity D_Q = gradient(Q);

  /** ∂L/∂K. */
  public static final Quantity D_K_GRADIENT = gradient(K);

  /** ∂L/∂W_Q. */
  public static final Quantity D_W_Q = gradient(W_Q);

  /** ∂L/∂W_K. */
  public static final Quantity D_W_K = gradient(W_K);

  /** ∂L/∂W_V. */
  public static final Quantity D_W_V = gradient(W_V);

  /** ∂L/∂X through attention. */
  public static final Quantity D_X = gradient(X);

  /** ∂L/∂W of a bare projection. */
  public static final Quantity D_W = gradient(W);

  /** ∂L/∂x of a bare projection. */
  public static final Quantity D_INPUT = gradient(INPUT);

  /** What the layer's output should be. */
  public static final Quantity TARGET = add("target", "T", "T", QUERY, MODEL_DIM);

  /** The loss: half the sum of the squares of output less target. */
  public static final Quantity LOSS = add("L", "L", "L", ONE, ONE);

  /** The learning rate of a step of gradient descent. */
  public static final Quantity RATE = add("eta", "η", "\\eta", ONE, ONE);

  /** W_Q after the step. */
  public static final Quantity NEW_W_Q = after(W_Q);

  /** W_K after the step. */
  public static final Quantity NEW_W_K = after(W_K);

  /** W_V after the step. */
  public static final Quantity NEW_W_V = after(W_V);

  /** W_O after the step. */
  public static final Quantity NEW_W_O = after(W_O);

  private static final Pattern HEAD =
      Pattern.compile("(d?(?:Q|K|V|S|A|Z|E|dot|S_masked|row_max|row_sum|row_dot))([1-9]\\d?)");

  private Quantities() {}

  private static Quantity add(String name, String symbol, String tex, Axis rows, Axis columns) {
    Quantity quantity = new Quantity(name, name, symbol, tex, rows, columns);
    ALL.add(quantity);
    return quantity;
  }

  private static Quantity gradient(Quantity of) {
    return add(
        "d" + of.name(),
        "∂L/∂" + of.symbol(),
        "\\partial L/\\partial " + of.tex(),
        of.rows(),
        of.columns());
  }

  private static Quantity after(Quantity of) {
    return add(of.name() + "_new", of.symbol() + "′", of.tex() + "'", of.rows(), of.columns());
  }

  /**
   * All of them.
   *
   * @return in the paper's order
   */
  public static List<Quantity> all() {
    return List.copyOf(ALL);
  }

  /**
   * A quantity by its name, with or without a head number.
   *
   * @param name as in {@code d_k} or {@code Z2}
   * @return the quantity, or nothing for a name that the sheet does not know
   */
  public static Optional<Quantity> named(String name) {
    for (Quantity quantity : ALL) {
      if (quantity.name().equals(name)) {
        return Optional.of(quantity);
      }
    }
    Matcher head = HEAD.matcher(name);
    return head.matches()
        ? named(head.group(1)).map(q -> q.head(Integer.parseInt(head.group(2))))
        : Optional.empty();
  }
}
