package dev.qkv.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.qkv.attention.Attention;
import dev.qkv.nn.layer.MultiHeadAttention;
import dev.qkv.nn.layer.Positions;
import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every rule of layers, broken once. */
class RulesTest {
  private static Variable zeros(int... shape) {
    return Variable.parameter(Tensor.zeros(shape));
  }

  @Test
  void everyRuleHasItsOwnMessage() {
    Parameters parameters = new Parameters(1);
    parameters.constant("a", 0, 2);
    Map<String, Runnable> broken = new LinkedHashMap<>();
    broken.put("nn.scalar", () -> zeros(2).backward());
    broken.put("nn.plus", () -> zeros(2, 3).plus(zeros(2)));
    broken.put("nn.twice", () -> parameters.constant("a", 0, 3));
    broken.put("nn.missing", () -> parameters.load(Map.of()));
    broken.put("nn.shape", () -> parameters.load(Map.of("a", Tensor.zeros(3))));
    broken.put(
        "nn.heads", () -> MultiHeadAttention.create(new Parameters(1), 8, 3, Attention.plain(), 0));
    broken.put("nn.positions", () -> Positions.sinusoidal(4, 8).apply(zeros(1, 5, 8)));
    broken.forEach(
        (rule, call) -> {
          InvalidArgument thrown = catchThrowableOfType(InvalidArgument.class, call::run);
          assertThat(thrown).as(rule).isNotNull();
          assertThat(thrown.rule()).isEqualTo(rule);
          assertThat(thrown.getMessage()).doesNotContain("{");
          assertThat(thrown.message(Locale.CHINESE)).isNotEqualTo(thrown.getMessage());
        });
  }
}
