package dev.qkv.sheet.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * What stands on the right of one cell, with the numbers substituted. The value of the cell is the
 * value of this expression, so that what is shown and what is computed cannot differ.
 */
public sealed interface Expr {
  /**
   * The number this comes to.
   *
   * @return the value, exact where the parts allow it
   * @throws ArithmeticException where it has none, as for a division by zero
   */
  Value value();

  /**
   * How it is written; each kind knows its own operator.
   *
   * @param notation plain characters or TeX
   * @return its text
   */
  String in(Notation notation);

  /**
   * How tightly it holds together, which decides about brackets.
   *
   * @param notation plain characters or TeX
   * @return {@link #SUM}, {@link #PRODUCT} or {@link #ATOM}; less than a sum for a negative number
   */
  int strength(Notation notation);

  /** Parts joined by plus or minus. */
  int SUM = 1;

  /** Parts joined by times or over. */
  int PRODUCT = 2;

  /** One piece. */
  int ATOM = 3;

  /**
   * A number.
   *
   * @param value the number
   */
  record Num(Value value) implements Expr {
    @Override
    public String in(Notation notation) {
      return notation.number(value);
    }

    @Override
    public int strength(Notation notation) {
      return notation.strength(value);
    }
  }

  /**
   * A sum.
   *
   * @param terms one or more terms
   */
  record Sum(List<Expr> terms) implements Expr {
    @Override
    public String in(Notation notation) {
      return notation.join(terms, SUM, " + ", " + ");
    }

    @Override
    public int strength(Notation notation) {
      return SUM;
    }

    @Override
    public Value value() {
      return fold(terms, Value::plus);
    }
  }

  /**
   * A difference.
   *
   * @param left the minuend
   * @param right the subtrahend
   */
  record Difference(Expr left, Expr right) implements Expr {
    @Override
    public String in(Notation notation) {
      return notation.within(left, SUM)
          + notation.of(" − ", " - ")
          + notation.within(right, PRODUCT);
    }

    @Override
    public int strength(Notation notation) {
      return SUM;
    }

    @Override
    public Value value() {
      Value minuend = left.value();
      return minuend == NegativeInfinity.INSTANCE ? minuend : minuend.minus(right.value());
    }
  }

  /**
   * A product.
   *
   * @param factors one or more factors
   */
  record Product(List<Expr> factors) implements Expr {
    @Override
    public String in(Notation notation) {
      return notation.join(factors, ATOM, "·", "\\cdot ");
    }

    @Override
    public int strength(Notation notation) {
      return PRODUCT;
    }

    @Override
    public Value value() {
      return fold(factors, Value::times);
    }
  }

  /**
   * A fraction.
   *
   * @param numerator above the line
   * @param denominator below it
   */
  record Quotient(Expr numerator, Expr denominator) implements Expr {
    @Override
    public String in(Notation notation) {
      return notation.tex()
          ? "\\frac{" + numerator.in(notation) + "}{" + denominator.in(notation) + "}"
          : notation.within(numerator, PRODUCT) + "/" + notation.within(denominator, ATOM);
    }

    @Override
    public int strength(Notation notation) {
      return notation.tex() ? ATOM : PRODUCT;
    }

    @Override
    public Value value() {
      return numerator.value().dividedBy(denominator.value());
    }
  }

  /**
   * A square root.
   *
   * @param radicand what stands under the root
   */
  record Root(Expr radicand) implements Expr {
    @Override
    public String in(Notation notation) {
      return notation.tex()
          ? "\\sqrt{" + radicand.in(notation) + "}"
          : "√" + notation.within(radicand, ATOM);
    }

    @Override
    public int strength(Notation notation) {
      return ATOM;
    }

    @Override
    public Value value() {
      return radicand.value().sqrt();
    }
  }

  /**
   * A square.
   *
   * @param base what is squared
   */
  record Square(Expr base) implements Expr {
    @Override
    public String in(Notation notation) {
      return notation.within(base, ATOM) + notation.of("²", "^2");
    }

    @Override
    public int strength(Notation notation) {
      return ATOM;
    }

    @Override
    public Value value() {
      Value x = base.value();
      return x.times(x);
    }
  }

  /**
   * An exponential.
   *
   * @param exponent the exponent of e
   */
  record Exponential(Expr exponent) implements Expr {
    @Override
    public String in(Notation notation) {
      return notation.tex()
          ? "e^{" + exponent.in(notation) + "}"
          : "e^" + notation.within(exponent, ATOM);
    }

    @Override
    public int strength(Notation notation) {
      return notation.tex() ? ATOM : PRODUCT;
    }

    @Override
    public Value value() {
      return exponent.value().exp();
    }
  }

  /**
   * The largest of several.
   *
   * @param candidates one or more expressions
   */
  record Maximum(List<Expr> candidates) implements Expr {
    @Override
    public String in(Notation notation) {
      return notation.of("max(", "\\max(") + notation.join(candidates, 0, ", ", ", ") + ")";
    }

    @Override
    public int strength(Notation notation) {
      return ATOM;
    }

    @Override
    public Value value() {
      return fold(candidates, (a, b) -> a.compare(b) >= 0 ? a : b);
    }
  }

  /** Combines the values of one or more parts, left to right. */
  private static Value fold(List<Expr> parts, BinaryOperator<Value> operation) {
    Value result = parts.getFirst().value();
    for (int i = 1; i < parts.size(); i++) {
      result = operation.apply(result, parts.get(i).value());
    }
    return result;
  }

  /**
   * A number.
   *
   * @param value the number
   * @return the expression that is that number
   */
  static Expr of(Value value) {
    return new Num(value);
  }

  /**
   * A sum of products of pairs, the inner product that most cells are.
   *
   * @param left the left factors
   * @param right the right factors, as many
   * @return {@code left₁·right₁ + left₂·right₂ + …}
   */
  static Expr inner(List<Value> left, List<Value> right) {
    List<Expr> terms = new ArrayList<>(left.size());
    for (int i = 0; i < left.size(); i++) {
      terms.add(new Product(List.of(of(left.get(i)), of(right.get(i)))));
    }
    return terms.size() == 1 ? terms.getFirst() : new Sum(List.copyOf(terms));
  }
}
