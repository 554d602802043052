package dev.qkv.sheet.note.notation;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.note.notation.Token.Kind;
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
  /**
   * What a name refers to.
   *
   * @param quantity the quantity
   * @param row the row, from 1, for a name like q_2 or a_12
   * @param column the column, from 1, for a name like a_12
   * @param headOrRow whether the number behind the name may be a head as well as a row
   */
  public record Reference(Quantity quantity, OptionalInt row, OptionalInt column, boolean headOrRow) {
    public static Reference to(Quantity quantity) {
      return new Reference(quantity, OptionalInt.empty(), OptionalInt.empty(), false);
    }

    /** The reading in which the number is a head. */
    public Reference asHead() {
      return headOrRow ? to(quantity.head(row.orElseThrow())) : this;
    }
  }

  private static final Set<String> WRAPPERS =
      Set.of(
          "\\text",
          "\\textbf",
          "\\mathrm",
          "\\mathbf",
          "\\operatorname",
          "\\boldsymbol",
          "\\bm",
          "\\mathsf",
          "\\mathit",
          "\\rm",
          "\\bf",
          "\\mathcal",
          "\\frac",
          "\\dfrac",
          "\\tfrac");

  private static final Map<String, Quantity> ALIASES = new HashMap<>();

  static {
    Quantities.all().forEach(q -> ALIASES.put(q.name(), q));
    alias(Quantities.D_K, "dk", "d_K", "d_q");
    alias(Quantities.D_MODEL, "dmodel", "d_m", "d_Model");
    alias(Quantities.HEADS, "H", "heads", "n_heads", "num_heads", "n_h", "nheads");
    alias(Quantities.ROOT_D_K, "√d_k", "√dk", "sqrt(d_k)", "sqrt(dk)", "√(d_k)");
    alias(Quantities.DOT, "QKᵀ", "Q·Kᵀ", "QKT", "QK", "Q·K", "q·k", "qkᵀ", "qk", "q·kᵀ", "Q@K.T");
    alias(
        Quantities.MASKED, "S'", "~S", "\\tildeS", "\\hatS", "S_mask", "Smask", "S_M", "\\tildes");
    alias(Quantities.A, "softmax(S)", "P", "weights", "softmax(s)", "α");
    alias(Quantities.Z, "output", "Output", "out");
    alias(Quantities.Z, "Attention(Q,K,V)", "attention(Q,K,V)", "Attn(Q,K,V)");
    alias(Quantities.A, "softmax(QKᵀ/√d_k)", "softmax(QK^⊤/√d_k)");
    alias(Quantities.CONCAT, "Z_cat", "concat", "Concat", "H_concat", "Zconcat");
    alias(Quantities.O, "Z_final", "Z_out", "Zfinal", "MultiHead", "Z_o");
    alias(Quantities.Y, "X+Z", "X+O", "Z+X", "R");
    alias(Quantities.LAYER_NORM, "LN(Y)", "LayerNorm", "LayerNorm(Y)", "LN(X+Z)", "LayerNorm(X+Z)");
    alias(Quantities.MEAN, "μ", "mu");
    alias(Quantities.VARIANCE, "σ^2", "σ²", "sigma2", "variance");
    alias(Quantities.EPSILON, "ε", "epsilon");
    alias(Quantities.GAMMA, "γ");
    alias(Quantities.BETA, "β");
    for (Quantity w : List.of(Quantities.W_Q, Quantities.W_K, Quantities.W_V, Quantities.W_O)) {
      String letter = w.name().substring(2);
      alias(w, "W" + letter, "W_" + letter.toLowerCase(Locale.ROOT));
      alias(w, "W" + letter.toLowerCase(Locale.ROOT), "W^" + letter);
      alias(w, "W^" + letter.toLowerCase(Locale.ROOT));
    }
  }

  private static final Pattern GRADIENT =
      Pattern.compile(
          "(?:∂L/?∂|∂Loss/?∂|dL/d|dLd|∇_?|grad_|d(?=[A-Z]))(.+?)L?|(.+?)(?:_grad|\\.grad)");
  private static final Pattern CELL = Pattern.compile("([a-zA-Z])_?(?:(\\d)(\\d)|(\\d+),(\\d+))");
  private static final Pattern NUMBERED = Pattern.compile("([a-zA-Z])(_?)(\\d+)");
  private static final Pattern HEAD =
      Pattern.compile("(.+?)(?:\\^\\((\\d+)\\)|\\^(\\d+)|\\((\\d+)\\))");
  private static final Pattern INDEXED = Pattern.compile("(.+)\\[(\\d+)(?:,(\\d+))?\\]");
  private static final String LETTERS = "qkvsazyoe";
  private static final String HAVE_HEADS = "QKVSAZ";

  private Names() {}

  private static void alias(Quantity quantity, String... names) {
    for (String name : names) {
      ALIASES.put(name, quantity);
    }
  }

  /** A name without spaces, braces and typography. */
  public static String canonical(String text) {
    StringBuilder name = new StringBuilder();
    for (Token token : Tokens.of(text)) {
      boolean silent =
          token.kind() == Kind.SPACE
              || token.is("{")
              || token.is("}")
              || WRAPPERS.contains(token.text());
      if (!silent) {
        name.append(token.text().equals("\\sqrt") ? "√" : token.text());
      }
    }
    return name.toString().replace("^ᵀ", "ᵀ").replace("^T", "ᵀ");
  }

  /** What a piece of text refers to, if the whole of it is a name. */
  public static Optional<Reference> reference(String text) {
    String name = canonical(text);
    return name.isEmpty() || name.length() > 40 ? Optional.empty() : resolve(name);
  }

  private static Optional<Reference> resolve(String name) {
    Quantity alias = ALIASES.get(name);
    if (alias != null) {
      return Optional.of(Reference.to(alias));
    }
    Matcher gradient = GRADIENT.matcher(name);
    if (gradient.matches()) {
      String of = gradient.group(1) == null ? gradient.group(2) : gradient.group(1);
      return resolve(of).flatMap(Names::gradient);
    }
    Matcher indexed = INDEXED.matcher(name);
    if (indexed.matches()) {
      return resolve(indexed.group(1)).map(r -> at(r, indexed.group(2), indexed.group(3)));
    }
    if (name.length() == 1 && LETTERS.indexOf(name.charAt(0)) >= 0) {
      return resolve(name.toUpperCase(Locale.ROOT));
    }
    return numbered(name).or(() -> Quantities.named(name).map(Reference::to));
  }

  private static Optional<Reference> numbered(String name) {
    Matcher head = HEAD.matcher(name);
    if (head.matches()) {
      String number = first(head.group(2), head.group(3), head.group(4));
      return resolve(head.group(1)).map(r -> Reference.to(r.quantity().head(parse(number))));
    }
    Matcher cell = CELL.matcher(name);
    if (cell.matches()) {
      return resolve(cell.group(1))
          .map(
              r -> at(r, first(cell.group(2), cell.group(4)), first(cell.group(3), cell.group(5))));
    }
    Matcher number = NUMBERED.matcher(name);
    if (!number.matches()) {
      return Optional.empty();
    }
    String letter = number.group(1);
    boolean headOrRow = HAVE_HEADS.contains(letter);
    return resolve(letter)
        .filter(r -> !r.quantity().isScalar())
        .map(
            r ->
                new Reference(
                    r.quantity(),
                    OptionalInt.of(parse(number.group(3))),
                    OptionalInt.empty(),
                    headOrRow));
  }

  private static int parse(String number) {
    return number.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(number);
  }

  private static String first(String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null) {
        return candidate;
      }
    }
    throw new IllegalStateException();
  }

  private static Reference at(Reference r, String row, @Nullable String column) {
    return new Reference(
        r.quantity(),
        OptionalInt.of(parse(row)),
        column == null ? OptionalInt.empty() : OptionalInt.of(parse(column)),
        false);
  }

  private static Optional<Reference> gradient(Reference of) {
    return Quantities.named("d" + of.quantity().name())
        .map(q -> new Reference(q, of.row(), of.column(), of.headOrRow()));
  }
}
