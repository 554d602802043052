package dev.qkv.sheet.expression;

import dev.qkv.sheet.value.Markup;
import dev.qkv.sheet.value.Notation;
import dev.qkv.sheet.value.Value;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Writes expressions. A number that stands in many cells is formatted once; so one pen serves one
 * thread.
 */
public final class Pen {
  private final Notation notation;
  private final IdentityHashMap<Value, Written> numbers = new IdentityHashMap<>();
  private StringBuilder out = new StringBuilder();

  /** A number, formatted. */
  private record Written(String text, int strength) {}

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
    StringBuilder before = out;
    out = new StringBuilder();
    expression.write(this);
    String text = out.toString();
    out = before;
    return text;
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
    String result = notation.result(value, number(value));
    String equals = of("= ", "= ", "<mo>=</mo>");
    if (result.startsWith(equals) && result.startsWith(shown, equals.length())) {
      String rest = result.substring(equals.length() + shown.length());
      if (rest.isEmpty() || rest.startsWith(notation.about())) {
        return shown + rest;
      }
    }
    if (shown.equals(number(value))) {
      return shown;
    }
    return shown + of(" ", " ", "") + result;
  }

  /**
   * How it writes numbers.
   *
   * @return the notation
   */
  public Notation notation() {
    return notation;
  }

  /**
   * A number inside an expression or a matrix.
   *
   * @param value any value
   * @return its text
   */
  public String number(Value value) {
    return written(value).text();
  }

  Markup markup() {
    return notation.markup();
  }

  boolean isPlain() {
    return markup() == Markup.PLAIN;
  }

  String of(String plain, String tex, String mathml) {
    return notation.markup().of(plain, tex, mathml);
  }

  /** How tightly a number holds together. */
  int strength(Value value) {
    return written(value).strength();
  }

  private Written written(Value value) {
    Written written = numbers.get(value);
    if (written == null) {
      int whole = isPlain() ? Expr.PRODUCT : Expr.FACTOR;
      int strength =
          switch (notation.form(value)) {
            case NEGATIVE -> Expr.NEGATIVE;
            case FRACTION -> whole;
            case RUN -> Expr.RUN;
            case ROOT -> Expr.FACTOR;
            case PLAIN -> Expr.ATOM;
          };
      written = new Written(notation.number(value), strength);
      numbers.put(value, written);
    }
    return written;
  }

  Pen text(String text) {
    out.append(text);
    return this;
  }

  Pen text(String plain, String tex, String mathml) {
    return text(of(plain, tex, mathml));
  }

  /** A part as it is: where something else already holds it together. */
  Pen part(Expr part) {
    part.write(this);
    return this;
  }

  /** A part, in brackets where it holds less tightly than what is around it. */
  Pen part(Expr part, int strength) {
    if (part.strength(this) >= strength) {
      return part(part);
    }
    text("(", "\\left(", "<mrow><mo>(</mo>");
    return part(part).text(")", "\\right)", "<mo>)</mo></mrow>");
  }

  /** A part that TeX wants in braces and MathML as one element; braces go around one letter too. */
  Pen group(Expr part, int strength) {
    text("", "{", "<mrow>");
    return part(part, strength).text("", "}", "</mrow>");
  }

  /** What an index or a power is put on. */
  Pen base(Expr part) {
    boolean letter = part instanceof Expr.Sign(Symbol symbol) && symbol.tex().length() == 1;
    return letter
        ? text("", "", "<mrow>").part(part).text("", "", "</mrow>")
        : group(part, Expr.ATOM);
  }

  /** Parts with an operator between them, each in brackets where it holds less tightly. */
  Pen join(List<Expr> parts, int strength, String operator) {
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        text(operator);
      }
      part(parts.get(i), strength);
    }
    return this;
  }
}
