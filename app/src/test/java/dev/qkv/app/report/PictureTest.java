package dev.qkv.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What pictures show, say when pointed at, and hide; that files and pages are well-formed. */
class PictureTest {
  private static final double[][] WEIGHTS = {{0, 0.25}, {Double.NaN, 1}};

  private static HeatMap map(List<Axis.Mark> rows, List<Axis.Mark> columns) {
    return new HeatMap(
        "a < b",
        Axis.of("reads", List.of("the", "cat & dog"), rows),
        Axis.of("is read", List.of("the", "mat"), columns),
        "masked");
  }

  private static String svg(HeatMap map) {
    return map.picture(WEIGHTS, ColourScale.amounts(WEIGHTS)).file();
  }

  @Test
  void everyCellSaysItsValueAndMaskedOnesAreHatched() {
    String svg = svg(map(List.of(), List.of()));
    Element root = WellFormed.root(svg);
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(svg)
        .contains("<title>the, mat: 0.250</title>")
        .contains("class=\"cell masked\"><title>cat &amp; dog, the: masked</title>")
        .contains("class=\"hatch\"", "#440154", "#fde725")
        .contains("prefers-color-scheme:dark");
  }

  @Test
  void tokensStandOnTheAxes() {
    String svg = svg(map(List.of(), List.of()));
    assertThat(svg)
        .contains(">the</text>", ">cat &amp; dog</text>", ">mat</text>")
        .contains(">reads</text>", ">is read</text>");
  }

  @Test
  void markedRowsAndColumnsAreBoldWithTheirSigns() {
    String plain = svg(map(List.of(), List.of()));
    assertThat(plain).doesNotContain("class=\"strong\"");
    String svg =
        svg(
            map(
                List.of(new Axis.Mark(1, "◄", "odd"), new Axis.Mark(1, "●", "chosen")),
                List.of(new Axis.Mark(0, "▼", "odd"))));
    assertThat(svg)
        .contains("class=\"strong\">cat &amp; dog</text>", "class=\"strong\">◄ odd ● chosen</text>")
        .contains("class=\"strong\">the</text>", "class=\"strong\">▼</text>")
        .doesNotContain("class=\"strong\">mat</text>");
  }

  @Test
  void aColumnsLabelThatIsWiderThanItsCellIsTurned() {
    double[][] one = new double[1][12];
    Axis row = Axis.of("", List.of("x"), List.of());
    Axis names = Axis.of("", Collections.nCopies(12, "item 1"), List.of());
    Axis numbers = Axis.counting("number", 12);
    ColourScale colours = ColourScale.amounts(one);
    assertThat(new HeatMap("t", row, names, "m").picture(one, colours).file())
        .containsPattern("rotate\\(-90\\)\" text-anchor=\"end\">item 1</text>");
    assertThat(new HeatMap("t", row, numbers, "m").picture(one, colours).file())
        .containsPattern("text-anchor=\"middle\">12</text>")
        .contains("<title>x, number 12: 0</title>");
  }

  private static LineChart.Line line(String name) {
    return new LineChart.Line(
        name, new double[] {1, 2, 3, 4}, new double[] {4, Double.NaN, 2, 0.5}, " %");
  }

  @Test
  void linesLeaveGapsWhereNothingIsKnown() {
    for (boolean logarithmic : new boolean[] {true, false}) {
      String svg =
          new LineChart("loss", "step", "loss", logarithmic)
              .picture(List.of(line("seen"), line("held out")), List.of())
              .file();
      assertThat(WellFormed.root(svg).getElementsByTagName("circle").getLength()).isEqualTo(6);
      assertThat(svg).contains("<title>seen, step 3.00: 2.00 %</title>").doesNotContain("NaN");
    }
  }

  @Test
  void oneLineNeedsNoLegendAndTwoHaveOne() {
    LineChart chart = new LineChart("loss", "step", "nats", false);
    LineChart.Level level = new LineChart.Level(3, "guessing");
    assertThat(chart.picture(List.of(line("seen")), List.of(level)).file())
        .contains(">guessing</text>")
        .doesNotContain(">seen</text>");
    assertThat(chart.picture(List.of(line("seen"), line("held out")), List.of(level)).file())
        .contains(">seen</text>", ">held out</text>");
  }

  @Test
  void aChartOfNothingIsAChart() {
    LineChart.Line nothing =
        new LineChart.Line("a", new double[] {0}, new double[] {Double.NaN}, "");
    for (boolean logarithmic : new boolean[] {true, false}) {
      LineChart chart = new LineChart("t", "x", "y", logarithmic);
      assertThat(chart.picture(List.of(nothing), List.of()).file()).doesNotContain("NaN", "Infin");
    }
  }

  @Test
  void aPageIsWellFormedAndHasItsStyleOnce() {
    Page page = new Page("a < b", Locale.CHINESE);
    Picture picture = map(List.of(), List.of()).picture(WEIGHTS, ColourScale.amounts(WEIGHTS));
    page.heading("x & y");
    page.figures(List.of(new Page.Figure(List.of(picture, picture), "\"words\"")));
    page.table("all", List.of(List.of("name"), List.of("<1")));
    Element root = WellFormed.root(page.html());
    assertThat(root.getAttribute("lang")).isEqualTo("zh");
    assertThat(root.getElementsByTagName("style").getLength()).isEqualTo(1);
    assertThat(root.getElementsByTagName("svg").getLength()).isEqualTo(2);
    assertThat(root.getElementsByTagName("figcaption").item(0).getTextContent())
        .isEqualTo("\"words\"");
  }
}
