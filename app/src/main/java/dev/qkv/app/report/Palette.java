package dev.qkv.app.report;

import java.util.Locale;

/**
 * Colours that people with any colour vision can tell apart: for amounts points of viridis (van der
 * Walt and Smith, 2015), for signed numbers blue, grey and red (Brewer's RdBu), for lines those of
 * Okabe and Ito (2008), of which the brighter ones are for dark pages.
 */
final class Palette {
  private static final int[][] VIRIDIS = {
    {68, 1, 84},
    {71, 45, 123},
    {59, 82, 139},
    {44, 114, 142},
    {33, 145, 140},
    {40, 174, 128},
    {94, 201, 98},
    {173, 220, 48},
    {253, 231, 37}
  };

  private static final int[][] BLUE_TO_RED = {
    {5, 48, 97},
    {33, 102, 172},
    {67, 147, 195},
    {146, 197, 222},
    {225, 225, 225},
    {244, 165, 130},
    {214, 96, 77},
    {178, 24, 43},
    {103, 0, 31}
  };

  private static final String LIGHT =
      colours("#ffffff", "#1f2328", "#59636e", "#d8dee4", "#0072b2", "#c44e00");

  private static final String DARK =
      colours("#0d1117", "#e6edf3", "#9aa4af", "#30363d", "#56b4e9", "#e69f00");

  /** The rules for pictures: colours for light and dark pages. */
  static final String STYLE =
      ".qkv{font-family:system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\",\"Noto Sans CJK SC\","
          + "\"PingFang SC\",\"Microsoft YaHei\",sans-serif;font-size:13px}\n"
          + ".qkv .title,.qkv .strong{font-weight:bold}\n"
          + ".qkv .cell{shape-rendering:crispEdges}\n"
          + ".qkv .line{fill:none;stroke-width:2}\n"
          + LIGHT
          + "@media (prefers-color-scheme:dark){\n"
          + DARK
          + "}\n";

  private Palette() {}

  private static String colours(
      String paper, String ink, String soft, String grid, String first, String second) {
    return String.format(
        Locale.ROOT,
        """
        .qkv .paper{fill:%1$s}
        .qkv text{fill:%2$s}
        .qkv text.soft{fill:%3$s}
        .qkv .grid{stroke:%4$s}
        .qkv .level{stroke:%3$s}
        .qkv .masked{fill:%4$s}
        .qkv .hatch{stroke:%3$s}
        .qkv .line0{stroke:%5$s}
        .qkv .point0{fill:%5$s}
        .qkv .line1{stroke:%6$s}
        .qkv .point1{fill:%6$s}
        """,
        paper,
        ink,
        soft,
        grid,
        first,
        second);
  }

  /** The colour of an amount from 0 to 1. */
  static String sequential(double share) {
    return between(VIRIDIS, share);
  }

  /** The colour of a signed number, of which 0.5 stands for 0. */
  static String diverging(double share) {
    return between(BLUE_TO_RED, share);
  }

  /** Black or white, whichever is easier to read on a colour. */
  static String on(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    double light = 0.299 * (rgb >> 16) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255);
    return light > 140 ? "#000000" : "#ffffff";
  }

  private static String between(int[][] points, double share) {
    double at = Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1) * (points.length - 1);
    int low = Math.min((int) at, points.length - 2);
    double rest = at - low;
    StringBuilder colour = new StringBuilder("#");
    for (int c = 0; c < 3; c++) {
      double mixed = points[low][c] * (1 - rest) + points[low + 1][c] * rest;
      colour.append(String.format(Locale.ROOT, "%02x", Math.round(mixed)));
    }
    return colour.toString();
  }
}
