package dev.qkv.sheet.value;

import java.util.List;

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
   * A number.
   *
   * @param value the number
   */
  record Num(Value value) implements Expr {}

  /**
   * A sum.
   *
   * @param terms one or more terms
   */
  record Sum(List<Expr> terms) implements Expr {
    @Override
    public Value value() {
      return terms.stream().map(Expr::value).reduce(Exact.ZERO, Value::plus);
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
    public Value value() {
      return factors.stream().map(Expr::value).reduce(Exact.ONE, Value::times);
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
    public Value value() {
      return candidates.stream()
          .map(Expr::value)
          .reduce((a, b) -> a.compare(b) >= 0 ? a : b)
          .orElseThrow();
    }
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
    List<Expr> terms = new java.util.ArrayList<>(left.size());
    for (int i = 0; i < left.size(); i++) {
      terms.add(new Product(List.of(of(left.get(i)), of(right.get(i)))));
    }
    return terms.size() == 1 ? terms.getFirst() : new Sum(List.copyOf(terms));
  }
}
