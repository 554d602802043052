package dev.qkv.reference;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.*;
import org.junit.jupiter.api.Test;

class MatmulTest {
  @Test
  void a() {
    assertThat(Math.abs(-1)).isEqualTo(1);
  }

  @Property(tries = 5)
  void b(@ForAll int x) {
    assertThat(Math.abs(x)).isEqualTo(Math.max(x, -x));
  }
}
