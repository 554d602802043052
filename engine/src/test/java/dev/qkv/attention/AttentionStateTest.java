package dev.qkv.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.qkv.tensor.InvalidArgument;
import dev.qkv.tensor.Tensor;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts of attention merge to the whole. */
class AttentionStateTest {
  @Test
  void partsMergeToTheWholeWhateverTheChoices() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      EnumSet<RandomCase.Choice> choices = EnumSet.noneOf(RandomCase.Choice.class);
      for (RandomCase.Choice choice : RandomCase.Choice.values()) {
        if (choice != RandomCase.Choice.BLHD && random.nextInt(3) == 0) {
          choices.add(choice);
        }
      }
      RandomCase c = RandomCase.of(random, choices);
      Tensor q = c.q();
      int keys = c.k().size(2);
      int a = random.nextInt(keys + 1);
      int b = a + random.nextInt(keys + 1 - a);
      AttentionState first = c.attention().partial(q, c.k(), c.v(), c.batch(), 0, a);
      AttentionState second = c.attention().partial(q, c.k(), c.v(), c.batch(), a, b);
      AttentionState third = c.attention().partial(q, c.k(), c.v(), c.batch(), b, keys);
      Forward left = first.merge(second).merge(third).normalise();
      Forward right = third.merge(second).merge(first).normalise();
      Forward whole = c.attention().forward(q, c.k(), c.v(), c.batch());
      close(left.output().data(), whole.output().data(), "seed " + seed + choices);
      close(right.output().data(), whole.output().data(), "seed " + seed + choices);
      close(left.logSumExp().data(), whole.logSumExp().data(), "seed " + seed + choices);
    }
  }

  private static void close(float[] got, float[] expected, String name) {
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.length; i++) {
      boolean same = got[i] == expected[i];
      float tolerance = 2e-6f + 1e-5f * Math.abs(expected[i]);
      assertThat(same || Math.abs(got[i] - expected[i]) <= tolerance)
          .as("%s: %s, expected %s", name, got[i], expected[i])
          .isTrue();
    }
  }

  @Test
  void theEmptyStateIsNeutral() {
    Tensor q = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    AttentionState state = Attention.plain().partial(q, q, q, Batch.PLAIN, 0, 2);
    AttentionState empty = AttentionState.empty(1, 1, 2, 2);
    assertThat(state.merge(empty).normalise().output().data())
        .isEqualTo(state.normalise().output().data());
    assertThat(empty.merge(state).normalise().output().data())
        .isEqualTo(state.normalise().output().data());
    Forward nothing = empty.merge(empty).normalise();
    assertThat(nothing.output().data()).containsOnly(0);
    assertThat(nothing.logSumExp().data()).containsOnly(Float.NEGATIVE_INFINITY);
  }

  @Test
  void nanSurvivesMerging() {
    Tensor q = Tensor.of(new float[] {Float.NaN, 2}, 2, 1);
    Tensor k = Tensor.of(new float[] {1, 2}, 2, 1);
    AttentionState a = Attention.plain().partial(q, k, k, Batch.PLAIN, 0, 1);
    AttentionState b = Attention.plain().partial(q, k, k, Batch.PLAIN, 1, 2);
    Forward merged = a.merge(b).normalise();
    assertThat(merged.output().get(0, 0, 0, 0)).isNaN();
    assertThat(merged.output().get(0, 0, 1, 0)).isCloseTo(1.88f, within(0.01f));
  }

  @Test
  void statesOfOtherShapesAreRefused() {
    AttentionState state = AttentionState.empty(1, 2, 3, 4);
    assertThatThrownBy(() -> state.merge(AttentionState.empty(1, 2, 3, 5)))
        .isInstanceOf(InvalidArgument.class)
        .hasMessage(
            "attention: the other state has rows [1, 2, 3] and valueDim 5, expected rows [1, 2, 3]"
                + " and valueDim 4");
  }
}
