package dev.qkv.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What colours stand for. */
class ColourScaleTest {
  private static int[] channels(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return new int[] {rgb >> 16, rgb >> 8 & 255, rgb & 255};
  }

  @Test
  void zeroIsNeutralAndInTheMiddleOfSignedNumbers() {
    ColourScale scale = ColourScale.signed(new double[][] {{-0.3, 3.1}, {Double.NaN, 0.2}});
    assertThat(scale.share(0)).isEqualTo(0.5);
    assertThat(scale.ticks().least()).isEqualTo(-scale.ticks().most()).isEqualTo(-4);
    int[] middle = channels(scale.colour(0));
    assertThat(middle).containsOnly(middle[0]);
    int[] below = channels(scale.colour(-3));
    int[] above = channels(scale.colour(3));
    assertThat(below[2]).as("blue below").isGreaterThan(below[0] + 50);
    assertThat(above[0]).as("red above").isGreaterThan(above[2] + 50);
  }

  @Test
  void amountsBeginAtZeroAndFillTheScale() {
    ColourScale scale = ColourScale.amounts(new double[][] {{0.07, 0.13}, {0.1, Double.NaN}});
    assertThat(scale.ticks().least()).isZero();
    assertThat(scale.ticks().most()).isEqualTo(0.15);
    assertThat(scale.colour(0)).isEqualTo("#440154");
    assertThat(scale.colour(0.15)).isEqualTo("#fde725");
  }

  @Test
  void nothingButZerosHasAScaleAsWell() {
    assertThat(ColourScale.amounts(new double[][] {{0}}).share(0)).isZero();
    assertThat(ColourScale.signed(new double[][] {{0}}).share(0)).isEqualTo(0.5);
  }

  @Test
  void amountsGetBrighterAllTheWay() {
    double before = -1;
    for (int i = 0; i <= 100; i++) {
      int[] c = channels(Palette.sequential(i / 100.0));
      double light = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
      assertThat(light).isGreaterThan(before);
      before = light;
    }
  }
}
