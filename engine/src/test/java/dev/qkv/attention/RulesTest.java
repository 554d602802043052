package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.qkv.ops.CrossEntropy;
import dev.qkv.ops.Embedding;
import dev.qkv.ops.Epilogue;
import dev.qkv.ops.Gelu;
import dev.qkv.ops.Matmul;
import dev.qkv.ops.Rope;
import dev.qkv.ops.RopeTable;
import dev.qkv.ops.Softmax;
import dev.qkv.ops.Sum;
import dev.qkv.ops.Workers;
import dev.qkv.tensor.BooleanTensor;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Layout;
import dev.qkv.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every rule of attention and of tensors, broken once. */
class RulesTest {
  private final Map<String, Runnable> broken = new LinkedHashMap<>();

  private static Tensor zeros(int... shape) {
    return Tensor.zeros(shape);
  }

  /** What a caller without null checks may pass. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals", "unchecked"})
  static <T> T missing() {
    return (T) Map.<String, Object>of().get("missing");
  }

  private static void forward(AttentionBuilder builder, Tensor q, Tensor k, Tensor v) {
    builder.build().forward(q, k, v);
  }

  private static void forward(Batch batch, Tensor q, Tensor k, Tensor v) {
    Attention.plain().forward(q, k, v, batch);
  }

  private static AttentionBuilder builder() {
    return Attention.builder();
  }

  private void shapes() {
    Tensor q = zeros(2, 4, 5, 8);
    Tensor k = zeros(2, 2, 7, 8);
    broken.put("tensor.rank", () -> forward(builder(), zeros(3), k, k));
    broken.put("attention.null", () -> forward(builder(), missing(), k, k));
    broken.put(
        "attention.dim", () -> forward(builder(), zeros(2, 3, 0), zeros(2, 3, 0), zeros(2, 3, 1)));
    broken.put("attention.headDim", () -> forward(builder(), q, zeros(2, 2, 7, 9), k));
    broken.put("attention.batch", () -> forward(builder(), q, zeros(1, 2, 7, 8), k));
    broken.put("attention.kvHeads", () -> forward(builder(), q, k, zeros(2, 4, 7, 8)));
    broken.put("attention.keyLength", () -> forward(builder(), q, k, zeros(2, 2, 6, 8)));
    broken.put("attention.groups", () -> forward(builder(), zeros(2, 3, 5, 8), k, k));
    broken.put("attention.perHead", () -> forward(builder().sinks(1, 2), q, k, k));
    broken.put("attention.alignment", () -> forward(builder().causal(), q, k, k));
    broken.put(
        "attention.mask",
        () -> forward(Batch.PLAIN.keep(BooleanTensor.of(new boolean[35], 7, 5)), q, k, k));
    broken.put("attention.lengths.count", () -> forward(Batch.PLAIN.keyLengths(1, 2, 3), q, k, k));
    broken.put("attention.lengths.range", () -> forward(Batch.PLAIN.keyLengths(1, 8), q, k, k));
    broken.put("attention.range", () -> Attention.plain().partial(q, k, k, Batch.PLAIN, 3, 8));
    broken.put(
        "attention.merge",
        () -> AttentionState.empty(1, 1, 1, 1).merge(AttentionState.empty(1, 1, 2, 1)));
  }

  private void packed() {
    Tensor q = zeros(2, 5, 8);
    int[] ends = {0, 5};
    broken.put(
        "attention.packed.batch",
        () ->
            forward(
                Batch.PLAIN.packed(ends, ends),
                zeros(2, 1, 5, 8),
                zeros(2, 1, 5, 8),
                zeros(2, 1, 5, 8)));
    broken.put(
        "attention.packed.ends",
        () -> forward(Batch.PLAIN.packed(ends, new int[] {0, 6}), q, q, q));
    broken.put(
        "attention.packed.order",
        () -> forward(Batch.PLAIN.packed(ends, new int[] {0, 3, 2, 5}), q, q, q));
    broken.put(
        "attention.packed.count",
        () -> forward(Batch.PLAIN.packed(ends, new int[] {0, 3, 5}), q, q, q));
  }

  private void numbers() {
    broken.put("attention.scale", () -> builder().scale(Float.NaN));
    broken.put("attention.window", () -> builder().window(-2, 3));
    broken.put("attention.softcap", () -> builder().softcap(-1));
    broken.put("attention.alibi.finite", () -> builder().alibi(Float.POSITIVE_INFINITY));
    broken.put("attention.sinks", () -> builder().sinks(Float.NaN));
    broken.put("attention.dropout", () -> builder().dropout(new Dropout(1, 0)));
    broken.put("attention.threads", () -> builder().threads(-1));
  }

  private static void into(Tensor q, Tensor k, Tensor output, @Nullable Tensor logSumExp) {
    Attention.plain().forward(q, k, k, Batch.PLAIN, output, logSumExp);
  }

  private void outputs() {
    Tensor q = zeros(5, 8);
    float[] big = new float[100];
    Tensor inBig = Tensor.view(big, 0, new int[] {5, 8}, new int[] {8, 1});
    broken.put("attention.output.shape", () -> into(q, q, zeros(5, 7), null));
    broken.put(
        "attention.output.repeats",
        () -> into(q, q, Tensor.view(big, 0, new int[] {5, 8}, new int[] {0, 1}), null));
    broken.put(
        "attention.overlap",
        () -> into(inBig, q, Tensor.view(big, 39, new int[] {5, 8}, new int[] {8, 1}), null));
    broken.put(
        "attention.overlap.lse",
        () -> {
          Tensor lse = Tensor.of(new float[5], 1, 1, 5);
          into(Tensor.of(lse.data(), 5, 1), zeros(5, 1), zeros(5, 1), lse);
        });
    broken.put(
        "attention.lse.view",
        () -> into(q, q, zeros(5, 8), Tensor.view(big, 1, new int[] {5}, new int[] {1})));
    broken.put("attention.lse.shape", () -> into(q, q, zeros(5, 8), zeros(1, 5, 1)));
    broken.put(
        "attention.lse.length",
        () -> {
          Layout layout = Layout.of(1, 1, 5, 8);
          float[] data = q.data();
          Attention.plain()
              .forward(
                  data, layout, data, layout, data, layout, Batch.PLAIN, big, layout, new float[6]);
        });
  }

  private void layouts() {
    float[] array = new float[40];
    Layout fits = Layout.of(1, 1, 5, 8);
    broken.put(
        "attention.negative", () -> raw(array, new Layout(0, 1, 1, -1, 8, 0, 0, 8, 1), fits));
    broken.put("attention.stride", () -> raw(array, new Layout(0, 1, 1, 5, 8, 0, 0, -8, 1), fits));
    broken.put("attention.outside", () -> raw(array, new Layout(1, 1, 1, 5, 8, 0, 0, 8, 1), fits));
    Layout repeated = new Layout(0, 1, 1, 5, 8, 0, 0, 0, 0);
    broken.put(
        "attention.size", () -> raw(array, repeated, new Layout(0, 1, 1, 1 << 30, 8, 0, 0, 0, 0)));
    Layout wide = new Layout(0, 1, 1, 5, 1 << 20, 0, 0, 0, 0);
    broken.put("attention.width", () -> raw(array, wide, wide));
    broken.put("tensor.negative", () -> zeros(2, -1));
    broken.put("tensor.overflow", () -> zeros(1 << 16, 1 << 16));
    broken.put("tensor.elements", () -> Tensor.of(array, 5, 7));
    broken.put("tensor.stride", () -> Tensor.view(array, 0, new int[] {5}, new int[] {-1}));
    broken.put("tensor.outside", () -> Tensor.view(array, 0, new int[] {5}, new int[] {10}));
  }

  private static void raw(float[] array, Layout q, Layout k) {
    Attention.plain().forward(array, q, array, k, array, k, Batch.PLAIN, new float[40], k, null);
  }

  private static void backward(
      AttentionBuilder builder, Forward forward, Tensor q, Gradients into) {
    builder.build().backward(q, q, q, Batch.PLAIN, forward, q, into);
  }

  private void operations() {
    broken.put("ops.matmul", () -> Matmul.forward(zeros(2, 3), zeros(2, 3)));
    broken.put("ops.shape", () -> Softmax.backward(zeros(2, 3), zeros(3, 2)));
    broken.put("ops.class", () -> Embedding.forward(zeros(2, 3), 2));
    RopeTable table = Rope.HALF.table(1, 3, 4, 10000);
    broken.put("ops.rope", () -> table.forward(zeros(2, 3, 6), 1));
    broken.put("ops.rope.positions", () -> table.forward(zeros(3, 2, 4), 2));
    broken.put("ops.rope.even", () -> Rope.HALF.table(0, 3, 5, 10000));
    broken.put("ops.rope.base", () -> Rope.HALF.table(0, 3, 4, 0));
    broken.put("ops.sum", () -> Sum.forward(zeros(2, 3), zeros(2)));
    Tensor wide = zeros(2, 6);
    broken.put("ops.order", () -> Softmax.forward(zeros(2, 3), wide.slice(1, 0, 3)));
    broken.put(
        "ops.overlap",
        () ->
            Gelu.ERF.forward(wide.reshape(4, 3).slice(0, 0, 2), wide.reshape(4, 3).slice(0, 1, 3)));
    broken.put("ops.threads", () -> new Workers(-1, null));
    broken.put("ops.up", () -> Epilogue.NONE.then(Epilogue.Function.SWIGLU));
    broken.put("ops.targets", () -> CrossEntropy.forward(zeros(2, 3), 1));
  }

  private void gradients() {
    Tensor q = zeros(5, 8);
    Forward forward = Attention.plain().forward(q, q, q);
    Gradients good = new Gradients(zeros(5, 8), zeros(5, 8), zeros(5, 8), null, null, null);
    broken.put(
        "attention.gradient.shape",
        () -> Attention.plain().backward(q, q, q, forward, zeros(5, 7)));
    broken.put(
        "attention.gradient.repeats",
        () ->
            backward(
                builder(),
                forward,
                q,
                new Gradients(
                    Tensor.view(new float[40], 0, new int[] {5, 8}, new int[] {0, 1}),
                    good.k(),
                    good.v(),
                    null,
                    null,
                    null)));
    broken.put(
        "attention.gradient.overlap",
        () ->
            backward(
                builder(),
                forward,
                q,
                new Gradients(good.q(), good.q(), good.v(), null, null, null)));
    broken.put(
        "attention.gradient.lacks",
        () -> Attention.plain().backward(q, q, q, forward, q, Learned.SINKS));
    broken.put(
        "attention.gradient.view",
        () ->
            backward(
                builder().sinks(1),
                forward,
                q,
                new Gradients(
                    good.q(),
                    good.k(),
                    good.v(),
                    null,
                    Tensor.view(new float[2], 0, new int[] {1}, new int[] {1}),
                    null)));
    broken.put(
        "attention.derivative",
        () -> backward(builder().score((s, b, h, i, j) -> s), forward, q, good));
  }

  /** Those of this module; the rules of layers are broken where layers are. */
  private static Set<String> rules(ResourceBundle bundle) {
    Set<String> rules = new TreeSet<>(bundle.keySet());
    rules.removeIf(rule -> rule.startsWith("nn."));
    return rules;
  }

  @Test
  void everyRuleHasItsOwnMessage() {
    shapes();
    packed();
    gradients();
    operations();
    numbers();
    outputs();
    layouts();
    ResourceBundle english = ResourceBundle.getBundle("dev.qkv.tensor.messages", Locale.ROOT);
    assertThat(new TreeSet<>(broken.keySet())).isEqualTo(rules(english));
    broken.forEach(
        (rule, call) -> {
          InvalidArgument thrown = catchThrowableOfType(InvalidArgument.class, call::run);
          assertThat(thrown).as(rule).isNotNull();
          assertThat(thrown.rule()).isEqualTo(rule);
          assertThat(thrown.getMessage())
              .as(rule)
              .doesNotContain("{")
              .startsWith(rule.startsWith("attention") ? "attention: " : "");
          assertThat(thrown.message(Locale.CHINESE))
              .as(rule)
              .isNotEqualTo(thrown.getMessage())
              .doesNotContain("{");
        });
  }

  @Test
  void theMessageSaysWhatWasExpectedAndWhatCame() {
    InvalidArgument thrown =
        catchThrowableOfType(
            InvalidArgument.class,
            () ->
                forward(builder(), zeros(2, 8, 17, 32), zeros(2, 8, 17, 64), zeros(2, 8, 17, 64)));
    assertThat(thrown)
        .hasMessage(
            "attention: k has shape [2, 8, 17, 64], expected headDim 32 because q has headDim 32");
  }

  @Test
  void resultsTooLargeForAnArrayAreRefusedBeforeAnythingIsComputed() {
    Tensor q = Tensor.view(new float[1], 0, new int[] {1, 1 << 20, 1}, new int[] {0, 0, 1});
    InvalidArgument thrown =
        catchThrowableOfType(
            InvalidArgument.class, () -> Attention.plain().scores(q, q, Batch.PLAIN, Stage.SCALED));
    assertThat(thrown.rule()).isEqualTo("tensor.overflow");
  }
}
