package dev.qkv.ops;

import static dev.qkv.ops.TestTensors.close;
import static dev.qkv.ops.TestTensors.gradient;
import static dev.qkv.ops.TestTensors.random;
import static dev.qkv.ops.TestTensors.strided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of a table, and what comes back to it. */
class EmbeddingTest {
  @Test
  void differences() {
    Tensor table = random(1, 5, 3);
    int[] ids = {4, 0, 4};
    Tensor dy = random(2, 3, 3);
    assertThat(Embedding.forward(table, ids).get(2, 1)).isEqualTo(table.get(4, 1));
    gradient(table, () -> Embedding.forward(table, ids), dy, Embedding.backward(table, dy, ids));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "5,3,7", "101,17,501", "1009,97,1501", "7,40009,5", "2003,31,3"})
  void everySize(int entries, int c, int count) {
    Tensor table = random(1, entries, c);
    Tensor dy = random(2, count, c);
    Random random = new Random(3);
    int[] ids = new int[count];
    double[] expected = new double[entries * c];
    for (int i = 0; i < count; i++) {
      ids[i] = random.nextInt(1 + random.nextInt(entries));
      for (int j = 0; j < c; j++) {
        expected[ids[i] * c + j] += dy.get(i, j);
      }
    }
    Tensor rows = Embedding.forward(strided(table), ids);
    close(rows, i -> table.data()[ids[i / c] * c + i % c], 0);
    Tensor gradient = Embedding.backward(table, strided(dy), ids);
    close(gradient, i -> expected[i], 1e-5);
    Tensor into = random(4, entries, c);
    Embedding.backward(dy, ids, into);
    assertThat(into.data()).isEqualTo(gradient.data());
    Tensor part = random(5, 3, count, c).slice(0, 1, 2);
    Tensor output = Tensor.view(part.data(), part.offset(), rows.shape(), new int[] {c, 1});
    Embedding.forward(table, ids, output);
    assertThat(output.toArray()).isEqualTo(rows.data());
  }

  @Test
  void withoutIdsTheGradientIsZero() {
    Tensor table = random(1, 5, 3);
    assertThat(Embedding.forward(table).shape()).containsExactly(0, 3);
    assertThat(Embedding.backward(table, Tensor.zeros(0, 3)).data()).containsOnly(0);
    Embedding.backward(Tensor.zeros(0, 3), new int[0], table);
    assertThat(table.data()).containsOnly(0);
    assertThat(Embedding.forward(Tensor.zeros(0, 3)).shape()).containsExactly(0, 3);
    assertThat(Embedding.backward(Tensor.zeros(0, 3), Tensor.zeros(0, 3)).elements()).isZero();
  }

  @Test
  void nanReachesItsOwnEntryOnly() {
    Tensor dy = random(1, 3, 20);
    dy.set(Float.NaN, 1, 7);
    Tensor gradient = Embedding.backward(Tensor.zeros(4, 20), dy, 2, 3, 2);
    for (int i = 0; i < 80; i++) {
      assertThat(Float.isNaN(gradient.data()[i])).isEqualTo(i == 67);
    }
  }

  /** Rows are read after others were written. */
  @Test
  void theOutputIsNotTheTable() {
    Tensor table = random(1, 3, 4);
    assertThat(
            catchThrowableOfType(
                    InvalidArgument.class,
                    () -> Embedding.forward(table, new int[] {2, 1, 0}, table))
                .rule())
        .isEqualTo("ops.overlap");
    assertThat(
            catchThrowableOfType(
                    InvalidArgument.class,
                    () -> Embedding.backward(table, new int[] {2, 1, 0}, table))
                .rule())
        .isEqualTo("ops.overlap");
  }
}
