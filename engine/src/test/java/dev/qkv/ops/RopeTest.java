package dev.qkv.ops;

import static dev.qkv.ops.TestTensors.close;
import static dev.qkv.ops.TestTensors.copy;
import static dev.qkv.ops.TestTensors.gradient;
import static dev.qkv.ops.TestTensors.random;
import static dev.qkv.ops.TestTensors.strided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rotary positions against their definition in float64. */
class RopeTest {
  private static final double BASE = 10000;

  /** The definition, in float64: number j of one query at a position. */
  private static double rotated(Rope style, Tensor x, int[] query, int position, int j) {
    int dim = x.size(3);
    int half = dim / 2;
    boolean isHalf = style == Rope.HALF;
    int t = isHalf ? j % half : j / 2;
    boolean isFirst = isHalf ? j < half : j % 2 == 0;
    double angle = position * Math.pow(BASE, -2.0 * t / dim);
    double first = x.get(query[0], query[1], query[2], isHalf ? t : 2 * t);
    double second = x.get(query[0], query[1], query[2], isHalf ? t + half : 2 * t + 1);
    return isFirst
        ? first * Math.cos(angle) - second * Math.sin(angle)
        : second * Math.cos(angle) + first * Math.sin(angle);
  }

  private static void check(Rope style, Tensor x, Tensor y, int position) {
    for (int b = 0; b < x.size(0); b++) {
      for (int i = 0; i < x.size(1); i++) {
        for (int h = 0; h < x.size(2); h++) {
          for (int j = 0; j < x.size(3); j++) {
            int[] query = {b, i, h};
            close(y.get(b, i, h, j), rotated(style, x, query, position + i, j), 5e-7);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everySize(Rope style) {
    for (int dim : new int[] {0, 2, 6, 14, 16, 18, 34, 62, 64, 66, 130}) {
      for (int heads : new int[] {1, 3}) {
        Tensor x = random(dim, 2, 5, heads, dim);
        RopeTable table = style.table(-3, 20, dim, BASE);
        for (int position : new int[] {-3, 0, 12}) {
          Tensor y = table.forward(x, position);
          check(style, x, y, position);
          assertThat(table.forward(strided(x), position).data()).isEqualTo(y.data());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatThreadsShare(Rope style) {
    Tensor x = random(1, 2, 131, 5, 66);
    check(style, x, style.table(7, 131, 66, BASE).forward(x, 7), 7);
  }

  @ParameterizedTest
  @EnumSource
  void positionsFarAway(Rope style) {
    int far = 1 << 20;
    Tensor x = random(1, 1, 3, 2, 64);
    check(style, x, style.table(far - 1, 4, 64, BASE).forward(x, far), far);
    int last = Integer.MAX_VALUE - 2;
    check(style, x, style.table(last, 9, 64, BASE).forward(x, last), last);
  }

  @ParameterizedTest
  @EnumSource
  void theGradientIsTheRotationBackwards(Rope style) {
    RopeTable table = style.table(0, 20, 8, BASE);
    Tensor x = random(1, 2, 5, 3, 8);
    Tensor dy = random(2, 2, 5, 3, 8);
    gradient(x, () -> table.forward(x, 7), dy, table.backward(dy, 7));
    Tensor back = table.backward(table.forward(x, 7), 7);
    close(back, i -> x.data()[i], 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void inPlace(Rope style) {
    RopeTable table = style.table(0, 20, 34, BASE);
    Tensor x = random(1, 2, 5, 3, 34);
    Tensor own = copy(x);
    table.forward(own, 7, own);
    assertThat(own.data()).isEqualTo(table.forward(x, 7).data());
    Tensor back = table.backward(own, 7);
    table.backward(own, 7, own);
    assertThat(own.data()).isEqualTo(back.data());
  }

  @Test
  void anEmptyTensorNeedsNoPositions() {
    RopeTable table = Rope.HALF.table(0, 0, 4, BASE);
    assertThat(table.forward(Tensor.zeros(2, 0, 3, 4), 99).shape()).containsExactly(2, 0, 3, 4);
    assertThat(table.length()).isZero();
  }

  @Test
  void theTableSaysWhatItIs() {
    RopeTable table = Rope.INTERLEAVED.table(5, 7, 6, BASE);
    assertThat(table.style()).isEqualTo(Rope.INTERLEAVED);
    assertThat(table.firstPosition()).isEqualTo(5);
    assertThat(table.length()).isEqualTo(7);
    assertThat(table.dim()).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource
  void numbersThatAreNoneStayInTheirPair(Rope style) {
    Tensor x = random(1, 1, 2, 1, 40);
    x.data()[1] = Float.NaN;
    Tensor y = style.table(3, 2, 40, BASE).forward(x, 3);
    int partner = style == Rope.HALF ? 21 : 0;
    for (int j = 0; j < 80; j++) {
      assertThat(Float.isNaN(y.data()[j])).isEqualTo(j == 1 || j == partner);
    }
  }
}
