package dev.qkv.ops;

import static dev.qkv.ops.TestTensors.copy;
import static dev.qkv.ops.TestTensors.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operations into tensors of the caller's: the same numbers, in place as well, and the rules. */
class IntoTest {
  private static final Tensor OTHER = random(2, 5, 37);
  private static final Tensor GAIN = random(3, 37);
  private static final int[] TARGETS = {0, 36, 5, 5, 9};
  private static final RopeTable TABLE = Rope.HALF.table(0, 9, 36, 10000);

  /** One that takes an operand and a place for its result, of the same shape. */
  @FunctionalInterface
  private interface Operation {
    void run(Tensor operand, Tensor output);
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put("GELU", Gelu.ERF::forward);
    all.put("GELU backward", (x, out) -> Gelu.ERF.backward(OTHER, x, out));
    all.put("GELU tanh", Gelu.TANH::forward);
    all.put("GELU tanh backward", (x, out) -> Gelu.TANH.backward(OTHER, x, out));
    all.put("SiLU", SwiGlu::silu);
    all.put("SwiGLU", (x, out) -> SwiGlu.forward(x, OTHER, out));
    all.put("SwiGLU of up", (x, out) -> SwiGlu.forward(OTHER, x, out));
    all.put(
        "SwiGLU backward",
        (x, out) ->
            SwiGlu.backward(
                x, OTHER, OTHER, new SwiGlu.Gradients(out, Tensor.zeros(OTHER.shape()))));
    all.put("ReLU", Relu::forward);
    all.put("ReLU backward", (x, out) -> Relu.backward(OTHER, x, out));
    all.put("scale", (x, out) -> Scale.forward(x, 0.3f, out));
    all.put("sum", (x, out) -> Sum.forward(x, OTHER, out));
    all.put("sum of the second", (x, out) -> Sum.forward(OTHER, x, out));
    all.put("sum with a bias", (x, out) -> Sum.forward(x, GAIN, out));
    all.put("sum backward", Sum::backward);
    all.put("softmax", Softmax::forward);
    all.put("softmax backward", (x, out) -> Softmax.backward(Softmax.forward(OTHER), x, out));
    all.put("layer norm", (x, out) -> LayerNorm.forward(x, GAIN, GAIN, 1e-5f, out));
    all.put(
        "layer norm backward",
        (x, out) ->
            LayerNorm.backward(
                LayerNorm.forward(OTHER, GAIN, GAIN, 1e-5f),
                GAIN,
                x,
                new LayerNorm.Gradients(out, Tensor.zeros(37), Tensor.zeros(37))));
    all.put("RMS norm", (x, out) -> RmsNorm.forward(x, GAIN, 1e-5f, out));
    all.put(
        "RMS norm backward",
        (x, out) ->
            RmsNorm.backward(
                RmsNorm.forward(OTHER, GAIN, 1e-5f),
                GAIN,
                x,
                new RmsNorm.Gradients(out, Tensor.zeros(37))));
    all.put("cross entropy", (x, out) -> CrossEntropy.forward(x, TARGETS, out));
    all.put(
        "cross entropy backward",
        (x, out) -> CrossEntropy.backward(new CrossEntropy.Saved(0, x), 1, TARGETS, out));
    all.put("rotary", (x, out) -> TABLE.forward(part(x), 3, part(out)));
    all.put("rotary backward", (x, out) -> TABLE.backward(part(x), 3, part(out)));
    return all;
  }

  /** The 5 × 36 numbers from the first on, as 5 positions of one head; strides are kept. */
  private static Tensor part(Tensor x) {
    int[] strides = {36 * x.stride(1), 36 * x.stride(1), x.stride(1)};
    return Tensor.view(x.data(), x.offset(), new int[] {5, 1, 36}, strides);
  }

  @Test
  void theOperandItselfMayReceiveTheResult() {
    operations()
        .forEach(
            (name, operation) -> {
              Tensor x = random(1, 5, 37);
              Tensor own = copy(x);
              Tensor apart = copy(x);
              operation.run(x, apart);
              operation.run(own, own);
              assertThat(own.data()).as(name).isEqualTo(apart.data());
            });
  }

  @Test
  void onlyThePlaceOfTheResultIsWritten() {
    operations()
        .forEach(
            (name, operation) -> {
              Tensor x = random(1, 5, 37);
              float[] before = x.toArray();
              Tensor apart = Tensor.zeros(5, 37);
              operation.run(x, apart);
              float[] around = new float[5 * 37 + 9];
              Tensor view = Tensor.view(around, 4, new int[] {5, 37}, new int[] {37, 1});
              operation.run(x, view);
              assertThat(view.toArray()).as(name).isEqualTo(apart.data());
              assertThat(x.data()).as(name).isEqualTo(before);
              for (int i : new int[] {0, 3, 5 * 37 + 4, 5 * 37 + 8}) {
                assertThat(around[i]).as(name).isZero();
              }
            });
  }

  @Test
  void whatOverlapsIsRefused() {
    operations()
        .forEach(
            (name, operation) -> {
              float[] data = random(1, 5 * 37 + 1).data();
              Tensor x = Tensor.view(data, 0, new int[] {5, 37}, new int[] {37, 1});
              Tensor shifted = Tensor.view(data, 1, new int[] {5, 37}, new int[] {37, 1});
              assertThat(refused(name, () -> operation.run(x, shifted))).isEqualTo("ops.overlap");
            });
  }

  @Test
  void resultsLieInOrder() {
    operations()
        .forEach(
            (name, operation) -> {
              Tensor wide = Tensor.view(new float[400], 0, new int[] {5, 37}, new int[] {74, 2});
              assertThat(refused(name, () -> operation.run(random(1, 5, 37), wide)))
                  .isEqualTo("ops.order");
            });
  }

  private static String refused(String name, Runnable call) {
    InvalidArgument thrown = catchThrowableOfType(InvalidArgument.class, call::run);
    assertThat(thrown).as(name).isNotNull();
    return thrown.rule();
  }

  @Test
  void shapesAreThoseOfTheOperand() {
    Tensor x = random(1, 5, 37);
    Tensor turned = Tensor.zeros(37, 5);
    operations()
        .forEach(
            (name, operation) -> {
              // Rotary positions are checked on their part.
              if (!name.startsWith("rotary")) {
                assertThat(refused(name, () -> operation.run(x, turned)))
                    .isIn("ops.shape", "ops.sum");
              }
            });
    assertThat(refused("Adam", () -> Adam.step(x, turned, x, x, new Adam.Step(0, 0, 0, 0, 0, 0))))
        .isEqualTo("ops.shape");
    assertThat(refused("Adam", () -> Adam.step(x, OTHER, x, x, new Adam.Step(0, 0, 0, 0, 0, 0))))
        .isEqualTo("ops.overlap");
  }
}
