package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.notation.Token.Kind;
import dev.qkv.sheet.term.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways in which worksheets name quantities, in plain characters and in TeX. */
public final class Names {
  /** Commands that change how a name looks. */
  static final Set<String> WRAPPERS =
      Set.of(
          "\\text",
          "\\textbf",
          "\\textit",
          "\\textrm",
          "\\mathrm",
          "\\mathbf",
          "\\operatorname",
          "\\boldsymbol",
          "\\bm",
          "\\mathsf",
          "\\mathit",
          "\\mathcal",
          "\\mathbb",
          "\\vec",
          "\\rm",
          "\\bf",
          "\\mbox",
          "\\frac",
          "\\dfrac",
          "\\tfrac");

  private static final Set<String> FRACTIONS = Set.of("\\frac", "\\dfrac", "\\tfrac");
  private static final int LONGEST = 60;
  private static final Map<String, Quantity> ALIASES = new HashMap<>();

  /** Products and the like that are a quantity as a whole. */
  private static final Map<String, Quantity> COMPOSITES = new HashMap<>();

  /** Words of code and prose that stand before an index. */
  private static final Map<String, Quantity> WORDS = new HashMap<>();

  static {
    Quantities.all().forEach(q -> ALIASES.put(q.name(), q));
    alias(Quantities.D_K, "dk", "d_K", "d_q", "d_{k}", "head_dim", "d_head", "dim_k", "d_h");
    alias(Quantities.D_MODEL, "dmodel", "d_m", "d_Model", "dim_model", "hidden_size", "d_emb");
    alias(Quantities.HEADS, "H", "heads", "n_heads", "num_heads", "n_h", "nheads", "n_head");
    alias(Quantities.HEADS, "num_head", "nhead");
    alias(Quantities.ROOT_D_K, "√d_k", "√dk", "sqrt(d_k)", "sqrt(dk)", "√(d_k)", "√(dk)");
    alias(Quantities.ROOT_D_K, "np.sqrt(d_k)", "math.sqrt(d_k)", "d_k^0.5", "sqrtd_k");
    alias(
        Quantities.DOT,
        "QKᵀ",
        "Q·Kᵀ",
        "QKT",
        "QK",
        "Q·K",
        "QK'",
        "Q·K'",
        "qK'",
        "q·k",
        "qkᵀ",
        "qk",
        "q·kᵀ",
        "Q@K.T");
    alias(Quantities.DOT, "S_raw");
    alias(Quantities.S, "S_scaled");
    alias(Quantities.S, "logits", "\\hatS");
    alias(Quantities.MASKED, "S'", "~S", "\\tildeS", "S_mask", "Smask", "S_M", "\\tildes");
    alias(Quantities.MASKED, "E_mask", "E_masked", "S_causal", "S_masked", "S_m");
    alias(Quantities.A, "softmax(S)", "P", "softmax(s)", "α", "softmax(QKᵀ/√d_k)", "softmax(QKᵀ)");
    alias(Quantities.A, "softmax(QK^⊤/√d_k)", "attn", "attn_weights", "probs");
    alias(
        Quantities.Z,
        "attn_out",
        "attn_output",
        "attention_out",
        "attention_output",
        "sublayer_out");
    alias(Quantities.A, "softmax", "Softmax", "w");
    alias(Quantities.Z, "context", "Context", "ctx");
    alias(Quantities.Z, "Output", "out", "Attention(Q,K,V)", "attention(Q,K,V)");
    alias(Quantities.Z, "Attn(Q,K,V)", "Att(Q,K,V)", "head", "Head");
    alias(Quantities.CONCAT, "Z_cat", "concat", "Concat", "H_concat", "Zconcat", "Z_concat");
    alias(Quantities.CONCAT, "Concat(head_1,head_2)", "concat(Z_1,Z_2)", "Concat(Z_1,Z_2)");
    alias(Quantities.CONCAT, "[Z^(1)‖Z^(2)]", "[Z_1‖Z_2]", "[Z_1;Z_2]", "[Z1;Z2]", "[Z_1,Z_2]");
    alias(Quantities.O, "Z_final", "Z_out", "Zfinal", "MultiHead", "Z_o", "MHA");
    alias(Quantities.O, "MultiHead(Q,K,V)");
    alias(Quantities.Y, "X+Z", "X+O", "Z+X", "R", "x+z", "residual");
    alias(Quantities.LAYER_NORM, "LN(Y)", "LayerNorm", "LayerNorm(Y)", "LN(X+Z)", "layernorm");
    alias(Quantities.LAYER_NORM, "LayerNorm(X+Z)", "LN(y)", "LayerNorm(y)", "LN(x+z)");
    alias(Quantities.LAYER_NORM, "LayerNorm(x+z)");
    alias(Quantities.NORMALISED, "\\haty", "\\haty_i", "\\hatx", "\\hatY", "\\hatX", "ŷ", "x̂");

    alias(Quantities.MEAN, "μ", "mu", "Mean", "\\bary", "\\barx");
    alias(Quantities.VARIANCE, "σ^2", "σ²", "sigma2", "variance", "Var", "sigma^2");
    alias(Quantities.DEVIATION, "σ", "sigma", "√σ^2", "√(σ^2)", "√(σ^2+ε)");
    alias(Quantities.D_Q, "dq");
    alias(Quantities.D_W, "dw");
    alias(Quantities.D_Z, "dz", "dout", "doutput", "doutputs", "dcontext");
    alias(Quantities.D_S, "ds", "dscores", "dscore", "dlogits");
    alias(Quantities.D_A, "da", "dweights", "dattn", "dprobs", "dα", "dalpha");
    alias(Quantities.Y.gradient(), "dy");
    alias(Quantities.EPSILON, "ε", "epsilon");
    alias(Quantities.GAMMA, "γ");
    alias(Quantities.BETA, "β");
    alias(Quantities.TEMPERATURE, "τ", "temperature", "T");
    alias(Quantities.RATE, "η", "lr");
    alias(Quantities.MASK, "M", "mask", "Mask");
    alias(Quantities.PARAMETERS_ATTENTION, "params(attention)", "params(attn)", "N_attn");
    alias(Quantities.PARAMETERS_FEED_FORWARD, "params(FFN)", "params(ffn)", "N_ffn");
    alias(Quantities.PARAMETERS, "params(total)", "N_total");
    alias(Quantities.D_FF, "dff", "d_f", "d_ffn");
    composite(Quantities.DOT, "qKᵀ", "q·Kᵀ", "Q×Kᵀ", "q@K.T", "Q@Kᵀ", "kᵀq", "qᵀk", "QKᵗ");
    composite(
        Quantities.S,
        "QKᵀ/√d_k",
        "QKᵀ/√(d_k)",
        "QKᵀ√d_k",
        "Q@K.T/sqrt(d_k)",
        "q·k/√d_k",
        "qkᵀ/√d_k",
        "qKᵀ/√d_k");
    composite(Quantities.MASKED, "S+M", "QKᵀ/√d_k+M");
    composite(Quantities.A, "softmax(S_masked)", "softmax(S')", "softmax(QKᵀ√d_k)");
    composite(Quantities.Z, "AV", "A·V", "A@V", "aV", "PV", "P·V", "P@V");
    for (String letter : List.of("Q", "K", "V")) {
      Quantity made = Quantities.named(letter).orElseThrow();
      composite(
          made, "XW_" + letter, "XW" + letter, "XW^" + letter, "X·W_" + letter, "X@W_" + letter);
    }
    composite(Quantities.O, "Z_concatW_O", "Z_concatW^O");
    composite(Quantities.Y, "X+Attention");
    composite(
        Quantities.LAYER_NORM, "(y-μ)/σ", "(Y-μ)/σ", "(x-μ)/σ", "(y-μ)/√(σ^2+ε)", "(Y-μ)/√(σ^2+ε)");
    composite(Quantities.CENTERED, "y-μ", "Y-μ", "x-μ", "(y-μ)");
    alias(Quantities.X, "X_dec", "X_decoder", "X_tgt", "X_q");
    alias(Quantities.MEMORY, "X_encoder", "X_src", "X_kv", "X_mem");
    word(Quantities.Q, "query", "queries", "Query", "Queries");
    word(Quantities.K, "key", "keys", "Key", "Keys");
    word(Quantities.V, "value", "values", "Value", "Values");
    word(Quantities.S, "score", "scores", "Score", "Scores", "logits");
    word(Quantities.A, "weight", "weights", "Weights", "attn", "attention", "prob", "probs");
    word(Quantities.Z, "output", "outputs", "out", "context", "z", "head", "Head", "Output");
    for (Quantity w : List.of(Quantities.W_Q, Quantities.W_K, Quantities.W_V, Quantities.W_O)) {
      String letter = w.name().substring(2);
      String small = letter.toLowerCase(Locale.ROOT);
      alias(w, "W" + letter, "W_" + small, "W" + small, "W^" + letter, "W^" + small);
      alias(w, "w_" + small, "w" + small);
    }
  }

  private static final Pattern GRADIENT =
      Pattern.compile(
          "(?:G\\^(?=[QKVASZXWEYO])|[δΔ]_?(?=[QKVASZXYO])|∂L/?∂|∂Loss/?∂|∂ℒ/?∂|dL/d|dLd|∇_?|grad_|grad(?=[QKVASZXWEYOP])|d(?=[A-Z]))(.+?)(?:L|ℒ)?|(.+?)(?:_grad|\\.grad)");
  private static final Pattern CELL = Pattern.compile("(\\D+?)_?(?:(\\d)(\\d)|(\\d+),(\\d+))");
  private static final Pattern NUMBERED = Pattern.compile("(\\D+?)(_?)(\\d+)");
  private static final Pattern HEAD =
      Pattern.compile("(.+?)(?:\\^\\((\\d+)\\)|\\^(\\d+)|_?\\((\\d+)\\))(_.+)?");
  private static final Pattern INDEXED = Pattern.compile("(.+)\\[(\\d+)(?:,(\\d+))?\\]");
  private static final Pattern SYMBOLIC =
      Pattern.compile("(.+?)_(?:[ijtlmn]|[ijtlmn],?[ijtlmn]|:)");
  private static final Pattern CALLED =
      Pattern.compile("([qkvsazxyo])\\(([A-Za-z]{2,12}|\\p{IsHan}{1,4})\\)");
  private static final Pattern LABELLED =
      Pattern.compile("([^()\\[\\]]+?)_([^\\d_^,.(){}=+-]{1,20})");

  private static final Pattern CONCATENATION =
      Pattern.compile(
          "(?i)concat\\([^()]*(?:\\(\\d\\)[^()]*)*\\)|\\[(?:head|[hzo])(?:_?\\d|\\^\\(\\d\\))(?:[;,‖|](?:head|[hzo])(?:_?\\d|\\^\\(\\d\\)))+]");

  private static final Pattern LAYER =
      Pattern.compile("(?:MHA|MultiHead(?:Attention)?|MHSA)\\([^()]*\\)");

  private static final Pattern HEAD_OUTPUT = Pattern.compile("(?:[Hh]ead|H)_?\\(?([1-9]\\d?)\\)?");

  /** Projections with the head and the letter above or below, in any order. */
  private static final Pattern PROJECTION =
      Pattern.compile("[Ww][_^]?(?:(\\d+)[_^,]?([QKVOqkvo])|([QKVOqkvo])[_^,]*\\(?(\\d+)\\)?)");

  private static final String LETTERS = "qkvsazyoe";
  private static final String TOKEN_ROWS = "QKVSAZXOYEN";

  private Names() {}

  private static void alias(Quantity quantity, String... names) {
    for (String name : names) {
      ALIASES.put(name, quantity);
    }
  }

  private static void composite(Quantity quantity, String... names) {
    for (String name : names) {
      COMPOSITES.put(name, quantity);
    }
  }

  private static void word(Quantity quantity, String... names) {
    for (String name : names) {
      WORDS.put(name, quantity);
    }
  }

  /** A name without spaces, braces and typography. */
  public static String canonical(String text) {
    return canonical(Tokens.of(text));
  }

  /** Tokens as one name, without spaces, braces and typography. */
  static String canonical(List<Token> tokens) {
    StringBuilder name = new StringBuilder();
    int above = 0;
    int depth = 0;
    for (Token token : tokens) {
      if (FRACTIONS.contains(token.text())) {
        above = depth + 1;
      }
      depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
      if (above > 0 && token.is("}") && depth == above - 1) {
        name.append('/');
        above = 0;
      }
      boolean silent =
          token.isBlank()
              || token.kind() == Kind.STOP
              || token.is("{")
              || token.is("}")
              || WRAPPERS.contains(token.text());
      if (!silent) {
        name.append(token.text().equals("\\sqrt") ? "√" : token.text());
      }
      if (name.length() > LONGEST) {
        return "";
      }
    }
    return name.toString().replace("^ᵀ", "ᵀ").replace("^T", "ᵀ").replace("^⊤", "ᵀ");
  }

  /** What a piece of text refers to, if the whole of it is a name. */
  public static Optional<Reference> reference(String text) {
    return text.length() > 4 * LONGEST ? Optional.empty() : named(canonical(text));
  }

  /** What one side of an equation is as a whole: a name, or something like QKᵀ/√d_k. */
  public static Optional<Reference> side(String canonical) {
    Quantity composite = COMPOSITES.get(canonical);
    return composite == null ? named(canonical) : Optional.of(Reference.to(composite));
  }

  private static Optional<Reference> named(String name) {
    return name.isEmpty() || name.length() > LONGEST ? Optional.empty() : resolve(name, 0);
  }

  private static Optional<Reference> resolve(String name, int depth) {
    if (depth > 4) {
      return Optional.empty();
    }
    Quantity alias = ALIASES.get(name);
    if (alias != null) {
      return Optional.of(Reference.to(alias));
    }
    if (CONCATENATION.matcher(name).matches()) {
      return Optional.of(Reference.to(Quantities.CONCAT));
    }
    if (LAYER.matcher(name).matches()) {
      return Optional.of(Reference.to(Quantities.O));
    }
    Matcher output = HEAD_OUTPUT.matcher(name);
    if (output.matches()) {
      return Optional.of(Reference.to(Quantities.Z.head(parse(output.group(1)))));
    }
    Matcher projection = PROJECTION.matcher(name);
    if (projection.matches()) {
      String letter = first(projection.group(2), projection.group(3)).toUpperCase(Locale.ROOT);
      int head = parse(first(projection.group(1), projection.group(4)));
      return Quantities.named("W_" + letter).map(w -> Reference.to(w.head(head)));
    }
    Matcher gradient = GRADIENT.matcher(name);
    if (gradient.matches()) {
      String of = gradient.group(1) == null ? gradient.group(2) : gradient.group(1);
      return resolve(of, depth + 1).flatMap(Names::gradient);
    }
    Matcher indexed = INDEXED.matcher(name);
    if (indexed.matches()) {
      return resolve(indexed.group(1), depth + 1)
          .map(r -> at(r.asHead(), indexed.group(2), indexed.group(3)));
    }
    if (name.length() == 1 && LETTERS.indexOf(name.charAt(0)) >= 0) {
      return resolve(name.toUpperCase(Locale.ROOT), depth + 1);
    }
    return numbered(name, depth)
        .or(() -> Quantities.named(name).map(Reference::to))
        .or(() -> lettered(name, depth));
  }

  private static Optional<Reference> base(String name, int depth) {
    Quantity word = name.equals("x") ? Quantities.X : WORDS.get(name);
    return word == null ? resolve(name, depth + 1) : Optional.of(Reference.to(word));
  }

  private static Optional<Reference> numbered(String name, int depth) {
    Matcher head = HEAD.matcher(name);
    if (head.matches() && name.length() > 1) {
      int number = parse(first(head.group(2), head.group(3), head.group(4)));
      String below = head.group(5) == null ? "" : head.group(5);
      return base(head.group(1) + below, depth)
          .filter(r -> Quantities.isOfHeads(r.quantity()) && !r.quantity().isScalar())
          .map(r -> r.of(r.quantity().head(number)));
    }
    Matcher cell = CELL.matcher(name);
    if (cell.matches()) {
      return base(cell.group(1), depth)
          .filter(r -> r.isWhole() && isTable(r.quantity()))
          .map(
              r -> at(r, first(cell.group(2), cell.group(4)), first(cell.group(3), cell.group(5))));
    }
    Matcher number = NUMBERED.matcher(name);
    return number.matches()
        ? base(number.group(1), depth)
            .filter(r -> r.isWhole() && !r.quantity().isScalar())
            .map(r -> Reference.numbered(r.quantity(), parse(number.group(3))))
        : Optional.empty();
  }

  /** Letters below a name: i and j for any row and column, a word for the row of a token. */
  private static Optional<Reference> lettered(String name, int depth) {
    Matcher called = CALLED.matcher(name);
    if (called.matches()) {
      return base(called.group(1), depth)
          .filter(r -> r.isWhole() && isTokenRow(r.quantity()))
          .map(r -> Reference.labelled(r.quantity(), called.group(2)));
    }
    Matcher symbolic = SYMBOLIC.matcher(name);
    if (symbolic.matches()) {
      return base(symbolic.group(1), depth).filter(r -> r.isWhole() && isTable(r.quantity()));
    }
    Matcher labelled = LABELLED.matcher(name);
    if (!labelled.matches() || labelled.group(1).length() > 6) {
      return Optional.empty();
    }
    return base(labelled.group(1), depth)
        .filter(r -> r.isWhole() && isTokenRow(r.quantity()))
        .map(r -> Reference.labelled(r.quantity(), labelled.group(2)));
  }

  /** Whether the indices of a canonical name are letters that stand for any number. */
  public static boolean isSymbolic(String name) {
    return SYMBOLIC.matcher(name).matches();
  }

  private static boolean isTable(Quantity quantity) {
    return !quantity.isScalar();
  }

  private static boolean isTokenRow(Quantity quantity) {
    String concept = quantity.differentiated().orElse(quantity).concept();
    return concept.length() == 1 && TOKEN_ROWS.contains(concept);
  }

  private static int parse(String number) {
    return number.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(number);
  }

  private static String first(@Nullable String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null) {
        return candidate;
      }
    }
    throw new IllegalStateException();
  }

  private static Reference at(Reference r, String row, @Nullable String column) {
    return Reference.at(
        r.quantity(),
        parse(row),
        column == null ? OptionalInt.empty() : OptionalInt.of(parse(column)));
  }

  private static Optional<Reference> gradient(Reference of) {
    return Quantities.named("d" + of.quantity().name()).map(of::of);
  }
}
