package dev.qkv.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qkv.tensor.Tensor;
import java.util.Random;
import java.util.function.Supplier;

/** The gradients of a model against fourth-order differences. */
final class Differences {
  private static final float STEP = 1f / 64;
  private static final int PLACES = 4;

  private Differences() {}

  static Tensor random(int seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  private static double loss(Tensor y, Tensor dOutput) {
    double loss = 0;
    for (int i = 0; i < y.elements(); i++) {
      loss += (double) y.contiguous().data()[i] * dOutput.data()[i];
    }
    return loss;
  }

  /** Checks some places of every parameter, the inputs among them. */
  static void check(Parameters parameters, Supplier<Variable> model) {
    Variable output = model.get();
    Tensor dOutput = random(9, output.value().shape());
    output.backward(dOutput);
    Random random = new Random(1);
    assertThat(parameters.all()).isNotEmpty();
    parameters
        .all()
        .forEach(
            (name, parameter) -> {
              float[] data = parameter.value().data();
              for (int n = 0; n < PLACES; n++) {
                int place = random.nextInt(data.length);
                float before = data[place];
                double[] losses = new double[4];
                float[] steps = {-2, -1, 1, 2};
                for (int s = 0; s < 4; s++) {
                  data[place] = before + steps[s] * STEP;
                  losses[s] = loss(model.get().value(), dOutput);
                }
                data[place] = before;
                double difference =
                    (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * STEP);
                double gradient = parameter.gradient().data()[place];
                assertThat(Math.abs(gradient - difference) <= 2e-3 * (1 + Math.abs(difference)))
                    .as("%s[%d]: %s, differences %s", name, place, gradient, difference)
                    .isTrue();
              }
            });
  }
}
