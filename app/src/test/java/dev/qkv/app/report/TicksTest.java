package dev.qkv.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Ticks are round, hold what they must, and are neither many nor far beyond. */
class TicksTest {
  private static void isRound(BigDecimal size) {
    assertThat(size.stripTrailingZeros().unscaledValue().intValueExact()).isIn(1, 2, 5);
  }

  private static void hold(Ticks ticks, double least, double most, int limit) {
    assertThat(ticks.values()).hasSizeBetween(2, limit).isSorted();
    assertThat(ticks.least()).isLessThanOrEqualTo(least);
    assertThat(ticks.most()).isGreaterThanOrEqualTo(most);
  }

  @Property(tries = 2000, seed = "20261122")
  void linearOnesAreOneTwoOrFiveApart(
      @ForAll @DoubleRange(min = -1e4, max = 1e4) double least,
      @ForAll @DoubleRange(min = -6, max = 6) double power,
      @ForAll @IntRange(min = 4, max = 12) int limit) {
    double most = least + Math.pow(10, power);
    Ticks ticks = Ticks.linear(least, most, limit);
    hold(ticks, least, most, limit);
    List<BigDecimal> values = ticks.values();
    BigDecimal step = values.get(1).subtract(values.get(0));
    isRound(step);
    for (int i = 0; i < values.size(); i++) {
      assertThat(values.get(i))
          .isEqualByComparingTo(values.getFirst().add(step.multiply(BigDecimal.valueOf(i))));
      assertThat(values.get(i).remainder(step)).isEqualByComparingTo(BigDecimal.ZERO);
    }
    assertThat(values.get(1).doubleValue()).isGreaterThan(least);
    assertThat(values.get(values.size() - 2).doubleValue()).isLessThan(most);
  }

  @Property(tries = 2000, seed = "20261122")
  void logarithmicOnesAreOneTwoOrFive(
      @ForAll @DoubleRange(min = -9, max = 3) double power,
      @ForAll @DoubleRange(min = 0, max = 9) double decades,
      @ForAll @IntRange(min = 4, max = 12) int limit) {
    double least = Math.pow(10, power);
    double most = Math.pow(10, power + decades);
    Ticks ticks = Ticks.logarithmic(least, most, limit);
    hold(ticks, least, most, limit);
    ticks.values().forEach(TicksTest::isRound);
  }

  @Test
  void theyReadWell() {
    assertThat(Ticks.linear(0, 0.003, 8).values().stream().map(Ticks::label))
        .containsExactly("0", "0.0005", "0.001", "0.0015", "0.002", "0.0025", "0.003");
    assertThat(Ticks.logarithmic(0.15, 2.3, 11).values().stream().map(Ticks::label))
        .containsExactly("0.1", "0.2", "0.5", "1", "2", "5");
    assertThat(Ticks.linear(0, 2e-9, 3).values().stream().map(Ticks::label))
        .containsExactly("0", "1e-9", "2e-9");
    assertThat(Ticks.linear(5, 5, 4).least()).isEqualTo(5);
  }
}
