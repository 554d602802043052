package dev.qkv.ops;

import static dev.qkv.ops.TestTensors.close;
import static dev.qkv.ops.TestTensors.copy;
import static dev.qkv.ops.TestTensors.gradient;
import static dev.qkv.ops.TestTensors.random;
import static dev.qkv.ops.TestTensors.strided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cross entropy against its definition in float64. */
class CrossEntropyTest {
  private static int[] targets(int rows, int classes) {
    Random random = new Random(5);
    int[] targets = new int[rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = random.nextInt(classes);
    }
    return targets;
  }

  /** log Σ e^x of a row. */
  private static double logSumExp(Tensor logits, int row) {
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int j = 0; j < logits.size(1); j++) {
      max = Math.max(max, logits.get(row, j));
    }
    for (int j = 0; j < logits.size(1); j++) {
      sum += Math.exp(logits.get(row, j) - max);
    }
    return max + Math.log(sum);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "4,5", "7,31", "3,16", "67,1031", "2,40009", "9001,7"})
  void lossProbabilitiesAndGradient(int rows, int classes) {
    Tensor logits = random(1, rows, classes);
    int[] targets = targets(rows, classes);
    double[] lambda = new double[rows];
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      lambda[row] = logSumExp(logits, row);
      loss += (lambda[row] - logits.get(row, targets[row])) / rows;
    }
    float[] x = logits.data();
    CrossEntropy.Saved saved = CrossEntropy.forward(logits, targets);
    close(saved.loss(), loss, 1e-6);
    close(saved.probabilities(), i -> Math.exp(x[i] - lambda[i / classes]), 1e-6);
    Tensor gradient = CrossEntropy.backward(saved, 3, targets);
    close(
        gradient,
        i ->
            3.0
                / rows
                * (Math.exp(x[i] - lambda[i / classes])
                    - (targets[i / classes] == i % classes ? 1 : 0)),
        3e-6 / rows);
    CrossEntropy.Saved again = CrossEntropy.forward(strided(logits), targets);
    assertThat(again.loss()).isEqualTo(saved.loss());
    assertThat(again.probabilities().data()).isEqualTo(saved.probabilities().data());
    CrossEntropy.Saved views = new CrossEntropy.Saved(0, strided(saved.probabilities()));
    assertThat(CrossEntropy.backward(views, 3, targets).data()).isEqualTo(gradient.data());
  }

  @Test
  void inPlace() {
    Tensor logits = random(1, 9, 33);
    int[] targets = targets(9, 33);
    CrossEntropy.Saved apart = CrossEntropy.forward(logits, targets);
    Tensor gradient = CrossEntropy.backward(apart, 1, targets);
    Tensor own = copy(logits);
    double loss = CrossEntropy.forward(own, targets, own);
    assertThat(loss).isEqualTo(apart.loss());
    assertThat(own.data()).isEqualTo(apart.probabilities().data());
    CrossEntropy.backward(new CrossEntropy.Saved(loss, own), 1, targets, own);
    assertThat(own.data()).isEqualTo(gradient.data());
  }

  @Test
  void differences() {
    Tensor logits = random(1, 2, 2, 5);
    int[] targets = {0, 4, 2, 2};
    gradient(
        logits,
        () -> Tensor.of(new float[] {(float) CrossEntropy.forward(logits, targets).loss()}, 1),
        Tensor.of(new float[] {1}, 1),
        CrossEntropy.backward(CrossEntropy.forward(logits, targets), 1, targets));
  }

  @Test
  void numbersThatAreNone() {
    Tensor logits = random(1, 1, 37);
    logits.data()[5] = Float.NEGATIVE_INFINITY;
    assertThat(CrossEntropy.forward(logits, 4).loss()).isFinite();
    assertThat(CrossEntropy.forward(logits, 4).probabilities().get(0, 5)).isZero();
    assertThat(CrossEntropy.forward(logits, 5).loss()).isEqualTo(Double.POSITIVE_INFINITY);
    logits.data()[7] = 1e30f;
    assertThat(CrossEntropy.forward(logits, 7).loss()).isZero();
    logits.data()[20] = Float.NaN;
    assertThat(CrossEntropy.forward(logits, 4).loss()).isNaN();
    Arrays.fill(logits.data(), Float.NEGATIVE_INFINITY);
    assertThat(CrossEntropy.forward(logits, 4).loss()).isNaN();
  }

  @Test
  void withoutRowsTheLossIsZero() {
    CrossEntropy.Saved saved = CrossEntropy.forward(Tensor.zeros(0, 3));
    assertThat(saved.loss()).isZero();
    assertThat(CrossEntropy.backward(saved, 1).shape()).containsExactly(0, 3);
  }

  @Test
  void theBackwardPassLooksAtTargetsAsWell() {
    CrossEntropy.Saved saved = CrossEntropy.forward(Tensor.zeros(2, 3), 0, 1);
    assertThat(
            catchThrowableOfType(
                InvalidArgument.class, () -> CrossEntropy.backward(saved, 1, 0, 3)))
        .hasMessage("cross entropy: target, expected from 0 to 2, got 3");
    assertThat(
            catchThrowableOfType(InvalidArgument.class, () -> CrossEntropy.backward(saved, 1, 0)))
        .hasMessage(
            "cross entropy: logits have shape [2, 3], expected a target for each row, got 1");
  }
}
