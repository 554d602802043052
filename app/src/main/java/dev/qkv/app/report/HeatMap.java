package dev.qkv.app.report;

import java.util.List;

/**
 * A matrix as coloured cells, with a colour bar; each cell says its value when pointed at, and
 * where there are few the values stand in them. Cells that are masked are hatched.
 *
 * @param title over the picture
 * @param rows the axis that goes down
 * @param columns the axis that goes right
 * @param masked the word for a masked cell
 */
public record HeatMap(String title, Axis rows, Axis columns, String masked) {
  private static final double ROOM = 288;
  private static final double LARGEST_CELL = 22;
  private static final double LOWEST_CELL = 16;
  private static final double CELL_WITH_NUMBER = 52;
  private static final int MOST_WITH_NUMBERS = 6;
  // Without it the page shows between cells where pixels are rounded.
  private static final double OVERLAP = 0.5;
  private static final double LETTERS = 18;
  private static final double GAP = 6;
  private static final double BAR_WIDTH = 12;
  private static final double LOWEST_BAR = 110;
  private static final int SPARSE = 5;
  private static final int BAR_STEPS = 48;

  /**
   * Draws.
   *
   * @param values numbers, row by row; NaN for a masked cell
   * @param colours what the colours stand for
   * @return the picture
   */
  public Picture picture(double[][] values, ColourScale colours) {
    int n = rows.labels().size();
    int m = columns.labels().size();
    boolean numbers = Math.max(n, m) <= MOST_WITH_NUMBERS;
    double marks = rows.marks().isEmpty() ? 0 : GAP + widestMark();
    double wide =
        numbers ? CELL_WITH_NUMBER : Math.min(LARGEST_CELL, (ROOM - marks) / Math.max(1, m));
    double high = numbers ? CELL_WITH_NUMBER / 2 : Math.max(LOWEST_CELL, wide);
    double left = GAP + LETTERS + rows.widest() * 1.1 + 2 * GAP;
    double top = Picture.TITLE + (columns.marks().isEmpty() ? GAP : LETTERS + GAP);
    double right = left + m * wide;
    double bottom = top + n * high;
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        Box box = new Box(left + j * wide, top + i * high, wide, high);
        cell(
            out, box, values[i][j], rows.places().get(i) + ", " + columns.places().get(j), colours);
        if (numbers && Double.isFinite(values[i][j])) {
          out.append(number(box, values[i][j], colours));
        }
      }
    }
    for (int i = 0; i < n; i++) {
      String style = rows.isMarked(i) ? "strong" : "";
      double middle = top + (i + 0.5) * high + 4.5;
      out.append(Markup.text(left - GAP, middle, "end", style, rows.labels().get(i)));
      if (rows.isMarked(i)) {
        out.append(Markup.text(right + GAP, middle, "start", "strong", words(i)));
      }
    }
    double below = bottom + columnLabels(out, left, wide, top, bottom);
    if (!columns.name().isEmpty()) {
      below += LETTERS;
      double across = Math.max((left + right) / 2, Markup.width(columns.name()) / 2 + 2 * GAP);
      out.append(Markup.text(across, below - 2, "middle", "soft", columns.name()));
    }
    // Long names of short axes begin above the map, not outside the picture.
    double centre = Math.max((top + bottom) / 2, Markup.width(rows.name()) / 2 + GAP);
    if (!rows.name().isEmpty()) {
      out.append(Markup.upright(GAP + 12, centre, "middle", "soft", rows.name()));
    }
    double end = bar(out, right + marks + 3 * GAP, top, Math.max(n * high, LOWEST_BAR), colours);
    double lowest = Math.max(top + LOWEST_BAR, centre + Markup.width(rows.name()) / 2);
    double height = Math.max(below, lowest) + 2 * GAP;
    double nameEnd = (left + right + Markup.width(columns.name())) / 2 + GAP;
    return Picture.of(title, Math.max(end + GAP, nameEnd), height, out.toString());
  }

  private record Box(double x, double y, double width, double height) {}

  private String words(int row) {
    return String.join(
        " ",
        rows.marks().stream()
            .filter(mark -> mark.index() == row)
            .map(mark -> (mark.sign() + " " + mark.words()).strip())
            .toList());
  }

  private double widestMark() {
    return 1.1
        * rows.marks().stream()
            .mapToDouble(mark -> Markup.width(words(mark.index())))
            .max()
            .orElse(0);
  }

  /** Labels, upright where they are wider than a cell, and signs; says how high they are. */
  private double columnLabels(
      StringBuilder out, double left, double wide, double top, double bottom) {
    List<String> labels = columns.labels();
    boolean numeric = labels.stream().allMatch(label -> label.chars().allMatch(Character::isDigit));
    boolean turned = columns.widest() > wide && !numeric;
    int step = numeric && columns.widest() + GAP / 2 > wide ? SPARSE : 1;
    for (int j = 0; j < labels.size(); j++) {
      double middle = left + (j + 0.5) * wide;
      String style = columns.isMarked(j) ? "strong" : "";
      if (turned) {
        out.append(Markup.upright(middle + 4.5, bottom + GAP, "end", style, labels.get(j)));
      } else if (j == 0 || (j + 1) % step == 0) {
        out.append(Markup.text(middle, bottom + 15, "middle", style, labels.get(j)));
      }
      StringBuilder signs = new StringBuilder();
      int column = j;
      columns.marks().stream()
          .filter(mark -> mark.index() == column)
          .forEach(mark -> signs.append(mark.sign()));
      if (columns.isMarked(j)) {
        out.append(Markup.text(middle, top - 5, "middle", "strong", signs.toString()));
      }
    }
    return turned ? columns.widest() * 1.1 + 2 * GAP : LETTERS;
  }

  private void cell(StringBuilder out, Box box, double value, String place, ColourScale colours) {
    boolean hidden = Double.isNaN(value);
    out.append("<rect x=\"")
        .append(Markup.place(box.x()))
        .append("\" y=\"")
        .append(Markup.place(box.y()))
        .append("\" width=\"")
        .append(Markup.place(box.width() + OVERLAP))
        .append("\" height=\"")
        .append(Markup.place(box.height() + OVERLAP))
        .append("\" class=\"")
        .append(hidden ? "cell masked" : "cell\" fill=\"" + colours.colour(value))
        .append("\"><title>")
        .append(Markup.escape(place + ": "))
        .append(hidden ? Markup.escape(masked) : Markup.number(value))
        .append("</title></rect>\n");
    if (hidden) {
      out.append("<path class=\"hatch\" d=\"M")
          .append(Markup.place(box.x()))
          .append(' ')
          .append(Markup.place(box.y() + box.height()))
          .append('l')
          .append(Markup.place(box.width()))
          .append(' ')
          .append(Markup.place(-box.height()))
          .append("\"/>\n");
    }
  }

  private static String number(Box box, double value, ColourScale colours) {
    return "<text text-anchor=\"middle\" style=\"fill:"
        + Palette.on(colours.colour(value))
        + "\" pointer-events=\"none\" x=\""
        + Markup.place(box.x() + box.width() / 2)
        + "\" y=\""
        + Markup.place(box.y() + box.height() / 2 + 4.5)
        + "\">"
        + Markup.number(value)
        + "</text>\n";
  }

  /** The colours with their ticks; says where it ends. */
  private static double bar(
      StringBuilder out, double x, double top, double height, ColourScale colours) {
    Ticks ticks = colours.ticks();
    double range = ticks.most() - ticks.least();
    for (int s = 0; s < BAR_STEPS; s++) {
      double value = ticks.least() + range * (s + 0.5) / BAR_STEPS;
      out.append("<rect x=\"")
          .append(Markup.place(x))
          .append("\" y=\"")
          .append(Markup.place(top + height * (BAR_STEPS - 1 - s) / BAR_STEPS))
          .append("\" width=\"")
          .append(Markup.place(BAR_WIDTH))
          .append("\" height=\"")
          .append(Markup.place(height / BAR_STEPS + 0.4))
          .append("\" fill=\"")
          .append(colours.colour(value))
          .append("\"/>\n");
    }
    double widest = 0;
    for (var tick : ticks.values()) {
      String label = Ticks.label(tick);
      double y = top + height * (1 - colours.share(tick.doubleValue()));
      out.append(Markup.text(x + BAR_WIDTH + GAP, y + 4.5, "start", "", label));
      widest = Math.max(widest, Markup.width(label));
    }
    return x + BAR_WIDTH + GAP + widest;
  }
}
