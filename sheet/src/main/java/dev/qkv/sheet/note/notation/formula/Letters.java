package dev.qkv.sheet.note.notation.formula;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Reference;
import dev.qkv.sheet.note.notation.formula.Contraction.Unclear;
import dev.qkv.sheet.note.notation.formula.Reading.Choice;
import dev.qkv.sheet.term.Axis;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** What the letters of a formula stand for, with their indices. */
final class Letters {
  private static final Map<String, Quantity> OWN =
      Map.ofEntries(
          Map.entry("M", MASK),
          Map.entry("d_h", D_K),
          Map.entry("d_head", D_K),
          Map.entry("head_dim", D_K),
          Map.entry("d_Q", D_K),
          Map.entry("dh", D_K),
          Map.entry("D_model", D_MODEL),
          Map.entry("d_hidden", D_FF),
          Map.entry("seq_len", TOKENS),
          Map.entry("η", RATE),
          Map.entry("\\eta", RATE),
          Map.entry("τ", TEMPERATURE),
          Map.entry("\\tau", TEMPERATURE),
          Map.entry("\\ell", ROW_SUM),
          Map.entry("σ", DEVIATION),
          Map.entry("scores", S),
          Map.entry("score", S),
          Map.entry("attn", A),
          Map.entry("attn_weights", A),
          Map.entry("attention_weights", A),
          Map.entry("context", Z),
          Map.entry("T", TARGET),
          Map.entry("head", Z));

  /** Letters for a row by itself: q is a row of Q. */
  private static final String ROWS = "qkvsayz";

  /** Letters whose one index may be a key. */
  private static final Set<String> OF_ONE_QUERY = Set.of("a", "s", "α", "\\alpha", "e", "A", "S");

  private static final Set<String> HEADED = Set.of("Q", "K", "V", "Z", "A", "S", "O", "head", "W");

  /** What the statistics of a norm may call the rows that they are about. */
  private static final Set<String> NORMED = Set.of("x", "y", "X", "Y", "z", "a", "h", "u");

  private static final Set<String> WIDTHS = Set.of("d", "H", "D", "n", "N", "m", "d_model");

  private final Reading reading;
  private final Function<String, Optional<Quantity>> extra;
  private final Map<String, Quantity> formals = new HashMap<>();
  private final Indexed.Axes axes = new Indexed.Axes();
  private boolean norm;
  private boolean cells;

  Letters(Reading reading, Function<String, Optional<Quantity>> extra) {
    this.reading = reading;
    this.extra = extra;
  }

  /** Whether a name has a meaning of its own in formulas. */
  static boolean isKnown(String name) {
    return OWN.containsKey(name);
  }

  Indexed.Axes axes() {
    return axes;
  }

  /** A letter that stands for an argument, as x in LN(x) = …. */
  void means(String letter, Quantity quantity) {
    formals.put(letter, quantity);
  }

  /** From now on rows of any letter are those that a norm is about. */
  void ofNorm() {
    norm = true;
  }

  /** From now on products are of cells, as in the formula of an activation. */
  void ofCells() {
    cells = true;
  }

  /** A name with its indices. */
  Indexed of(Formula.Name name) throws Unclear {
    Optional<Indexed> special = special(name);
    if (special.isPresent()) {
      return special.get();
    }
    Reference known = whole(name).orElse(null);
    if (known == null) {
      return indexed(name);
    }
    Quantity quantity = known.quantity();
    OptionalInt row = known.index();
    if (row.isEmpty()) {
      return bare(name.base(), quantity);
    }
    if (known.column().isEmpty()) {
      boolean head =
          known.number().isPresent()
              && Quantities.isOfHeads(quantity)
              && reading.is(Choice.HEAD_INDEX);
      return head
          ? Indexed.whole(known.asHead().quantity(), axes)
          : one(name.base(), quantity, String.valueOf(row.getAsInt()));
    }
    return two(quantity, String.valueOf(row.getAsInt()), String.valueOf(known.column().getAsInt()));
  }

  private Optional<Indexed> special(Formula.Name name) {
    String text = name.text();
    boolean alone = name.below().isEmpty() && name.above().isEmpty();
    if (norm && (alone || text.equals("d_model")) && WIDTHS.contains(text)) {
      return Optional.of(new Indexed(Y.width(), "", ""));
    }
    if (formals.containsKey(text)) {
      return Optional.of(bare("", formals.get(text)));
    }
    if (text.equals("d_v")) {
      return Optional.of(new Indexed(V.width(), "", ""));
    }
    if (text.equals("d")) {
      Quantity width = reading.is(Choice.MODEL_WIDTH) ? D_MODEL : D_K;
      return Optional.of(new Indexed(width, "", ""));
    }
    if (text.equals("x") && reading.is(Choice.INPUT_ROWS)) {
      return Optional.of(new Indexed(X, axes.fresh(), axes.fresh()));
    }
    return Optional.empty();
  }

  /** What the whole of a name stands for, its indices included. */
  private Optional<Reference> whole(Formula.Name name) {
    String text = name.text();
    Quantity own = OWN.get(text);
    if (own != null) {
      return Optional.of(Reference.to(own));
    }
    if (name.base().equals("head") && name.below().matches("[1-9]")) {
      return Optional.of(Reference.to(Z.head(Integer.parseInt(name.below()))));
    }
    if (name.base().equals("W") && name.above().matches("[QKVO]") && !name.below().isEmpty()) {
      return name.below().matches("[1-9]")
          ? Names.reference("W_" + name.above() + name.below())
          : name.below().matches("[hij]") ? Names.reference("W_" + name.above()) : Optional.empty();
    }
    if (name.below().isEmpty() && name.above().matches("\\([hir]\\)")) {
      return Names.reference(name.base());
    }
    if (text.equals("H") || (formals.containsKey(name.base()) && !name.below().isEmpty())) {
      return extra(text);
    }
    return Names.reference(text)
        .filter(
            r ->
                !r.quantity().equals(DOT)
                    && r.label().isEmpty()
                    && !Names.isSymbolic(text)
                    && !isFormalIndex(name, r))
        .or(() -> extra(text))
        .or(() -> Quantities.named(text).map(Reference::to));
  }

  private Optional<Reference> extra(String text) {
    return extra.apply(text).map(Reference::to);
  }

  /** x_1 of a norm is a cell of its rows, not what the sheet calls x. */
  private boolean isFormalIndex(Formula.Name name, Reference reference) {
    return norm && NORMED.contains(name.base()) && reference.index().isPresent();
  }

  /** A name without an index, of which a small letter is one row. */
  private Indexed bare(String base, Quantity quantity) {
    Indexed whole = Indexed.whole(quantity, axes);
    if (norm && !whole.row().isEmpty() && quantity.rows() == Axis.QUERY) {
      return new Indexed(quantity, Indexed.QUERY, whole.column());
    }
    if (base.length() != 1 || ROWS.indexOf(base.charAt(0)) < 0 || whole.isScalar()) {
      return whole;
    }
    String row = "kv".contains(base) ? Indexed.KEY : Indexed.QUERY;
    return columns(new Indexed(quantity, row, whole.column()));
  }

  private Indexed columns(Indexed row) {
    return reading.is(Choice.COLUMNS) ? row.t() : row;
  }

  /** A name whose indices are letters. */
  private Indexed indexed(Formula.Name name) throws Unclear {
    List<String> indices = FormulaScripts.indices(name.below());
    if (indices.isEmpty()) {
      throw new Unclear();
    }
    String base = name.base() + (name.above().isEmpty() ? "" : "^" + name.above());
    if (norm && NORMED.contains(base)) {
      return indices.size() == 2
          ? two(Y, indices.getFirst(), indices.getLast())
          : new Indexed(Y, Indexed.QUERY, indices.getFirst());
    }
    Quantity quantity = quantity(base);
    if (HEADED.contains(name.base())
        && indices.size() == 1
        && quantity.columns() != Axis.ONE
        && reading.is(Choice.HEAD_INDEX)) {
      return Indexed.whole(quantity, axes);
    }
    return indices.size() == 2
        ? two(quantity, indices.getFirst(), indices.getLast())
        : one(name.base(), quantity, indices.getFirst());
  }

  private Quantity quantity(String base) throws Unclear {
    if (formals.containsKey(base)) {
      return formals.get(base);
    }
    if (base.equals("x")) {
      return X;
    }
    if (base.equals("e") && reading.is(Choice.OTHER_LETTER)) {
      return S;
    }
    if (base.equals("o") && reading.is(Choice.OTHER_LETTER)) {
      return Z;
    }
    Quantity own = OWN.get(base);
    return own != null
        ? own
        : Names.reference(base)
            .filter(Reference::isWhole)
            .map(Reference::quantity)
            .or(() -> extra.apply(base))
            .orElseThrow(Unclear::new);
  }

  private Indexed one(String base, Quantity quantity, String index) throws Unclear {
    Indexed whole = Indexed.whole(quantity, axes);
    if (whole.isScalar()) {
      throw new Unclear();
    }
    if (whole.row().isEmpty()) {
      return new Indexed(quantity, "", index);
    }
    if (whole.column().isEmpty()) {
      return new Indexed(quantity, index, "");
    }
    boolean argument = quantity.equals(S) && formals.containsKey(base);
    if (argument || (OF_ONE_QUERY.contains(base) && reading.is(Choice.KEY_INDEX))) {
      return new Indexed(quantity, Indexed.QUERY, index);
    }
    Indexed row = new Indexed(quantity, index, whole.column());
    boolean small = base.equals(base.toLowerCase(Locale.ROOT));
    return small ? columns(row) : row;
  }

  private static Indexed two(Quantity quantity, String row, String column) throws Unclear {
    if (row.equals(column) || quantity.rows() == Axis.ONE || quantity.columns() == Axis.ONE) {
      throw new Unclear();
    }
    return new Indexed(quantity, row, column);
  }

  /** Whether a sign multiplies cell by cell. */
  boolean isOfCells(Formula.Times sign) {
    return cells || (sign == Formula.Times.STAR && reading.is(Choice.STAR_OF_CELLS));
  }

  /** The same, where the number of a term's columns is meant. */
  static Indexed width(Indexed of) {
    Term term = of.term();
    return new Indexed(term.width(), "", "");
  }
}
