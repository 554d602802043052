package dev.qkv.sheet.evaluation;

import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.term.Condition;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Estimate;
import dev.qkv.sheet.term.Product;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.term.Shape;
import dev.qkv.sheet.term.Term;
import dev.qkv.sheet.value.Approximate;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Function;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.NegativeInfinity;
import dev.qkv.sheet.value.Value;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Float64 over arrays of any size, several matrices at a time. What does not exist is NaN: nothing
 * is thrown for a row with nothing to attend to, or a division by zero.
 */
public final class FloatArithmetic implements Arithmetic<Doubles> {
  /** A float64 that should be a tie may lie this far beside it, for its size. */
  private static final double TIE = 1e-12;

  /** No number lies farther than this beside a tie and is still one. */
  private static final double WIDEST_TIE = 0.01;

  /** The arithmetic; it has no state. */
  public FloatArithmetic() {}

  @Override
  public Doubles given(Matrix given) {
    return Doubles.of(given);
  }

  @Override
  public boolean isSlow() {
    return false;
  }

  @Override
  public Doubles evaluate(Equation equation, Map<Quantity, Doubles> known) {
    return new Numbers(equation, known).matrix(equation.term());
  }

  @Override
  public Doubles rounded(Doubles matrix, int digits, RoundingMode mode) {
    return matrix.map(x -> round(x, digits, mode));
  }

  /**
   * A number rounded to some decimals, its ties found although float64 misses them.
   *
   * @param number any number; one that is not finite stays
   * @param digits decimals
   * @param mode half up, half down or half even
   * @return the rounded number
   */
  public static double round(double number, int digits, RoundingMode mode) {
    if (!Double.isFinite(number)) {
      return number;
    }
    double unit = Math.pow(10, digits);
    double size = Math.abs(number) * unit;
    double whole = Math.floor(size);
    double beyond = size - whole - 0.5;
    boolean tie = Math.abs(beyond) <= Math.min(WIDEST_TIE, Math.max(unit, size) * TIE);
    boolean up =
        tie
            ? mode == RoundingMode.HALF_UP || (mode == RoundingMode.HALF_EVEN && whole % 2 == 1)
            : beyond > 0;
    return Math.copySign((up ? whole + 1 : whole) / unit, number);
  }

  @Override
  public boolean same(Doubles one, Doubles other) {
    return one.equals(other);
  }

  @Override
  public Value at(Doubles matrix, int row, int column) {
    return value(matrix.at(0, row, column));
  }

  private static Value value(double number) {
    return number == Double.NEGATIVE_INFINITY ? NegativeInfinity.INSTANCE : new Approximate(number);
  }

  @Override
  public int rows(Doubles matrix) {
    return matrix.rows();
  }

  @Override
  public int columns(Doubles matrix) {
    return matrix.columns();
  }

  /** The numbers of one equation's parts. */
  private static final class Numbers extends Evaluation<Doubles, Double> {
    private int matrix;

    Numbers(Equation equation, Map<Quantity, Doubles> known) {
      super(equation, known);
    }

    @Override
    Doubles compute(Term term, Shape shape) {
      if (term instanceof Product(Term left, Term right)) {
        return Doubles.product(matrix(left), matrix(right));
      }
      int batch = 1;
      for (Term part : term.parts()) {
        batch = Math.max(batch, matrix(part).batch());
      }
      double[] cells = new double[batch * shape.rows() * shape.columns()];
      int before = matrix;
      int at = 0;
      for (matrix = 0; matrix < batch; matrix++) {
        for (int i = 0; i < shape.rows(); i++) {
          for (int j = 0; j < shape.columns(); j++) {
            cells[at++] = term.cell(this, i, j);
          }
        }
      }
      matrix = before;
      return new Doubles(batch, shape.rows(), shape.columns(), cells);
    }

    @Override
    Shape shapeOf(Doubles of) {
      return new Shape(of.rows(), of.columns());
    }

    @Override
    public double number(Term number) {
      return matrix(number).at(0, 0, 0);
    }

    @Override
    public double number(Term column, int row) {
      return matrix(column).at(0, row, 0);
    }

    @Override
    public Double of(Term part, int row, int column) {
      return matrix(part).at(matrix, row, column);
    }

    @Override
    public Value value(Term part, int row, int column) {
      return FloatArithmetic.value(matrix(part).at(matrix, row, column));
    }

    @Override
    public Double number(Value value) {
      return value.toDouble();
    }

    @Override
    public Double sum(List<Double> terms) {
      double sum = 0;
      for (double term : terms) {
        sum += term;
      }
      return sum;
    }

    @Override
    public Double difference(Double left, Double right) {
      return left - right;
    }

    @Override
    public Double negative(Double of) {
      return -of;
    }

    @Override
    public Double product(List<Double> factors) {
      double product = 1;
      for (double factor : factors) {
        product *= factor;
      }
      return product;
    }

    @Override
    public Double quotient(Double numerator, Double denominator) {
      return numerator / denominator;
    }

    @Override
    public Double power(Double base, Double exponent) {
      return Math.pow(base, exponent);
    }

    @Override
    public Double root(Double radicand, @Nullable Supplier<SheetException> unlessPositive) {
      return Math.sqrt(radicand);
    }

    @Override
    public Double apply(Function function, Double of) {
      return function.of(of.doubleValue());
    }

    @Override
    public Double largest(List<Double> of, Supplier<SheetException> ifNothing) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double number : of) {
        largest = Math.max(largest, number);
      }
      return largest;
    }

    @Override
    public Double smallest(List<Double> of) {
      double smallest = Double.POSITIVE_INFINITY;
      for (double number : of) {
        smallest = Math.min(smallest, number);
      }
      return smallest;
    }

    @Override
    public Double chosen(Double chosen, Condition condition, int row, int column) {
      return chosen;
    }

    @Override
    public Double estimate(List<Double> of, Estimate estimate) {
      return estimate.of(of.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }
}
