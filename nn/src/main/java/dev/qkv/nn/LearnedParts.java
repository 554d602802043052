package dev.qkv.nn;

import dev.qkv.attention.Attention;
import dev.qkv.attention.AttentionBuilder;
import dev.qkv.attention.Batch;
import dev.qkv.attention.Gradients;
import dev.qkv.attention.Learned;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.Tensor;
import java.util.Map;
import java.util.Objects;

/** An attention and a batch, of which some parts are learned. */
record LearnedParts(Attention attention, Batch batch) {
  /** With these parts instead of their own. */
  static LearnedParts in(Attention attention, Batch batch, Map<Learned, Variable> parts) {
    Variable bias = parts.get(Learned.BIAS);
    Variable sinks = parts.get(Learned.SINKS);
    Variable alibi = parts.get(Learned.ALIBI);
    AttentionBuilder builder = attention.toBuilder();
    if (sinks != null) {
      builder.sinks(perHead("sinks", sinks.value()));
    }
    if (alibi != null) {
      builder.alibi(perHead("alibi", alibi.value()));
    }
    return new LearnedParts(
        sinks == null && alibi == null ? attention : builder.build(),
        bias == null ? batch : batch.bias(bias.value()));
  }

  private static float[] perHead(String name, Tensor numbers) {
    Checks.rank("attention", name, 1, numbers);
    return numbers.toArray();
  }

  /** The gradient of a part that was asked for. */
  static Tensor of(Gradients gradients, Learned which) {
    return Objects.requireNonNull(
        switch (which) {
          case BIAS -> gradients.bias();
          case SINKS -> gradients.sinks();
          case ALIBI -> gradients.alibi();
        });
  }
}
