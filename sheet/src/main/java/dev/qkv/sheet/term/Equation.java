package dev.qkv.sheet.term;

import dev.qkv.sheet.expression.Pen;
import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Notation;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One line of the sheet: a quantity and the term that computes it.
 *
 * @param output what it computes
 * @param term how
 * @param inputs the quantities in the term, each once
 */
public record Equation(Quantity output, Term term, List<Quantity> inputs) {
  private static final int DIGITS = 6;

  /**
   * An equation.
   *
   * @param output what it computes
   * @param term how
   */
  public Equation(Quantity output, Term term) {
    this(output, term, term.inputs());
  }

  /**
   * The equation with other quantities in place of some.
   *
   * @param change what each becomes
   * @return the equation
   */
  public Equation map(UnaryOperator<Quantity> change) {
    return new Equation(change.apply(output), term.map(change));
  }

  /**
   * The equation in a markup.
   *
   * @param markup which
   * @return {@code S = QKᵀ / √d_k}
   */
  public String in(Markup markup) {
    Pen pen = new Pen(new Notation(DIGITS, markup));
    String left = pen.write(output.written());
    return left + markup.of(" = ", " = ", "<mo>=</mo>") + pen.write(term.written());
  }

  /**
   * What stands above its numbers: the equation, or the name alone where the name is the formula,
   * as it is for √d_k.
   *
   * @param markup which
   * @return {@code S = QKᵀ / √d_k}, {@code √d_k}
   */
  public String heading(Markup markup) {
    Pen pen = new Pen(new Notation(DIGITS, Markup.PLAIN));
    String name = pen.write(output.written()).replace(" ", "");
    boolean said = name.equals(pen.write(term.written()).replace(" ", ""));
    return said ? new Pen(new Notation(DIGITS, markup)).write(output.written()) : in(markup);
  }

  /**
   * The equation for a terminal.
   *
   * @return {@code S = QKᵀ / √d_k}
   */
  public String text() {
    return in(Markup.PLAIN);
  }

  /**
   * The equation in TeX.
   *
   * @return {@code S = \frac{QK^{\top}}{\sqrt{d_k}}}
   */
  public String tex() {
    return in(Markup.TEX);
  }

  /**
   * The equation as a MathML element.
   *
   * @return {@code <math>…</math>}
   */
  public String mathml() {
    return "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">"
        + in(Markup.MATHML)
        + "</math>";
  }

  /** Two are the same if they compute the same in the same way; a term is compared once. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Equation e && e.output.equals(output) && e.term.equals(term);
  }

  @Override
  public int hashCode() {
    return output.hashCode();
  }
}
