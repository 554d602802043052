package dev.qkv.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.attention.Alignment;
import dev.qkv.attention.Attention;
import dev.qkv.attention.Batch;
import dev.qkv.nn.Parameters;
import dev.qkv.nn.Pass;
import dev.qkv.nn.Variable;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.Encoder;
import dev.qkv.nn.layer.Gate;
import dev.qkv.nn.layer.Nonlinearity;
import dev.qkv.nn.layer.NormKind;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.layer.Rotary;
import dev.qkv.ops.Rope;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A plan against the encoder that it was made of. */
class EncoderPlanTest {
  private final Random random = new Random(17);

  private Tensor gaussian(int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }

  /** No parameter is 0 or 1, so that each of them shows. */
  private Encoder encoder(int depth, BlockSettings settings) {
    Parameters parameters = new Parameters(3);
    Encoder encoder = Encoder.create(parameters, depth, settings);
    parameters
        .all()
        .values()
        .forEach(
            parameter -> {
              float[] numbers = parameter.value().data();
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] += 0.1f * (float) random.nextGaussian();
              }
            });
    return encoder;
  }

  private static void close(String name, Tensor got, Tensor expected) {
    assertThat(got.shape()).as(name).isEqualTo(expected.shape());
    float[] a = got.toArray();
    float[] b = expected.toArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(Math.abs(a[i] - b[i]) <= 5e-5 * (1 + Math.abs(b[i])))
          .as("%s[%d]: %s, expected %s", name, i, a[i], b[i])
          .isTrue();
    }
  }

  private static Tensor expected(Encoder encoder, Tensor x, Batch batch) {
    return Variable.forgetting(() -> encoder.apply(Variable.constant(x), batch, Pass.inference()))
        .value();
  }

  @Test
  void everyKindOfBlock() {
    Nonlinearity[] kinds = {Activation.RELU, Activation.GELU, Activation.GELU_TANH, Gate.SWIGLU};
    for (Nonlinearity kind : kinds) {
      for (NormKind norm : NormKind.values()) {
        for (NormPlace place : NormPlace.values()) {
          BlockSettings plain =
              BlockSettings.of(12, 3, 17).nonlinearity(kind).norm(norm, place).dropout(0.5f);
          BlockSettings other =
              plain
                  .attention(Attention.builder().causal(Alignment.UPPER_LEFT).build())
                  .kvHeads(1)
                  .rotary(new Rotary(place == NormPlace.PRE ? Rope.HALF : Rope.INTERLEAVED, 100))
                  .withoutBias();
          for (BlockSettings settings : List.of(plain, other)) {
            Encoder encoder = encoder(2, settings);
            Tensor x = gaussian(2, 7, 12);
            String name = kind + " " + norm + " " + place;
            close(name, EncoderPlan.of(encoder).apply(x), expected(encoder, x, Batch.PLAIN));
          }
        }
      }
    }
  }

  /** One plan, many shapes: rows for one piece and for many, and back. */
  @Test
  void shapesComeAndGo() {
    Encoder encoder = encoder(2, BlockSettings.of(24, 4, 70).rotary(new Rotary(Rope.HALF, 10000)));
    EncoderPlan plan = EncoderPlan.of(encoder);
    for (int[] shape : new int[][] {{1, 1}, {1, 130}, {5, 90}, {3, 2}, {0, 4}, {4, 0}, {2, 65}}) {
      Tensor x = gaussian(shape[0], shape[1], 24);
      close(shape[0] + "×" + shape[1], plan.apply(x), expected(encoder, x, Batch.PLAIN));
    }
  }

  @Test
  void paddedAndPackedBatches() {
    Encoder encoder = encoder(2, BlockSettings.of(12, 2, 30).norm(NormKind.RMS, NormPlace.PRE));
    EncoderPlan plan = EncoderPlan.of(encoder);
    Tensor x = gaussian(3, 9, 12);
    Batch padded = Batch.PLAIN.keyLengths(9, 4, 1);
    Tensor got = Tensor.zeros(3, 9, 12);
    plan.apply(x, padded, got);
    close("padded", got, expected(encoder, x, padded));
    int[] ends = {0, 4, 4, 9};
    Batch packed = Batch.PLAIN.packed(ends, ends);
    Tensor row = x.slice(0, 1, 2);
    Tensor rowGot = Tensor.zeros(1, 9, 12);
    plan.apply(row, packed, rowGot);
    close("packed", rowGot, expected(encoder, row, packed));
  }

  @Test
  void inPlaceAndFromViews() {
    Encoder encoder = encoder(1, BlockSettings.of(12, 2, 30));
    EncoderPlan plan = EncoderPlan.of(encoder);
    Tensor x = gaussian(2, 5, 12);
    Tensor expected = expected(encoder, x, Batch.PLAIN);
    Tensor gaps = Tensor.zeros(5, 2, 13);
    Tensor view = gaps.slice(2, 0, 12).transposed(0, 1);
    for (int b = 0; b < 2; b++) {
      for (int i = 0; i < 5; i++) {
        for (int t = 0; t < 12; t++) {
          view.set(x.get(b, i, t), b, i, t);
        }
      }
    }
    close("view", plan.apply(view), expected);
    plan.apply(x, Batch.PLAIN, x);
    close("in place", x, expected);
  }

  @Test
  void aNormAlone() {
    Encoder encoder = encoder(0, BlockSettings.of(12, 2, 30).norm(NormKind.LAYER, NormPlace.PRE));
    Tensor x = gaussian(2, 5, 12);
    close("norm", EncoderPlan.of(encoder).apply(x), expected(encoder, x, Batch.PLAIN));
  }

  @Test
  void sameBitsForEveryNumberOfThreads() {
    EncoderPlan plan = EncoderPlan.of(encoder(2, BlockSettings.of(24, 4, 70)));
    Tensor x = gaussian(3, 150, 24);
    float[] one = plan.threads(1).apply(x).data();
    for (int threads : new int[] {2, 3, 7}) {
      assertThat(plan.threads(threads).apply(x).data()).isEqualTo(one);
    }
    assertThat(plan.executor(Runnable::run).threads(3).apply(x).data()).isEqualTo(one);
    assertThat(plan.executor(task -> {}).threads(3).apply(x).data()).isEqualTo(one);
  }

  @Test
  void manyCallersAtOnce() throws Exception {
    EncoderPlan plan = EncoderPlan.of(encoder(2, BlockSettings.of(24, 4, 70)));
    List<Tensor> inputs = new ArrayList<>();
    List<float[]> alone = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      inputs.add(gaussian(1 + i % 3, 20 + 31 * i, 24));
      alone.add(plan.apply(inputs.get(i)).data());
    }
    try (ExecutorService callers = Executors.newFixedThreadPool(6)) {
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Tensor x = inputs.get(i % 6);
        results.add(callers.submit(() -> plan.apply(x).data()));
      }
      for (int i = 0; i < 300; i++) {
        assertThat(results.get(i).get()).isEqualTo(alone.get(i % 6));
      }
    }
  }

  @Test
  void whatIsRefusedTouchesNothing() {
    EncoderPlan plan = EncoderPlan.of(encoder(1, BlockSettings.of(12, 2, 30)));
    Tensor x = gaussian(2, 5, 12);
    float[] before = x.toArray();
    assertThatThrownBy(() -> plan.apply(x, Batch.PLAIN.keyLengths(5, 6), x))
        .isInstanceOf(InvalidArgument.class);
    assertThat(x.toArray()).isEqualTo(before);
    // And the workspace is as good as before.
    assertThat(plan.apply(x).data()).isEqualTo(plan.threads(1).apply(x).data());
  }

  @Test
  void laterWeightsDoNotShow() {
    Parameters parameters = new Parameters(3);
    Encoder encoder = Encoder.create(parameters, 1, BlockSettings.of(12, 2, 30));
    EncoderPlan plan = EncoderPlan.of(encoder);
    Tensor x = gaussian(1, 5, 12);
    float[] before = plan.apply(x).data();
    parameters.all().values().forEach(p -> java.util.Arrays.fill(p.value().data(), 7));
    assertThat(plan.apply(x).data()).isEqualTo(before);
  }
}
