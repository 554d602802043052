package dev.qkv.sheet.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How numbers are written. */
class NotationTest {
  @Test
  void ordersAreWrittenAsFormattersDo() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      double difference = random.nextGaussian() * Math.pow(10, random.nextInt(-200, 200));
      assertThat(Notation.order(difference))
          .isEqualTo(String.format(Locale.ROOT, "%.1e", difference));
    }
    assertThat(Notation.order(0)).isEqualTo("0.0e+00");
    assertThat(Notation.order(1e-7)).isEqualTo("1.0e-07");
    assertThat(Notation.order(Double.NaN)).isEqualTo("NaN");
    assertThat(Notation.order(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
  }
}
