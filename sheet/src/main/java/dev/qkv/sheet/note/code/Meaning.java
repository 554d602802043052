package dev.qkv.sheet.note.code;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.language.Concepts;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Products;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.term.Quantity;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What quantities the variables and expressions of a note's code are. */
public final class Meaning {
  /**
   * What an expression is.
   *
   * @param quantity the quantity
   * @param number a number in the name of a vector, as in q3, that may be a token's; 0 for none
   * @param row its row from 1; 0 for all of it
   * @param transposed whether it is written the other way round
   * @param shape whether it is the shape alone
   */
  public record Meant(Quantity quantity, int number, int row, boolean transposed, boolean shape) {
    /** All of a quantity. */
    public static Meant of(Quantity quantity) {
      return new Meant(quantity, 0, 0, false, false);
    }

    /** The same in a head, where heads have their own. */
    public Meant inHead(int head) {
      return new Meant(Quantities.inHead(quantity, head), number, row, transposed, shape);
    }

    private Meant turned() {
      return new Meant(quantity, number, row, !transposed, shape);
    }

    private boolean is(Quantity other) {
      return quantity.head(0).equals(other) && !transposed;
    }
  }

  /** Functions and methods that change how a value looks, not what it is. */
  private static final Set<String> SAME =
      Set.of(
          "round",
          "around",
          "round_",
          "numpy",
          "detach",
          "tolist",
          "item",
          "copy",
          "clone",
          "squeeze",
          "float",
          "double",
          "astype",
          "cpu",
          "str",
          "array_str",
          "array2string",
          "asarray",
          "unsqueeze",
          "view",
          "reshape",
          "contiguous",
          "to",
          "flatten",
          "array",
          "tensor",
          "repr",
          "pprint",
          "print",
          "list",
          "abs",
          "Matrix",
          "N",
          "evalf",
          "ravel");

  private static final Set<String> TURNS =
      Set.of("transpose", "t", "swapaxes", "permute", "matrix_transpose", "mT", "T");
  private static final Set<String> JOINS =
      Set.of("concatenate", "cat", "hstack", "concat", "column_stack");
  private static final Set<String> PRODUCTS = Set.of("matmul", "dot", "mm", "bmm", "inner", "vdot");
  private static final Set<Quantity> SCORES =
      Set.of(
          Quantities.S,
          Quantities.MASKED,
          Quantities.DOT,
          Quantities.TEMPERED,
          Quantities.CAPPED,
          Quantities.BIASED);

  private final Map<String, Meant> variables = new HashMap<>();

  /** The same, apart from what is set from now on. */
  public Meaning copy() {
    Meaning copy = new Meaning();
    copy.variables.putAll(variables);
    return copy;
  }

  /** What a variable is, by what it was set to or else by its name. */
  public Optional<Meant> variable(String name) {
    Meant known = variables.get(name);
    return known != null ? Optional.of(known) : named(name);
  }

  private static Optional<Meant> named(String name) {
    Optional<Meant> symbol = Names.reference(name).map(r -> symbol(r, name));
    boolean word = name.length() > 2 && name.chars().allMatch(c -> c < 128);
    String words =
        name.replaceAll("(?<=[a-z])(?=[A-Z])|_", " ").replaceAll("\\bvals?\\b", "values");
    return symbol.isPresent() || !word
        ? symbol
        : Concepts.last(words).or(() -> Concepts.input(words)).map(m -> Meant.of(m.quantity()));
  }

  /** Q1 is that of head 1, q1 the first query. */
  private static Meant symbol(Reference reference, String name) {
    boolean vector = Character.isLowerCase(name.charAt(0)) && reference.number().isPresent();
    return vector
        ? new Meant(reference.quantity(), reference.number().getAsInt(), 0, false, false)
        : Meant.of(reference.asHead().quantity());
  }

  /** Sets a variable to an expression; what it is then. */
  public Optional<Meant> set(String name, Optional<Python> value) {
    Optional<Meant> meant =
        value.filter(v -> v.copied().isEmpty()).flatMap(this::of).filter(m -> !m.shape());
    Meant found = meant.or(() -> named(name)).or(() -> value.flatMap(this::of)).orElse(null);
    if (found == null) {
      variables.remove(name);
      return Optional.empty();
    }
    variables.put(name, found);
    return Optional.of(found);
  }

  /** What an expression is. */
  public Optional<Meant> of(Python python) {
    return switch (python) {
      case Python.Name name -> variable(name.name());
      case Python.Attribute attribute -> attribute(attribute);
      case Python.Call call -> call(call);
      case Python.Binary binary -> binary(binary);
      case Python.Index index -> index(index);
      case Python.Unary unary -> of(unary.of());
      case Python.Literal literal -> Optional.empty();
      case Python.Text text -> Optional.empty();
      case Python.Sequence sequence -> Optional.empty();
    };
  }

  private Optional<Meant> attribute(Python.Attribute attribute) {
    Optional<Meant> of = of(attribute.of());
    return switch (attribute.name()) {
      case "T", "mT" -> of.map(Meant::turned);
      case "shape" -> of.map(m -> new Meant(m.quantity(), 0, 0, m.transposed(), true));
      case "grad" -> of.flatMap(Meaning::gradient);
      case "data", "values" -> of;
      default -> Optional.empty();
    };
  }

  private static Optional<Meant> gradient(Meant of) {
    return Quantities.named("d" + of.quantity().name()).map(Meant::of);
  }

  private Optional<Meant> call(Python.Call call) {
    String name = call.function().functionName();
    boolean method =
        call.function() instanceof Python.Attribute a
            && !(a.of() instanceof Python.Name n && isModule(n.name()))
            && !(a.of() instanceof Python.Attribute);
    Python subject =
        method
            ? ((Python.Attribute) call.function()).of()
            : call.arguments().isEmpty() ? null : call.arguments().getFirst();
    if (subject == null) {
      return Optional.empty();
    }
    if (TURNS.contains(name)) {
      return of(subject).map(Meant::turned);
    }
    if (SAME.contains(name)) {
      return of(subject);
    }
    if (PRODUCTS.contains(name)) {
      Python other =
          method
              ? call.arguments().isEmpty() ? null : call.arguments().getFirst()
              : call.arguments().size() > 1 ? call.arguments().get(1) : null;
      return other == null ? Optional.empty() : product(subject, other);
    }
    Optional<Meant> of = of(subject);
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("softmax")) {
      return of.filter(m -> SCORES.contains(m.quantity().head(0)))
          .map(m -> like(m, Quantities.A))
          .or(() -> Optional.of(Meant.of(Quantities.A)));
    }
    if (JOINS.contains(name)) {
      return Optional.of(Meant.of(Quantities.CONCAT));
    }
    return switch (name) {
      case "exp" ->
          of.filter(m -> SCORES.contains(m.quantity().head(0)))
              .map(m -> like(m, Quantities.EXPONENTIALS));
      case "sum" ->
          of.filter(m -> m.is(Quantities.EXPONENTIALS)).map(m -> like(m, Quantities.ROW_SUM));
      case "mean" -> of.filter(Meaning::isResidual).map(m -> Meant.of(Quantities.MEAN));
      case "var" -> of.filter(Meaning::isResidual).map(m -> Meant.of(Quantities.VARIANCE));
      case "std" -> of.filter(Meaning::isResidual).map(m -> Meant.of(Quantities.DEVIATION));
      case "sqrt" -> of.flatMap(Meaning::root);
      case "outer" -> of.filter(m -> m.is(Quantities.D_Q)).map(m -> Meant.of(Quantities.D_W));
      case "masked_fill" ->
          of.filter(m -> SCORES.contains(m.quantity().head(0)))
              .map(m -> like(m, Quantities.MASKED));
      case "where" -> masked(call);
      case "scaled_dot_product_attention" -> Optional.of(Meant.of(Quantities.Z));
      default ->
          lower.contains("layer_norm") || lower.contains("layernorm") || lower.equals("ln")
              ? Optional.of(Meant.of(Quantities.LAYER_NORM))
              : Optional.empty();
    };
  }

  private Optional<Meant> masked(Python.Call call) {
    return call.arguments().stream()
        .flatMap(a -> of(a).stream())
        .filter(m -> SCORES.contains(m.quantity().head(0)))
        .findFirst()
        .map(m -> like(m, Quantities.MASKED));
  }

  private static boolean isModule(String name) {
    return Set.of("np", "numpy", "torch", "F", "nn", "math", "jnp", "tf", "scipy", "special", "sp")
        .contains(name);
  }

  private static boolean isResidual(Meant meant) {
    return meant.is(Quantities.Y) || meant.is(Quantities.X) || meant.is(Quantities.O);
  }

  private static Optional<Meant> root(Meant of) {
    return of.is(Quantities.D_K)
        ? Optional.of(Meant.of(Quantities.ROOT_D_K))
        : of.is(Quantities.VARIANCE)
            ? Optional.of(Meant.of(Quantities.DEVIATION))
            : Optional.empty();
  }

  private static Meant like(Meant meant, Quantity quantity) {
    return new Meant(
        Quantities.inHead(quantity, meant.quantity().head()),
        meant.number(),
        meant.row(),
        false,
        false);
  }

  private Optional<Meant> binary(Python.Binary binary) {
    return switch (binary.operator()) {
      case "@" -> product(binary.left(), binary.right());
      case "/" -> quotient(binary);
      case "*" ->
          scaled(binary.left(), binary.right()).or(() -> scaled(binary.right(), binary.left()));
      case "+" -> sum(binary);
      case "-" -> difference(binary);
      default -> Optional.empty();
    };
  }

  private Optional<Meant> quotient(Python.Binary binary) {
    Optional<Meant> left = of(binary.left());
    Optional<Meant> right = of(binary.right());
    if (left.isEmpty()) {
      return Optional.empty();
    }
    Meant of = left.get();
    if (of.is(Quantities.EXPONENTIALS)) {
      return Optional.of(like(of, Quantities.A));
    }
    if (of.is(Quantities.CENTERED)) {
      return Optional.of(Meant.of(Quantities.LAYER_NORM));
    }
    if (right.filter(r -> r.is(Quantities.TEMPERATURE)).isPresent()) {
      return Optional.of(like(of, Quantities.TEMPERED));
    }
    return of.is(Quantities.DOT) ? Optional.of(like(of, Quantities.S)) : left;
  }

  /** A product with a single number: scaled scores, or the same again. */
  private Optional<Meant> scaled(Python left, Python right) {
    Optional<Meant> gain = of(left).filter(m -> m.is(Quantities.GAMMA));
    if (gain.isPresent()) {
      return of(right);
    }
    boolean number =
        right instanceof Python.Literal
            || of(right).filter(m -> m.is(Quantities.SCALE)).isPresent()
            || (right instanceof Python.Binary b && b.operator().equals("**"));
    return number
        ? of(left).map(m -> m.is(Quantities.DOT) ? like(m, Quantities.S) : m)
        : Optional.empty();
  }

  private Optional<Meant> sum(Python.Binary binary) {
    Optional<Meant> left = of(binary.left());
    Optional<Meant> right = of(binary.right());
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    Meant a = left.get();
    Meant b = right.get();
    if (b.is(Quantities.BETA)) {
      return left;
    }
    boolean residual = a.is(Quantities.X) != b.is(Quantities.X);
    Meant other = a.is(Quantities.X) ? b : a;
    if (residual && (other.is(Quantities.Z) || other.is(Quantities.O))) {
      return Optional.of(Meant.of(Quantities.Y));
    }
    return b.is(Quantities.MASK) && SCORES.contains(a.quantity().head(0))
        ? Optional.of(like(a, Quantities.MASKED))
        : Optional.empty();
  }

  private Optional<Meant> difference(Python.Binary binary) {
    Optional<Meant> left = of(binary.left());
    Optional<Meant> right = of(binary.right());
    if (left.isPresent()
        && isResidual(left.get())
        && right.filter(r -> r.is(Quantities.MEAN)).isPresent()) {
      return Optional.of(Meant.of(Quantities.CENTERED));
    }
    boolean maximum =
        binary.right() instanceof Python.Call call
            && call.function().functionName().contains("max");
    return maximum ? left : Optional.empty();
  }

  private Optional<Meant> product(Python first, Python second) {
    Optional<Meant> left = of(first);
    Optional<Meant> right = of(second);
    return left.isEmpty() || right.isEmpty()
        ? Optional.empty()
        : Products.of(left.get().quantity(), right.get().quantity())
            .map(q -> new Meant(q, 0, left.get().row(), false, false));
  }

  /** Whether an index leaves all there is, and at most adds an axis. */
  private static boolean keeps(Python index) {
    return switch (index) {
      case Python.Literal literal ->
          literal.written().equals(":") || literal.written().equals("...");
      case Python.Name name -> name.name().equals("None");
      case Python.Attribute attribute -> attribute.name().equals("newaxis");
      default -> false;
    };
  }

  private Optional<Meant> index(Python.Index index) {
    Optional<Meant> of = of(index.of());
    if (index.at().stream().allMatch(Meaning::keeps)) {
      return of;
    }
    String at = index.at().getFirst() instanceof Python.Literal literal ? literal.written() : "";
    boolean row = at.matches("\\d{1,2}") && of.filter(m -> !m.shape()).isPresent();
    boolean whole = index.at().size() == 1 || index.at().get(1).equals(new Python.Literal(":"));
    return row && whole
        ? of.map(m -> new Meant(m.quantity(), 0, Integer.parseInt(at) + 1, m.transposed(), false))
        : Optional.empty();
  }
}
