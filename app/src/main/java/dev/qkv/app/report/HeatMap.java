package dev.qkv.app.report;

/**
 * A matrix as coloured cells, with a colour bar; each cell says its value when pointed at. Cells
 * that are masked are hatched.
 *
 * @param title over the picture
 * @param rows name of the rows' axis
 * @param columns name of the columns' axis
 * @param masked the word for a masked cell
 */
public record HeatMap(String title, String rows, String columns, String masked) {
  private static final double LARGEST_CELL = 22;
  private static final double MOST_WIDE = 640;
  private static final double LEFT = 58;
  private static final double TOP = 28;
  private static final double BOTTOM = 44;
  private static final double RIGHT = 92;
  private static final double BAR_GAP = 18;
  private static final double BAR_WIDTH = 14;
  private static final int BAR_STEPS = 32;
  private static final int MOST_LABELS = 16;

  /**
   * Draws.
   *
   * @param values numbers, row by row; NaN for a masked cell
   * @param least what the first colour stands for
   * @param most what the last colour stands for
   * @return the picture
   */
  public String svg(double[][] values, double least, double most) {
    int n = values.length;
    int m = n == 0 ? 0 : values[0].length;
    double cell = Math.min(LARGEST_CELL, MOST_WIDE / Math.max(1, Math.max(n, m)));
    double width = LEFT + m * cell + RIGHT;
    double height = TOP + Math.max(n * cell, 90) + BOTTOM;
    StringBuilder out = new StringBuilder(hatch());
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        cell(out, values[i][j], i, j, cell, least, most);
      }
    }
    int step = Math.max(1, (Math.max(n, m) + MOST_LABELS - 1) / MOST_LABELS);
    for (int i = 0; i < n; i += step) {
      out.append(Markup.text(LEFT - 5, TOP + (i + 0.5) * cell + 4, "end", String.valueOf(i)));
    }
    for (int j = 0; j < m; j += step) {
      out.append(
          Markup.text(LEFT + (j + 0.5) * cell, TOP + n * cell + 14, "middle", String.valueOf(j)));
    }
    out.append(Markup.text(LEFT + m * cell / 2, TOP + n * cell + 32, "middle", columns));
    out.append(Markup.upright(16, TOP + n * cell / 2, rows));
    bar(out, LEFT + m * cell + BAR_GAP, Math.max(n * cell, 90), least, most);
    return Markup.svg(width, height, title, out.toString());
  }

  private static String hatch() {
    return "<defs><pattern id=\"masked\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
        + "<rect width=\"6\" height=\"6\" fill=\"#eee\"/>"
        + "<path d=\"M0 6L6 0\" stroke=\"#888\"/></pattern></defs>\n";
  }

  private void cell(
      StringBuilder out, double value, int i, int j, double cell, double least, double most) {
    boolean hidden = Double.isNaN(value);
    String colour =
        hidden ? "url(#masked)" : Palette.of((value - least) / Math.max(1e-12, most - least));
    out.append("<rect x=\"")
        .append(Markup.place(LEFT + j * cell))
        .append("\" y=\"")
        .append(Markup.place(TOP + i * cell))
        .append("\" width=\"")
        .append(Markup.place(cell))
        .append("\" height=\"")
        .append(Markup.place(cell))
        .append("\" fill=\"")
        .append(colour)
        .append("\"><title>")
        .append(Markup.escape(rows + " " + i + ", " + columns + " " + j + ": "))
        .append(hidden ? Markup.escape(masked) : Markup.number(value))
        .append("</title></rect>\n");
  }

  private static void bar(StringBuilder out, double x, double height, double least, double most) {
    for (int s = 0; s < BAR_STEPS; s++) {
      out.append("<rect x=\"")
          .append(Markup.place(x))
          .append("\" y=\"")
          .append(Markup.place(TOP + height * (BAR_STEPS - 1 - s) / BAR_STEPS))
          .append("\" width=\"")
          .append(Markup.place(BAR_WIDTH))
          .append("\" height=\"")
          .append(Markup.place(height / BAR_STEPS + 0.5))
          .append("\" fill=\"")
          .append(Palette.of((s + 0.5) / BAR_STEPS))
          .append("\"/>\n");
    }
    out.append(Markup.text(x + BAR_WIDTH + 4, TOP + 9, "start", Markup.number(most)));
    out.append(
        Markup.text(
            x + BAR_WIDTH + 4, TOP + height / 2 + 4, "start", Markup.number((least + most) / 2)));
    out.append(Markup.text(x + BAR_WIDTH + 4, TOP + height, "start", Markup.number(least)));
  }
}
