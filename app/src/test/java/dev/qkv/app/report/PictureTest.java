package dev.qkv.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What pictures say when pointed at, and what they hide. */
class PictureTest {
  private static final HeatMap MAP = new HeatMap("a < b", "query", "key", "masked");

  @Test
  void everyCellSaysItsValueAndMaskedOnesAreHatched() {
    String svg = MAP.svg(new double[][] {{0, 0.25}, {Double.NaN, 1}}, 0, 1);
    assertThat(svg)
        .contains("<title>query 0, key 1: 0.2500</title>")
        .contains("fill=\"url(#masked)\"><title>query 1, key 0: masked</title>")
        .contains("#440154", "#fde725", "a &lt; b")
        .doesNotContain("a < b");
  }

  @Test
  void linesLeaveGapsWhereNothingIsKnown() {
    String svg =
        new LineChart("loss", "step", "loss")
            .svg(
                List.of(
                    new LineChart.Line(
                        "seen", new double[] {1, 2, 3, 4}, new double[] {4, Double.NaN, 2, 1}),
                    new LineChart.Line("held out", new double[] {1}, new double[] {3})));
    assertThat(svg).contains("<title>seen, 3.000: 2.000</title>", ">held out</text>");
    assertThat(svg.split("<circle", -1)).hasSize(1 + 3 + 1);
    assertThat(svg).doesNotContain("NaN");
  }

  @Test
  void picturesOnAPageDoNotShareNames() {
    Page page = new Page("t", Locale.ENGLISH);
    String svg = MAP.svg(new double[][] {{Double.NaN}}, 0, 1);
    page.picture(svg);
    page.picture(svg);
    assertThat(page.html()).contains("id=\"masked1\"", "id=\"masked2\"", "url(#masked2)");
  }
}
