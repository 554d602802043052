package dev.qkv.sheet.note.notation.formula;

import static dev.qkv.sheet.Quantities.*;

import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.note.notation.Names;
import dev.qkv.sheet.note.notation.Token;
import dev.qkv.sheet.note.notation.Token.Kind;
import dev.qkv.sheet.note.notation.Tokens;
import dev.qkv.sheet.note.notation.Unreadable;
import dev.qkv.sheet.note.notation.formula.Contraction.Unclear;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads formulas of attention, in TeX and in plain characters, into terms of the sheet: {@code
 * s_{ij} = Q_iK_j^\top/\sqrt{d_k}} is S = QKᵀ/√d_k.
 *
 * <p>What a formula leaves open (whether q is a row or a column, whether Q_i is a row or a head) is
 * read in every way that makes sense.
 */
public final class FormulaParser {
  private static final int LONGEST = 1_000;
  private static final int MOST_SIDES = 8;

  private static final Map<String, Quantity> DEFINED =
      Map.of(
          "attention", Z,
          "multihead", O,
          "layernorm", LAYER_NORM,
          "rmsnorm", RMS_NORM,
          "ffn", FEED_FORWARD,
          "softmax", A,
          "relu", ACTIVATED,
          "gelu", ACTIVATED);

  private static final Map<String, Quantity> ARGUMENTS =
      Map.of("softmax", S, "relu", HIDDEN, "gelu", HIDDEN, "ffn", X);

  private static final Set<Quantity> STATISTICS =
      Set.of(
          MEAN, VARIANCE, CENTERED, DEVIATION, NORMALISED, LAYER_NORM, MEAN_SQUARE, RMS, RMS_NORM);

  private final String text;
  private final Function<String, Optional<Quantity>> extra;

  private FormulaParser(String text, Function<String, Optional<Quantity>> extra) {
    this.text = text;
    this.extra = extra;
  }

  /**
   * A formula, perhaps a chain of them with one left side.
   *
   * @param quantity what it is a formula of, in its usual reading
   * @param sides what the quantity equals, one after the other
   */
  public record Parsed(Quantity quantity, List<Side> sides) {}

  /**
   * One right side.
   *
   * @param readings the ways in which it can be read, the usual one first
   * @param from where it starts in the text
   * @param to where it ends
   * @param text the formula with this right side alone, which reads back as the same
   */
  public record Side(List<Equation> readings, int from, int to, String text) {}

  /**
   * Reads a formula.
   *
   * @param text the text that it stands in
   * @param from where it starts
   * @param to where it ends
   * @return the formula; nothing for what is not surely a formula of quantities that the sheet
   *     knows
   */
  public static Optional<Parsed> formula(String text, int from, int to) {
    return formula(text, from, to, name -> Optional.empty());
  }

  /**
   * Reads a formula of a note that gives some letters a meaning of its own.
   *
   * @param text the text that it stands in
   * @param from where it starts
   * @param to where it ends
   * @param extra what further names stand for, in the spelling of {@link Names#canonical}
   * @return the formula; nothing for what is not surely a formula of known quantities
   */
  public static Optional<Parsed> formula(
      String text, int from, int to, Function<String, Optional<Quantity>> extra) {
    if (from < 0 || to > text.length() || to <= from || to - from > LONGEST) {
      return Optional.empty();
    }
    return new FormulaParser(text.substring(from, to), extra).parsed(from);
  }

  private Optional<Parsed> parsed(int offset) {
    List<Integer> cuts = cuts();
    if (cuts.size() < 2 || cuts.size() > 2 * MOST_SIDES) {
      return Optional.empty();
    }
    List<Side> sides = new ArrayList<>();
    for (int k = 2; k + 1 <= cuts.size() + 1; k += 2) {
      int start = cuts.get(k - 1);
      int end = k < cuts.size() ? cuts.get(k) : text.length();
      List<Equation> readings = Reading.all(r -> reading(cuts.get(0), start, end, r));
      if (!readings.isEmpty()) {
        String alone = text.substring(0, cuts.get(0)) + " = " + text.substring(start, end);
        String line = alone.replaceAll("[\\s$]+", " ").strip();
        sides.add(new Side(readings, offset + start, offset + end, line));
      }
    }
    return sides.isEmpty()
        ? Optional.empty()
        : Optional.of(new Parsed(sides.getFirst().readings().getFirst().output(), sides));
  }

  /** Where each relation sign outside brackets starts and ends. */
  private List<Integer> cuts() {
    List<Integer> cuts = new ArrayList<>();
    int depth = 0;
    List<Token> tokens = Tokens.of(text);
    for (int k = 0; k < tokens.size(); k++) {
      Token token = tokens.get(k);
      boolean opens = token.is("(") || token.is("[") || token.is("{") || token.kind() == Kind.BEGIN;
      boolean closes = token.is(")") || token.is("]") || token.is("}") || token.kind() == Kind.END;
      depth += opens ? 1 : closes ? -1 : 0;
      boolean relation =
          token.is("=") || token.is("≈") || token.is("≡") || token.is("≔") || token.is("←");
      if (depth == 0 && relation) {
        boolean colon = k > 0 && tokens.get(k - 1).is(":");
        cuts.add(colon ? tokens.get(k - 1).start() : token.start());
        cuts.add(token.end());
      }
    }
    return cuts;
  }

  private Optional<Equation> reading(int leftEnd, int from, int to, Reading reading) {
    try {
      Letters letters = new Letters(reading, extra);
      Formula left = new FormulaSyntax(text, 0, leftEnd, reading).whole();
      Formula right = new FormulaSyntax(text, from, to, reading).whole();
      Indexed quantity = defined(left, letters);
      Indexed term = new Elaboration(letters).of(right);
      boolean turned = !(quantity.term() instanceof Quantity);
      Indexed straight = turned ? quantity.t() : quantity;
      if (!(straight.term() instanceof Quantity output)) {
        return Optional.empty();
      }
      boolean whole = turned && term.indices().isEmpty();
      Term own = fitted(straight, whole ? term.t() : term);
      return isFormula(own) && isOf(output, own.inputs())
          ? Optional.of(new Equation(updated(output, own), own))
          : Optional.empty();
    } catch (Unreadable | Unclear e) {
      return Optional.empty();
    }
  }

  /** Whether a letter that people use for much else stands for what the sheet calls by it. */
  private static boolean isOf(Quantity output, List<Quantity> inputs) {
    if (output.equals(LOSS)) {
      return inputs.contains(TARGET) || inputs.contains(LABEL) || inputs.contains(CROSS_ENTROPY);
    }
    if (output.equals(HEADS)) {
      return inputs.contains(D_MODEL) && inputs.contains(D_K);
    }
    return !output.equals(TOKENS) && !output.equals(D_FF);
  }

  /** A step against the gradient gives the weights that come after it. */
  private static Quantity updated(Quantity output, Term term) {
    boolean step = term.inputs().contains(output);
    return step ? Quantities.named(output.name() + "_new").orElse(output) : output;
  }

  /** A name for a quantity is no formula, nor is a number. */
  private static boolean isFormula(Term term) {
    return !term.parts().isEmpty()
        && !term.inputs().isEmpty()
        && !term.t().parts().isEmpty()
        && !(term.t() instanceof Quantity);
  }

  /** What the left side defines; its arguments are what the right side calls them. */
  private static Indexed defined(Formula left, Letters letters) throws Unclear {
    if (left instanceof Formula.Transposed(Formula.Name name) && name.base().equals("W")) {
      return defined(name, letters); // W′, the weights after a step
    }
    Formula named = left instanceof Formula.Cell(Formula of, String script) ? of : left;
    if (named instanceof Formula.Call(String function, List<Formula> arguments, String below)) {
      Quantity quantity = DEFINED.get(function);
      if (quantity == null || !below.isEmpty()) {
        throw new Unclear();
      }
      if (STATISTICS.contains(quantity)) {
        letters.ofNorm();
      }
      if (quantity.equals(ACTIVATED)) {
        letters.ofCells();
      }
      Quantity argument = STATISTICS.contains(quantity) ? Y : ARGUMENTS.get(function);
      for (Formula formal : arguments) {
        if (argument != null && formal instanceof Formula.Name name) {
          letters.means(name.base(), argument);
        }
      }
      return left instanceof Formula.Cell(Formula of, String script)
          ? new Indexed(
              quantity,
              Indexed.QUERY,
              FormulaScripts.indices(script).stream().findFirst().orElseThrow(Unclear::new))
          : Indexed.whole(quantity, letters.axes());
    }
    Indexed of = new Elaboration(letters).of(left);
    if (of.term() instanceof Quantity quantity && STATISTICS.contains(quantity)) {
      letters.ofNorm();
    }
    return of;
  }

  /** The right side with rows and columns where the left side has them. */
  private static Term fitted(Indexed left, Indexed right) throws Unclear {
    List<String> wanted = new ArrayList<>(left.indices());
    List<String> got = new ArrayList<>(right.indices());
    wanted.removeAll(List.of(Indexed.QUERY, Indexed.KEY));
    got.removeAll(List.of(Indexed.QUERY, Indexed.KEY));
    if (!Set.copyOf(wanted).equals(Set.copyOf(got))) {
      throw new Unclear();
    }
    if (right.isScalar() && !left.isScalar()) {
      throw new Unclear();
    }
    for (String index : List.of(Indexed.QUERY, Indexed.KEY)) {
      boolean columnOfLeft = index.equals(Indexed.KEY);
      if (right.axes().contains(index) && !left.axes().contains(index)) {
        boolean turned = columnOfLeft ? right.row().equals(index) : right.column().equals(index);
        return turned ? right.term().t() : right.term();
      }
    }
    for (String index : left.indices()) {
      if (right.axes().contains(index)) {
        boolean turned = left.row().equals(index) != right.row().equals(index);
        return turned ? right.term().t() : right.term();
      }
    }
    return right.term();
  }
}
