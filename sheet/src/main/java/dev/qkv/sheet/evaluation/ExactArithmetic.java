package dev.qkv.sheet.evaluation;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Condition;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Estimate;
import dev.qkv.sheet.term.Product;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Shape;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Exact;
import dev.qkv.sheet.value.Function;
import dev.qkv.sheet.value.InnerProducts;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Value;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Closed forms while they last, decimals after that; for problems that somebody reads. */
public final class ExactArithmetic implements Arithmetic<Matrix> {
  /** The arithmetic; it has no state. */
  public ExactArithmetic() {}

  @Override
  public Matrix given(Matrix given) {
    return given;
  }

  @Override
  public boolean isSlow() {
    return true;
  }

  @Override
  public Matrix evaluate(Equation equation, Map<Quantity, Matrix> known) {
    try {
      return new Values(equation, known).matrix(equation.term());
    } catch (ArithmeticException e) {
      throw new SheetException(
          Message.of("error.arithmetic", equation.output().name(), Message.of(e)));
    }
  }

  @Override
  public Matrix rounded(Matrix matrix, int digits, RoundingMode mode) {
    return matrix.map(v -> v.isFinite() ? Value.of(v.decimal().setScale(digits, mode)) : v);
  }

  @Override
  public boolean same(Matrix one, Matrix other) {
    return one.equals(other);
  }

  @Override
  public Value at(Matrix matrix, int row, int column) {
    return matrix.at(row, column);
  }

  @Override
  public int rows(Matrix matrix) {
    return matrix.rows();
  }

  @Override
  public int columns(Matrix matrix) {
    return matrix.columns();
  }

  /** The values of one equation's parts. */
  static final class Values extends Evaluation<Matrix, Value> {
    /** From so many cells on threads are worth their start. */
    private static final int WORTH_SHARING = 256;

    private final Equation equation;

    Values(Equation equation, Map<Quantity, Matrix> known) {
      super(equation, known);
      this.equation = equation;
    }

    @Override
    Matrix compute(Term term, Shape shape) {
      int largest = Matrix.LARGEST_SIDE;
      if (shape.rows() > largest || shape.columns() > largest) {
        throw new SheetException(
            Message.of(
                "error.too.large",
                equation.output().name(),
                shape.rows(),
                shape.columns(),
                largest));
      }
      if (term instanceof Product(Term left, Term right)) {
        return InnerProducts.product(matrix(left), matrix(right));
      }
      if (term.isCostly() && shape.rows() * shape.columns() >= WORTH_SHARING) {
        return shared(term, shape);
      }
      return Matrix.of(shape.rows(), shape.columns(), (i, j) -> term.cell(this, i, j));
    }

    /** Rows on several threads; what they read is there before. */
    private Matrix shared(Term term, Shape shape) {
      term.parts().forEach(this::matrix);
      List<List<Value>> rows =
          IntStream.range(0, shape.rows())
              .parallel()
              .mapToObj(
                  i ->
                      IntStream.range(0, shape.columns())
                          .mapToObj(j -> term.cell(this, i, j))
                          .toList())
              .toList();
      return Matrix.ofRows(rows);
    }

    @Override
    Shape shapeOf(Matrix matrix) {
      return new Shape(matrix.rows(), matrix.columns());
    }

    @Override
    public double number(Term number) {
      return matrix(number).scalar().toDouble();
    }

    @Override
    public double number(Term column, int row) {
      return matrix(column).at(row, 0).toDouble();
    }

    @Override
    public Value of(Term part, int row, int column) {
      return matrix(part).at(row, column);
    }

    @Override
    public Value value(Term part, int row, int column) {
      return matrix(part).at(row, column);
    }

    @Override
    public Value number(Value value) {
      return value;
    }

    @Override
    public Value sum(List<Value> terms) {
      return fold(terms, Value::plus);
    }

    @Override
    public Value difference(Value left, Value right) {
      return left == NegativeInfinity.INSTANCE && right != NegativeInfinity.INSTANCE
          ? left
          : left.minus(right);
    }

    @Override
    public Value negative(Value of) {
      return of.negate();
    }

    @Override
    public Value product(List<Value> factors) {
      return fold(factors, Value::times);
    }

    @Override
    public Value quotient(Value numerator, Value denominator) {
      return numerator.dividedBy(denominator);
    }

    @Override
    public Value power(Value base, Value exponent) {
      return base.power(exponent);
    }

    @Override
    public Value root(Value radicand, @Nullable Supplier<SheetException> unlessPositive) {
      if (unlessPositive != null && radicand.signum() <= 0) {
        throw in(unlessPositive.get());
      }
      return radicand.sqrt();
    }

    private SheetException in(SheetException fault) {
      return new SheetException(Message.of("error.in", equation.output().name(), fault.reason()));
    }

    @Override
    public Value apply(Function function, Value of) {
      return function.of(of);
    }

    @Override
    public Value largest(List<Value> of, Supplier<SheetException> ifNothing) {
      Value largest = fold(of, (a, b) -> a.compare(b) >= 0 ? a : b);
      if (largest == NegativeInfinity.INSTANCE) {
        throw in(ifNothing.get());
      }
      return largest;
    }

    @Override
    public Value smallest(List<Value> of) {
      return fold(of, (a, b) -> a.compare(b) <= 0 ? a : b);
    }

    @Override
    public Value chosen(Value chosen, Condition condition, int row, int column) {
      return chosen;
    }

    @Override
    public Value estimate(List<Value> of, Estimate estimate) {
      double number = estimate.of(of.stream().mapToDouble(Value::toDouble).toArray());
      return new Approximate(number);
    }

    /** Combines one or more values, left to right. */
    private static Value fold(List<Value> values, BinaryOperator<Value> operation) {
      Value result = values.isEmpty() ? Exact.ZERO : values.getFirst();
      for (int i = 1; i < values.size(); i++) {
        result = operation.apply(result, values.get(i));
      }
      return result;
    }
  }
}
