package dev.qkv.nn;

import dev.qkv.attention.Attention;
import dev.qkv.attention.AttentionBuilder;
import dev.qkv.attention.Gradients;
import dev.qkv.attention.Learned;
import dev.qkv.nn.check.Checks;
import dev.qkv.tensor.Tensor;
import java.util.Map;
import java.util.Objects;

/** What an attention has that is learned as well. */
final class LearnedParts {
  private LearnedParts() {}

  /** An attention with these parts instead of its own. */
  static Attention in(Attention attention, Map<Learned, Variable> parts) {
    AttentionBuilder builder = attention.toBuilder();
    parts.forEach(
        (which, variable) -> {
          Tensor numbers = variable.value();
          switch (which) {
            case BIAS -> builder.bias(numbers);
            case SINKS -> builder.sinks(perHead("sinks", numbers));
            case ALIBI -> builder.alibi(perHead("alibi", numbers));
          }
        });
    return builder.build();
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
