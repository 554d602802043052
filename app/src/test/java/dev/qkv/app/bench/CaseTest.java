package dev.qkv.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the benchmark counts. */
class CaseTest {
  @Test
  void usefulWorkIsWhatTheEngineCounts() {
    for (Case which : Case.grid()) {
      if (which.operations() < 1e10) {
        var in = which.inputs();
        double pairs = which.attention(1).pairs(in[0], in[1]);
        assertThat(which.operations()).as(which.name()).isEqualTo(4 * pairs * which.dim());
      }
    }
    assertThat(Case.grid()).extracting(Case::name).doesNotHaveDuplicates().hasSize(29);
  }

  @Test
  void contestantsAreComparedInTheSameRounds() {
    List<Meter.Result> results =
        Meter.measure(
            List.of(Meter.repeat(() -> spin(200_000)), Meter.repeat(() -> spin(600_000))),
            1e6,
            1,
            3e8);
    assertThat(results.get(0).slower()).isEqualTo(1);
    assertThat(results.get(1).slower() > 1).isTrue();
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aMedianOfNanIsNan() {
    assertThat(Meter.median(new double[] {3, 1, 2})).isEqualTo(2);
    assertThat(Meter.median(new double[] {3, Double.NaN, 2})).isNaN();
  }
}
