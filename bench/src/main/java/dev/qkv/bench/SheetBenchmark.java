package dev.qkv.bench;

import dev.qkv.sheet.Choices;
import dev.qkv.sheet.Derivation;
import dev.qkv.sheet.FormulaSheet;
import dev.qkv.sheet.Masking;
import dev.qkv.sheet.Problem;
import dev.qkv.sheet.Quantities;
import dev.qkv.sheet.Sheet;
import dev.qkv.sheet.evaluation.FloatArithmetic;
import dev.qkv.sheet.term.Alignment;
import dev.qkv.sheet.term.Equation;
import dev.qkv.sheet.term.Quantity;
import dev.qkv.sheet.value.Doubles;
import dev.qkv.sheet.value.Matrix;
import dev.qkv.sheet.value.Value;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The formula sheet under JMH, with the quick compiler that worksheets run with. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"})
public class SheetBenchmark {
  private static final FloatArithmetic FLOATS = new FloatArithmetic();

  private final Problem small = layer(8, 8);
  private final Problem large = layer(64, 64);
  private final Map<Quantity, Doubles> head = new HashMap<>();
  private final List<Equation> plan;

  /** Makes the inputs. */
  public SheetBenchmark() {
    Random random = new Random(1);
    Map<Quantity, Matrix> names = new LinkedHashMap<>();
    for (Quantity quantity : List.of(Quantities.Q, Quantities.K, Quantities.V)) {
      head.put(quantity, new Doubles(1, 1024, 64, random.doubles(1024 * 64, -1, 1).toArray()));
      names.put(quantity, Matrix.scalar(Value.of(1)));
    }
    Sheet sheet = FormulaSheet.of(new Problem(names, Choices.USUAL, List.of()));
    plan = sheet.plan(List.of(Quantities.Z));
  }

  /** A causal layer of two heads. */
  private static Problem layer(int tokens, int width) {
    Random random = new Random(1);
    Map<Quantity, Matrix> givens = new LinkedHashMap<>();
    givens.put(Quantities.X, numbers(random, tokens, width));
    for (Quantity weights :
        List.of(Quantities.W_Q, Quantities.W_K, Quantities.W_V, Quantities.W_O)) {
      givens.put(weights, numbers(random, width, width));
    }
    givens.put(Quantities.HEADS, Matrix.scalar(Value.of(2)));
    Choices causal = Choices.USUAL.with(new Masking.Causal(Alignment.UNSAID));
    return new Problem(givens, causal, List.of(Quantities.O));
  }

  private static Matrix numbers(Random random, int rows, int columns) {
    return Matrix.of(
        rows, columns, (i, j) -> Value.of(BigDecimal.valueOf(random.nextInt(19) - 9, 1)));
  }

  /**
   * A sheet of 8 × 8, worked again from its givens.
   *
   * @return its solution
   */
  @Benchmark
  public Derivation eight() {
    return Derivation.of(small);
  }

  /**
   * A sheet of 64 × 64.
   *
   * @return its solution
   */
  @Benchmark
  public Derivation sixtyFour() {
    return Derivation.of(large);
  }

  /**
   * One head of 1024 × 64 in float64.
   *
   * @return its output
   */
  @Benchmark
  public Doubles head() {
    Map<Quantity, Doubles> known = new HashMap<>(head);
    for (Equation equation : plan) {
      known.put(equation.output(), FLOATS.evaluate(equation, known));
    }
    return Objects.requireNonNull(known.get(Quantities.Z));
  }
}
