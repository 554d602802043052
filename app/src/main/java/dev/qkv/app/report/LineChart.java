package dev.qkv.app.report;

import java.util.List;

/**
 * Lines over one axis; each point says its value when pointed at.
 *
 * @param title over the picture
 * @param horizontal name of the axis that goes right
 * @param vertical name of the axis that goes up
 */
public record LineChart(String title, String horizontal, String vertical) {
  /**
   * One line.
   *
   * @param name in the legend
   * @param x where its points are
   * @param y their values; NaN leaves a gap
   */
  public record Line(String name, double[] x, double[] y) {}

  private static final double WIDTH = 560;
  private static final double HEIGHT = 260;
  private static final double LEFT = 70;
  private static final double RIGHT = 20;
  private static final double TOP = 44;
  private static final double BOTTOM = 46;
  private static final int TICKS = 5;
  private static final List<String> DASHES = List.of("", "6 3", "2 2", "8 2 2 2");

  /**
   * Draws.
   *
   * @param lines at most four
   * @return the picture
   */
  public String svg(List<Line> lines) {
    double[] x = range(lines, true);
    double[] y = range(lines, false);
    StringBuilder out = new StringBuilder();
    for (int tick = 0; tick <= TICKS; tick++) {
      double share = (double) tick / TICKS;
      double at = TOP + (HEIGHT - TOP - BOTTOM) * (1 - share);
      out.append("<path d=\"M")
          .append(Markup.place(LEFT))
          .append(' ')
          .append(Markup.place(at))
          .append('H')
          .append(Markup.place(WIDTH - RIGHT))
          .append("\" stroke=\"#ddd\"/>\n");
      out.append(Markup.text(LEFT - 6, at + 4, "end", Markup.number(y[0] + share * (y[1] - y[0]))));
      double across = LEFT + (WIDTH - LEFT - RIGHT) * share;
      out.append(
          Markup.text(
              across,
              HEIGHT - BOTTOM + 16,
              "middle",
              Markup.number(Math.rint(x[0] + share * (x[1] - x[0])))));
    }
    for (int n = 0; n < lines.size(); n++) {
      line(out, lines.get(n), n, x, y);
    }
    out.append(Markup.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "middle", horizontal));
    out.append(Markup.upright(14, (TOP + HEIGHT - BOTTOM) / 2, vertical));
    return Markup.svg(WIDTH, HEIGHT, title, out.toString());
  }

  private static double[] range(List<Line> lines, boolean across) {
    double least = across ? Double.POSITIVE_INFINITY : 0;
    double most = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (double value : across ? line.x() : line.y()) {
        if (Double.isFinite(value)) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
    }
    if (!(most >= least)) {
      return new double[] {0, 1};
    }
    return new double[] {least, most > least ? most : least + 1};
  }

  private static void line(StringBuilder out, Line line, int n, double[] x, double[] y) {
    String colour = Palette.LINES.get(n % Palette.LINES.size());
    StringBuilder path = new StringBuilder();
    StringBuilder points = new StringBuilder();
    boolean open = false;
    for (int i = 0; i < line.x().length; i++) {
      if (!Double.isFinite(line.y()[i])) {
        open = false;
        continue;
      }
      double across = LEFT + (WIDTH - LEFT - RIGHT) * (line.x()[i] - x[0]) / (x[1] - x[0]);
      double up = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (line.y()[i] - y[0]) / (y[1] - y[0]);
      path.append(open ? 'L' : 'M')
          .append(Markup.place(across))
          .append(' ')
          .append(Markup.place(up));
      open = true;
      points
          .append("<circle cx=\"")
          .append(Markup.place(across))
          .append("\" cy=\"")
          .append(Markup.place(up))
          .append("\" r=\"3\" fill=\"")
          .append(colour)
          .append("\" fill-opacity=\"0.6\"><title>")
          .append(Markup.escape(line.name() + ", " + Markup.number(line.x()[i]) + ": "))
          .append(Markup.number(line.y()[i]))
          .append("</title></circle>\n");
    }
    out.append("<path d=\"")
        .append(path)
        .append("\" fill=\"none\" stroke-width=\"1.6\" stroke=\"")
        .append(colour)
        .append("\" stroke-dasharray=\"")
        .append(DASHES.get(n % DASHES.size()))
        .append("\"/>\n")
        .append(points);
    double legend = LEFT + 130 * n;
    out.append("<path d=\"M")
        .append(Markup.place(legend))
        .append(" 31h22\" stroke-width=\"2\" stroke=\"")
        .append(colour)
        .append("\" stroke-dasharray=\"")
        .append(DASHES.get(n % DASHES.size()))
        .append("\"/>\n")
        .append(Markup.text(legend + 27, 35, "start", line.name()));
  }
}
