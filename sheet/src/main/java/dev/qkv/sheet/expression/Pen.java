package dev.qkv.sheet.expression;

import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.value.Value;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Writes expressions. A number that stands in many cells is formatted once; so one pen serves one
 * solution and one thread.
 */
public final class Pen {
  /**
   * A written part.
   *
   * @param text its text
   * @param strength how tightly it holds together
   */
  public record Piece(String text, int strength) {}

  private final Notation notation;
  private final IdentityHashMap<Value, Piece> numbers = new IdentityHashMap<>();

  /**
   * A pen.
   *
   * @param notation how numbers are written
   */
  public Pen(Notation notation) {
    this.notation = notation;
  }

  /**
   * An expression, written.
   *
   * @param expression any expression
   * @return its text
   */
  public String write(Expr expression) {
    return expression.write(this).text();
  }

  /**
   * What stands behind one cell: its expression, then its result where that says more.
   *
   * @param expression the right side with its numbers
   * @param value what it comes to
   * @return {@code "(2·0 + 1·1)/√2 = 1/√2 ≈ 0.7071"}
   */
  public String equation(Expr expression, Value value) {
    String shown = write(expression);
    String result = notation.result(value);
    String equals = of("= ", "= ", "<mo>=</mo>");
    if (result.equals(equals + shown)) {
      return shown;
    }
    String space = of(" ", " ", "");
    String repeated = equals + shown + space;
    return shown
        + space
        + (result.startsWith(repeated) ? result.substring(repeated.length()) : result);
  }

  /**
   * How it writes numbers.
   *
   * @return the notation
   */
  public Notation notation() {
    return notation;
  }

  Markup markup() {
    return notation.markup();
  }

  String of(String plain, String tex, String mathml) {
    return notation.markup().of(plain, tex, mathml);
  }

  Piece number(Value value) {
    return numbers.computeIfAbsent(value, this::format);
  }

  private Piece format(Value value) {
    String text = notation.number(value);
    boolean fraction = markup() == Markup.PLAIN && notation.isFraction(value);
    int strength = Notation.isNegative(value) ? Expr.NEGATIVE : fraction ? Expr.PRODUCT : Expr.ATOM;
    return new Piece(text, strength);
  }

  /** A part, in brackets where it holds less tightly than what is around it. */
  String within(Expr part, int strength) {
    Piece piece = part.write(this);
    return piece.strength() < strength ? bracketed(piece.text()) : piece.text();
  }

  /** The first part of a sum, which may start with a minus. */
  String first(Expr part) {
    return within(part, Expr.NEGATIVE);
  }

  /** What TeX puts an index on. */
  static String group(String tex) {
    return tex.length() == 1 ? tex : "{" + tex + "}";
  }

  String bracketed(String text) {
    return of(
        "(" + text + ")",
        "\\left(" + text + "\\right)",
        "<mrow><mo>(</mo>" + text + "<mo>)</mo></mrow>");
  }

  /** Parts with an operator between them, each in brackets where it holds less tightly. */
  String join(List<Expr> parts, int strength, String operator) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      text.append(i == 0 ? "" : operator).append(within(parts.get(i), strength));
    }
    return text.toString();
  }

  /** Several pieces as one: what MathML wants for an argument. */
  String row(String text) {
    return of(text, text, "<mrow>" + text + "</mrow>");
  }
}
