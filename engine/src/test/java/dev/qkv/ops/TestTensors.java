package dev.qkv.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/** Tensors to compute with, and how results are judged. */
final class TestTensors {
  private static final float STEP = 1f / 64;

  private TestTensors() {}

  static Tensor random(int seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  /** The same numbers with gaps between them, and NaN in the gaps. */
  static Tensor strided(Tensor tensor) {
    int rank = tensor.rank();
    int[] strides = new int[rank];
    int stride = 2;
    for (int axis = 0; axis < rank; axis++) {
      strides[axis] = stride;
      stride *= Math.max(1, tensor.size(axis));
    }
    float[] data = new float[stride + 3];
    Arrays.fill(data, Float.NaN);
    Tensor view = Tensor.view(data, 3, tensor.shape(), strides);
    int[] index = new int[rank];
    for (float number : tensor.toArray()) {
      view.set(number, index);
      for (int axis = rank - 1; axis >= 0 && ++index[axis] == tensor.size(axis); axis--) {
        index[axis] = 0;
      }
    }
    return view;
  }

  static Tensor copy(Tensor tensor) {
    return Tensor.of(tensor.toArray(), tensor.shape());
  }

  static void close(double got, double expected, double tolerance) {
    assertThat(Math.abs(got - expected) <= tolerance * (1 + Math.abs(expected)))
        .as("%s, expected %s", got, expected)
        .isTrue();
  }

  /** Every number of a tensor, in the order of its indices. */
  static void close(Tensor got, IntToDoubleFunction expected, double tolerance) {
    float[] numbers = got.toArray();
    for (int i = 0; i < numbers.length; i++) {
      double number = expected.applyAsDouble(i);
      if (!(Math.abs(numbers[i] - number) <= tolerance * (1 + Math.abs(number)))) {
        throw new AssertionError("number " + i + ": " + numbers[i] + ", expected " + number);
      }
    }
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    float[] y = b.toArray();
    float[] x = a.toArray();
    for (int i = 0; i < x.length; i++) {
      sum += (double) x[i] * y[i];
    }
    return sum;
  }

  /** The gradient of {@code at} against fourth-order differences of dOutput·forward. */
  static void gradient(Tensor at, Supplier<Tensor> forward, Tensor dOutput, Tensor gradient) {
    assertThat(gradient.shape()).isEqualTo(at.shape());
    for (int i = 0; i < at.data().length; i++) {
      float before = at.data()[i];
      double[] loss = new double[4];
      float[] steps = {-2, -1, 1, 2};
      for (int s = 0; s < 4; s++) {
        at.data()[i] = before + steps[s] * STEP;
        loss[s] = dot(forward.get(), dOutput);
      }
      at.data()[i] = before;
      double difference = (loss[0] - 8 * loss[1] + 8 * loss[2] - loss[3]) / (12 * STEP);
      close(gradient.data()[i], difference, 2e-4);
    }
  }
}
