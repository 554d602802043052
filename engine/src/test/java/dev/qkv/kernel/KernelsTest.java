package dev.qkv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The switch, and what is said where it stands in the way of vectors. */
class KernelsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "128", "256", "512"})
  void vectorsMayBeAskedFor(String asked) {
    assertThat(Kernels.obstacle(asked)).isEmpty();
  }

  @Test
  void aValueThatMakesNoSenseIsSaidAndDoesNotThrow() {
    assertThat(Kernels.obstacle("64"))
        .isEqualTo("the system property dev.qkv.kernel, expected scalar, 128, 256 or 512, got 64");
    assertThat(Kernels.obstacle("scalar")).contains("dev.qkv.kernel says so");
  }
}
