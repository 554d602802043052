package dev.qkv.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Products, packed or not, with every end, against sums in float64. */
class MatmulTest {
  private final Random random = new Random(5);

  private Tensor gaussian(int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  /** As {@link #gaussian}, in the middle of an array. */
  private Tensor inside(int... shape) {
    int[] larger = shape.clone();
    larger[0] += 2;
    return gaussian(larger).slice(0, 1, larger[0] - 1);
  }

  private static double[][] product(Tensor a, Tensor b) {
    double[][] sums = new double[a.size(0)][b.size(1)];
    for (int i = 0; i < a.size(0); i++) {
      for (int j = 0; j < b.size(1); j++) {
        for (int t = 0; t < b.size(0); t++) {
          sums[i][j] += (double) a.get(i, t) * b.get(t, j);
        }
      }
    }
    return sums;
  }

  private static void same(String name, Tensor got, int i, int j, double expected) {
    assertThat(Math.abs(got.get(i, j) - expected) <= 3e-5 * (1 + Math.abs(expected)))
        .as("%s, %d %d: %s, expected %s", name, i, j, got.get(i, j), expected)
        .isTrue();
  }

  private static void same(String name, Tensor got, double[][] expected) {
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        same(name, got, i, j, expected[i][j]);
      }
    }
  }

  @Test
  void packedOrNotAtOddSizes() {
    int[][] sizes = {
      {1, 1, 1},
      {1, 300, 70},
      {2, 5, 64},
      {7, 64, 65},
      {8, 129, 128},
      {9, 257, 33},
      {25, 31, 100},
      {97, 130, 17},
      {130, 260, 193},
      {513, 40, 70},
      {600, 3, 129}
    };
    for (int[] size : sizes) {
      Tensor a = inside(size[0], size[1]);
      Tensor b = gaussian(size[2], size[1] + 1).slice(1, 0, size[1]).transposed(0, 1);
      double[][] expected = product(a, b);
      same("b by columns", Matmul.forward(a, b), expected);
      same("packed", Matmul.forward(a, PackedMatrix.of(b)), expected);
      Tensor rows = inside(size[1], size[2]);
      same("b by rows", Matmul.forward(a, rows), product(a, rows));
      Tensor columns = gaussian(size[1], size[0]).transposed(0, 1);
      same("a by columns", Matmul.forward(columns, rows), product(columns, rows));
    }
  }

  @Test
  void theEnds() {
    for (int[] size : new int[][] {{5, 7, 9}, {40, 150, 130}, {530, 20, 67}}) {
      int m = size[0];
      int n = size[2];
      Tensor a = gaussian(m, size[1]);
      Tensor b = gaussian(size[1], n);
      PackedMatrix packed = PackedMatrix.of(b);
      Tensor bias = gaussian(n, 2).slice(1, 0, 1).reshape(n);
      Tensor residual = inside(m, n);
      Tensor up = inside(m, n);
      double[][] sums = product(a, b);
      for (Epilogue.Function function : Epilogue.Function.values()) {
        boolean gated = function == Epilogue.Function.SWIGLU;
        Epilogue start = gated ? Epilogue.NONE.swiGlu(up) : Epilogue.NONE.then(function);
        Tensor got = inside(m, n);
        Tensor other = gaussian(m, n);
        Epilogue all = start.scale(0.3f).bias(bias).residual(residual);
        Matmul.forward(a, packed, all, got);
        Matmul.forward(a, b, start, other);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            double factor = gated ? up.get(i, j) : 1;
            double x = sums[i][j];
            same(function.name(), other, i, j, of(function).applyAsDouble(x) * factor);
            double y = of(function).applyAsDouble(0.3f * x + bias.get(j)) * factor;
            same(function + ", all", got, i, j, y + residual.get(i, j));
          }
        }
      }
    }
  }

  private static DoubleUnaryOperator of(Epilogue.Function function) {
    return switch (function) {
      case IDENTITY -> x -> x;
      case RELU -> x -> Math.max(0, x);
      case GELU -> x -> x * normal(x);
      case GELU_TANH ->
          x -> x / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case SILU, SWIGLU -> x -> x / (1 + Math.exp(-x));
    };
  }

  /** Φ by its series: enough for what a few terms of the products are, else 0 or 1. */
  private static double normal(double x) {
    if (Math.abs(x) > 8) {
      return x < 0 ? 0 : 1;
    }
    double term = x;
    double sum = x;
    for (int i = 1; i < 300; i++) {
      term *= x * x / (2 * i + 1);
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  @Test
  void addsToItsResidual() {
    for (int[] size : new int[][] {{3, 200, 40}, {50, 300, 129}, {520, 140, 64}}) {
      Tensor a = gaussian(size[0], size[1]);
      Tensor b = gaussian(size[1], size[2]);
      Tensor bias = gaussian(size[2]);
      Tensor x = gaussian(size[0], size[2]);
      Tensor before = Tensor.of(x.toArray(), x.shape());
      Matmul.forward(a, PackedMatrix.of(b), Epilogue.NONE.bias(bias).residual(x), x);
      double[][] sums = product(a, b);
      for (int i = 0; i < size[0]; i++) {
        for (int j = 0; j < size[2]; j++) {
          same("sum", x, i, j, sums[i][j] + bias.get(j) + before.get(i, j));
        }
      }
    }
  }

  @Test
  void sumsWithoutTerms() {
    Tensor bias = gaussian(4);
    Tensor output = gaussian(3, 4);
    Matmul.forward(Tensor.zeros(3, 0), Tensor.zeros(0, 4), Epilogue.NONE.bias(bias), output);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(output.get(i, j)).isEqualTo(bias.get(j));
      }
    }
    assertThat(Matmul.forward(Tensor.zeros(0, 5), PackedMatrix.of(Tensor.zeros(5, 4))).elements())
        .isZero();
    assertThat(Matmul.forward(Tensor.zeros(2, 5), Tensor.zeros(5, 0)).shape())
        .containsExactly(2, 0);
  }

  @Test
  void aPackedMatrixKeepsItsNumbers() {
    Tensor a = gaussian(4, 6);
    Tensor b = gaussian(6, 5);
    PackedMatrix packed = PackedMatrix.of(b);
    Tensor before = Matmul.forward(a, packed);
    b.set(100, 2, 2);
    assertThat(Matmul.forward(a, packed).toArray()).isEqualTo(before.toArray());
    assertThat(packed.rows()).isEqualTo(6);
    assertThat(packed.columns()).isEqualTo(5);
  }

  @Test
  void leadingAxesAndGradients() {
    Tensor a = gaussian(3, 4, 50);
    Tensor b = gaussian(50, 70);
    Tensor dOutput = gaussian(3, 4, 70);
    Tensor flat = a.reshape(12, 50);
    Tensor dFlat = dOutput.reshape(12, 70);
    assertThat(Matmul.forward(a, b).shape()).containsExactly(3, 4, 70);
    Matmul.Gradients g = Matmul.backward(a, b, dOutput);
    same("dA", g.a().reshape(12, 50), product(dFlat, b.transposed(0, 1)));
    same("dB", g.b(), product(flat.transposed(0, 1), dFlat));
  }

  /** A gradient is read: it may have gaps, and may be an operand itself. */
  @Test
  void gradientsOfWhatHasGapsOrIsAnOperand() {
    Tensor b = gaussian(7, 7);
    Tensor a = gaussian(5, 8).slice(1, 0, 7);
    for (Tensor dOutput : new Tensor[] {gaussian(5, 9).slice(1, 1, 8), a}) {
      Matmul.Gradients g = Matmul.backward(a, b, dOutput);
      same("dA", g.a(), product(dOutput, b.transposed(0, 1)));
      same("dB", g.b(), product(a.transposed(0, 1), dOutput));
    }
  }

  @Test
  void refusesGradientsThatHaveGaps() {
    Tensor a = gaussian(4, 4);
    Tensor b = gaussian(4, 4);
    Tensor gaps = gaussian(4, 5).slice(1, 0, 4);
    Tensor dense = gaussian(4, 4);
    for (Matmul.Gradients into :
        new Matmul.Gradients[] {
          new Matmul.Gradients(gaps, dense), new Matmul.Gradients(dense, gaps)
        }) {
      assertThatThrownBy(() -> Matmul.backward(a, b, gaussian(4, 4), into))
          .isInstanceOfSatisfying(
              InvalidArgument.class, e -> assertThat(e.rule()).isEqualTo("ops.order"));
    }
  }

  @Test
  void refusesWhatOverlaps() {
    Tensor a = gaussian(4, 4);
    Tensor b = gaussian(4, 4);
    PackedMatrix packed = PackedMatrix.of(b);
    Epilogue add = Epilogue.NONE.residual(a);
    for (Runnable call :
        new Runnable[] {
          () -> Matmul.forward(a, b, Epilogue.NONE, b),
          () -> Matmul.forward(a, packed, Epilogue.NONE, a),
          () -> Matmul.forward(b, packed, add.then(Epilogue.Function.RELU), a),
          () -> Matmul.forward(b, packed, add.scale(2), a),
          () -> Matmul.backward(a, b, gaussian(4, 4), new Matmul.Gradients(a, gaussian(4, 4))),
        }) {
      assertThatThrownBy(call::run)
          .isInstanceOfSatisfying(
              InvalidArgument.class, e -> assertThat(e.rule()).isEqualTo("ops.overlap"));
    }
  }
}
