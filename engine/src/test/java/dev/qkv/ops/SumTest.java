package dev.qkv.ops;

import static dev.qkv.ops.TestTensors.close;
import static dev.qkv.ops.TestTensors.random;
import static dev.qkv.ops.TestTensors.strided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums, multiples, ReLU, squares and Adam against float64, at sizes that threads share as well. */
class SumTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "7,31", "2,17", "5,257", "67,1031", "1,70001", "5,33331", "70001,1"})
  void sums(int rows, int width) {
    Tensor a = random(1, rows, width);
    for (Tensor b : new Tensor[] {random(2, width), random(3, rows, width)}) {
      float[] x = a.data();
      float[] y = b.data();
      Tensor sum = Sum.forward(a, b);
      close(sum, i -> (double) x[i] + y[i % y.length], 1e-7);
      assertThat(Sum.forward(strided(a), strided(b)).data()).isEqualTo(sum.data());
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "7,31", "2,17", "5,257", "67,1031", "1,70001", "5,33331", "70001,1"})
  void gradients(int rows, int width) {
    Tensor dOutput = random(1, rows, width);
    double[] expected = new double[width];
    for (int i = 0; i < rows * width; i++) {
      expected[i % width] += dOutput.data()[i];
    }
    Tensor db = Sum.backward(dOutput, width);
    close(db, j -> expected[j], 1e-6 * Math.sqrt(rows));
    assertThat(Sum.backward(strided(dOutput), width).data()).isEqualTo(db.data());
    assertThat(Sum.backward(dOutput, rows, width).data()).isEqualTo(dOutput.data());
  }

  @Test
  void leadingAxesAreAddedUp() {
    Tensor dOutput = random(1, 3, 5, 2, 7);
    Tensor db = Sum.backward(dOutput, 2, 7);
    assertThat(db.shape()).containsExactly(2, 7);
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 5; j++) {
        expected += dOutput.get(i, j, 1, 4);
      }
    }
    close(db.get(1, 4), expected, 1e-6);
    double all = 0;
    for (float number : dOutput.data()) {
      all += number;
    }
    close(Sum.backward(dOutput).get(), all, 1e-5);
  }

  @Test
  void nothingIsAddedUpToZeros() {
    assertThat(Sum.forward(Tensor.zeros(0, 3), random(1, 3)).shape()).containsExactly(0, 3);
    assertThat(Sum.forward(Tensor.zeros(3, 0), Tensor.zeros(0)).shape()).containsExactly(3, 0);
    Tensor old = random(1, 3);
    Sum.backward(Tensor.zeros(0, 3), old);
    assertThat(old.data()).containsOnly(0);
    assertThat(Sum.backward(Tensor.zeros(3, 0), 0).elements()).isZero();
  }

  @Test
  void numbersThatAreNone() {
    Tensor x = Tensor.of(new float[] {Float.NaN, INFINITY, -INFINITY, INFINITY, -0f}, 5);
    Tensor y = Tensor.of(new float[] {1, 1, 1, -INFINITY, -0f}, 5);
    assertThat(Sum.forward(x, y).data())
        .containsExactly(Float.NaN, INFINITY, -INFINITY, Float.NaN, -0f);
    assertThat(Scale.forward(x, -2).data())
        .containsExactly(Float.NaN, -INFINITY, INFINITY, -INFINITY, 0);
    assertThat(Scale.forward(x, 0).data()).startsWith(Float.NaN, Float.NaN, Float.NaN);
    assertThat(Relu.forward(x).data()).startsWith(Float.NaN, INFINITY, 0, INFINITY);
    assertThat(Relu.backward(Relu.forward(x), Tensor.of(new float[] {2, 3, 4, 5, 6}, 5)).data())
        .containsExactly(0, 3, 0, 5, 0);
    assertThat(SquareSum.of(x)).isNaN();
    assertThat(SquareSum.of(y)).isInfinite();
  }

  @ParameterizedTest
  @CsvSource({"0,7", "1,1", "3,5", "7,31", "67,1031"})
  void multiplesReluAndSquares(int rows, int width) {
    Tensor x = random(1, rows, width);
    Tensor d = random(2, rows, width);
    float[] in = x.data();
    close(Scale.forward(strided(x), -0.3f), i -> -0.3f * (double) in[i], 1e-7);
    Tensor y = Relu.forward(strided(x));
    close(y, i -> Math.max(in[i], 0), 0);
    close(Relu.backward(strided(y), strided(d)), i -> in[i] > 0 ? d.data()[i] : 0, 0);
    double squares = 0;
    for (float number : in) {
      squares += (double) number * number;
    }
    assertThat(Math.abs(SquareSum.of(strided(x)) - squares) <= 1e-13 * squares).isTrue();
    assertThat(SquareSum.of(x)).isEqualTo(SquareSum.of(strided(x)));
  }

  @Test
  void squaresDoNotOverflow() {
    Tensor x = Tensor.zeros(100);
    Arrays.fill(x.data(), Float.MAX_VALUE);
    double largest = Float.MAX_VALUE;
    close(SquareSum.of(x), 100 * largest * largest, 1e-14);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "31", "70001"})
  void adam(int n) {
    Tensor p = random(1, n);
    Tensor g = random(2, n);
    Tensor m = random(3, n);
    Tensor v = random(4, n);
    Relu.forward(v, v);
    float[][] before = {p.toArray(), m.toArray(), v.toArray()};
    Adam.step(p, strided(g), m, v, new Adam.Step(0.9f, 0.99f, 0.995f, 0.02f, 1.5f, 1e-3f));
    close(m, i -> 0.9f * (double) before[1][i] + (1 - 0.9f) * g.data()[i], 1e-6);
    close(
        v,
        i -> 0.99f * (double) before[2][i] + (1 - 0.99f) * g.data()[i] * (double) g.data()[i],
        1e-6);
    close(
        p,
        i ->
            0.995f * (double) before[0][i]
                - 0.02f * (double) m.data()[i] / (Math.sqrt(v.data()[i]) * 1.5f + 1e-3f),
        1e-6);
  }
}
