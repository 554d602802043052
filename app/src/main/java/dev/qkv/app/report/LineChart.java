package dev.qkv.app.report;

import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * Lines over one axis; each point says its value when pointed at. Two lines have a legend, one
 * needs none.
 *
 * @param title over the picture
 * @param horizontal name of the axis that goes right, which begins at 0
 * @param vertical name of the axis that goes up, with its unit
 * @param logarithmic equal steps upwards multiply; otherwise the axis begins at 0
 */
public record LineChart(String title, String horizontal, String vertical, boolean logarithmic) {
  /**
   * One line.
   *
   * @param name in the legend
   * @param x where its points are
   * @param y their values; NaN leaves a gap
   * @param unit what follows a value
   */
  public record Line(String name, double[] x, double[] y, String unit) {}

  /**
   * A value to compare with: a thin line across.
   *
   * @param value where
   * @param words what it is
   */
  public record Level(double value, String words) {}

  private static final double WIDTH = 480;
  private static final double HEIGHT = 300;
  private static final double RIGHT = 18;
  private static final double BOTTOM = 48;
  private static final int MOST_TICKS = 8;
  private static final int MOST_LOGARITHMIC_TICKS = 11;
  private static final int MOST_POINTS = 40;

  /** Where the plot is and what its sides stand for. */
  private record Plot(double left, double top, Scale across, Scale up) {
    double x(double value) {
      return left + (WIDTH - RIGHT - left) * across.share(value);
    }

    double y(double value) {
      return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - top) * up.share(value);
    }
  }

  /**
   * Draws.
   *
   * @param lines one or two
   * @param levels values to compare with
   * @return the picture
   */
  public Picture picture(List<Line> lines, List<Level> levels) {
    Scale across = new Scale(Ticks.linear(0, most(values(lines, Line::x), 1), MOST_TICKS), false);
    Scale up = up(lines, levels);
    double widest =
        up.ticks().values().stream().map(Ticks::label).mapToDouble(Markup::width).max().orElse(0);
    double top = Picture.TITLE + (lines.size() > 1 ? 34 : 14);
    Plot plot = new Plot(36 + widest, top, across, up);
    StringBuilder out = new StringBuilder();
    grid(out, plot);
    for (Level level : levels) {
      double y = plot.y(level.value());
      out.append(across(plot, y, "level", " stroke-dasharray=\"4 4\""));
      out.append(Markup.text(WIDTH - RIGHT, y - 5, "end", "soft", level.words()));
    }
    double legend = plot.left();
    for (int n = 0; n < lines.size(); n++) {
      line(out, lines.get(n), n, plot);
      if (lines.size() > 1) {
        legend = legend(out, lines.get(n).name(), n, legend);
      }
    }
    double middle = (plot.left() + WIDTH - RIGHT) / 2;
    out.append(Markup.text(middle, HEIGHT - 10, "middle", "soft", horizontal));
    out.append(Markup.upright(18, (top + HEIGHT - BOTTOM) / 2, "middle", "soft", vertical));
    return Picture.of(title, WIDTH, HEIGHT, out.toString());
  }

  private Scale up(List<Line> lines, List<Level> levels) {
    DoubleStream all =
        DoubleStream.concat(values(lines, Line::y), levels.stream().mapToDouble(Level::value));
    double[] known = all.filter(value -> !logarithmic || value > 0).toArray();
    if (!logarithmic || known.length == 0) {
      return new Scale(Ticks.linear(0, most(DoubleStream.of(known), 1), MOST_TICKS), false);
    }
    double least = DoubleStream.of(known).min().orElse(1);
    return new Scale(
        Ticks.logarithmic(least, most(DoubleStream.of(known), 1), MOST_LOGARITHMIC_TICKS), true);
  }

  private static DoubleStream values(List<Line> lines, Function<Line, double[]> of) {
    return lines.stream()
        .flatMapToDouble(line -> DoubleStream.of(of.apply(line)))
        .filter(Double::isFinite);
  }

  private static double most(DoubleStream values, double otherwise) {
    return values.max().orElse(otherwise);
  }

  private static void grid(StringBuilder out, Plot plot) {
    for (var tick : plot.up().ticks().values()) {
      double y = plot.y(tick.doubleValue());
      out.append(across(plot, y, "grid", ""));
      out.append(Markup.text(plot.left() - 7, y + 4.5, "end", "", Ticks.label(tick)));
    }
    for (var tick : plot.across().ticks().values()) {
      double x = plot.x(tick.doubleValue());
      out.append(Markup.text(x, HEIGHT - BOTTOM + 18, "middle", "", Ticks.label(tick)));
    }
  }

  private static String across(Plot plot, double y, String style, String dashes) {
    return "<path class=\""
        + style
        + "\" d=\"M"
        + Markup.place(plot.left())
        + ' '
        + Markup.place(y)
        + 'H'
        + Markup.place(WIDTH - RIGHT)
        + '"'
        + dashes
        + "/>\n";
  }

  private void line(StringBuilder out, Line line, int n, Plot plot) {
    StringBuilder path = new StringBuilder();
    StringBuilder points = new StringBuilder();
    // Many points would become a thick line: only what they say remains.
    boolean visible = line.x().length <= MOST_POINTS;
    boolean open = false;
    for (int i = 0; i < line.x().length; i++) {
      double value = line.y()[i];
      if (!Double.isFinite(plot.y(value))) {
        open = false;
        continue;
      }
      String x = Markup.place(plot.x(line.x()[i]));
      String y = Markup.place(plot.y(value));
      path.append(open ? 'L' : 'M').append(x).append(' ').append(y);
      open = true;
      points
          .append("<circle class=\"point")
          .append(n)
          .append("\" cx=\"")
          .append(x)
          .append("\" cy=\"")
          .append(y)
          .append(visible ? "\" r=\"3\"" : "\" r=\"6\" fill-opacity=\"0\"")
          .append("><title>")
          .append(
              Markup.escape(
                  line.name() + ", " + horizontal + " " + Markup.number(line.x()[i]) + ": "))
          .append(Markup.escape(Markup.number(value) + line.unit()))
          .append("</title></circle>\n");
    }
    out.append("<path class=\"line line")
        .append(n)
        .append("\" d=\"")
        .append(path)
        .append('"')
        .append(dashes(n))
        .append("/>\n")
        .append(points);
  }

  private static double legend(StringBuilder out, String name, int n, double x) {
    out.append("<path class=\"line line")
        .append(n)
        .append("\" d=\"M")
        .append(Markup.place(x))
        .append(' ')
        .append(Markup.place(Picture.TITLE + 11))
        .append("h24\"")
        .append(dashes(n))
        .append("/>\n")
        .append(Markup.text(x + 30, Picture.TITLE + 15.5, "start", "", name));
    return x + 30 + Markup.width(name) + 18;
  }

  /** So that colour is not all that tells lines apart. */
  private static String dashes(int n) {
    return n == 0 ? "" : " stroke-dasharray=\"7 3\"";
  }
}
