package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Pen;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Notation;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;

/** A condition on row and column, or on the values there. */
public sealed interface Condition {
  /**
   * The terms whose values decide.
   *
   * @return none for a condition on places alone
   */
  List<Term> parts();

  /**
   * The same condition on other terms.
   *
   * @param parts as many as there are
   * @return the condition
   */
  Condition with(List<Term> parts);

  /**
   * Whether it holds.
   *
   * @param cells the values
   * @param whole the shape of what is chosen
   * @param row from 0
   * @param column from 0
   * @return true where it does
   */
  boolean holds(Cells<?> cells, Shape whole, int row, int column);

  /**
   * How it is written.
   *
   * @return its symbols
   */
  Symbol symbol();

  /**
   * How its opposite is written.
   *
   * @return its symbols
   */
  Symbol opposite();

  /**
   * The rule that it makes sense for a shape.
   *
   * @param shapes says what is wrong
   * @param whole the shape of what is chosen
   */
  default void check(Shapes shapes, Shape whole) {}

  private static Symbol relation(String left, String relation, String tex, String right) {
    return new Symbol(
        left + " " + relation + " " + right,
        left + tex + " " + right,
        "<mrow><mi>" + left + "</mi><mo>" + relation + "</mo><mi>" + right + "</mi></mrow>");
  }

  /** A condition on places alone. */
  sealed interface OfPlaces extends Condition {
    @Override
    default List<Term> parts() {
      return List.of();
    }

    @Override
    default Condition with(List<Term> parts) {
      return this;
    }
  }

  /**
   * The causal rule: keys up to the query's own place.
   *
   * @param alignment where the diagonal lies
   */
  record Causal(Alignment alignment) implements OfPlaces {
    @Override
    public boolean holds(Cells<?> cells, Shape whole, int row, int column) {
      return column <= row + alignment.shift(whole);
    }

    @Override
    public void check(Shapes shapes, Shape whole) {
      alignment.check("error.mask.alignment", shapes, whole);
    }

    @Override
    public Symbol symbol() {
      return written("≤", "\\le", "≤");
    }

    @Override
    public Symbol opposite() {
      return written(">", ">", "&gt;");
    }

    private Symbol written(String relation, String tex, String mathml) {
      return new Symbol(
          "j " + relation + " i" + alignment.plain(),
          "j" + tex + " i" + alignment.tex(),
          "<mrow><mi>j</mi><mo>" + mathml + "</mo><mi>i</mi>" + alignment.mathml() + "</mrow>");
    }
  }

  /**
   * The window rule: keys at most so many places before and behind the query's own.
   *
   * @param left places before; −1 for any number
   * @param right places behind; −1 for any number
   * @param alignment where the diagonal lies
   */
  record Window(int left, int right, Alignment alignment) implements OfPlaces {
    @Override
    public boolean holds(Cells<?> cells, Shape whole, int row, int column) {
      int distance = column - row - alignment.shift(whole);
      return (left < 0 || distance >= -left) && (right < 0 || distance <= right);
    }

    @Override
    public void check(Shapes shapes, Shape whole) {
      alignment.check("error.window.alignment", shapes, whole);
    }

    @Override
    public Symbol symbol() {
      if (left == 0 && right == 0) {
        return new Symbol(
            "j = i" + alignment.plain(),
            "j=i" + alignment.tex(),
            "<mrow><mi>j</mi><mo>=</mo><mi>i</mi>" + alignment.mathml() + "</mrow>");
      }
      String centre = "i" + alignment.plain();
      String before = left < 0 ? "" : centre + " − " + left + " ≤ ";
      String behind = right < 0 ? "" : " ≤ " + centre + (right == 0 ? "" : " + " + right);
      String texCentre = "i" + alignment.tex();
      return new Symbol(
          before + "j" + behind,
          (left < 0 ? "" : texCentre + "-" + left + "\\le ")
              + "j"
              + (right < 0 ? "" : "\\le " + texCentre + (right == 0 ? "" : "+" + right)),
          "<mtext>" + before + "j" + behind + "</mtext>");
    }

    @Override
    public Symbol opposite() {
      return ELSEWHERE;
    }
  }

  /**
   * Listed keys for some queries, every key for the others.
   *
   * @param kept keys by query, both from 1
   */
  record Kept(SortedMap<Integer, SortedSet<Integer>> kept) implements OfPlaces {
    @Override
    public boolean holds(Cells<?> cells, Shape whole, int row, int column) {
      SortedSet<Integer> seen = kept.get(row + 1);
      return seen == null || seen.contains(column + 1);
    }

    @Override
    public void check(Shapes shapes, Shape whole) {
      kept.forEach(
          (query, keys) -> {
            requireWithin(shapes, "error.keep.query", query, whole.rows());
            keys.forEach(key -> requireWithin(shapes, "error.keep.key", key, whole.columns()));
          });
    }

    private static void requireWithin(Shapes shapes, String rule, int token, int count) {
      if (token < 1 || token > count) {
        throw shapes.fault(rule, token, count);
      }
    }

    @Override
    public Symbol symbol() {
      return relation("j", "∈", "\\in", "R(i)");
    }

    @Override
    public Symbol opposite() {
      return relation("j", "∉", "\\notin", "R(i)");
    }
  }

  /**
   * A cell that equals another.
   *
   * @param left one term
   * @param right the other
   */
  record Equal(Term left, Term right) implements Condition {
    @Override
    public List<Term> parts() {
      return List.of(left, right);
    }

    @Override
    public Condition with(List<Term> parts) {
      return new Equal(parts.getFirst(), parts.getLast());
    }

    @Override
    public boolean holds(Cells<?> cells, Shape whole, int row, int column) {
      return value(cells, left, row, column).compare(value(cells, right, row, column)) == 0;
    }

    @Override
    public Symbol symbol() {
      return compared(left, right, "=", "=");
    }

    @Override
    public Symbol opposite() {
      return compared(left, right, "≠", "\\ne");
    }
  }

  /**
   * A cell above 0.
   *
   * @param of the term
   */
  record Positive(Term of) implements Condition {
    @Override
    public List<Term> parts() {
      return List.of(of);
    }

    @Override
    public Condition with(List<Term> parts) {
      return new Positive(parts.getFirst());
    }

    @Override
    public boolean holds(Cells<?> cells, Shape whole, int row, int column) {
      return value(cells, of, row, column).signum() > 0;
    }

    @Override
    public Symbol symbol() {
      return compared(of, Term.of(0), ">", ">");
    }

    @Override
    public Symbol opposite() {
      return compared(of, Term.of(0), "≤", "\\le");
    }
  }

  /**
   * The column that a number names, counted from 1.
   *
   * @param index a number for each row
   */
  record Column(Term index) implements Condition {
    @Override
    public List<Term> parts() {
      return List.of(index);
    }

    @Override
    public Condition with(List<Term> parts) {
      return new Column(parts.getFirst());
    }

    @Override
    public boolean holds(Cells<?> cells, Shape whole, int row, int column) {
      return value(cells, index, row, column).toDouble() == column + 1;
    }

    @Override
    public void check(Shapes shapes, Shape whole) {
      int rows = shapes.of(index).rows();
      if (rows != whole.rows()) {
        throw shapes.fault(
            "error.label.rows", shapes.output().name(), Shapes.name(index), whole.rows(), rows);
      }
      for (int i = 0; i < rows; i++) {
        double number = shapes.number(index, i);
        if (number != Math.rint(number) || number < 1 || number > whole.columns()) {
          throw shapes.fault(
              "error.label",
              shapes.output().name(),
              Shapes.name(index),
              i + 1,
              whole.columns(),
              Shapes.written(number));
        }
      }
    }

    @Override
    public Symbol symbol() {
      return compared(m -> m.of("j", "j", "<mi>j</mi>"), index, "=", "=");
    }

    @Override
    public Symbol opposite() {
      return compared(m -> m.of("j", "j", "<mi>j</mi>"), index, "≠", "\\ne");
    }
  }

  /** Every other column, from the first. */
  record EvenColumn() implements OfPlaces {
    @Override
    public boolean holds(Cells<?> cells, Shape whole, int row, int column) {
      return column % 2 == 0;
    }

    @Override
    public Symbol symbol() {
      return new Symbol("j even", "j\\text{ even}", "<mtext>j even</mtext>");
    }

    @Override
    public Symbol opposite() {
      return new Symbol("j odd", "j\\text{ odd}", "<mtext>j odd</mtext>");
    }
  }

  /** What is written for the opposite of a rule with several parts. */
  Symbol ELSEWHERE = new Symbol("else", "\\text{else}", "<mtext>else</mtext>");

  /**
   * The causal rule.
   *
   * @param alignment where the diagonal lies
   * @return the condition
   */
  static Condition causal(Alignment alignment) {
    return new Causal(alignment);
  }

  /**
   * Every other column, from the first.
   *
   * @return the condition
   */
  static Condition evenColumn() {
    return new EvenColumn();
  }

  /**
   * Where a cell is −∞.
   *
   * @param mask the term
   * @return the condition
   */
  static Condition hidden(Term mask) {
    return new Equal(mask, Term.of(NegativeInfinity.INSTANCE));
  }

  /**
   * Where two cells are equal.
   *
   * @param left one term
   * @param right the other
   * @return the condition
   */
  static Condition equal(Term left, Term right) {
    return new Equal(left, right);
  }

  /**
   * Where a cell is above 0.
   *
   * @param of the term
   * @return the condition
   */
  static Condition positive(Term of) {
    return new Positive(of);
  }

  private static dev.qkv.sheet.value.Value value(Cells<?> cells, Term term, int row, int column) {
    Shape shape = cells.shape(term);
    return cells.value(term, shape.rows() == 1 ? 0 : row, shape.columns() == 1 ? 0 : column);
  }

  private static Symbol compared(Term left, Term right, String relation, String tex) {
    return compared(m -> new Pen(new Notation(5, m)).write(left.written()), right, relation, tex);
  }

  private static Symbol compared(
      Function<Markup, String> left, Term right, String relation, String tex) {
    Function<Markup, String> all =
        markup ->
            left.apply(markup)
                + markup.of(
                    " " + relation + " ",
                    tex.length() == 1 ? tex : tex + " ",
                    "<mo>" + relation.replace(">", "&gt;") + "</mo>")
                + new Pen(new Notation(5, markup)).write(right.written());
    return new Symbol(
        all.apply(Markup.PLAIN),
        all.apply(Markup.TEX),
        "<mrow>" + all.apply(Markup.MATHML) + "</mrow>");
  }
}
