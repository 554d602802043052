package dev.qkv.sheet.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.sheet.evaluation.ExactArithmetic;
import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.evaluation.Tracer;
import dev.qkv.sheet.evaluation.Writer;
import dev.qkv.sheet.expression.Expr;
import dev.qkv.sheet.expression.Symbol;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Function;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random programs of terms come to the same in every arithmetic, and as they are written. */
class RandomTermsTest {
  private static final Quantity M = input("M", Axis.QUERY, Axis.KEY);
  private static final Quantity N = input("N", Axis.QUERY, Axis.KEY);
  private static final Quantity ROW = input("g", Axis.ONE, Axis.KEY);
  private static final Quantity COLUMN = input("m", Axis.QUERY, Axis.ONE);
  private static final Quantity NUMBER = input("c", Axis.ONE, Axis.ONE);
  private static final Quantity OUT = input("out", Axis.QUERY, Axis.KEY);

  private static Quantity input(String name, Axis rows, Axis columns) {
    return Quantity.of(name, Symbol.of(name), rows, columns);
  }

  /** A term of the shape of M. */
  private static Term matrix(Random random, int depth) {
    if (depth == 0) {
      return random.nextBoolean() ? M : N;
    }
    Term a = matrix(random, depth - 1);
    return switch (random.nextInt(16)) {
      case 0 -> a.plus(matrix(random, depth - 1));
      case 1 -> a.minus(matrix(random, depth - 1));
      case 2 -> a.by(matrix(random, depth - 1));
      case 3 -> a.over(matrix(random, depth - 1).squared().plus(Term.of(1)));
      case 4 -> a.times(matrix(random, depth - 1).t()).times(matrix(random, depth - 1));
      case 5 -> a.minus(a.rowMax());
      case 6 -> a.by(ROW).plus(COLUMN);
      case 7 -> a.over(NUMBER.squared().plus(Term.of(2)));
      case 8 -> a.apply(Function.TANH);
      case 9 -> a.apply(Function.TANH).exp();
      case 10 -> a.where(Condition.positive(a), N);
      case 11 -> a.where(Condition.causal(Alignment.UPPER_LEFT), M);
      case 12 -> a.rowMean().like(a);
      case 13 -> a.reduce(Reduce.Kind.SUM, Reduce.Along.COLUMN).like(a);
      case 14 -> a.apply(Function.SIN).negated();
      default -> a.squared().plus(Term.of(1)).root();
    };
  }

  private static Matrix numbers(Random random, int rows, int columns) {
    return Matrix.of(
        rows, columns, (i, j) -> Value.of(BigDecimal.valueOf(random.nextInt(41) - 20, 1)));
  }

  @Property(tries = 600, seed = "20261125")
  void agreeInAllArithmetics(@ForAll long seed) {
    Random random = new Random(seed);
    int rows = 1 + random.nextInt(3);
    int columns = 1 + random.nextInt(3);
    Map<Quantity, Matrix> known =
        Map.of(
            M, numbers(random, rows, columns),
            N, numbers(random, rows, columns),
            ROW, numbers(random, 1, columns),
            COLUMN, numbers(random, rows, 1),
            NUMBER, numbers(random, 1, 1));
    Equation equation = new Equation(OUT, matrix(random, 1 + random.nextInt(4)));
    Matrix exact = new ExactArithmetic().evaluate(equation, known);
    Map<Quantity, Doubles> floats = new HashMap<>();
    known.forEach((q, m) -> floats.put(q, Doubles.of(m)));
    Doubles fast = new FloatArithmetic().evaluate(equation, floats);
    Writer writer = new Writer(equation, known);
    Tracer tracer = new Tracer(equation, known);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double right = exact.at(i, j).toDouble();
        double tolerance = 1e-8 * Math.max(1, Math.abs(right));
        assertThat(Math.abs(fast.at(0, i, j) - right) <= tolerance)
            .as("%s: float64 %s, exact %s", equation.text(), fast.at(0, i, j), right)
            .isTrue();
        double written = value(writer.cell(i, j));
        assertThat(Math.abs(written - right) <= tolerance)
            .as("%s: written %s, exact %s", equation.text(), written, right)
            .isTrue();
        for (Tracer.Source source : tracer.cell(i, j)) {
          assertThat(known).containsKey(source.quantity());
        }
      }
    }
  }

  /** What is written, worked out. */
  private static double value(Expr expression) {
    return switch (expression) {
      case Expr.Num(Value v) -> v.toDouble();
      case Expr.Input input -> input.value().toDouble();
      case Expr.Sign(Symbol s) when s.plain().equals("e") -> Math.E;
      case Expr.Sum(List<Expr> terms) -> values(terms).sum();
      case Expr.Difference(Expr a, Expr b) -> value(a) - value(b);
      case Expr.Negative(Expr a) -> -value(a);
      case Expr.Product(List<Expr> factors, Expr.Times t) ->
          values(factors).reduce(1, (a, b) -> a * b);
      case Expr.Quotient(Expr a, Expr b, boolean s) -> value(a) / value(b);
      case Expr.Root(Expr a) -> Math.sqrt(value(a));
      case Expr.Power(Expr a, Expr b) -> Math.pow(value(a), value(b));
      case Expr.Call(String name, List<Expr> of) ->
          switch (name) {
            case "max" -> values(of).max().orElseThrow();
            case "min" -> values(of).min().orElseThrow();
            case "tanh" -> Math.tanh(value(of.getFirst()));
            case "sin" -> Math.sin(value(of.getFirst()));
            default -> throw new AssertionError(name);
          };
      default -> throw new AssertionError(expression);
    };
  }

  private static DoubleStream values(List<Expr> all) {
    return all.stream().mapToDouble(RandomTermsTest::value);
  }

  @Property(tries = 50, seed = "20261125")
  void batchesAreOneMatrixAfterTheOther(@ForAll long seed) {
    Random random = new Random(seed);
    Equation equation = new Equation(OUT, matrix(random, 3));
    int batch = 3;
    Map<Quantity, Doubles> together = new HashMap<>();
    List<Map<Quantity, Doubles>> apart = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
    for (Quantity q : List.of(M, N, ROW, COLUMN, NUMBER)) {
      int rows = q.rows() == Axis.ONE ? 1 : 2;
      int columns = q.columns() == Axis.ONE ? 1 : 3;
      int matrices = q.equals(NUMBER) ? 1 : batch;
      double[] cells = random.doubles((long) matrices * rows * columns, -2, 2).toArray();
      together.put(q, new Doubles(matrices, rows, columns, cells));
      for (int b = 0; b < batch; b++) {
        int from = matrices == 1 ? 0 : b * rows * columns;
        double[] own = java.util.Arrays.copyOfRange(cells, from, from + rows * columns);
        apart.get(b).put(q, new Doubles(1, rows, columns, own));
      }
    }
    Doubles all = new FloatArithmetic().evaluate(equation, together);
    for (int b = 0; b < batch; b++) {
      Doubles one = new FloatArithmetic().evaluate(equation, apart.get(b));
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          assertThat(all.at(b, i, j)).as(equation.text()).isEqualTo(one.at(0, i, j));
        }
      }
    }
  }

  @Property(tries = 200, seed = "20261125")
  void shapesThatDoNotFitNameFormulaAndShapes(@ForAll long seed) {
    Random random = new Random(seed);
    Term term = matrix(random, 1 + random.nextInt(3));
    Map<Quantity, Matrix> known =
        Map.of(
            M, numbers(random, 2, 3),
            N, numbers(random, 4, 5),
            ROW, numbers(random, 1, 3),
            COLUMN, numbers(random, 2, 1),
            NUMBER, numbers(random, 1, 1));
    Equation equation = new Equation(OUT, term.plus(M.plus(N)));
    try {
      new ExactArithmetic().evaluate(equation, known);
      throw new AssertionError("evaluated " + equation.text());
    } catch (SheetException e) {
      String message = e.reason().in(java.util.Locale.ENGLISH);
      assertThat(message).startsWith("out: ").matches(".*(2×3|4×5|3×2|5×4|rows|columns|numbers).*");
    }
  }
}
